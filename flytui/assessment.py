"""An item with what was found and what was decided about it; and the two numbers over all items."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flytui.checklist import Item
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.review import Review, Standing


@dataclass(frozen=True, slots=True)
class Identity:
    """Which app all this is about; shown on every screen."""

    app: str
    organization: str | None
    """Its slug; None until it is known."""
    production: bool
    demo: bool = False
    read_only: bool = False
    """Nothing is changed from here, neither on Fly.io nor on file."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """An item with its finding and its review."""

    item: Item
    finding: Finding
    review: Review | None = None
    standing: Standing | None = None
    """None without a review."""
    changed: tuple[str, ...] = ()
    """What changed under the review, a phrase each."""
    at: datetime | None = None
    """When the oldest fact behind the finding was fetched."""
    outdated: Unseen | None = None
    """Set when a newer look failed and this is still the earlier finding."""
    objection: str = ""
    """Why the team's policy does not let the review count, or whose word is missing."""

    @property
    def settled(self) -> bool:
        """OK, or reviewed and the review still holds."""
        return self.finding.status is Status.OK or self.standing is Standing.HOLDS

    @property
    def stale(self) -> bool:
        """Whether there is a review that holds no more."""
        return self.standing in {Standing.STALE, Standing.EXPIRED}

    @property
    def reworded(self) -> bool:
        """Whether the checklist's text of the item has changed since it was reviewed."""
        known = self.review.text if self.review else ""
        return known not in {"", self.item.digest}

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
    every = list(assessments)
    applicable = [a for a in every if a.applicable]
    observable = [a for a in every if a.item.id not in manual]
    return Tally(
        settled=sum(a.settled for a in applicable),
        applicable=len(applicable),
        observed=sum(a.finding.status is not Status.UNKNOWN for a in observable),
        observable=len(observable),
    )
