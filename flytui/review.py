"""Reviews: what a person decided about an item, and whether it still holds. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flytui.finding import Finding, Status


class Decision(StrEnum):
    REVIEWED = "reviewed"
    NOT_APPLICABLE = "not_applicable"


class Standing(StrEnum):
    """What a review is worth today."""

    HOLDS = "holds"
    STALE = "stale"
    """What it was given on has changed."""
    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"
    """The item could not be looked at, so nobody can say that it still holds."""


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


def basis(finding: Finding) -> tuple[str, ...]:
    """What a review rests on: the status, each resource with its status, the evidence that stays put."""
    lines = [f"status: {finding.status}"]
    lines += [f"{r.kind} {r.id}: {r.status}" for r in finding.resources]
    lines += [f"{e.label}: {e.value}" for e in finding.evidence if not e.moves]
    return (lines[0], *sorted(set(lines[1:])))


def digest(lines: tuple[str, ...]) -> str:
    """The SHA-256 of a basis, in hexadecimal: equal when, and only when, the lines are."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def standing(review: Review, finding: Finding, today: date) -> Standing:
    """Whether the review still holds for what is true today."""
    if review.expires is not None and today > review.expires:
        return Standing.EXPIRED
    if basis(finding) == review.basis:
        return Standing.HOLDS
    return Standing.UNCONFIRMED if finding.status is Status.UNKNOWN else Standing.STALE


def since(review: Review, finding: Finding) -> tuple[str, ...]:
    """What changed under a review, a phrase each: first what is new, then what is gone."""
    now, then = basis(finding), review.basis
    added = [f"now {line}" for line in now if line not in then]
    gone = [f"no longer {line}" for line in then if line not in now]
    return (*added, *gone)
