"""Checkouts written from a table of files."""

from pathlib import Path
from textwrap import dedent

from flytui.repo import BrokenFile, DeployStep, LocalConfig, ReviewStep
from flytui.repo.reading import read

DEPLOY_JOB = """
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: superfly/flyctl-actions/setup-flyctl@master
      - run: flyctl deploy --remote-only
        env:
          FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}
"""


def write(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(dedent(text).lstrip("\n").encode())
    return root


def config(root: Path, text: str, name: str = "fly.toml") -> LocalConfig:
    found = read(write(root, {name: text})).config
    assert isinstance(found, LocalConfig), found
    return found


def broken(root: Path, text: str, name: str = "fly.toml") -> BrokenFile:
    found = read(write(root, {name: text})).config
    assert isinstance(found, BrokenFile), found
    return found


def deploys(
    root: Path, workflow: str, branch: str | None = "main", files: dict[str, str] | None = None
) -> tuple[DeployStep, ...]:
    """The deploy steps of one workflow, with other files beside it."""
    write(root, files or {})
    write(root, {".github/workflows/ci.yml": workflow})
    found = read(root, default_branch=branch)
    assert not found.broken, found.broken
    return tuple(step for one in found.workflows for step in one.deploys)


def deploys_of_run(
    root: Path, run: str, files: dict[str, str] | None = None, extra: str = ""
) -> tuple[DeployStep, ...]:
    """The deploy steps of one `run` in a job that a push to main starts."""
    body = "".join(f"          {line}\n" for line in dedent(run).strip("\n").split("\n"))
    workflow = (
        "on: {push: {branches: [main]}}\njobs:\n  ship:\n    runs-on: x\n    steps:\n"
        f"      - run: |\n{body}{extra}"
    )
    return deploys(root, workflow, files=files)


def reviews(
    root: Path, workflow: str, files: dict[str, str] | None = None
) -> tuple[ReviewStep, ...]:
    write(root, files or {})
    write(root, {".github/workflows/review.yml": workflow})
    found = read(root, default_branch="main")
    assert not found.broken, found.broken
    return tuple(step for one in found.workflows for step in one.reviews)
