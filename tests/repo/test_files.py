"""The walk finds configurations wherever they are kept, and nothing that only looks like one."""

import os
from pathlib import Path

import pytest

from flytui.repo import BrokenFile, LocalConfig
from flytui.repo.local_app import local_app
from flytui.repo.reading import read
from tests.repo.builders import write


def paths(root: Path) -> set[str]:
    return {config.path for config in read(root).other_configs}


@pytest.mark.parametrize(
    "path",
    [
        "fly.staging.toml",
        "fly-preview.toml",
        "fly.worker.toml",
        ".fly/fly.toml",
        ".fly/review_apps.toml",
        "deploy/fly/production.toml",
        "infra/staging/fly.staging.toml",
        "apps/api/fly.toml",
        "staging.fly.toml",
        "{{cookiecutter.project_slug}}/fly.toml",
        "fly.template.toml",
        "fly-preview.yml",
    ],
)
def test_a_configuration_is_found_under_every_usual_name(tmp_path: Path, path: str) -> None:
    write(tmp_path, {path: 'app = "other"\n'})
    (found,) = read(tmp_path).other_configs
    assert isinstance(found, LocalConfig)
    assert (found.path, found.app) == (path, "other")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("fly.json", '{"name": "fly", "commands": ["fly"]}'),
        ("blog/fly.json", "[1, 2, 3]"),
        ("blog/fly.json", '{"series": [{"region": "ams"}]}'),
        ("lib/fly_dev.json", '{"name": "dev", "variables": []}'),
        ("fly.yml", "on: push\njobs:\n  a:\n    steps: []\n"),
        ("fly.yml", "on push\njobs\n  deploy\n    steps\n"),
        ("fly.yml", "app: reference\nservices:\n  - internal_port: 1\n"),
        ("sub/fly.yaml", "on: push\njobs: {}\n"),
        ("fly.toml.bak", 'app = "old"'),
        ("fly.toml.b", 'app = "old"'),
        ("butterfly.toml", 'app = "no"'),
        ("fly/Cargo.toml", "[package]\nname = 'fly'\n"),
        (".github/workflows/fly.toml", 'app = "no"'),
    ],
)
def test_what_only_looks_like_a_configuration_is_left_alone(
    tmp_path: Path, path: str, text: str
) -> None:
    write(tmp_path, {path: text})
    found = read(tmp_path)
    assert found.config is None
    assert found.other_configs == ()


def test_a_broken_configuration_elsewhere_is_reported_and_the_others_still_read(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"a/fly.toml": "app = ", "b/fly.toml": "app = 'b'", "fly.toml": "app = 'own'"})
    found = read(tmp_path)
    assert [type(config) for config in found.other_configs] == [BrokenFile, LocalConfig]
    assert isinstance(found.config, LocalConfig)


@pytest.mark.parametrize(
    "folder", ["node_modules", ".git", "vendor", ".venv", "deps", "a/node_modules"]
)
def test_other_peoples_folders_are_not_walked(tmp_path: Path, folder: str) -> None:
    write(tmp_path, {f"{folder}/x/fly.toml": "app = 'theirs'"})
    assert paths(tmp_path) == set()


def test_links_are_followed_only_within_the_checkout(tmp_path: Path) -> None:
    root = write(tmp_path / "root", {"real/fly.toml": "app = 'a'"})
    write(tmp_path / "elsewhere", {"fly.toml": "app = 'secret'"})
    (root / "out").symlink_to(tmp_path / "elsewhere")
    (root / "fly.out.toml").symlink_to(tmp_path / "elsewhere/fly.toml")
    (root / "fly.in.toml").symlink_to(root / "real/fly.toml")
    (root / "loop").symlink_to(root)
    (root / "fly.gone.toml").symlink_to(root / "nowhere")
    assert paths(root) == {"real/fly.toml", "fly.in.toml"}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fly.toml")
    assert isinstance(read(tmp_path).config, BrokenFile)
    assert local_app(tmp_path) is None


def test_a_walk_that_met_its_bounds_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"/".join("abcdefghij") + "/fly.toml": "app = 'deep'"})
    found = read(tmp_path)
    assert found.other_configs == ()
    assert not found.complete


def test_an_ordinary_checkout_is_seen_whole(tmp_path: Path) -> None:
    write(tmp_path, {"fly.toml": "app = 'a'"})
    assert read(tmp_path).complete


def test_a_folder_that_is_not_there_is_an_empty_checkout(tmp_path: Path) -> None:
    found = read(tmp_path / "gone")
    assert found.config is None
    assert found.workflows == ()


def test_the_app_is_told_without_the_rest(tmp_path: Path) -> None:
    assert local_app(tmp_path) is None
    write(tmp_path, {"fly.toml": 'app = "mine"\n'})
    assert local_app(tmp_path) == "mine"
    write(tmp_path, {"fly.toml": "app = "})
    assert local_app(tmp_path) is None
