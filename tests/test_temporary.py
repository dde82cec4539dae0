"""Folders in passing: gone at the end, and with the next start where flytui was killed."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flytui import temporary

HELD = """
import sys
from flytui import temporary
with temporary.folder("fly") as folder:
    (folder / "kept").write_text("still here")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def another(root: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another flytui, and the folder that it uses."""
    environment = {**os.environ, "TMPDIR": str(root)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    argv = [sys.executable, "-c", HELD]
    with subprocess.Popen(argv, env=environment, text=True, **pipes) as process:  # type: ignore[call-overload]  # the pipes are named once
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())


def test_it_is_empty_its_owners_alone_and_gone_afterwards(root: Path) -> None:
    with temporary.folder("demo") as folder:
        assert not list(folder.iterdir())
        assert {one.stat().st_mode & 0o777 for one in (folder, folder.parent)} == {0o700}
        (folder / "deep").mkdir()
        (folder / "deep" / "file").touch()
    assert not list(root.iterdir())


def test_what_a_killed_one_left_goes_and_what_is_in_use_stays(root: Path) -> None:
    with another(root) as (killed, left), another(root) as (_, used):
        temporary.sweep(root)
        assert (left / "kept").exists()
        killed.kill()
        killed.wait()
        assert (left / "kept").exists()
        temporary.sweep(root)
        assert list(root.iterdir()) == [used.parent]
        assert (used / "kept").read_text() == "still here"
    assert not list(root.iterdir())


def test_what_is_not_surely_ours_stays(root: Path) -> None:
    (root / "flytui-checkout").mkdir()
    (root / "flytui-link").symlink_to(root / "elsewhere")
    (root / "flytui-file").touch()
    elsewhere = root / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / temporary.LOCK).touch()
    linked = root / "flytui-linked"
    linked.mkdir()
    (linked / temporary.LOCK).symlink_to(elsewhere / temporary.LOCK)
    strange = root / "flytui-strange" / temporary.LOCK
    strange.mkdir(parents=True)
    before = sorted(root.rglob("*"))
    temporary.sweep(root)
    assert sorted(root.rglob("*")) == before


def test_where_nothing_can_be_read_nothing_is_swept(root: Path) -> None:
    temporary.sweep(root / "missing")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_demo_that_is_told_to_end_leaves_nothing_behind(
    root: Path, number: signal.Signals
) -> None:
    environment = {**os.environ, "TMPDIR": str(root)}
    argv = [sys.executable, "-m", "flytui", "demo", "--serve"]
    with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert list(root.iterdir())
        process.send_signal(number)
        assert process.wait(20) in {0, 128 + number}
    assert not list(root.iterdir())
