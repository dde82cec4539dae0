"""Neither the token nor a secret that flytui reads turns up anywhere it was not meant for."""

import asyncio
import io
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from rich.console import Console
from textual.widgets import RichLog

from flytui.checklist import load as load_checklist
from flytui.explain_command import explain
from flytui.exporting import export
from flytui.fly.auth import Tokens
from flytui.headless import Question, Subject, check
from flytui.history_command import FORMS as HISTORIES
from flytui.history_command import HistoryQuestion
from flytui.history_command import tell as tell_history
from flytui.launch import Launch
from flytui.opening import Ground, Surroundings, open_session
from flytui.outputs import SUFFIXES, Output
from flytui.rehearse_command import RehearseQuestion
from flytui.rehearse_command import tell as tell_rehearsal
from flytui.report.forms import FORMS
from flytui.review_history import past
from flytui.seal_command import seal, verify
from flytui.secret import Secret
from flytui.session import Session
from flytui.settings import Flags, resolve, who
from flytui.streams import Streams
from flytui.token_command import TokenQuestion
from flytui.token_command import tell as tell_token
from flytui.ui.app import FlytuiApp
from flytui.ui.editor import edited
from flytui.ui.outside import Outside
from flytui.ui.screens.card import CardScreen
from flytui.ui.screens.run import RunScreen
from flytui.walk.voice import Voice
from flytui.walk_command import WalkQuestion, walk
from tests.security.canary import FOREIGN, TOKEN, VALUES, Nest, nest, sightings
from tests.ui.driving import Driven, driving

FLAGS = Flags("storefront")


@pytest.fixture
def canaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nest:
    made = nest(tmp_path)
    # What is written for a moment only is looked for there as well.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return made


def around(canaries: Nest) -> Surroundings:
    folder = canaries.world.folder
    return Surroundings(
        environ=canaries.environ,
        checkout=folder / "checkout",
        data=folder / "data",
        state=folder / "state",
        config=folder / "config.toml",
        transport=canaries.world.transport,
    )


def opened(canaries: Nest) -> Session:
    settings = resolve(FLAGS, canaries.environ, canaries.world.folder)
    session = open_session(settings, load_checklist(), around(canaries))
    session.parts = replace(session.parts, pause=at_once)
    return session


async def at_once(_: float) -> None:
    """Nothing has to settle in a simulated world."""


def everywhere(canaries: Nest, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Where a canary was seen outside of the places it was put."""
    said = [(f"said {number}", text) for number, text in enumerate(canaries.said)]
    return sightings([*canaries.written, *said, ("log", caplog.text)])


def test_the_canaries_can_be_seen(canaries: Nest) -> None:
    """Otherwise their absence would prove nothing."""
    (canaries.world.folder / "leak").write_text(f"x{TOKEN}x")
    canaries.said.append(f"{VALUES[3]} {FOREIGN}")
    assert len(sightings([*canaries.written, ("said", canaries.said[0])])) == 3


def test_no_command_and_no_report_tells_any(
    canaries: Nest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    folder, here = canaries.world.folder, around(canaries)
    out, err = io.StringIO(), io.StringIO()
    streams, subject = Streams(out, err), Subject(FLAGS)
    (folder / "out").mkdir()
    files = tuple(Output(form, folder / "out" / form) for form in FORMS)
    check(Question(subject, (*files, Output("text"))), here, folder, streams)
    former = folder / "out" / "json"
    check(Question(subject, baseline=former, compare=former), here, folder, streams)
    seal(subject, folder / "out", here, folder, streams)
    (sealed,) = (folder / "out").glob("launch-*.json")
    verify(subject, sealed, here, folder, streams)
    explain("secrets", folder / "checkout", streams)
    for form in ("text", "json"):
        tell_token(TokenQuestion(FLAGS, form, True), here, folder, streams)
    tell_rehearsal(RehearseQuestion(FLAGS, "exposure"), here, folder, streams)
    typed = io.StringIO("fix\n\nskip\nskip\nleave\n")
    walk(WalkQuestion(FLAGS), here, folder, streams, Voice(out, typed, None))
    for form in HISTORIES:
        tell_history(HistoryQuestion("storefront", form), here, streams)
    canaries.quoting.spoiled = True
    check(Question(subject), here, folder, streams)
    tell_token(TokenQuestion(FLAGS, "text", True), here, folder, streams)
    canaries.said += [out.getvalue(), err.getvalue()]
    assert "DB_PASSWORD" in out.getvalue()
    assert "bad token" in out.getvalue()
    assert len(list((folder / "out").iterdir())) == len(FORMS) + 2
    assert everywhere(canaries, caplog) == []


async def at_rest(d: Driven) -> None:
    """Waits for answers: nothing but the board tells."""
    await until(d, lambda: d.main.board.opened and not d.main.board.pending)
    await d.settle()


async def until(d: Driven, condition: Callable[[], bool]) -> None:
    """What goes by timers goes on meanwhile, and so do processes."""
    async with asyncio.timeout(60):
        while not condition():
            await d.passing(0.1)
            await asyncio.sleep(0.01)
            # What ended the app would else look like something that takes too long.
            if d.app._exception is not None:
                raise d.app._exception


TELLING = ("secrets", "sentry", "production-grade-postgres", "deploy-with-github-actions")
"""Items that rest on values with canaries; what all items say, the reports tell as well."""


async def looked_through(d: Driven, said: list[str]) -> None:
    """Those items' pages, and what the keys that tell more show."""
    for item in TELLING:
        await d.at(item)
        said.append(d.detail)
    for key in ("t", "h", "w"):
        await d.press(key)
        said += [d.screen(), d.app.export_screenshot()]
        await d.press("escape")


async def ran(d: Driven, said: list[str]) -> None:
    """A command of a card, run by a program that prints all that it was given."""
    await d.at("exposure", resource=0)
    await d.press("f")
    await until(d, lambda: isinstance(d.app.screen, CardScreen))
    # A card that goes before it was drawn has nothing to fit to the terminal's size.
    await d.settle()
    card = d.on(CardScreen)
    said += [d.screen(), repr(card._plan)]
    card._armed_at = 0.0
    card.dismiss(True)
    await until(d, lambda: isinstance(d.app.screen, RunScreen))
    await until(d, lambda: not d.on(RunScreen).running)
    await d.settle()
    said += [d.screen(), d.app.export_screenshot(), repr(d.main.__dict__)]
    said += [line.text for line in d.on(RunScreen).query_one(RichLog).lines]
    await d.press("escape")


def crash(d: Driven, secret: str) -> str:
    """What a crash prints, with the secret among the values of the frame that failed."""

    def fail(token: str) -> None:
        raise RuntimeError(str(len(token)))

    try:
        fail(secret)
    except RuntimeError:
        d.app._fatal_error()
    out = io.StringIO()
    for renderable in d.app._exit_renderables:
        Console(file=out, width=200).print(renderable)
    return out.getvalue()


async def test_the_screen_tells_none_and_neither_does_what_it_writes(
    canaries: Nest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session, said = opened(canaries), canaries.said
    folder = canaries.world.folder
    (folder / "out").mkdir()
    async with driving(opening=lambda: session) as d:
        await at_rest(d)
        await looked_through(d, said)
        await ran(d, said)
        for form in SUFFIXES:
            export(session, form, folder / "out" / form)
        said += [*d.toasts, *d.outside.copied, *d.outside.opened, repr(session), repr(d.app)]
        said.append(crash(d, TOKEN))
    canaries.quoting.spoiled = True
    async with driving(opening=lambda: opened(canaries)) as d:
        await at_rest(d)
        said += [d.screen(), d.app.export_screenshot(), d.detail]
    shown = "\n".join(said)
    assert "DB_PASSWORD" in shown
    assert "bad token" in shown
    assert "Canary fly" in shown
    assert any("history" in path for path, _ in canaries.written)
    assert any("last-looks" in path for path, _ in canaries.written)
    assert everywhere(canaries, caplog) == []
    # Last, as it proves that what was looked for had been there.
    given = [around for words, _, around in canaries.given("fly") if "ips" in words]
    assert [around["FLY_ACCESS_TOKEN"] for around in given] == [TOKEN]
    processes = {name: text for around in given for name, text in around.items() if "/" in name}
    assert sightings((n, t) for n, t in processes.items() if n.startswith("/proc")) == []


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can be handed over: that of the tests cannot."""

    @contextmanager
    def suspend(self: FlytuiApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(FlytuiApp, "suspend", suspend)


async def test_no_other_program_is_given_the_token(canaries: Nest, handed_over: None) -> None:
    environ = canaries.environ
    checkout = canaries.world.folder / "checkout"
    who(checkout, environ)
    past(checkout / ".flytui" / "storefront" / "exposure.toml", "exposure", environ)
    outside = Outside({**environ, "DISPLAY": ":0"}, "linux")
    async with driving(begin=False) as d:
        await outside._copy(d.app.screen.app, "a text")
        await outside._open(d.app.screen.app, "https://fly.io/docs")
        await edited(d.app, "editor", "a note", environ)
    for program in ("git", "xclip", "xdg-open", "editor"):
        runs = canaries.given(program)
        assert runs, program
        assert sightings((program, repr(run)) for run in runs) == []


async def test_fly_s_own_login_is_read_and_left_as_it_is(canaries: Nest) -> None:
    config = Path(canaries.environ["FLY_CONFIG_DIR"]) / "config.yml"
    config.parent.mkdir(exist_ok=True)
    config.write_text(f"access_token: {TOKEN}\nlast_login: 2026-03-01T00:00:00Z\n")
    config.chmod(0o600)
    before = (config.stat().st_mode, config.read_bytes())
    environ = {n: v for n, v in canaries.environ.items() if v != TOKEN}
    settings = resolve(FLAGS, environ, canaries.world.folder)
    session = open_session(settings, load_checklist(), replace(around(canaries), environ=environ))
    assert settings.token_is_session
    assert session.parts.runner is not None
    assert await session.parts.runner.refusal() is None
    async for _ in session.assess():
        pass
    await session.close()
    assert session.assessments["exposure"].finding.evidence
    assert (config.stat().st_mode, config.read_bytes()) == before
    others = [(path, text) for path, text in canaries.written if path != str(config)]
    assert sightings(others) == []
    (version,) = canaries.given("fly")
    assert "FLY_ACCESS_TOKEN" not in version[2]


def reprs(thing: object, depth: int = 4) -> Iterator[str]:
    """The object's text form, and those of what it is made of where it is ours."""
    yield repr(thing)
    if isinstance(thing, Secret | Tokens):
        return  # what is inside shows itself to nobody else
    if depth and type(thing).__module__.startswith("flytui"):
        if is_dataclass(thing):
            parts = [getattr(thing, each.name) for each in fields(thing)]
        else:
            parts = list(getattr(thing, "__dict__", {}).values())
        for part in parts:
            if type(part) not in {str, bytes, dict}:
                yield from reprs(part, depth - 1)


async def test_no_object_of_ours_shows_the_token(canaries: Nest) -> None:
    environ, folder = canaries.environ, canaries.world.folder
    settings = resolve(FLAGS, environ, folder)
    here = around(canaries)
    session = opened(canaries)
    things = (
        *(settings, settings.token, Flags(token=TOKEN), here, session),
        *(Ground(settings, load_checklist(), here), session.parts),
        Launch("storefront", None, environ, folder, folder),
    )
    shown = [text for thing in things for text in reprs(thing)]
    await session.close()
    assert len(shown) > 50
    assert [text for text in shown if TOKEN in text] == []


CRASHING = """
import sys
from flytui.fly.http import Http
async def fail(self, call, tokens, authorization):
    token = tokens.header(call.service)
    raise RuntimeError("no such luck")
Http._tries = fail
from flytui.cli import main
sys.exit(main(["check"]))
"""
"""A defect where the token is among the values of the frame that fails."""


def test_a_crash_tells_where_and_not_with_what(canaries: Nest) -> None:
    ran = subprocess.run(
        (sys.executable, "-P", "-X", "dev", "-W", "ignore", "-c", CRASHING),
        cwd=canaries.world.folder / "checkout",
        env={**canaries.environ, "HOME": str(canaries.world.folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" in ran.stderr
    assert "no such luck" in ran.stderr
    assert sightings([("out", ran.stdout), ("err", ran.stderr), *canaries.written]) == []
