"""`flytui check`: look once, print a report, and say the outcome by the exit code. No Textual."""

import asyncio
import difflib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TextIO

from flytui import __version__, checklist
from flytui.additions import in_force
from flytui.checklist import Checklist
from flytui.exit_code import ExitCode
from flytui.facts.app import app as app_fact
from flytui.finding import Status
from flytui.fly.errors import FlyError, Missing
from flytui.fly.models import App
from flytui.opening import Surroundings, open_session
from flytui.report import Report
from flytui.report import json as json_report
from flytui.report import text as text_report
from flytui.session import Session
from flytui.settings import Flags, SettingsError, resolve
from flytui.target import app_name
from flytui.team import with_team
from flytui.text import one_line


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for on the command line."""

    flags: Flags
    format: Literal["text", "json"] = "text"
    items: tuple[str, ...] = ()
    """All when empty."""


@dataclass(frozen=True, slots=True)
class Streams:
    """Data goes to `out`, narration to `err`."""

    out: TextIO
    err: TextIO
    colour: bool = False

    def write(self, report: str) -> None:
        """The report, as far as somebody reads it and the locale can spell it."""
        encoding = getattr(self.out, "encoding", None) or "utf-8"
        with suppress(BrokenPipeError):
            self.out.write(report.encode(encoding, errors="replace").decode(encoding))
            self.out.flush()

    def tell(self, cause: str, cure: str = "") -> None:
        """Narrate one thing, on a line of its own."""
        self.err.write(f"flytui: {one_line(f'{cause} {cure}', 2_000)}\n")
        self.err.flush()


def check(question: Question, around: Surroundings, home: Path, streams: Streams) -> ExitCode:
    """Look at the app and print the report."""
    try:
        items = with_team(checklist.load(), around.checkout)
        if (strange := _stranger(question.items, items, around)) is not None:
            streams.tell(*strange)
            return ExitCode.USAGE
        name = app_name(question.flags.app, around.environ, around.checkout)
        settings = resolve(question.flags, around.environ, home, name)
        session = open_session(settings, items, around)
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    return asyncio.run(_look(session, question, streams))


def _stranger(
    items: tuple[str, ...], ours: Checklist, around: Surroundings
) -> tuple[str, str] | None:
    """What to say of an item that is on no checklist; None when there is none such."""
    known = [item.id for item in ours]
    if not set(items) <= set(known):
        everything = in_force(ours, around.checkout, with_plugins=around.plugins)
        known = [item.id for item in everything.checklist]
    item = next((item for item in items if item not in known), None)
    if item is None:
        return None
    near = difflib.get_close_matches(item, known, n=1)
    meant = f"Did you mean {near[0]}?" if near else f"The items are {', '.join(known)}."
    return f"There is no item {one_line(item, 60)!r} on the checklist.", meant


async def _look(session: Session, question: Question, streams: Streams) -> ExitCode:
    wanted = question.items or None
    for problem in session.problems:
        streams.tell(str(problem))
    try:
        async for _ in session.assess(wanted):
            pass
        mistake = _mistake(await _app(session), question.flags.organization)
    finally:
        await session.close()
    if mistake is not None:
        streams.tell(*mistake)
        return ExitCode.USAGE
    report = _report(session)
    streams.write(
        json_report.render(report)
        if question.format == "json"
        else text_report.render(report, colour=streams.colour)
    )
    return outcome(report)


async def _app(session: Session) -> App | FlyError:
    """The app, already fetched by the look at it, or why it could not be."""
    try:
        return (await session.parts.store.reading(app_fact)).value
    except FlyError as error:
        return error


def _mistake(app: App | FlyError, organization: str | None) -> tuple[str, str] | None:
    """What is wrong with the question itself; an app that could not be looked at is not that."""
    if isinstance(app, Missing):
        return app.cause, app.cure
    if isinstance(app, FlyError) or organization is None:
        return None
    owner = app.organization
    if organization in {owner.slug, owner.raw_slug}:
        return None
    return (
        f"The app {app.name} belongs to the organisation {owner.slug}, not to {organization}.",
        "Leave --org out, or name another app.",
    )


def _report(session: Session) -> Report:
    return Report(
        version=__version__,
        at=datetime.now(UTC),
        identity=session.identity,
        checklist=session.checklist,
        assessments=tuple(session.assessments.values()),
        tally=session.tally,
    )


def outcome(report: Report) -> ExitCode:
    """The report in one number. Advice and what only a person can tell never fail it."""
    if report.open(Status.ACTION):
        return ExitCode.ACTION
    return ExitCode.UNSEEN if report.open(Status.UNKNOWN) else ExitCode.DONE
