"""Dependencies are what a manifest depends on, not the words it holds."""

from pathlib import Path

import pytest

from flytui.repo import Manifest
from flytui.repo.dependencies import arcjet_dependencies, sentry_dependencies
from flytui.repo.javascript import app_is_javascript
from flytui.repo.reading import read
from tests.repo.builders import write


def manifests(root: Path, path: str, text: str) -> tuple[Manifest, ...]:
    found = read(write(root, {path: text}))
    assert not found.broken
    return found.manifests


JS, PY, RUBY = "javascript", "python", "ruby"
GO_MODULE = "github.com/getsentry/sentry-go"
EXTRA = "[project.optional-dependencies]\nx = ['sentry-sdk']"
GROUP = "[dependency-groups]\nx = ['Sentry_SDK ; python_version > \"3\"']"
LOCK = "GEM\n  specs:\n    a (1)\n\nDEPENDENCIES\n  sentry-ruby\n"


@pytest.mark.parametrize(
    ("path", "text", "language", "dependency"),
    [
        ("package.json", '{"dependencies": {"@sentry/node": "catalog:"}}', JS, "@sentry/node"),
        ("package.json", '{"dependencies": {"@hono/sentry": "1"}}', JS, "@hono/sentry"),
        ("package.json", '{"devDependencies": {"@sentry/bun": "1"}}', JS, "@sentry/bun"),
        ("package.json", '{"dependencies": {"pino-sentry": "1"}}', JS, "pino-sentry"),
        ("deno.json", '{"imports": {"s": "npm:@sentry/deno@^9"}}', JS, "@sentry/deno"),
        ("pyproject.toml", "[project]\ndependencies = ['sentry-sdk[django]>=2']", PY, "sentry-sdk"),
        ("pyproject.toml", '[tool.poetry.dependencies]\nsentry_sdk = "2"', PY, "sentry-sdk"),
        ("pyproject.toml", EXTRA, PY, "sentry-sdk"),
        ("pyproject.toml", GROUP, PY, "sentry-sdk"),
        ("requirements.txt", "django==5\nsentry-sdk==2 # via -r in\n", PY, "sentry-sdk"),
        ("requirements/prod-requirements.txt", "sentry-sdk[flask]\n", PY, "sentry-sdk"),
        ("Pipfile", '[packages]\nsentry-sdk = "*"', PY, "sentry-sdk"),
        ("Gemfile", "source 'x'\ngem 'sentry-rails', '~> 5'\n", RUBY, "sentry-rails"),
        ("Gemfile.lock", LOCK, RUBY, "sentry-ruby"),
        ("mix.exs", 'defp deps do\n  [{:sentry, "~> 10"}]\nend\n', "elixir", "sentry"),
        ("go.mod", f"module a\nrequire (\n\t{GO_MODULE} v0.1\n)\n", "go", GO_MODULE),
        ("Cargo.toml", '[workspace.dependencies]\nsentry = "0.3"', "rust", "sentry"),
        ("composer.json", '{"require": {"sentry/sdk": "4"}}', "php", "sentry/sdk"),
    ],
)
def test_sentry_is_found_in_every_language(
    tmp_path: Path, path: str, text: str, language: str, dependency: str
) -> None:
    (manifest,) = manifests(tmp_path, path, text)
    assert manifest.language == language
    assert sentry_dependencies((manifest,)) == ((dependency, path),)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", '{"scripts": {"build:nosentry": "vite build"}}'),
        ("package.json", '{"trustedDependencies": ["@sentry/cli"]}'),
        ("package.json", '{"devDependencies": {"@sentry/cli": "2", "@sentry/vite-plugin": "3"}}'),
        ("package.json", '{"dependencies": {"sentryless": "1", "@honeybadger-io/js": "6"}}'),
        ("requirements.txt", "certifi==1\n    # via sentry-sdk\nurllib3==2  # via sentry-sdk\n"),
        ("requirements.txt", "# sentry-sdk==2\n-r sentry.txt\n"),
        ("Gemfile", "# gem 'sentry-rails'\ngem 'honeybadger'\n"),
        ("Gemfile.lock", "GEM\n  specs:\n    sentry-ruby (5)\n\nDEPENDENCIES\n  rails\n"),
        ("mix.exs", '# {:sentry, "~> 10"},\n[{:plug, "1"}]\n'),
        ("go.mod", "module github.com/me/sentry\n// github.com/getsentry/sentry-go v1\n"),
        ("pyproject.toml", '[project]\nname = "sentry"\ndescription = "sentry-sdk"\n'),
    ],
)
def test_sentrys_false_friends_are_none(tmp_path: Path, path: str, text: str) -> None:
    assert sentry_dependencies(manifests(tmp_path, path, text)) == ()


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("package.json", '{"dependencies": {"@arcjet/next": "1"}}', True),
        ("pyproject.toml", '[project]\ndependencies = ["arcjet==0.7.0"]', True),
        ("package.json", '{"author": "Arcjet", "description": "@arcjet/next"}', False),
        ("Gemfile", "gem 'arcjet'\n", False),
    ],
)
def test_arcjet_is_a_dependency_and_not_a_word(
    tmp_path: Path, path: str, text: str, *, found: bool
) -> None:
    assert bool(arcjet_dependencies(manifests(tmp_path, path, text))) is found


def test_an_app_may_have_arcjet_and_a_fly_configuration(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"fly.toml": "app = 'a'", "package.json": '{"dependencies": {"@arcjet/bun": "1"}}'},
    )
    found = read(tmp_path)
    assert arcjet_dependencies(found.manifests) == (("@arcjet/bun", "package.json"),)
    assert app_is_javascript(found) is True


@pytest.mark.parametrize("text", ["{", "[1]", '"x"', '{"dependencies": [1]}', "null"])
def test_an_odd_manifest_is_broken_or_empty(tmp_path: Path, text: str) -> None:
    found = read(write(tmp_path, {"package.json": text}))
    assert [one.path for one in found.broken] == (["package.json"] if text == "{" else [])
    assert all(not manifest.dependencies for manifest in found.manifests)


FLY = {"fly.toml": "app = 'a'"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"package.json": "{}"}, True),
        ({"package.json": "{}", "requirements.txt": "django"}, False),
        ({"package.json": "{}", "mix.exs": ""}, False),
        ({"package.json": "{}", "Dockerfile": "FROM python:3\nCMD gunicorn app"}, False),
        ({"package.json": "{}", "Dockerfile": "FROM node:22 AS b\nFROM nginx\n"}, False),
        ({"go.mod": "", "Dockerfile": "ARG V=22\nFROM node:${V} AS base\nFROM base\n"}, True),
        ({"Dockerfile": "FROM oven/bun AS build\nFROM debian:12\nCMD ./server"}, True),
        ({"Dockerfile": 'FROM alpine\nCMD ["npm", "start"]'}, True),
        ({"Dockerfile": "FROM alpine\nCMD ./app"}, None),
        ({"web/package.json": "{}"}, None),
        ({}, None),
        ({"fly.toml": "app = 'a'\n[env]\nNODE_ENV = 'production'"}, True),
    ],
)
def test_the_app_on_fly_is_javascript_by_what_runs_there(
    tmp_path: Path, files: dict[str, str], *, expected: bool | None
) -> None:
    found = read(write(tmp_path, {**FLY, **files}))
    assert app_is_javascript(found) is expected


def test_the_nearest_manifest_speaks_for_a_nested_app(tmp_path: Path) -> None:
    files = {"package.json": "{}", "apps/api/go.mod": "", "apps/api/fly.toml": "app = 'a'"}
    assert app_is_javascript(read(write(tmp_path, files))) is False
