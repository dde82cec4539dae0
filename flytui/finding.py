"""What a check found: a status, one sentence, the evidence, and what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flytui.facts.fact import Fact, Unseen

if TYPE_CHECKING:
    from flytui.remedy import Remedy, Steps

__all__ = ["Evidence", "Finding", "Resource", "Status", "Unseen", "evidence", "unknown", "worst"]


class Status(StrEnum):
    """The verdicts of architecture.md. Checking is the absence of a finding."""

    OK = "ok"
    ACTION = "action"
    """Something to do."""
    ADVICE = "advice"
    """Worth considering; never fails CI."""
    MANUAL = "manual"
    """Only a person can tell."""
    UNKNOWN = "unknown"
    """Could not look; never green."""
    NOT_APPLICABLE = "not_applicable"

    @property
    def word(self) -> str:
        """As people read it everywhere: `OK`, `Action`, `Not applicable`."""
        return "OK" if self is Status.OK else self.value.replace("_", " ").capitalize()


_WORST_FIRST = (
    Status.ACTION,
    Status.UNKNOWN,
    Status.ADVICE,
    Status.MANUAL,
    Status.OK,
    Status.NOT_APPLICABLE,
)


def worst(statuses: Iterable[Status]) -> Status:
    """The one that most wants attention; NOT_APPLICABLE for none at all."""
    return min(statuses, key=_WORST_FIRST.index, default=Status.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing seen: what, its value, where it came from and when."""

    label: str
    value: str
    source: str
    at: datetime | None = None
    """When it was fetched; the session stamps it."""
    fact: str = ""
    """The fact's name, by which the session knows when it was fetched."""
    moves: bool = False
    """An age or a counter: it changes by itself and says nothing about a review."""
    series: tuple[float, ...] = ()
    """How the value went, oldest first and evenly apart, for a chart beside it. The value says
    the same in words; reviews and reports know only those."""


def evidence(
    label: str,
    value: str,
    fact: Fact[object],
    *,
    moves: bool = False,
    series: tuple[float, ...] = (),
) -> Evidence:
    """Evidence taken from a fact, with the fact's source."""
    return Evidence(label, value, fact.source, fact=fact.name, moves=moves, series=series)


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing an item speaks about: an address, a Machine, a certificate, a token."""

    kind: str
    """In Fly.io's words, singular: `address`, `Machine`, `process group`."""
    id: str
    status: Status
    summary: str
    evidence: tuple[Evidence, ...] = ()
    remedies: "tuple[Remedy, ...]" = ()
    moves: bool = False
    """Asleep or not, measured or not: as long as nothing is amiss, that says nothing about a
    review."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's verdict with everything it rests on."""

    status: Status
    summary: str
    """One sentence with a subject and, where there is one, a number."""
    evidence: tuple[Evidence, ...] = ()
    resources: tuple[Resource, ...] = ()
    remedies: "tuple[Remedy, ...]" = ()
    unseen: Unseen | None = None
    """Set when, and only when, something the verdict needed could not be looked at."""
    steps: "tuple[Steps, ...]" = ()
    """Which of the remedies, its resources' among them, have to follow each other."""
    hidden: tuple[str, ...] = ()
    """Names of facts it could do without and was not shown; the session notes them."""

    def __post_init__(self) -> None:
        if self.status is Status.UNKNOWN and self.unseen is None:
            raise ValueError("UNKNOWN says why it could not look, and what would cure it.")


def unknown(unseen: Unseen, *, evidence: tuple[Evidence, ...] = ()) -> Finding:
    """The finding of an item that could not be looked at."""
    return Finding(Status.UNKNOWN, unseen.cause, evidence=evidence, unseen=unseen)
