"""The reviews of one app as a whole: what each is worth, told from the files or after a look."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from flytui.assessment import Assessment
from flytui.checklist import Item
from flytui.policy import against, lacking
from flytui.review import Review, Standing
from flytui.review_file import ReviewFileError
from flytui.settings import Policy


class State(StrEnum):
    """What a review on file is worth."""

    ACTIVE = "active"
    WAITING = "waiting"
    """A second reviewer has to agree first."""
    STALE = "stale"
    """What it was given on has changed; only a look tells."""
    UNCONFIRMED = "unconfirmed"
    """The item could not be looked at."""
    EXPIRED = "expired"
    REFUSED = "against policy"
    UNUSED = "unused"
    """There is no such item."""
    INVALID = "invalid"
    """The file cannot be read as a review."""

    @property
    def sound(self) -> bool:
        """Whether nothing is to be done about it; what was not seen is neither."""
        return self in {State.ACTIVE, State.UNCONFIRMED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One review on file."""

    item: str
    state: State
    review: Review | None
    """None for an invalid one."""
    why: str = ""
    """Why it is worth no more, and what to do; a sentence or two."""
    notes: tuple[str, ...] = ()
    """What else is worth knowing, a sentence each."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on file, and by what it is judged."""

    reviews: Mapping[str, Review]
    problems: tuple[ReviewFileError, ...]
    items: Mapping[str, Item]
    policy: Policy
    today: date


def offline(kept: Kept) -> tuple[Entry, ...]:
    """Every review as far as its file tells, in the order of the checklist, strangers last."""
    found = (_offline(kept, review) for review in kept.reviews.values())
    return _ordered(kept.items, (*found, *_invalid(kept.problems)))


def live(kept: Kept, assessments: Mapping[str, Assessment]) -> tuple[Entry, ...]:
    """Every review as a look at its item tells; where there was none, as its file does."""
    found = (
        _live(assessments[item]) if item in assessments else _offline(kept, review)
        for item, review in kept.reviews.items()
    )
    return _ordered(kept.items, (*(e for e in found if e), *_invalid(kept.problems)))


def _ordered(items: Collection[str], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    places = {item: place for place, item in enumerate(items)}
    return tuple(sorted(entries, key=lambda e: (places.get(e.item, len(places)), e.item)))


def _invalid(problems: Iterable[ReviewFileError]) -> Iterator[Entry]:
    return (Entry(p.item, State.INVALID, None, str(p)) for p in problems)


def _offline(kept: Kept, review: Review) -> Entry:
    item = kept.items.get(review.item)
    state, why = _state(kept, review, item)
    reworded = item is not None and review.text not in {"", item.digest}
    return Entry(review.item, state, review, why, tuple(_notes(review, item, reworded=reworded)))


def _state(kept: Kept, review: Review, item: Item | None) -> tuple[State, str]:
    if item is None:
        why = f"No item has the id {review.item}: remove the review, or correct its name."
        return State.UNUSED, why
    if review.last_day is not None and kept.today > review.last_day:
        return State.EXPIRED, _expired(review)
    if objection := against(kept.policy, review):
        return State.REFUSED, objection
    if missing := lacking(kept.policy, review):
        return State.WAITING, missing
    return State.ACTIVE, ""


def _live(known: Assessment) -> Entry | None:
    review, standing = known.review, known.standing
    if review is None or standing is None:
        return None
    state, why = _worth(known, review, standing)
    notes = tuple(_notes(review, known.item, reworded=known.reworded))
    return Entry(known.item.id, state, review, why, notes)


def _worth(known: Assessment, review: Review, standing: Standing) -> tuple[State, str]:
    match standing:
        case Standing.HOLDS:
            return State.ACTIVE, ""
        case Standing.STALE:
            return State.STALE, f"Since then: {'; '.join(known.changed)}. Review it again."
        case Standing.EXPIRED:
            return State.EXPIRED, _expired(review)
        case Standing.UNCONFIRMED:
            unseen = known.finding.unseen
            return State.UNCONFIRMED, f"{unseen.cause} {unseen.cure}" if unseen else ""
        case Standing.WAITING:
            return State.WAITING, known.objection
        case Standing.REFUSED:
            return State.REFUSED, known.objection
        case _:
            assert_never(standing)


def _expired(review: Review) -> str:
    return f"Its last day was {review.last_day}: review the item again, or remove the review."


def _notes(review: Review, item: Item | None, *, reworded: bool) -> Iterator[str]:
    if reworded and item is not None:
        yield (
            "The checklist's text of this item has changed since it was reviewed "
            f"(Fly.io's was last revised on {item.revised}): read it again."
        )
    void = [a.by for a in review.agreements if a not in review.agreed]
    yield from (f"{name} agreed to another version of it, which does not count." for name in void)
