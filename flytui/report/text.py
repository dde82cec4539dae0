"""The report for a terminal or a log: what stands where, and what to do about it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import assert_never

from flytui.assessment import Assessment
from flytui.finding import Resource, Status
from flytui.remedy import Command, Edit, Link, Remedy, money
from flytui.report.report import Report
from flytui.review import Decision, Review, Standing
from flytui.text import one_line

_MARKS = {
    Status.OK: ("✓", "OK", "32"),
    Status.ACTION: ("✗", "Action", "31"),
    Status.ADVICE: ("!", "Advice", "33"),
    Status.MANUAL: ("?", "Manual", "36"),
    Status.UNKNOWN: ("~", "Unknown", "35"),
    Status.NOT_APPLICABLE: ("–", "Not applicable", "2"),
}
_WIDTH = max(len(word) for _, word, _ in _MARKS.values())
_MANY = 12
"""Resources named one by one; the JSON has them all."""


def render(report: Report, *, colour: bool = False) -> str:
    """The whole report, ending in a line feed. Without `colour` it holds no escape at all."""
    lines = [*_head(report), *_body(report, colour), "", _close(report)]
    return "".join(f"{_inert(line)}\n" for line in lines)


def _head(report: Report) -> Iterator[str]:
    who = report.identity
    marker = "  PRODUCTION" if who.production else ""
    owner = _said(who.organization or "organisation unknown")
    yield f"{_said(who.app)} · {owner}{marker}"
    tally = report.tally
    yield (
        f"ready {tally.settled}/{tally.applicable} · seen {tally.observed}/{tally.observable} · "
        f"{_time(report.at)} · flytui {report.version}"
    )


def _body(report: Report, colour: bool) -> Iterator[str]:
    for section, items in report.sections():
        yield ""
        yield _paint(section.title, "1", colour)
        for known in items:
            yield from _item(known, colour)


def _item(known: Assessment, colour: bool) -> Iterator[str]:
    glyph, word, tint = _MARKS[known.finding.status]
    mark = _paint(f"{glyph} {word:<{_WIDTH}}", tint, colour)
    yield f"  {mark}  {known.item.title}: {_said(known.finding.summary)}"
    for line in (*_review(known), *(_details(known) if known.open else ())):
        yield f"      {line}"


def _review(known: Assessment) -> Iterator[str]:
    if known.review is None or known.standing is None:
        return
    given = _given(known.review)
    match known.standing:
        case Standing.HOLDS:
            yield f"{given}."
        case Standing.STALE:
            changes = "; ".join(_said(change, 120) for change in known.changed[:_MANY])
            yield f"{given}; since then it has changed: {changes}."
        case Standing.EXPIRED:
            yield f"{given}; that has expired."
        case Standing.UNCONFIRMED:
            yield f"{given}; nobody can tell now whether that still holds."
        case _:
            assert_never(known.standing)


def _given(review: Review) -> str:
    words = {Decision.REVIEWED: "Reviewed", Decision.NOT_APPLICABLE: "Not applicable, decided"}
    until = f", good until {review.expires}" if review.expires else ""
    note = f" ({_said(review.note, 200)})" if review.note else ""
    return f"{words[review.decision]} on {review.at:%Y-%m-%d} by {_said(review.by)}{until}{note}"


def _details(known: Assessment) -> Iterator[str]:
    finding = known.finding
    if finding.unseen is not None:
        yield f"To see it: {_said(finding.unseen.cure)}"
    if finding.status is Status.MANUAL:
        yield from (f"Look at: {_said(sentence)}" for sentence in known.item.look_at)
    else:
        yield from (f"To do: {_remedy(remedy)}" for remedy in finding.remedies)
    amiss = [r for r in finding.resources if r.status not in {Status.OK, Status.NOT_APPLICABLE}]
    for resource in amiss[:_MANY]:
        yield from _resource(resource)
    if len(amiss) > _MANY:
        yield f"… and {len(amiss) - _MANY} more like these."


def _resource(resource: Resource) -> Iterator[str]:
    glyph, word, _ = _MARKS[resource.status]
    yield f"{glyph} {_said(resource.kind)} {_said(resource.id)} ({word}): {_said(resource.summary)}"
    for remedy in resource.remedies:
        yield f"    To do: {_remedy(remedy)}"


def _remedy(remedy: Remedy) -> str:
    match remedy:
        case Command():
            undo = "" if remedy.reversible else ", cannot be undone"
            cost = money(remedy.cost_per_month_usd, remedy.cost_note)
            # Uncut: half a command is another command.
            return f"{_said(_line(remedy), 100_000)}   ({_said(cost)}{undo})"
        case Edit():
            return f"{_said(remedy.title)} in {_said(remedy.path)}: {_said(remedy.why)}"
        case Link():
            return f"{_said(remedy.title)}: {_said(remedy.url)}"
        case _:
            assert_never(remedy)


def _line(command: Command) -> str:
    """The command as one would type it, with what is still to be given as `<name>`."""
    line = command.line
    for blank in command.blanks:
        line = line.replace(f"'{{{blank.name}}}'", f"<{blank.name}>")
    return line


def _close(report: Report) -> str:
    """What stands between here and production, in one sentence."""
    action, unknown = report.open(Status.ACTION), report.open(Status.UNKNOWN)
    waiting = report.open(Status.ADVICE) + report.open(Status.MANUAL)
    parts = [
        (action, "needs action", "need action"),
        (unknown, "could not be seen", "could not be seen"),
        (waiting, "waits for a decision", "wait for a decision"),
    ]
    told = [f"{n} {one if n == 1 else many}" for n, one, many in parts if n]
    return f"{', '.join(told)}." if told else "Everything that was looked at is settled."


def _said(text: str, limit: int = 500) -> str:
    return one_line(text, limit)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _inert(line: str) -> str:
    """The line as no CI system takes it for a command: `::set-env`, `##[error]`, `##vso[`."""
    line = re.sub(r"##(?=\w*\[)", "# #", line)
    return re.sub(r"^(\s*):(?=:)", r"\1: ", line)
