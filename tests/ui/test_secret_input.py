"""A secret typed for a command is nowhere but on its way into that command."""

import asyncio
import base64
import contextlib
import logging
import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from textual.widgets import Input, RichLog

from flytui.audit import HistoryFile
from flytui.fly_runner import FlyRunner
from flytui.remedy import Blank, Command
from flytui.session import Session
from flytui.ui.screens.card import CardScreen
from flytui.ui.screens.remedying import RemedyingScreen
from flytui.ui.screens.run import RunScreen
from flytui.ui.screens.values import ValuesScreen
from tests.ui.driving import Driven, driving
from tests.worlds import Lamp, session

NOSY = r"""
import base64, json, os, sys, time
from pathlib import Path
line = sys.stdin.read()
name, _, secret = line.rstrip("\n").partition("=")
secret = secret.strip('"')
seen = []
def look(place, read):
    try:
        if secret.encode() in read():
            seen.append(str(place))
    except OSError:
        pass
for folder in Path("/proc").glob("[0-9]*"):
    for leaf in ("cmdline", "environ", "comm"):
        look(folder / leaf, (folder / leaf).read_bytes)
for path in Path(os.environ["HOME"]).parent.rglob("*"):
    if path.is_file():
        look(path, path.read_bytes)
look("argv", lambda: repr(sys.argv).encode())
print("read", len(secret), "characters of", name)
print("seen in", json.dumps([place.replace(secret, "IT") for place in seen]))
print("Error: Secrets must be provided as NAME=VALUE pairs (" + line.rstrip() + " is invalid)")
print(repr(line), base64.b64encode(line.encode()).decode(), file=sys.stderr)
print(json.dumps({"value": secret}), secret.encode().hex(), "half", flush=True)
print("still at work", flush=True)
while not (Path(os.environ["HOME"]) / "go").exists():
    time.sleep(0.01)
print("\x1b[1m" + secret[:3] + "\x1b[0m" + secret[3:])
"""


def stage() -> Command:
    return Command(
        argv=("fly", "secrets", "import", "-a", "shop", "--stage"),
        title="Set PAINT as a secret",
        why="It stands in clear.",
        changes="Machines started from now on read it from the vault.",
        alters=frozenset({"lamp"}),
        stdin="PAINT={value}\n",
        blanks=(Blank("value", "Value of PAINT", r"[^\n]+", secret=True),),
    )


def opened(home: Path, history: HistoryFile) -> Session:
    fly = home.parent / "fly"
    fly.write_text(f"#!{sys.executable} -ISu\n{NOSY}")
    fly.chmod(0o755)
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    lamp = Lamp(on=True, offers=(stage(),))
    return session(lamp, runner=FlyRunner(environ, path=str(fly)), ledger=history)


async def type_it(d: Driven, secret: str) -> None:
    """From the item to the values screen, the secret typed."""
    await d.at("exposure")
    await d.press("f", "3")
    d.on(ValuesScreen).query_one(Input).value = secret
    await d.settle()


async def until(d: Driven, condition: Callable[[], bool]) -> None:
    """Waits for a process: nothing but the screen tells when it is over."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0)
    await d.settle()


def crash(d: Driven, secret: str) -> str:
    """What a crash would print, with the secret in a frame of the traceback."""

    def fail(value: str) -> None:
        raise RuntimeError(str(len(value)))

    try:
        fail(secret)
    except RuntimeError:
        d.app._fatal_error()
    out = StringIO()
    for renderable in d.app._exit_renderables:
        Console(file=out, width=200).print(renderable)
    return out.getvalue()


def said(d: Driven) -> str:
    """The output so far."""
    return "\n".join(line.text for line in d.on(RunScreen).query_one(RichLog).lines)


def files(folder: Path) -> list[str]:
    """Everything written there or below."""
    return [path.read_text() for path in folder.rglob("*") if path.is_file()]


def running() -> list[str]:
    """The words and the environment of every process that may be looked at."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        for leaf in ("cmdline", "environ"):
            with contextlib.suppress(OSError):
                found.append((folder / leaf).read_bytes().decode(errors="replace"))
    return found


async def test_a_secret_is_in_no_argv_no_file_no_log_no_history_no_picture_and_no_crash(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    # What is written for a moment only is looked for there while the command runs.
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    secret = f"canary-{secrets.token_urlsafe(12)}"
    home = tmp_path / "home"
    home.mkdir()
    history = HistoryFile(home / "history", "shop", None)
    seen: list[str] = []
    real = opened(home, history)
    async with driving(opening=lambda: real) as d:
        await type_it(d, secret)
        seen.append(d.screen())
        await d.press("enter")
        await until(d, lambda: isinstance(d.app.screen, CardScreen))
        card = d.on(CardScreen)
        seen += [d.screen(), repr(card._plan), d.app.export_screenshot()]
        assert "PAINT={value} on standard input" in d.screen()
        card._armed_at = 0.0
        card.dismiss(True)
        await d.settle()
        await until(d, lambda: "still at work" in said(d))
        seen += [said(d), d.screen(), d.app.export_screenshot(), caplog.text, *files(tmp_path)]
        seen += [repr(history.entries()), repr(d.main.__dict__), *running()]
        (home / "go").touch()
        await until(d, lambda: not d.on(RunScreen).running)
        log = said(d)
        seen += [log, d.screen(), d.app.export_screenshot(), crash(d, secret)]
        seen.append(repr(d.main.__dict__))
        assert isinstance(d.main, RemedyingScreen)
        assert d.main.typed[stage().argv] == {}
    assert f"read {len(secret)} characters of PAINT" in log
    assert "seen in []" in log
    assert "exit code 0" in log
    seen += files(tmp_path)
    assert any("secrets" in text and '"reads": true' in text for text in seen)
    seen += [caplog.text, repr(os.environ), repr(history.entries())]
    forms = {secret, base64.b64encode(secret.encode()).decode()[:12], secret.encode().hex()}
    assert [form for form in forms if any(form in text for text in seen)] == []


async def test_a_secret_that_will_not_do_is_not_quoted_and_not_remembered(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    real = opened(home, HistoryFile(home, "shop", None))
    async with driving(opening=lambda: real) as d:
        await type_it(d, "hunter2\nhunter3")
        await d.press("enter")
        assert "Value of PAINT: what was typed will not do." in d.screen()
        await d.press("escape", "f", "3")
        assert d.on(ValuesScreen).query_one(Input).value == ""
