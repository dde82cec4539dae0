"""The report for a terminal or a log: what stands where, and what to do about it."""

from collections.abc import Iterator

from flytui.assessment import Assessment
from flytui.finding import Resource, Status
from flytui.gate import Ruling
from flytui.report.report import Report
from flytui.report.verdict import verdict
from flytui.report.words import (
    AS_ABOVE,
    MANY,
    WORDS,
    amiss,
    close,
    excused,
    inert,
    moment,
    numbers,
    outage_lines,
    owner,
    remedied,
    reviewed,
    said,
    to_see,
    told,
)

_TINTS = {
    Status.OK: "32",
    Status.ACTION: "31",
    Status.ADVICE: "33",
    Status.MANUAL: "36",
    Status.UNKNOWN: "35",
    Status.NOT_APPLICABLE: "2",
}
_WIDTH = max(len(word) for _, word in WORDS.values())


def render(report: Report, *, colour: bool = False) -> str:
    """The whole report, ending in a line feed. Without `colour` it holds no escape at all."""
    lines = [*_head(report), *_outage(report), *_body(report, colour), "", close(report)]
    lines += report.judgement.shortfalls
    return "".join(f"{inert(line)}\n" for line in lines)


def _head(report: Report) -> Iterator[str]:
    who = report.identity
    marker = "  PRODUCTION" if who.production else ""
    yield f"{said(who.app)} · {owner(report)}{marker}"
    yield f"{numbers(report)} · {moment(report.at)} · flytui {report.version}"
    yield verdict(report)


def _outage(report: Report) -> Iterator[str]:
    if report.outage is not None:
        yield ""
        yield from outage_lines(report.outage)


def _body(report: Report, colour: bool) -> Iterator[str]:
    for section, items in report.sections():
        yield ""
        yield _paint(said(section.title), "1", colour)
        for known in items:
            yield from _item(known, report, colour)


def _item(known: Assessment, report: Report, colour: bool) -> Iterator[str]:
    glyph, word = WORDS[known.finding.status]
    mark = _paint(f"{glyph} {word:<{_WIDTH}}", _TINTS[known.finding.status], colour)
    found = AS_ABOVE if report.told_above(known) else said(known.finding.summary)
    yield f"  {mark}  {said(known.item.title)}: {found}"
    ruling = report.judgement.rulings[known.item.id]
    excuse = "" if ruling is Ruling.REVIEWED else excused(known, report)
    details = _details(known) if known.open and not report.told_above(known) else ()
    yield from (f"      {line}" for line in (reviewed(known), excuse, *details) if line)


def _details(known: Assessment) -> Iterator[str]:
    yield from to_see(known)
    if known.finding.status is not Status.MANUAL:
        yield from (f"To do: {remedied(remedy)}" for remedy in known.finding.remedies)
    several = amiss(known)
    for resource in several[:MANY]:
        yield from _resource(resource)
    if len(several) > MANY:
        yield f"… and {len(several) - MANY} more like these."


def _resource(resource: Resource) -> Iterator[str]:
    yield told(resource)
    for remedy in resource.remedies:
        yield f"    To do: {remedied(remedy)}"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
