"""Looks at many apps, a few at a time and those wanted most first; can be paused."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

AT_ONCE = 4
"""Apps looked at together: enough to fill the client's 16 requests, few enough to end in turn."""


class Survey:
    """Looks at each app once.

    Invariant: no more than `AT_ONCE` looks are under way; none begins while it is paused.
    """

    def __init__(self, look: Callable[[str], Awaitable[None]]) -> None:
        """`look` raises nothing that is not a defect."""
        self._look = look
        self._waiting: dict[str, None] = {}
        """In the order in which they would be looked at."""
        self._going = asyncio.Event()
        self._going.set()
        self._more = asyncio.Event()
        self.under_way: set[str] = set()

    @property
    def paused(self) -> bool:
        return not self._going.is_set()

    @property
    def left(self) -> int:
        """How many apps are still to be looked at, those under way among them."""
        return len(self._waiting) + len(self.under_way)

    def add(self, names: Iterable[str]) -> None:
        """Look at these as well, after the others."""
        for name in names:
            if name not in self.under_way:
                self._waiting[name] = None
        if self._waiting:
            self._more.set()

    def prefer(self, names: Iterable[str]) -> None:
        """Look at these next, as far as they wait at all."""
        first = {name: None for name in names if name in self._waiting}
        self._waiting = first | self._waiting

    def pause(self) -> None:
        """Begin no more looks; what is under way goes on."""
        self._going.clear()

    def go_on(self) -> None:
        self._going.set()

    async def run(self) -> None:
        """Look for as long as it is let; cancelling it ends what is under way."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            await self._going.wait()
            name = next(iter(self._waiting), None)
            if name is None:
                self._more.clear()
                await self._more.wait()
                continue
            del self._waiting[name]
            self.under_way.add(name)
            try:
                await self._look(name)
            finally:
                self.under_way.discard(name)
