"""flytui goes while fly runs: fly goes as well, and the next start says what nobody knows."""

import os
import select
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flytui.audit import Entry, HistoryFile
from flytui.demo.process import DemoServer
from flytui.demo.process import start as demo
from tests.stories.conftest import Start
from tests.stories.terminal import Terminal

pytestmark = pytest.mark.story

SLOW = """
import os, sys, time
if sys.argv[1] == "version":
    sys.exit(0)
with open(os.path.join(os.environ["HOME"], "pid"), "w") as file:
    file.write(str(os.getpid()))
print("working on it")
time.sleep(120)
"""


@pytest.fixture
def slow(tmp_path: Path) -> str:
    """A PATH whose fly takes its time."""
    folder = tmp_path / "bin"
    folder.mkdir()
    fly = folder / "fly"
    fly.write_text(f"#!{sys.executable} -ISu\n{SLOW}")
    fly.chmod(0o755)
    return f"{folder}:{Path(sys.executable).parent}:/usr/bin:/bin"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DemoServer]:
    """A simulated Fly.io that outlives flytui, as the real one does; its checkout is the home."""
    with demo("storefront") as running:
        shutil.copytree(running.checkout, tmp_path / "home", dirs_exist_ok=True)
        yield running


def release(terminal: Terminal) -> None:
    """Up to where fly is at work."""
    terminal.sees("seen 23/23")
    terminal.press("1", *"jjjjj")
    terminal.sees("✗ Action   1 public address")
    terminal.press("f")
    terminal.sees("fly will ask")
    terminal.press(*"storefront")
    terminal.run()
    terminal.sees("working on it")


def gone(pid: int) -> bool:
    """Whether no process of that id runs any more, within some seconds."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], 10)[0])
    finally:
        os.close(descriptor)


def history(home: Path) -> list[Entry]:
    (file,) = (home / "state" / "flytui").glob("history/_/storefront.jsonl")
    return list(HistoryFile(file.parents[1], "storefront", None).entries())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_fly_as_well_and_the_history_has_the_run(
    start: Start, server: DemoServer, slow: str, tmp_path: Path, number: signal.Signals
) -> None:
    with start(**server.environment, PATH=slow) as terminal:
        release(terminal)
        terminal.kill(number)
        assert terminal.ends() == 128 + number
    assert gone(int((tmp_path / "home" / "pid").read_text()))
    (entry,) = history(tmp_path / "home")
    assert (entry.exit, entry.ended, entry.unfinished) == (None, "flytui ended first", True)


def test_a_closed_terminal_ends_fly_as_well_and_the_history_has_the_run(
    start: Start, server: DemoServer, slow: str, tmp_path: Path
) -> None:
    with start(**server.environment, PATH=slow) as terminal:
        release(terminal)
        terminal.hang_up()
    assert gone(int((tmp_path / "home" / "pid").read_text()))
    (entry,) = history(tmp_path / "home")
    assert (entry.exit, entry.ended, entry.unfinished) == (None, "flytui ended first", True)


def test_a_killed_flytui_takes_fly_along_and_the_next_start_says_what_is_unknown(
    start: Start, server: DemoServer, slow: str, tmp_path: Path
) -> None:
    with start(**server.environment, PATH=slow) as terminal:
        release(terminal)
        terminal.kill(signal.SIGKILL)
        terminal.ends()
    assert gone(int((tmp_path / "home" / "pid").read_text()))

    with start(**server.environment, PATH=slow) as terminal:
        terminal.sees("It is unknown whether fly ips release 203.0.113.7")
        terminal.press("H")
        terminal.sees("unknown whether it ran to its end", "Nobody knows how it ended")
        terminal.press("escape")
        terminal.loses("Nobody knows how it ended")
    assert not history(tmp_path / "home")[0].unfinished
