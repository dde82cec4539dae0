"""The organisation's matrix: its apps against the sections, the worst and the counts; pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from flytui import naming
from flytui.assessment import Assessment
from flytui.checklist import Checklist, Item
from flytui.finding import Status

_WORST = (Status.ACTION, Status.UNKNOWN, Status.ADVICE, Status.MANUAL)
"""What an open item can be, the worst first."""


class Stage(StrEnum):
    """What an app is for, as far as its name or its owners say."""

    PRODUCTION = "production"
    STAGING = "staging"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Some items together: how many are open and why, how many settled, how many unheard of."""

    open: tuple[tuple[Status, int], ...] = ()
    """Open items by status, the worst first; never zero."""
    settled: int = 0
    applicable: int = 0
    """Of the items heard of."""
    missing: int = 0
    """Items of which nothing has been heard."""
    heard: int = 0

    @property
    def status(self) -> Status | None:
        """The worst of it; None while nothing certain can be said.

        What is open is told at once. OK and not applicable are told of all the items or not at all.
        """
        if self.open:
            return self.open[0][0]
        if self.missing or not self.heard:
            return None
        return Status.OK if self.applicable else Status.NOT_APPLICABLE

    @property
    def number(self) -> int:
        """How many items are as bad as the worst; settled ones where none is open."""
        return self.open[0][1] if self.open else self.settled

    @property
    def rank(self) -> tuple[int, ...]:
        """Sorts the worst first: by number of items, status by status; the unseen last."""
        counts = dict(self.open)
        if not self.heard:
            return (len(_WORST) + 1,)
        first = _WORST.index(self.open[0][0]) if self.open else len(_WORST)
        return (first, *(-counts.get(status, 0) for status in _WORST))

    def plus(self, other: "Cell") -> "Cell":
        """Both together."""
        counts = Counter(dict(self.open))
        counts.update(dict(other.open))
        return Cell(
            _sorted(counts),
            self.settled + other.settled,
            self.applicable + other.applicable,
            self.missing + other.missing,
            self.heard + other.heard,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One app, or the organisation itself, against the sections."""

    name: str
    cells: tuple[Cell, ...]
    """By section, in the checklist's order."""
    stage: Stage = Stage.UNSAID
    suspended: bool = False
    looking: bool = False
    problem: str = ""
    """Why the app could not be looked at."""
    total: Cell = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", together(self.cells))

    @property
    def seen(self) -> bool:
        """Whether something has been heard of every item."""
        return bool(self.total.heard) and not self.total.missing


def cell(items: Iterable[Item], known: Mapping[str, Assessment]) -> Cell:
    """These items, as far as they have been assessed."""
    items = tuple(items)
    heard = [known[item.id] for item in items if item.id in known]
    applicable = [each for each in heard if each.applicable]
    return Cell(
        _sorted(Counter(each.finding.status for each in applicable if not each.settled)),
        sum(each.settled for each in applicable),
        len(applicable),
        len(items) - len(heard),
        len(heard),
    )


def cells(
    checklist: Checklist, known: Mapping[str, Assessment], left_out: Collection[str] = ()
) -> tuple[Cell, ...]:
    """A cell for each section, without the items left out."""
    return tuple(
        cell((item for item in section.items if item.id not in left_out), known)
        for section in checklist.sections
    )


def decided_once(
    items: Collection[str], each: Iterable[Mapping[str, Assessment]]
) -> dict[str, Assessment]:
    """What is known of the organisation's items, from any of its apps.

    A decision made for one app stands for all of them; where several were made, the latest. What
    could be looked at goes before what could not.
    """
    best: dict[str, Assessment] = {}
    for known in each:
        for item in items:
            one = known.get(item)
            if one is not None and (item not in best or _weight(one) > _weight(best[item])):
                best[item] = one
    return best


def _weight(one: Assessment) -> tuple[bool, bool, float]:
    decided = one.review.at.timestamp() if one.review else 0.0
    return one.settled, one.finding.status is not Status.UNKNOWN, decided


def together(every: Iterable[Cell]) -> Cell:
    """All of them as one."""
    total = Cell()
    for one in every:
        total = total.plus(one)
    return total


def totals(rows: Sequence[Row]) -> tuple[Cell, ...]:
    """Each section over all the rows."""
    return tuple(together(column) for column in zip(*(row.cells for row in rows), strict=True))


def ordered(rows: Iterable[Row], text: str = "") -> list[Row]:
    """Those whose name holds the text, the worst first; suspended apps after all others."""
    wanted = text.strip().lower()
    found = (row for row in rows if wanted in row.name.lower())
    return sorted(found, key=lambda row: (row.suspended, row.total.rank, row.name))


def stage(name: str, organization: str, *, declared: bool | None = None) -> Stage:
    """Production or staging, by what was declared, else by the app's name or its organisation's."""
    if declared is not None:
        return Stage.PRODUCTION if declared else Stage.STAGING
    for words in (name, organization):
        if naming.rehearsal(words):
            return Stage.STAGING
        if naming.production(words):
            return Stage.PRODUCTION
    return Stage.UNSAID


def heard(row: Row, now: tuple[Cell, ...], *, looking: bool) -> Row:
    """The row with these cells in place of its own."""
    return replace(row, cells=now, looking=looking)


def _sorted(counts: Mapping[Status, int]) -> tuple[tuple[Status, int], ...]:
    """An item that is open and OK, or does not concern the app, cannot be."""
    return tuple((status, counts[status]) for status in _WORST if counts.get(status))
