"""What every report tells, before it has a form."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flytui.assessment import Assessment, Identity, Tally
from flytui.checklist import Checklist, Section
from flytui.finding import Status
from flytui.gate import Gate, Judgement, Ruling
from flytui.outage import Outage


@dataclass(frozen=True, slots=True)
class Report:
    """One finished look at an app."""

    version: str
    """Of flytui."""
    at: datetime
    identity: Identity
    checklist: Checklist
    assessments: tuple[Assessment, ...]
    tally: Tally
    gate: Gate = field(default_factory=Gate)
    outage: Outage | None = None
    """Why nothing at all could be seen, where that is so."""

    def __iter__(self) -> Iterator[Assessment]:
        """The assessments in the order of the checklist."""
        found = {known.item.id: known for known in self.assessments}
        return (found[item.id] for item in self.checklist if item.id in found)

    def sections(self) -> Iterator[tuple[Section, tuple[Assessment, ...]]]:
        """The sections that were looked at, with their items."""
        for section in self.checklist.sections:
            items = tuple(known for known in self if known.item.section == section.id)
            if items:
                yield section, items

    @property
    def judgement(self) -> Judgement:
        """What all this comes to at the gate."""
        return self.gate.judge(self, self.tally)

    def told_above(self, known: Assessment) -> bool:
        """Whether the headline says already why the item could not be seen."""
        unseen = known.finding.unseen
        return self.outage is not None and unseen is not None and unseen.cause == self.outage.cause

    def ruled(self, ruling: Ruling) -> tuple[Assessment, ...]:
        """The items of which the gate says this."""
        rulings = self.judgement.rulings
        return tuple(known for known in self if rulings[known.item.id] is ruling)

    def open(self, status: Status) -> int:
        """How many items of this status are neither settled nor inapplicable."""
        return sum(known.open and known.finding.status is status for known in self)
