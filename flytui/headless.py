"""`flytui check`: look once, print a report, and say the outcome by the exit code. No Textual."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flytui.asking import Ahead
from flytui.exit_code import ExitCode
from flytui.gate import Gate
from flytui.looking import Subject, looked, opened, reported
from flytui.opening import Surroundings
from flytui.outputs import Output, deliver, refuse_muddle, summarise
from flytui.report import Report, forms
from flytui.session import Session
from flytui.settings import SettingsError
from flytui.streams import Streams

if TYPE_CHECKING:
    from flytui.baseline import Former

__all__ = ["Gate", "Output", "Question", "Streams", "Subject", "check", "checked", "outcome"]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for on the command line."""

    subject: Subject
    outputs: tuple[Output, ...] = (Output("text"),)
    gate: Gate = field(default_factory=Gate)
    baseline: Path | None = None
    """A former result; what was open then, and is no worse, does not fail the gate."""
    compare: Path | None = None
    """A former result; text and JSON tell what changed since."""


def check(question: Question, around: Surroundings, home: Path, streams: Streams) -> ExitCode:
    """Look at the app and deliver the reports."""
    return asyncio.run(checked(question, around, home, streams))


async def checked(
    question: Question,
    around: Surroundings,
    home: Path,
    streams: Streams,
    asked: Ahead | None = None,
) -> ExitCode:
    """The same inside a loop, where some of the facts may have been asked for ahead."""
    try:
        refuse_muddle(question.outputs)
        # Opening reads the checkout and imports the checks; answers come in meanwhile.
        session = await asyncio.to_thread(opened, question.subject, around, home, asked)
        app = session.identity.app
        known, then = _former(question.baseline, app), _former(question.compare, app)
        gate = replace(question.gate, baseline=known)
        report = await _look(session, question.subject, gate, streams)
        _deliver(report, question, then, around, streams)
    except SettingsError as error:
        streams.tell(error.cause, error.cure)
        return ExitCode.USAGE
    return outcome(report)


def _former(path: Path | None, app: str) -> "Former | None":
    if path is None:
        return None
    from flytui import baseline  # noqa: PLC0415 (most checks have none)

    return baseline.read(path, app)


async def _look(session: Session, subject: Subject, gate: Gate, streams: Streams) -> Report:
    async with looked(session, subject, streams):
        return reported(session, gate)


def _deliver(
    report: Report,
    question: Question,
    then: "Former | None",
    around: Surroundings,
    streams: Streams,
) -> None:
    def render(form: str) -> str:
        if then is not None and form in {"text", "json"}:
            from flytui.report import comparison  # noqa: PLC0415 (most checks have none)

            return comparison.render(form, then, report)
        return forms.render(form, report, colour=streams.colour)

    deliver(question.outputs, render, streams)
    if any(out.form == "github" for out in question.outputs):
        summarise(around.environ, lambda: forms.render("markdown", report))


def outcome(report: Report) -> ExitCode:
    """The report in one number. By itself, advice and what only a person can tell never fail it."""
    return report.judgement.code
