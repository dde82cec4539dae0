"""The report as Markdown that fits a comment on a pull request. Nothing from outside is markup."""

import re
from collections.abc import Iterator

from flytui.assessment import Assessment
from flytui.exit_code import ExitCode
from flytui.finding import Status
from flytui.gate import Ruling
from flytui.remedy import Command
from flytui.report.report import Report
from flytui.report.verdict import verdict
from flytui.report.words import (
    AS_ABOVE,
    MANY,
    WORDS,
    close,
    details,
    inert,
    moment,
    numbers,
    outage_lines,
    remedies,
    said,
    typed,
)

LARGEST = 60_000
"""Bytes; GitHub takes no comment of more than 65,536 characters."""
_CELL = 200
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~$])")
_BEGINNING = re.compile(r"^(\d*)([-=.)])")
_LINKING = re.compile(r"(?<=@)(?=\w)|(?<=:)(?=//)|(?<=[wW]\.)|(?<=[gG][hH]-)|(?<=#)(?=\d)")
"""Where GitHub would see a mention, an address, an issue; a sign nobody sees parts it there."""
_APART = "\u200b"


def render(report: Report) -> str:
    """A table of what is open, then the details, folded, as far as they fit."""
    head = "".join(f"{line}\n" for line in _head(report))
    room = LARGEST - len(head.encode()) - 200
    told_, left = [], 0
    for block in (_details(report, known) for known in report if _unfolds(report, known)):
        size = len(block.encode())
        if left or size > room:
            left += 1
            continue
        told_.append(block)
        room -= size
    if left:
        told_.append(f"\nDetails of {left} more are left out here; the other formats have them.\n")
    return "\n".join(map(inert, (head + "".join(told_)).split("\n")))


def plain(text: str, limit: int = 500) -> str:
    """The text as Markdown that shows it, and does nothing else."""
    return _escape(said(text, limit))


def _escape(text: str) -> str:
    return _BEGINNING.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", _tame(text)))


def _tame(text: str) -> str:
    """Without tags and links; enough where GitHub takes no Markdown, as within a tag of ours."""
    text = _LINKING.sub(_APART, text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _head(report: Report) -> Iterator[str]:
    who = report.identity
    marker = " · **production**" if who.production else ""
    judged = report.judgement
    passed = judged.code is ExitCode.DONE
    yield f"## {'✓' if passed else '✗'} {plain(who.app, 100)}: going to production"
    yield ""
    yield f"**{numbers(report)}** · {moment(report.at)} · flytui {report.version}{marker}"
    yield ""
    yield _escape(" ".join([verdict(report), close(report)]))
    yield ""
    if report.outage is not None:
        headline, *rest = outage_lines(report.outage)
        yield f"**{_escape(headline)}** {' '.join(_escape(line) for line in rest)}"
        yield ""
    open_ = [known for known in report if _tells(report, known)]
    if open_:
        yield "| | Item | What was found |"
        yield "|---|---|---|"
        yield from (_row(report, known) for known in open_)
    yield from _rest(report, open_)


def _tells(report: Report, known: Assessment) -> bool:
    """Whether the item has something to tell: it is open, or was waived."""
    ruling = report.judgement.rulings[known.item.id]
    return known.open or (ruling is Ruling.REVIEWED and known.finding.status is not Status.MANUAL)


def _unfolds(report: Report, known: Assessment) -> bool:
    return _tells(report, known) and not report.told_above(known)


def _row(report: Report, known: Assessment) -> str:
    glyph, word = WORDS[known.finding.status]
    ruling = report.judgement.rulings[known.item.id]
    word = {Ruling.REVIEWED: "Waived", Ruling.KNOWN: "Waived"}.get(ruling, word)
    fails = "**" if ruling is Ruling.FAILED else ""
    title = plain(known.item.title)
    found = AS_ABOVE if report.told_above(known) else _cell(known)
    return f"| {_escape(glyph)} {fails}{word}{fails} | {title} | {found} |"


def _cell(known: Assessment) -> str:
    return plain(known.finding.summary, _CELL)


def _rest(report: Report, told_: list[Assessment]) -> Iterator[str]:
    ok = report.ruled(Ruling.PASSED)
    others = sum(1 for _ in report) - len(ok) - len(told_)
    yield ""
    yield f"{len(ok)} OK, {others} settled by review or not applicable."


def _details(report: Report, known: Assessment) -> str:
    glyph, word = WORDS[known.finding.status]
    lines = [
        "",
        f"<details><summary>{glyph} {word}: {_tame(said(known.item.title))}</summary>",
        "",
        plain(known.finding.summary),
        "",
        *(f"- {_escape(line)}" for line in details(report, known, commands=False)),
        *_commands(known),
        "",
        "</details>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _commands(known: Assessment) -> Iterator[str]:
    """The commands in a block of code, whose fence no command can end."""
    commands = [each for each in remedies(known) if isinstance(each, Command)][:MANY]
    if not commands:
        return
    lines = [typed(command) for command in commands]
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from ("", f"{fence}sh", *lines, fence)
