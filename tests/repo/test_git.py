"""The repository is known from its own files, wherever in it flytui was started."""

from pathlib import Path

import pytest

from flytui.repo.reading import read
from tests.repo.builders import write

HEAD = "ref: refs/heads/main\n"


def with_remote(url: str, name: str = "origin") -> dict[str, str]:
    return {
        ".git/HEAD": HEAD,
        ".git/config": f'[core]\n\tbare = false\n[remote "{name}"]\n\turl = {url}\n',
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/shop.git",
        "https://github.com/acme/shop",
        "https://user:secret@github.com/acme/shop.git",
        "git@github.com:acme/shop.git",
        "ssh://git@github.com/acme/shop.git",
        "ssh://git@ssh.github.com:443/acme/shop.git",
        "git://github.com/acme/shop/",
    ],
)
def test_a_github_remote_is_known_in_every_form(tmp_path: Path, url: str) -> None:
    assert read(write(tmp_path, with_remote(url))).github == "acme/shop"


@pytest.mark.parametrize(
    "url",
    [
        "https://gitlab.com/acme/shop.git",
        "/srv/github.com/acme/shop",
        "https://github.com.evil/a/b",
    ],
)
def test_other_remotes_are_not_githubs(tmp_path: Path, url: str) -> None:
    found = read(write(tmp_path, with_remote(url)))
    assert found.github is None
    assert found.is_repository


def test_origin_comes_before_other_remotes(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": HEAD})
    remotes = [("fork", "me"), ("origin", "acme")]
    text = "".join(
        f'[remote "{name}"]\n\turl = git@github.com:{owner}/shop\n' for name, owner in remotes
    )
    assert read(write(tmp_path, {".git/config": text})).github == "acme/shop"


@pytest.mark.parametrize(
    ("files", "branch"),
    [
        ({".git/HEAD": HEAD}, "main"),
        ({".git/HEAD": "ref: refs/heads/develop\n"}, "develop"),
        (
            {
                ".git/HEAD": "ref: refs/heads/feature\n",
                ".git/refs/remotes/origin/HEAD": "ref: refs/remotes/origin/live\n",
            },
            "live",
        ),
        (
            {
                ".git/HEAD": "ref: refs/heads/feature\n",
                ".git/packed-refs": f"{'a' * 40} refs/heads/master\n",
            },
            "master",
        ),
        (
            {".git/HEAD": "ref: refs/heads/x\n", ".git/refs/heads/x": "", ".git/refs/heads/y": ""},
            None,
        ),
        ({".git/HEAD": "a" * 40}, None),
    ],
)
def test_the_default_branch_is_told_only_when_it_is_sure(
    tmp_path: Path, files: dict[str, str], branch: str | None
) -> None:
    assert read(write(tmp_path, files)).default_branch == branch


def test_the_default_branch_may_be_given(tmp_path: Path) -> None:
    assert (
        read(write(tmp_path, {".git/HEAD": HEAD}), default_branch="live").default_branch == "live"
    )


def test_a_folder_without_git_is_no_repository(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.is_repository, found.github, found.default_branch) == (False, None, None)


def test_a_worktree_takes_its_remote_from_the_main_repository(tmp_path: Path) -> None:
    write(tmp_path / "main", with_remote("git@github.com:acme/shop.git"))
    write(
        tmp_path / "main",
        {".git/worktrees/w/HEAD": "ref: refs/heads/w\n", ".git/worktrees/w/commondir": "../..\n"},
    )
    write(tmp_path / "tree", {".git": f"gitdir: {tmp_path}/main/.git/worktrees/w\n"})
    found = read(tmp_path / "tree")
    assert (found.is_repository, found.github, found.default_branch) == (True, "acme/shop", "main")


def test_a_submodule_is_its_own_repository(tmp_path: Path) -> None:
    write(tmp_path, with_remote("git@github.com:acme/all.git"))
    module = {".git/modules/m/HEAD": HEAD}
    module[".git/modules/m/config"] = '[remote "origin"]\n\turl = git@github.com:acme/part.git\n'
    write(tmp_path, module)
    write(tmp_path, {"m/.git": "gitdir: ../.git/modules/m\n"})
    assert read(tmp_path / "m").github == "acme/part"


def test_from_a_folder_within_the_repository_its_workflows_are_seen(tmp_path: Path) -> None:
    write(tmp_path, with_remote("git@github.com:acme/all.git"))
    workflow = "on: push\njobs: {a: {steps: [{run: fly deploy, working-directory: apps/api}]}}\n"
    write(tmp_path, {".github/workflows/go.yml": workflow, "apps/api/fly.toml": "app = 'api'"})
    found = read(tmp_path / "apps/api")
    assert found.top == tmp_path
    assert [step.app for one in found.workflows for step in one.deploys] == ["api"]
    assert read(tmp_path).top is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".gitlab-ci.yml", "deploy:\n  image: flyio/flyctl\n  script:\n    - flyctl deploy\n"),
        (
            ".circleci/config.yml",
            "jobs:\n  a:\n    steps:\n      - run: {name: Deploy to Fly, command: ./d.sh}\n",
        ),
        ("Jenkinsfile", "sh 'fly deploy --remote-only'"),
        (".buildkite/pipeline.yml", "steps:\n  - command: ./ship.sh\n"),
    ],
)
def test_other_ci_that_calls_fly_is_named(tmp_path: Path, path: str, text: str) -> None:
    write(tmp_path, {path: text, "ship.sh": "#!/bin/sh\nflyctl deploy\n"})
    assert read(tmp_path).other_ci == (path,)


@pytest.mark.parametrize(
    "text", ["script: make\n", "# flyctl deploy\nscript: make\n", "butterfly: 1\n"]
)
def test_other_ci_that_does_not_call_fly_is_left_out(tmp_path: Path, text: str) -> None:
    assert read(write(tmp_path, {".gitlab-ci.yml": text})).other_ci == ()
