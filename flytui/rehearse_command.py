"""`flytui rehearse`: run a remedy on a copy of the app and tell what it flips. No Textual."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flytui.exit_code import ExitCode
from flytui.fly.errors import FlyError
from flytui.looking import Subject, looked, opened
from flytui.opening import Surroundings
from flytui.rehearsal import lacking, rehearse
from flytui.rehearsed import Rehearsal
from flytui.remedy import Command
from flytui.report import rehearsal as report
from flytui.running import offered
from flytui.session import Session
from flytui.settings import Flags, SettingsError
from flytui.streams import Streams


@dataclass(frozen=True, slots=True)
class RehearseQuestion:
    """What was asked for on the command line."""

    flags: Flags
    item: str = ""
    """Empty: list what can be rehearsed."""
    remedy: int = 1
    format: Literal["text", "json"] = "text"


def tell(
    question: RehearseQuestion, around: Surroundings, home: Path, streams: Streams
) -> ExitCode:
    """Print what came of it. ACTION when an item got worse, UNSEEN when nothing was rehearsed."""
    if missing := lacking():
        streams.tell(
            f"A rehearsal needs {' and '.join(missing)}, which this installation lacks.",
            "Install flytui with its demo: `pip install 'flytui[demo]'`.",
        )
        return ExitCode.USAGE
    subject = Subject(question.flags)
    try:
        session = opened(subject, around, home)
        return asyncio.run(_told(session, subject, question, streams))
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
    except FlyError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.UNSEEN
    return ExitCode.USAGE


async def _told(
    session: Session, subject: Subject, question: RehearseQuestion, streams: Streams
) -> ExitCode:
    async with looked(session, subject, streams):
        if not question.item:
            streams.write(report.listing(_all(session), question.format))
            return ExitCode.DONE
        found = await rehearse(session, session.plan(question.item, _chosen(session, question)))
        streams.write(report.render(question.item, found, question.format))
        return _code(found)


def _code(found: Rehearsal) -> ExitCode:
    if found.code is None:
        return ExitCode.UNSEEN
    return ExitCode.ACTION if found.code or any(c.worse for c in found.changes) else ExitCode.DONE


def _all(session: Session) -> dict[str, tuple[Command, ...]]:
    """The commands of each item, each once, numbered as --remedy numbers them."""
    found = {known.item.id: offered(known.finding) for known in session.assessments.values()}
    return {item: tuple(dict.fromkeys(commands)) for item, commands in found.items() if commands}


def _chosen(session: Session, question: RehearseQuestion) -> Command:
    if question.item not in {item.id for item in session.checklist}:
        raise SettingsError(
            f"There is no item {question.item!r}.", "`flytui checklist` prints the items."
        )
    commands = _all(session).get(question.item, ())
    if not 1 <= question.remedy <= len(commands):
        offers = f"{question.item} offers {len(commands)} commands now"
        raise SettingsError(f"{offers}, not {question.remedy}.", "`flytui rehearse` lists them.")
    command = commands[question.remedy - 1]
    if command.blanks:
        names = ", ".join(blank.label for blank in command.blanks)
        raise SettingsError(f"This command asks for {names}.", "Rehearse it from its card, with v.")
    return command
