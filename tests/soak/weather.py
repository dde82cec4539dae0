"""Fly.io on changing days: a proxy in front of the demo whose faults come and go."""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from tests.faults.fault import Fault
from tests.faults.matrix import faults, targets
from tests.faults.proxy import EVERYTHING, WRITE, Proxy, running

NOWHERE = "http://127.0.0.1:9"
CLEAR = 0.55
"""The share of periods without a fault."""


class _To(httpx.AsyncBaseTransport):
    """The demo's server, whatever the port in the address."""

    def __init__(self, url: str) -> None:
        self._url = httpx.URL(url)
        self._inner = httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_with(host=self._url.host, port=self._url.port)
        headers = {n: v for n, v in request.headers.items() if n != "host"}
        asked = httpx.Request(request.method, url, headers=headers, content=request.content)
        answer = await self._inner.handle_async_request(asked)
        content = await answer.aread()
        return httpx.Response(answer.status_code, content=content, request=request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@dataclass
class Weather:
    """What it is now, and what it was."""

    url: str = ""
    now: str = "clear"
    requests: int = 0
    periods: Counter[str] = field(default_factory=Counter)
    """Periods by the name of their fault."""
    calm: threading.Event = field(default_factory=threading.Event)
    """Set to have no more faults."""
    complaints: list[str] = field(default_factory=list)


@contextmanager
def changing(url: str, seed: int) -> Iterator[Weather]:
    """The weather over that server, in a thread with a loop of its own."""
    weather, ready, over = Weather(), threading.Event(), threading.Event()
    # Known before anything is in the way.
    choices, routes = faults(seed), (*targets(), EVERYTHING, WRITE)

    async def blow() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, told: weather.complaints.append(repr(told)))
        dice = random.Random(seed)
        upstream = _To(url)
        async with running(Proxy(upstream, elsewhere=NOWHERE)) as proxy:
            weather.url = proxy.url
            ready.set()
            while not over.is_set():
                seconds = _change(proxy, weather, dice, choices, routes)
                await _until(over, weather.calm, seconds)
                weather.requests += len(proxy.seen)
                proxy.seen.clear()
        await upstream.aclose()

    thread = threading.Thread(target=lambda: asyncio.run(blow()), daemon=True)
    thread.start()
    ready.wait(30.0)
    try:
        yield weather
    finally:
        over.set()
        thread.join(10.0)


def _change(
    proxy: Proxy,
    weather: Weather,
    dice: random.Random,
    choices: tuple[Fault, ...],
    routes: tuple[str, ...],
) -> float:
    """Another fault on another route, or none; how many seconds it is to last."""
    if weather.calm.is_set() or dice.random() < CLEAR:
        proxy.act, weather.now = None, "clear"
        weather.periods["clear"] += 1
        return dice.uniform(4.0, 15.0)
    fault = dice.choice(choices)
    route = dice.choice([one for one in routes if fault.fits(one)])
    proxy.target, proxy.act = route, fault.act
    weather.now = f"{fault.name} on {route}"
    weather.periods[fault.name] += 1
    return dice.uniform(2.0, 10.0)


async def _until(over: threading.Event, calm: threading.Event, seconds: float) -> None:
    """Wait so long, or until the other thread wants it to be over or calm."""
    loop, was = asyncio.get_running_loop(), calm.is_set()
    end = loop.time() + seconds
    # Another thread's events cannot be awaited here.
    while loop.time() < end and not over.is_set() and calm.is_set() == was:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
