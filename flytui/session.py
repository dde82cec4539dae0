"""The session: what a screen or a report talks to. No Textual, no HTTP of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from flytui.checklist import Checklist, Item
from flytui.checks.check import Check, registry
from flytui.facts.fact import Optional, Unseen
from flytui.finding import Evidence, Finding, Resource, Status, unknown
from flytui.fly.errors import FlyError
from flytui.remedy import Command
from flytui.review import Decision, Review, Standing, basis, since, standing
from flytui.review_file import ReviewFileError, Reviews
from flytui.runner import Ended, RunEvent, Runner
from flytui.store import FactStore, Reading


@dataclass(frozen=True, slots=True)
class Identity:
    """Which app all this is about; shown on every screen."""

    app: str
    organization: str | None
    """Its slug; None until it is known."""
    production: bool
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """An item with what was found and what was decided about it."""

    item: Item
    finding: Finding
    review: Review | None
    standing: Standing | None
    """None without a review."""
    changed: tuple[str, ...] = ()
    """What changed under the review, a phrase each."""
    at: datetime | None = None
    """When the oldest fact behind the finding was fetched."""
    outdated: Unseen | None = None
    """Set when a newer look failed and this is still the earlier finding."""

    @property
    def settled(self) -> bool:
        """OK, or reviewed and the review still holds."""
        return self.finding.status is Status.OK or self.standing is Standing.HOLDS

    @property
    def applicable(self) -> bool:
        return self.finding.status is not Status.NOT_APPLICABLE

    @property
    def open(self) -> bool:
        """Whether somebody still has to do or decide something."""
        return self.applicable and not self.settled


@dataclass(frozen=True, slots=True)
class Tally:
    """The two numbers that head every screen and report."""

    settled: int
    applicable: int
    observed: int
    observable: int


def tally(assessments: Iterable[Assessment], manual: frozenset[str]) -> Tally:
    """Ready and seen over these assessments; `manual` are the items no API can tell."""
    all_ = list(assessments)
    applicable = [a for a in all_ if a.applicable]
    observable = [a for a in all_ if a.item.id not in manual]
    return Tally(
        settled=sum(a.settled for a in applicable),
        applicable=len(applicable),
        observed=sum(a.finding.status is not Status.UNKNOWN for a in observable),
        observable=len(observable),
    )


@dataclass(frozen=True, slots=True)
class Assessed:
    """One item has a (new) assessment."""

    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Known:
    """Whose app this is has become known."""

    identity: Identity


Event: TypeAlias = Assessed | Known
