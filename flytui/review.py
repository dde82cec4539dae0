"""Reviews: what a person decided about an item, and whether it still holds. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from flytui.finding import Finding, Resource, Status
from flytui.text import one_line

_LONGEST = 10_000
_WELL = frozenset({Status.OK, Status.MANUAL, Status.NOT_APPLICABLE})


class Decision(StrEnum):
    REVIEWED = "reviewed"
    NOT_APPLICABLE = "not_applicable"
    ACCEPTED_RISK = "accepted_risk"
    """It is as bad as it looks, and somebody answers for leaving it so."""

    @property
    def waives(self) -> bool:
        """Whether it settles an item without its being in order, and so needs a reason."""
        return self is not Decision.REVIEWED

    @property
    def words(self) -> str:
        """As people say it: `not applicable`."""
        return self.value.replace("_", " ")


class Standing(StrEnum):
    """What a review is worth today."""

    HOLDS = "holds"
    STALE = "stale"
    """What it was given on has changed."""
    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"
    """The item could not be looked at, so nobody can say that it still holds."""
    WAITING = "waiting"
    """The team's policy asks for a second reviewer, who has not agreed yet."""
    REFUSED = "refused"
    """The team's policy does not allow it, so it does not count."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A further reviewer's word on a review as it stands."""

    by: str
    at: datetime
    note: str
    expires: date | None
    """The last day on which this word holds."""
    seal: str
    """`seal()` of the review agreed to; with any other it does not count."""


@dataclass(frozen=True, slots=True)
class Review:
    """A decision about one item, bound to what was true when it was taken."""

    item: str
    decision: Decision
    note: str
    by: str
    at: datetime
    expires: date | None
    """The last day on which it holds."""
    basis: tuple[str, ...]
    """What it was given on, a line each; `basis()` of the finding of that moment."""
    text: str = ""
    """Digest of the checklist's text of the item at that moment; empty in older reviews."""
    agreements: tuple[Agreement, ...] = ()

    @property
    def agreed(self) -> tuple[Agreement, ...]:
        """The agreements that were given to this very review, and not to an earlier one."""
        own = seal(self)
        return tuple(a for a in self.agreements if a.seal == own)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who stands behind it, each person once."""
        people = (self.by, *(a.by for a in self.agreed))
        return tuple({_person(name): name for name in reversed(people)}.values())[::-1]

    @property
    def last_day(self) -> date | None:
        """The last day on which everybody's word holds; None when nobody set one."""
        days = [d for d in (self.expires, *(a.expires for a in self.agreed)) if d is not None]
        return min(days, default=None)


def same_person(one: str, other: str) -> bool:
    """Whether two signatures are one person's, as far as names tell."""
    return _person(one) == _person(other)


def _person(name: str) -> str:
    return " ".join(name.split()).casefold()


def basis(finding: Finding) -> tuple[str, ...]:
    """What a review rests on: the status, each resource with its own, the evidence that stays."""
    lines = [f"status: {finding.status}"]
    lines += [f"{r.kind} {r.id}: {_status(r)}" for r in finding.resources]
    lines += [f"{e.label}: {e.value}" for e in finding.evidence if not e.moves]
    # As they will be read back from a file: one line each, and nothing in it that commands.
    return (lines[0], *sorted({one_line(line, _LONGEST) for line in lines[1:]}))


def _status(resource: Resource) -> Status:
    return Status.OK if resource.moves and resource.status in _WELL else resource.status


def digest(lines: tuple[str, ...]) -> str:
    """The SHA-256 of a basis, in hexadecimal: equal when, and only when, the lines are."""
    import hashlib  # noqa: PLC0415 (loads OpenSSL, which the first frame can do without)

    return hashlib.sha256("\n".join(lines).encode(errors="replace")).hexdigest()


def seal(review: Review) -> str:
    """The SHA-256 of everything one agrees to: another word, day or basis is another review."""
    said = (
        review.item,
        review.decision.value,
        " ".join(review.note.split()),
        review.by,
        f"{review.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        str(review.expires),
        review.text,
        *review.basis,
    )
    return digest(said)


def standing(review: Review, finding: Finding, today: date) -> Standing:
    """Whether the review still holds for what is true today, before any policy is asked."""
    if review.last_day is not None and today > review.last_day:
        return Standing.EXPIRED
    if basis(finding) == review.basis:
        return Standing.HOLDS
    if finding.status is Status.UNKNOWN or (finding.hidden and not _newcomers(review, finding)):
        return Standing.UNCONFIRMED
    return Standing.STALE


def _newcomers(review: Review, finding: Finding) -> bool:
    """Whether something stands there now that did not; what is missing may only be hidden."""
    known = {line.rpartition(": ")[0] for line in review.basis}
    return any(one_line(f"{r.kind} {r.id}", _LONGEST) not in known for r in finding.resources)


def since(review: Review, finding: Finding) -> tuple[str, ...]:
    """What changed under a review, a phrase each; nothing while the item cannot be looked at."""
    from flytui.review_changes import changes  # noqa: PLC0415 (not in the first frame)

    if finding.status is Status.UNKNOWN:
        return ()
    return changes(review.basis, basis(finding))
