"""Fly.io's documented rate limits, kept on this side: one bucket for each action and identifier."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests a second that may go on forever, and how many may come at once."""

    per_second: float
    burst: int


ACTION = Rate(1, 3)
"""Machines API: each action on each app or Machine."""
GET_MACHINE = Rate(5, 10)
"""Machines API: reading one Machine."""


class Limiter:
    """Lets requests through no faster than their rate.

    Invariant: an entry holds the time at which the bucket will be full again; a request moves it
    before it waits, so requests that come at once queue behind each other.
    """

    def __init__(
        self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._full_at: dict[tuple[str, str], float] = {}

    async def wait(self, key: tuple[str, str], rate: Rate = ACTION) -> None:
        """Return when one more request under this key is within its rate."""
        now = self._clock()
        each = 1 / rate.per_second
        full_at = max(self._full_at.get(key, now), now) + each
        self._full_at[key] = full_at
        early = full_at - now - rate.burst * each
        if early > 0:
            await self._sleep(early)
