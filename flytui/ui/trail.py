"""Where one was: the places jumped from, to go back to and forward again; pure."""

from collections.abc import Callable
from dataclasses import dataclass

from flytui.ui.board import Place

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Trail:
    """The nearest place stands last in both directions."""

    past: tuple[Place, ...] = ()
    future: tuple[Place, ...] = ()

    def jumped(self, origin: Place | None, to: Place | None) -> "Trail":
        """After a jump: its origin can be gone back to, and there is no forward any more."""
        if origin is None or origin == to:
            return self
        past = self.past[:-1] if self.past[-1:] == (origin,) else self.past
        return Trail((*past, origin)[-LONGEST:])

    def earlier(
        self, now: Place | None, there: Callable[[Place], bool]
    ) -> "tuple[Place, Trail] | None":
        """The place before, and the trail from there; places that are gone are passed over."""
        past = _without_gone(self.past, now, there)
        if not past:
            return None
        return past[-1], Trail(past[:-1], (*self.future, *_one(now)))

    def later(
        self, now: Place | None, there: Callable[[Place], bool]
    ) -> "tuple[Place, Trail] | None":
        """The place that was gone back from, and the trail from there."""
        future = _without_gone(self.future, now, there)
        if not future:
            return None
        return future[-1], Trail((*self.past, *_one(now))[-LONGEST:], future[:-1])


def _without_gone(
    places: tuple[Place, ...], now: Place | None, there: Callable[[Place], bool]
) -> tuple[Place, ...]:
    """Up to the last that is still there and elsewhere."""
    end = len(places)
    while end and (places[end - 1] == now or not there(places[end - 1])):
        end -= 1
    return places[:end]


def _one(place: Place | None) -> tuple[Place, ...]:
    return () if place is None else (place,)
