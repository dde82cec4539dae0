"""The words, glyphs and colours of the screen, each in one place. No Textual."""

from dataclasses import dataclass
from datetime import datetime

from flytui.assessment import Assessment, Identity
from flytui.finding import Status
from flytui.review import Decision, Review, Standing
from flytui.text import one_line


@dataclass(frozen=True, slots=True)
class Sign:
    """How a status looks: one cell, one word, one theme colour. Never the colour alone."""

    glyph: str
    word: str
    colour: str
    """A theme variable of Textual, without the dollar sign."""


PENDING = Sign("·", "Looking", "foreground-muted")

_SIGNS = {
    Status.OK: Sign("✓", Status.OK.word, "text-success"),
    Status.ACTION: Sign("✗", Status.ACTION.word, "text-error"),
    Status.ADVICE: Sign("!", Status.ADVICE.word, "text-warning"),
    Status.MANUAL: Sign("?", Status.MANUAL.word, "text-accent"),
    Status.UNKNOWN: Sign("~", Status.UNKNOWN.word, "text-secondary"),
    Status.NOT_APPLICABLE: Sign("–", Status.NOT_APPLICABLE.word, "foreground-muted"),
}

_MEANINGS = {
    Status.OK: "looked at, and as it should be",
    Status.ACTION: "something to do",
    Status.ADVICE: "worth considering",
    Status.MANUAL: "only a person can tell",
    Status.UNKNOWN: "could not be looked at; never counts as fine",
    Status.NOT_APPLICABLE: "does not concern this app",
}


def sign(status: Status | None) -> Sign:
    """How a status looks; None is an item that nothing has been heard of yet."""
    return PENDING if status is None else _SIGNS[status]


def legend() -> list[tuple[Sign, str]]:
    """Every sign with what it means, for the help."""
    return [(_SIGNS[s], meaning) for s, meaning in _MEANINGS.items()] + [(PENDING, "not known yet")]


def decided(decision: Decision) -> str:
    return decision.words


def mark(assessment: Assessment | None) -> str:
    """What stands at the end of an item's row: what was decided, and whether it still counts."""
    if assessment is None or assessment.review is None:
        return "old" if assessment is not None and assessment.outdated else ""
    match assessment.standing:
        case Standing.HOLDS:
            return decided(assessment.review.decision)
        case Standing.EXPIRED:
            return "expired"
        case Standing.STALE:
            return "changed"
        case None:
            return ""
        case other:
            return other.value


def verdict(review: Review, standing: Standing | None) -> str:
    """One sentence: whether a review still counts."""
    match standing:
        case Standing.HOLDS:
            end = day(review.last_day) if review.last_day else "it changes"
            return f"Holds until {end}."
        case Standing.EXPIRED:
            return f"Expired after {day(review.last_day)}: the item is open again."
        case Standing.STALE:
            return "What it was based on has changed: the item is open again."
        case Standing.UNCONFIRMED:
            return "The item could not be looked at, so nobody can say that it still holds."
        case _:
            return "It does not count yet."


def day(when: datetime | object) -> str:
    """A day as a person reads it: `12 March 2025`."""
    return f"{when:%d %B %Y}".lstrip("0")


def moment(at: datetime) -> str:
    """A time by the clock of whoever reads it, to the minute: `Tue 12 Mar 14:02`."""
    return f"{at.astimezone():%a %d %b %H:%M}"


def age(at: datetime | None, now: datetime) -> str:
    """How long ago, to the precision that matters: `just now`, `40 s ago`, `3 min ago`."""
    if at is None:
        return ""
    seconds = int((now - at).total_seconds())
    if seconds < 10:
        return "just now"
    if seconds < 60:
        return f"{seconds // 10 * 10} s ago"
    if seconds < 3600:
        return f"{seconds // 60} min ago"
    if seconds < 48 * 3600:
        return f"{seconds // 3600} h ago"
    return f"{seconds // 86400} days ago"


def markers(identity: Identity) -> tuple[str, ...]:
    """What must not be overlooked about the app, at every width."""
    marks = {
        "PRODUCTION": identity.production,
        "READ-ONLY": identity.read_only,
        "DEMO": identity.demo,
    }
    return tuple(word for word, holds in marks.items() if holds)


def whose(identity: Identity) -> str:
    """The app and, once known, its organisation."""
    return f"{identity.app} · {identity.organization}" if identity.organization else identity.app


def count(number: int, one: str, many: str = "") -> str:
    """`1 address`, `2 addresses`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def shortened(name: str, room: int) -> str:
    """The name without its middle: apps are told apart by how they begin and how they end."""
    name = one_line(name)
    if len(name) <= room:
        return name
    tail = (room - 1) // 2
    return f"{name[: room - 1 - tail]}…{name[len(name) - tail :]}"
