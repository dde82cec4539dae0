"""What a look costs Fly.io: how many requests, and how many that wait for another's answer."""

import asyncio
from pathlib import Path

import httpx
import pytest

from flytui.demo.scenario import names
from tests.simulated import Simulated, found, simulated

MOST_REQUESTS = 20
MOST_ROUNDS = 3
_QUIET = 50
"""Turns of the event loop after which nobody is about to ask."""


class Rounds(httpx.AsyncBaseTransport):
    """Holds answers back until nobody asks any more, then gives them out: one round trip."""

    def __init__(self, inner: httpx.AsyncBaseTransport, *, at_once: bool) -> None:
        self._inner = inner
        self._at_once = at_once
        self._held: list[asyncio.Event] = []
        self._asking = 0
        self._handing_out: asyncio.Task[None] | None = None
        self.requests = 0
        self.rounds = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        self._asking += 1
        answer = await self._inner.handle_async_request(request)
        self._asking -= 1
        held = asyncio.Event()
        self._held.append(held)
        if self._handing_out is None:
            self._handing_out = asyncio.create_task(self._hand_out())
        await held.wait()
        return answer

    async def _hand_out(self) -> None:
        while await self._quiet() and self._held:
            self.rounds += 1
            out = len(self._held) if self._at_once else 1
            for held in self._held[:out]:
                held.set()
            del self._held[:out]
        self._handing_out = None

    async def _quiet(self) -> bool:
        known, turns = -1, 0
        while turns < _QUIET or self._asking:
            turns = turns + 1 if known == self.requests else 0
            known = self.requests
            await asyncio.sleep(0)
        return True


async def cost(world: Simulated, *, at_once: bool) -> Rounds:
    """What was asked until every item was decided."""
    session = world.session()
    rounds = Rounds(world.transport.inner, at_once=at_once)
    world.transport.inner = rounds
    verdicts = await found(session)
    await session.close()
    assert len(verdicts) == 24
    return rounds


@pytest.mark.parametrize("name", names())
async def test_a_whole_look_is_within_twenty_requests_three_deep(name: str, tmp_path: Path) -> None:
    asked = await cost(simulated(name, tmp_path), at_once=True)
    assert asked.requests <= MOST_REQUESTS
    assert asked.rounds <= MOST_ROUNDS


@pytest.mark.parametrize("name", names())
async def test_a_look_needs_no_luck_with_the_order_of_answers(name: str, tmp_path: Path) -> None:
    asked = await cost(simulated(name, tmp_path), at_once=False)
    assert asked.requests <= MOST_REQUESTS
