"""A way through the open items, one at a time, in the order of the checklist. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from flytui.assessment import Assessment

Known = Mapping[str, Assessment]
"""What is known by now, by item id; an item that is missing is still being looked at."""


class Outcome(StrEnum):
    """What a person did about an item on the way."""

    REVIEWED = "reviewed"
    NOT_APPLICABLE = "not_applicable"
    ACCEPTED_RISK = "accepted_risk"
    FIXED = "fixed"
    """Something was run or written, and the item was seen in order afterwards."""
    TRIED = "tried"
    """Something was run or written, and the item is open all the same."""
    SKIPPED = "skipped"

    @property
    def words(self) -> str:
        """As the summary says it: `not applicable`."""
        return "worked on" if self is Outcome.TRIED else self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done about one item, by whom and when."""

    item: str
    outcome: Outcome
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """Which of how many items one stands at."""

    number: int
    total: int
    """The open ones, and those that were until something was done about them on this way."""
    waiting: int
    """Items nothing has been heard of yet; some of them may turn out to be open."""


@dataclass(frozen=True, slots=True)
class Left:
    """An item that stays open, with what was done about it all the same."""

    item: str
    deed: Deed | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of the way, told from the items as they are now."""

    settled: tuple[Deed, ...]
    """In the order of the checklist. Nothing counts that has opened again."""
    left: tuple[Left, ...]
    waiting: tuple[str, ...]
    """Items nothing has been heard of yet; nobody can say whether they are open."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Where one is, and what was done.

    Invariant: it never leaves an item that a person was shown, and never passes one of which
    nothing is known yet, unless it is told to.
    """

    order: tuple[str, ...]
    """Every item of the checklist."""
    at: str | None
    """The item one stands at; None at the end."""
    shown: bool = False
    """Whether the item was found open and put before the person."""
    deeds: tuple[Deed, ...] = ()
    """At most one for each item, latest last."""

    @property
    def ended(self) -> bool:
        return self.at is None

    def waiting(self, known: Known) -> bool:
        """Whether nothing has been heard yet of the item one stands at."""
        return self.at is not None and self.at not in known

    def look(self, known: Known) -> "Journey":
        """With what is known now: an item that is not open is passed before it was shown."""
        here = self
        while here.at is not None and not here.shown and here.at in known:
            if known[here.at].open:
                return replace(here, shown=True)
            here = here._step(1)
        return here

    def next(self, known: Known) -> "Journey":
        """At the next item that is open, or of which nothing is known yet; else at the end."""
        return self if self.at is None else self._step(1).look(known)

    def back(self, known: Known) -> "Journey":
        """At the item before that is open or was on this way; where there is none, unmoved."""
        end = len(self.order) if self.at is None else self.order.index(self.at)
        earlier = [item for item in self.order[:end] if self._met(item, known)]
        return replace(self, at=earlier[-1], shown=True) if earlier else self

    def did(self, item: str, outcome: Outcome, by: str, at: datetime) -> "Journey":
        """With that done, in place of what was done about the item before."""
        if outcome is Outcome.SKIPPED and self.deed(item) is not None:
            return self
        return replace(self.undone(item), deeds=(*self._others(item), Deed(item, outcome, by, at)))

    def undone(self, item: str) -> "Journey":
        """With nothing done about the item."""
        return replace(self, deeds=self._others(item))

    def again(self, known: Known) -> "Journey":
        """From the first open item once more; what was done stays told, what was skipped not."""
        done = tuple(deed for deed in self.deeds if deed.outcome is not Outcome.SKIPPED)
        return replace(begin(self.order), deeds=done).look(known)

    def to(self, item: str) -> "Journey":
        """At that item of the checklist."""
        return replace(self, at=item, shown=True)

    def deed(self, item: str) -> Deed | None:
        return next((deed for deed in self.deeds if deed.item == item), None)

    def progress(self, known: Known) -> Progress:
        """The place among the open items. Raises ValueError at the end."""
        met = [item for item in self.order if item == self.at or self._met(item, known)]
        if self.at is None:
            raise ValueError("At the end there is no item to stand at.")
        waiting = sum(item not in known for item in self.order)
        return Progress(met.index(self.at) + 1, len(met), waiting)

    def summary(self, known: Known) -> Summary:
        """What was settled on the way and still is, and what stays open."""
        deeds = [deed for item in self.order if (deed := self.deed(item)) is not None]
        lasting = (d for d in deeds if d.outcome not in {Outcome.SKIPPED, Outcome.TRIED})
        still_open = [item for item in self.order if item in known and known[item].open]
        return Summary(
            tuple(d for d in lasting if d.item in known and not known[d.item].open),
            tuple(Left(item, self.deed(item)) for item in still_open),
            tuple(item for item in self.order if item not in known),
        )

    def _met(self, item: str, known: Known) -> bool:
        """Whether the item is open, or was until something was done about it on this way."""
        return item in known and (known[item].open or self.deed(item) is not None)

    def _step(self, step: int) -> "Journey":
        place = self.order.index(self.at) + step if self.at is not None else len(self.order)
        at = self.order[place] if place < len(self.order) else None
        return replace(self, at=at, shown=False)

    def _others(self, item: str) -> tuple[Deed, ...]:
        return tuple(deed for deed in self.deeds if deed.item != item)


def begin(order: Iterable[str]) -> Journey:
    """A new journey, at the first item of the checklist until more is known."""
    items = tuple(order)
    return Journey(items, items[0] if items else None)


def resume(order: Iterable[str], at: str | None, deeds: Iterable[Deed]) -> Journey:
    """The journey that stopped there; a new one where there is no such item any more."""
    items = tuple(order)
    if at not in items:
        return begin(items)
    return Journey(items, at, deeds=tuple(deed for deed in deeds if deed.item in items))
