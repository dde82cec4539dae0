"""Beginning and ending: what the first frame imports, what a crash prints, what a signal leaves."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import textwrap
import time
from collections.abc import Callable

import pytest

from flytui.exit_code import ExitCode
from flytui.fly.errors import Refused
from flytui.review_file import ReviewFileError
from flytui.settings import SettingsError
from flytui.ui.ports import Session
from flytui.ui.screens.trouble import TroubleScreen
from tests.ui.driving import driving

FORBIDDEN = (
    "httpx",
    "pydantic",
    "yaml",
    "msgpack",
    "markdown_it",
    "flytui.session",
    "flytui.fly",
    "flytui.checks.sections",
    "flytui.demo",
    # Each costs a millisecond or several, and shows nothing yet.
    "hashlib",
    "json",
    "importlib.resources",
    "flytui.arguments_check",
    "flytui.audit",
    "flytui.edits",
    "flytui.events",
    "flytui.remedy",
    "flytui.repo",
    "flytui.runner",
    "flytui.secret",
    "flytui.settings.declared",
    "flytui.settings.resolution",
    "flytui.ui.screens.small",
    "flytui.review_changes",
    "flytui.last_look",
    "flytui.ui.filtering",
    "flytui.ui.keymap",
    "flytui.ui.pages.since",
    "flytui.ui.pages.remedies",
    "flytui.ui.widgets.filterline",
)
MOST = 67
"""Modules of ours before the first frame. Each costs it about half a millisecond: whoever adds one
measures `python -m tests.bench.first_frame` before and after, and says why it cannot wait."""

SCRIPT = """
import sys
from flytui.assessment import Identity
from flytui.checklist import load
from flytui.ui.app import FlytuiApp, run
{body}
"""


def python(body: str) -> list[str]:
    return [sys.executable, "-c", SCRIPT.format(body=textwrap.dedent(body))]


def test_nothing_heavy_is_imported_before_the_first_frame() -> None:
    body = """
        from pathlib import Path
        import flytui.launch
        from flytui.arguments import parse
        from flytui.target import app_name
        name = app_name(parse(["--app", "a"]).app, {}, Path.cwd())
        app = FlytuiApp(lambda: None, Identity(name, None, production=False), load(), delay=60.0)
        def painted():
            print(*sorted(sys.modules), sep="\\n")
            app.exit()
        app.call_later(app.call_after_refresh, painted)
        app.run(headless=True)
    """
    done = subprocess.run(python(body), capture_output=True, text=True, check=True, timeout=60)
    modules = done.stdout.split()
    assert "flytui.ui.screens.main" in modules
    early = [
        m for m in modules if m in FORBIDDEN or m.startswith(tuple(f"{f}." for f in FORBIDDEN))
    ]
    assert early == []
    ours = [m for m in modules if m.partition(".")[0] == "flytui"]
    assert len(ours) <= MOST, ours


class Terminal:
    """A program in a pseudo-terminal of 100 × 30, with everything it printed."""

    def __init__(self, argv: list[str]) -> None:
        self.output = b""
        parent, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self._parent = parent
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
        self.process = subprocess.Popen(
            argv, stdin=child, stdout=child, stderr=child, env=environment, start_new_session=True
        )
        os.close(child)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._parent)

    def until(self, seen: Callable[[bytes], bool], seconds: float = 30.0) -> None:
        """Read until it is seen; the test fails when it never is."""
        end = time.monotonic() + seconds
        while not seen(self.output):
            assert time.monotonic() < end, self.output[-2000:]
            ready, _, _ = select.select([self._parent], [], [], 0.1)
            if ready:
                with contextlib.suppress(OSError):  # the other side is closed: all is read
                    self.output += os.read(self._parent, 65536)

    def end(self) -> int:
        """The exit code, with the rest of the output read."""
        self.until(lambda _: self.process.poll() is not None)
        with contextlib.suppress(OSError):  # the other side is closed: all is read
            self.output += os.read(self._parent, 1 << 20)
        return self.process.returncode


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals, code: int) -> None:
    body = """
        sys.exit(run(lambda: None, Identity("shop", None, production=False), load()))
    """
    with Terminal(python(body)) as terminal:
        terminal.until(lambda out: b"Checklist" in out)
        terminal.process.send_signal(number)
        assert terminal.end() == code
    assert terminal.output.rfind(b"\x1b[?1049l") > terminal.output.rfind(b"\x1b[?1049h")


def test_a_crash_prints_no_values_and_does_not_end_with_zero() -> None:
    body = """
        def opening():
            token = "FlyV1 fm2_" + "secret"
            raise RuntimeError("boom")
        sys.exit(run(opening, Identity("shop", None, production=False), load()))
    """
    with Terminal(python(body)) as terminal:
        assert terminal.end() == 1
    words = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", terminal.output)
    assert b"RuntimeError" in words
    assert b"fm2_secret" not in words


@pytest.mark.parametrize(
    "error",
    [
        SettingsError("No Fly.io token was found.", "Log in."),
        Refused("No Fly.io token was found.", "Log in."),
        ReviewFileError("No Fly.io token was found."),
    ],
)
async def test_what_keeps_flytui_from_beginning_is_said_with_its_cure(error: Exception) -> None:
    def opening() -> Session:
        raise error

    async with driving(opening=opening) as d:
        d.on(TroubleScreen)
        shown = d.screen()
        assert "No Fly.io token was found." in shown
        await d.press("q")
    assert (d.app.return_code or d.app.failure) == ExitCode.USAGE
