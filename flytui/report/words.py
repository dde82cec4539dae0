"""Words and signs that all reports share; what came from outside is made harmless here."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import assert_never

from flytui.assessment import Assessment
from flytui.exit_code import ExitCode
from flytui.finding import Resource, Status
from flytui.gate import Ruling
from flytui.outage import Outage
from flytui.remedy import Command, Edit, Link, Remedy, distinct, money
from flytui.report.report import Report
from flytui.review import Decision, Review, Standing
from flytui.text import one_line

MANY = 12
"""Resources named one by one; the JSON has them all."""
WORDS = {
    Status.OK: ("✓", Status.OK.word),
    Status.ACTION: ("✗", Status.ACTION.word),
    Status.ADVICE: ("!", Status.ADVICE.word),
    Status.MANUAL: ("?", Status.MANUAL.word),
    Status.UNKNOWN: ("~", Status.UNKNOWN.word),
    Status.NOT_APPLICABLE: ("–", Status.NOT_APPLICABLE.word),
}
"""Each status's sign and name."""
AS_ABOVE = "could not be seen, as told above."
_UNSPEAKABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u061c\u2060-\u2064\ufeff\u200b]")
"""Halves of characters, characters that are none, and signs nobody sees."""


def said(text: str, limit: int = 500) -> str:
    """The text on one line, fit for every format."""
    return one_line(_UNSPEAKABLE.sub("\ufffd", text), limit)


def inert(line: str) -> str:
    """The line as no CI system takes it for a command: `::set-env`, `##[error]`, `##vso[`."""
    return re.sub(r"^(\s*):(?=:)", r"\1: ", unmarked(line))


def unmarked(line: str) -> str:
    """The line without the older kind of command, which may stand anywhere in it."""
    return re.sub(r"##(?=\w*\[)", "# #", line)


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def owner(report: Report) -> str:
    return said(report.identity.organization or "organisation unknown")


def numbers(report: Report) -> str:
    """The two numbers that head every report."""
    tally = report.tally
    return f"ready {tally.settled}/{tally.applicable} · seen {tally.observed}/{tally.observable}"


def outage_lines(why: Outage) -> Iterator[str]:
    """Why nothing could be seen, told once: what it means, what came back, what to do."""
    yield said(why.headline)
    yield said(why.cause)
    yield f"What to do: {said(why.cure, 1_000)}"


def reviewed(known: Assessment) -> str:
    """Who decided what, and what that is worth today; empty without a review."""
    if known.review is None or known.standing is None:
        return ""
    reworded = "; the checklist's text of it has changed since" if known.reworded else ""
    return f"{_given(known.review)}{_worth(known, known.standing)}{reworded}."


def _worth(known: Assessment, standing: Standing) -> str:
    match standing:
        case Standing.HOLDS:
            return ""
        case Standing.STALE:
            changes = "; ".join(said(change, 120) for change in known.changed[:MANY])
            return f"; since then it has changed: {changes}"
        case Standing.EXPIRED | Standing.UNCONFIRMED:
            return f"; {_WORTH_NOTHING[standing]}"
        case Standing.WAITING | Standing.REFUSED:
            objection = said(known.objection.removesuffix("."), 300)
            return f"; that does not count: {objection or _WORTH_NOTHING[standing]}"
        case _:
            assert_never(standing)


_WORTH_NOTHING = {
    Standing.EXPIRED: "that has expired",
    Standing.UNCONFIRMED: "nobody can tell now whether that still holds",
    Standing.WAITING: "it waits for a second reviewer",
    Standing.REFUSED: "the team's policy does not allow that",
}


def _given(review: Review) -> str:
    decision = review.decision.words.capitalize()
    decided = decision if review.decision is Decision.REVIEWED else f"{decision}, decided"
    until = f", good until {review.last_day}" if review.last_day else ""
    note = f" ({said(review.note, 200)})" if review.note else ""
    people = ", ".join(said(name, 80) for name in review.reviewers)
    return f"{decided} on {review.at:%Y-%m-%d} by {people}{until}{note}"


def excused(known: Assessment, report: Report) -> str:
    """Why the item does not fail the gate although it is not in order; empty where nothing says."""
    match report.judgement.rulings[known.item.id]:
        case Ruling.REVIEWED:
            # What only a person can tell is settled by a person; nothing was waived.
            manual = known.finding.status is Status.MANUAL
            return reviewed(known) if manual else f"Waived. {reviewed(known)}"
        case Ruling.KNOWN if report.gate.baseline is not None:
            then = report.gate.baseline.at
            return f"Waived. It was so in the baseline of {moment(then)}, and is no worse."
        case Ruling.OPTIONAL:
            return "Optional: it does not fail the gate."
        case _:
            return ""


def amiss(known: Assessment) -> tuple[Resource, ...]:
    """The resources that are not in order."""
    well = {Status.OK, Status.NOT_APPLICABLE}
    return tuple(r for r in known.finding.resources if r.status not in well)


def to_see(known: Assessment) -> Iterator[str]:
    """What a person can do to come to know, a sentence each."""
    if known.finding.unseen is not None:
        yield f"To see it: {said(known.finding.unseen.cure)}"
    if known.finding.status is Status.MANUAL:
        yield from (f"Look at: {said(sentence)}" for sentence in known.item.look_at)


def details(report: Report, known: Assessment, *, commands: bool = True) -> Iterator[str]:
    """What there is to tell about an item beyond its summary, a line each."""
    excuse = excused(known, report) if known.open else ""
    yield from filter(None, [reviewed(known), excuse])
    yield from to_see(known)
    several = amiss(known)
    yield from (told(resource) for resource in several[:MANY])
    if len(several) > MANY:
        yield f"… and {len(several) - MANY} more like these."
    for remedy in remedies(known)[:MANY]:
        if commands or not isinstance(remedy, Command):
            yield f"To do: {remedied(remedy)}"


def told(resource: Resource) -> str:
    glyph, word = WORDS[resource.status]
    return f"{glyph} {said(resource.kind)} {said(resource.id)} ({word}): {said(resource.summary)}"


def remedied(remedy: Remedy) -> str:
    """The remedy in one line, with its cost and whether it can be undone."""
    match remedy:
        case Command():
            return f"{typed(remedy)}   ({consequence(remedy)})"
        case Edit():
            return f"{said(remedy.title)} in {said(remedy.path)}: {said(remedy.why)}"
        case Link():
            return f"{said(remedy.title)}: {said(remedy.url)}"
        case _:
            assert_never(remedy)


def consequence(command: Command) -> str:
    undo = "" if command.reversible else ", cannot be undone"
    return f"{said(money(command.cost_per_month_usd, command.cost_note))}{undo}"


def typed(command: Command) -> str:
    """The command as one would type it, with what is still to be given in capitals.

    Uncut: half a command is another command.
    """
    return said(command.line, 100_000)


def remedies(known: Assessment) -> tuple[Remedy, ...]:
    """The remedies of the item and of what is amiss in it, each once."""
    own = () if known.finding.status is Status.MANUAL else known.finding.remedies
    return distinct((*own, *(r for each in amiss(known) for r in each.remedies)))


def close(report: Report) -> str:
    """What stands between here and production, in one sentence."""
    action, unknown = report.open(Status.ACTION), report.open(Status.UNKNOWN)
    waiting = report.open(Status.ADVICE) + report.open(Status.MANUAL)
    parts = [
        (action, "needs action", "need action"),
        (unknown, "could not be seen", "could not be seen"),
        (waiting, "waits for a decision", "wait for a decision"),
    ]
    counted = [f"{n} {one if n == 1 else many}" for n, one, many in parts if n]
    if not counted:
        return "Everything that was looked at is settled."
    passed = report.judgement.code is ExitCode.DONE
    whole = f"{'Open all the same: ' if passed else ''}{', '.join(counted)}."
    optional = len(report.ruled(Ruling.OPTIONAL))
    if not optional:
        return whole
    words = "is optional and fails" if optional == 1 else "are optional and fail"
    return f"{whole} Of these, {optional} {words} nothing."
