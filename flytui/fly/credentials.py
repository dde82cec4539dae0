"""The tokens in force; `fly` renews a login session's macaroons when they are about to end."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from flytui.fly.auth import Tokens

Refresh: TypeAlias = Callable[[], Awaitable[str | None]]
"""Asks `fly` for fresh tokens; None when it has none to give."""
_PAUSE = timedelta(seconds=60)


class Credentials:
    """Hands out tokens that are good for another minute, where that is in our power.

    Invariant: at most one refresh at a time, and none within a minute of the last.
    """

    def __init__(
        self, tokens: Tokens, now: Callable[[], datetime], refresh: Refresh | None = None
    ) -> None:
        self.latest = tokens
        self._now = now
        self._refresh = refresh if tokens.session else None
        self._asked: datetime | None = None
        self._renewed = False
        self._lock = asyncio.Lock()

    async def current(self) -> Tokens:
        """The tokens to send now: fresh, else the OAuth token alone, else what there is."""
        if self._due:
            async with self._lock:
                if self._due:
                    await self._renew()
        return self.latest.without_macaroons if self._useless else self.latest

    @property
    def _useless(self) -> bool:
        """Whether the macaroons would only spoil a request that the OAuth token can make alone."""
        now, tokens = self._now(), self.latest
        if not tokens.session or not tokens.stale(now):
            return False
        # `fly` may hand out a bundle that lacks one organisation's agreement and serves the others.
        return tokens.expired(now) or not self._renewed

    @property
    def _due(self) -> bool:
        now = self._now()
        rested = self._asked is None or now - self._asked >= _PAUSE
        return self._refresh is not None and rested and self.latest.stale(now)

    async def _renew(self) -> None:
        if self._refresh is None:
            return
        fresh = await self._refresh()
        self._asked = self._now()
        if fresh:
            self._renewed = True
            self.latest = Tokens.parse(fresh, self.latest.origin, session=True)
