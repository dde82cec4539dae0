"""The report as annotations of GitHub Actions: workflow commands, one a line, and nothing else."""

from collections.abc import Iterator

from flytui.assessment import Assessment
from flytui.exit_code import ExitCode
from flytui.gate import Ruling
from flytui.remedy import Edit
from flytui.report.report import Report
from flytui.report.words import (
    WORDS,
    close,
    excused,
    numbers,
    remedied,
    remedies,
    reviewed,
    said,
    to_see,
    unmarked,
)

_SHOWN = {Ruling.FAILED: "error", Ruling.OPTIONAL: "warning", Ruling.OPEN: "warning"}
_FEW = 3
"""Remedies an annotation names; there is little room."""


def render(report: Report) -> str:
    """An error for each item that fails, a warning for each other open one, and the sum."""
    lines = [
        _annotation(report, known, _SHOWN[ruling])
        for ruling in _SHOWN
        for known in report.ruled(ruling)
        if known.open
    ]
    return "".join(f"{line}\n" for line in [*lines, _sum(report)])


def _annotation(report: Report, known: Assessment, level: str) -> str:
    title = f"{WORDS[known.finding.status][1]}: {said(known.item.title)}"
    return _command(level, title, "\n".join(_message(report, known)), _file(known))


def _message(report: Report, known: Assessment) -> Iterator[str]:
    yield said(known.finding.summary)
    yield from filter(None, [reviewed(known), excused(known, report)])
    yield from to_see(known)
    yield from (f"To do: {remedied(remedy)}" for remedy in remedies(known)[:_FEW])


def _file(known: Assessment) -> str | None:
    edits = [remedy for remedy in remedies(known) if isinstance(remedy, Edit)]
    return said(edits[0].path, 1_000) if edits else None


def _sum(report: Report) -> str:
    judged = report.judgement
    level = "notice" if judged.code is ExitCode.DONE else "error"
    words = " ".join([judged.code.meaning, close(report), *judged.shortfalls])
    return _command(level, f"{said(report.identity.app, 100)}: {numbers(report)}", words, None)


def _command(level: str, title: str, message: str, file: str | None) -> str:
    message, title = unmarked(message), unmarked(title)
    where = f"file={_property(unmarked(file))}," if file else ""
    return f"::{level} {where}title={_property(title)}::{_value(message)}"


def _value(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")
