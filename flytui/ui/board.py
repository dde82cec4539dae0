"""What the screen knows at one moment: a picture, replaced as answers arrive. No Textual."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from flytui.assessment import Assessment, Identity, Tally, tally
from flytui.checklist import Checklist, Item, Section
from flytui.finding import Resource, Status

if TYPE_CHECKING:
    from flytui.last_look import Remembered
    from flytui.remedy import Remedy, Steps


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the tree: a section, an item of it, or a resource of that item."""

    section: str
    item: str | None = None
    resource: tuple[str, str, int] | None = None
    """Kind and id, and which of them should two be called the same."""


@dataclass(frozen=True, slots=True)
class Board:
    """Invariant: `assessments` and `pending` speak of items of the checklist only."""

    checklist: Checklist
    identity: Identity
    assessments: dict[str, Assessment] = field(default_factory=dict)
    """Replaced, never changed."""
    pending: frozenset[str] = frozenset()
    """Items being looked at."""
    manual: frozenset[str] = frozenset()
    opened: bool = False
    """Whether the session is there."""
    updated: datetime | None = None
    """When the last look at everything ended."""
    recalled: "Mapping[str, Remembered]" = field(default_factory=dict)
    """Items as they were seen by an earlier flytui. None of it counts as seen."""
    news: frozenset[str] = frozenset()
    """Items that changed since then, and that nobody has looked at here."""

    def heard(self, assessment: Assessment) -> "Board":
        """With this assessment in place of the item's earlier one, and nothing pending for it."""
        item = assessment.item.id
        return replace(
            self,
            assessments={**self.assessments, item: assessment},
            pending=self.pending - {item},
        )

    def joined(self, checklist: Checklist) -> "Board":
        """With the sections at its end that the checklist of the first frame could not have yet."""
        late = checklist.sections[len(self.checklist.sections) :]
        sections = (*self.checklist.sections, *late)
        return replace(self, checklist=replace(self.checklist, sections=sections))

    def get(self, item: str | None) -> Assessment | None:
        return None if item is None else self.assessments.get(item)

    def earlier(self, item: str | None) -> "Remembered | None":
        """How the item was seen by an earlier flytui, while nothing better is known."""
        known = self.get(item)
        blind = known is None or known.finding.status is Status.UNKNOWN
        return self.recalled.get(item) if item is not None and blind else None

    def section(self, id_: str) -> Section:
        return next(s for s in self.checklist.sections if s.id == id_)

    def tally(self) -> Tally:
        """Ready and seen; an item not known yet counts as applicable, not settled, not seen."""
        known = tally(self.assessments.values(), self.manual)
        missing = [i.id for i in self.checklist if i.id not in self.assessments]
        return Tally(
            known.settled,
            known.applicable + len(missing),
            known.observed,
            known.observable + sum(id_ not in self.manual for id_ in missing),
        )

    def counts(self, section: Section) -> tuple[int, int]:
        """Settled and applicable items of a section."""
        known = [self.get(item.id) for item in section.items]
        applicable = [a for a in known if a is None or a.applicable]
        return sum(a is not None and a.settled for a in applicable), len(applicable)

    def resource(self, place: Place) -> Resource | None:
        """The resource at that place; None when it is gone, or the place is not a resource's."""
        found = self.get(place.item)
        if found is None or place.resource is None:
            return None
        return _indexed(found.finding.resources).get(place.resource)

    def remedies(self, place: Place | None) -> "tuple[Remedy, ...]":
        """What can be done there: the resource's remedies, or the item's and all its resources'."""
        found = self.get(place.item) if place else None
        if place is None or found is None:
            return ()
        if place.resource is not None:
            one = self.resource(place)
            return one.remedies if one else ()
        every = [*found.finding.remedies]
        every += [r for one in found.finding.resources for r in one.remedies]
        from flytui.remedy import distinct  # noqa: PLC0415 (not in the first frame)

        return distinct(every)

    def steps(self, item: str) -> "tuple[Steps, ...]":
        """Which of the item's remedies have to follow each other."""
        found = self.get(item)
        return found.finding.steps if found else ()

    def has(self, place: Place) -> bool:
        """Whether there is such a place by now."""
        if place.resource is not None:
            return self.resource(place) is not None
        items = {s.id: {i.id for i in s.items} for s in self.checklist.sections}
        return place.section in items and place.item in {None, *items[place.section]}

    def open_after(
        self, item: str | None, step: int, among: Collection[str] | None = None
    ) -> Item | None:
        """The next open item in that direction, going round; None when nothing else is open.

        With `among`, the next of these items, open or not.
        """
        items = list(self.checklist)
        ids = [i.id for i in items]
        start = ids.index(item) if item in ids else (-1 if step > 0 else 0)
        for n in range(1, len(items) + 1):
            candidate = items[(start + step * n) % len(items)]
            known = self.get(candidate.id)
            wanted = known is not None and known.open if among is None else candidate.id in among
            if wanted and candidate.id != item:
                return candidate
        return None


def keyed(
    resources: tuple[Resource, ...],
) -> list[tuple[tuple[str, str, int], Resource]]:
    """Each resource with a key of its own, stable while the resources before it stay."""
    seen: dict[tuple[str, str], int] = {}
    pairs = []
    for one in resources:
        n = seen.get((one.kind, one.id), 0)
        seen[one.kind, one.id] = n + 1
        pairs.append(((one.kind, one.id, n), one))
    return pairs


_INDEXES: dict[int, tuple[tuple[Resource, ...], dict[tuple[str, str, int], Resource]]] = {}
"""By the identity of what is indexed, kept beside it: hashing it all would take as long."""
_MOST_INDEXES = 8


def _indexed(resources: tuple[Resource, ...]) -> dict[tuple[str, str, int], Resource]:
    """The resources by their keys, worked out once for as long as it is asked for often."""
    known = _INDEXES.get(id(resources))
    if known is None or known[0] is not resources:
        while len(_INDEXES) >= _MOST_INDEXES:
            del _INDEXES[next(iter(_INDEXES))]
        known = _INDEXES[id(resources)] = (resources, dict(keyed(resources)))
    return known[1]
