"""One look at an app without a screen: what was asked for, and the session that has looked."""

import asyncio
import difflib
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from flytui import __version__, checklist
from flytui.additions import in_force
from flytui.asking import Ahead
from flytui.belonging import mistaken
from flytui.checklist import Checklist
from flytui.facts.app import app as app_fact
from flytui.facts.fact import Unseen
from flytui.fly.errors import FlyError, Missing
from flytui.fly.models import App
from flytui.gate import Gate
from flytui.near import meant, near
from flytui.opening import Surroundings, open_session
from flytui.outage import outage
from flytui.report import Report
from flytui.session import Session
from flytui.settings import Flags, SettingsError, resolve
from flytui.sight_words import narrowness
from flytui.streams import Streams
from flytui.target import app_name
from flytui.team import with_team
from flytui.text import one_line


@dataclass(frozen=True, slots=True)
class Subject:
    """Which app, and what of it."""

    flags: Flags
    items: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    """All items when both are empty, else those named and those of the sections."""
    timeout: float | None = None
    """Seconds to wait; what is not known by then is unknown."""

    def wanted(self, every: Checklist) -> frozenset[str] | None:
        """The ids of the items to look at; None for all."""
        if not self.items and not self.sections:
            return None
        in_sections = {item.id for item in every if item.section in self.sections}
        return frozenset({*self.items, *in_sections})


def opened(
    subject: Subject, around: Surroundings, home: Path, asked: Ahead | None = None
) -> Session:
    """A session for the subject; nothing is fetched yet but ahead. Raises SettingsError."""
    items = with_team(checklist.load(), around.checkout)
    _refuse_strangers(subject, items, around)
    name = app_name(subject.flags.app, around.environ, around.checkout)
    settings = resolve(subject.flags, around.environ, home, name)
    return open_session(settings, items, around, asked)


@asynccontextmanager
async def looked(session: Session, subject: Subject, streams: Streams) -> AsyncIterator[Session]:
    """The session, once it has looked; it is closed at the end.

    Raises SettingsError for a question that turns out mistaken: no such app, another's app.
    """
    for problem in session.problems:
        streams.tell(str(problem))
    if narrow := narrowness(session.sight()):
        streams.tell(narrow, "`flytui token` tells which, and what token would.")
    try:
        await _look(session, subject)
        yield session
    finally:
        await session.close()


async def _look(session: Session, subject: Subject) -> None:
    wanted = subject.wanted(session.checklist)
    scope = asyncio.timeout(subject.timeout)
    try:
        async with scope:
            async for _ in session.assess(wanted):
                pass
            app = await _app(session)
            if isinstance(app, Missing):
                names = await near(session.parts.store.fly, session.identity.app)
                raise SettingsError(app.cause, f"{meant(names)} {app.cure}".strip())
            # An app that could not be looked at is no mistake of whoever asks.
            if isinstance(app, App) and (why := mistaken(app, subject.flags.organization)):
                raise why
    except TimeoutError:
        if not scope.expired():
            raise
        session.give_up(wanted, _late(subject.timeout))


def _late(timeout: float | None) -> Unseen:
    return Unseen(
        f"It was not known after the {timeout or 0:g} seconds of --timeout.",
        "Allow more time, or look again when Fly.io answers faster.",
    )


def reported(session: Session, gate: Gate) -> Report:
    """What the session knows, for the gate to judge."""
    return Report(
        version=__version__,
        at=session.parts.clock(),
        identity=session.identity,
        checklist=session.checklist,
        assessments=tuple(session.assessments.values()),
        tally=session.tally,
        gate=gate,
        outage=outage(session.assessments.values(), session.manual, session.identity),
    )


def _refuse_strangers(subject: Subject, ours: Checklist, around: Surroundings) -> None:
    """Raises SettingsError for an item or a section that is on no checklist."""
    items, sections = [item.id for item in ours], [section.id for section in ours.sections]
    if not (set(subject.items) <= set(items) and set(subject.sections) <= set(sections)):
        everything = in_force(ours, around.checkout, with_plugins=around.plugins).checklist
        items = [item.id for item in everything]
        sections = [section.id for section in everything.sections]
    _refuse_stranger("item", subject.items, items)
    _refuse_stranger("section", subject.sections, sections)


def _refuse_stranger(what: str, asked: tuple[str, ...], known: Collection[str]) -> None:
    strange = next((name for name in asked if name not in known), None)
    if strange is None:
        return
    near = difflib.get_close_matches(strange, known, n=1)
    meant = f"Did you mean {near[0]}?" if near else f"The {what}s are {', '.join(known)}."
    raise SettingsError(f"There is no {what} {one_line(strange, 60)!r} on the checklist.", meant)


async def _app(session: Session) -> App | FlyError:
    """The app, already fetched by the look at it, or why it could not be."""
    try:
        return (await session.parts.store.reading(app_fact)).value
    except FlyError as error:
        return error
