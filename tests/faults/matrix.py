"""Cells of the matrix: one fault on one route, looked through from start to end."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flytui.fly.http import DEADLINE
from tests.faults import wire, words
from tests.faults.fault import Fault, Kind
from tests.faults.looking import (
    Look,
    accidents,
    breaches,
    crashes,
    false_greens,
    honest,
    hurried,
    look,
    session,
    ways,
)
from tests.faults.proxy import EVERYTHING, Proxy, listening, running
from tests.faults.spoiling import WHOLE

IMPATIENT = 0.2
"""Where nobody answers, this part of the usual patience does."""
CRASH, HANG, GREEN, BREACH, LEAK, WRITE = (
    "crashes",
    "hangs past the deadline",
    "false greens",
    "blast-radius breaches",
    "tokens sent elsewhere",
    "writes",
)
COUNTED = (CRASH, HANG, GREEN, BREACH, LEAK, WRITE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A fault, by name, on a route."""

    route: str
    fault: str
    slow: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    cell: Cell
    problems: tuple[tuple[str, str], ...]
    """What is counted, and in words."""
    seconds: float
    requests: int


def faults(seed: int = 0) -> tuple[Fault, ...]:
    """All of them; the seed decides which values those that pick some will spoil."""
    return (*wire.faults(), *words.faults(seed))


def targets() -> tuple[str, ...]:
    """Every route, all of GraphQL, and everything at once."""
    return (*sorted(ways().facts), WHOLE, EVERYTHING)


def cells(seed: int = 0) -> Iterator[Cell]:
    for fault in faults(seed):
        yield from (Cell(t, fault.name, fault.slow) for t in targets() if fault.fits(t))


@cache
def _by_name(seed: int) -> dict[str, Fault]:
    return {fault.name: fault for fault in faults(seed)}


async def unspoiled() -> Look:
    """What is found by way of the proxy when it spoils nothing."""
    return (await _through(Proxy(honest()), 1.0))[0]


async def run(cell: Cell, before: Look, seed: int = 0) -> Outcome:
    """Look at everything with that fault in the way, and tell what went wrong."""
    fault = _by_name(seed)[cell.fault]
    patience = IMPATIENT if fault.slow else 1.0
    begun = time.monotonic()
    told: list[str] = []

    async def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.append((await reader.read(65536)).decode("latin-1"))
        writer.close()

    async with listening(note) as port:
        elsewhere = f"http://127.0.0.1:{port}"
        proxy = Proxy(honest(), cell.route, fault.act, elsewhere, patience)
        problems: list[tuple[str, str]] = []
        try:
            after, accidents_told = await _through(proxy, patience)
        except TimeoutError:
            problems.append((HANG, "the look did not end"))
        except Exception as error:  # noqa: BLE001 - counting whatever comes out is what this is for
            problems.append((CRASH, f"{type(error).__name__}: {error}"))
        else:
            problems += [(CRASH, each) for each in accidents_told]
            problems += _judged(fault, proxy, before, after)
    problems += [(LEAK, each[:200]) for each in told]
    problems += [(WRITE, each) for each in proxy.writes]
    seconds = time.monotonic() - begun
    return Outcome(cell, tuple(problems), seconds, len(proxy.seen))


def _judged(fault: Fault, proxy: Proxy, before: Look, after: Look) -> Iterator[tuple[str, str]]:
    if not proxy.struck:
        yield CRASH, "nothing was spoiled: the cell tests nothing"
    everything = proxy.target in {WHOLE, EVERYTHING}
    wide = everything or fault.kind is Kind.REQUEST
    radius = ways().needing(proxy.struck if wide else {proxy.target})
    if fault.kind is Kind.HARMLESS:
        radius = set()
    yield from ((CRASH, each) for each in crashes(before, after))
    told = fault.kind is Kind.TOLD
    yield from ((GREEN, each) for each in false_greens(before, after, told=told))
    yield from ((BREACH, each) for each in breaches(before, after, radius))


async def _through(proxy: Proxy, patience: float) -> tuple[Look, list[str]]:
    """A look by way of the proxy. Raises TimeoutError."""
    # Three requests wait for each other, and each may be asked again alone.
    most = 6 * DEADLINE * patience + 10
    with TemporaryDirectory() as folder, accidents() as told:
        async with running(proxy), asyncio.timeout(most):
            names = ("FLY_API_BASE_URL", "FLY_FLAPS_BASE_URL", "FLY_UIEX_BASE_URL")
            urls = dict.fromkeys(names, proxy.url)
            after = await look(session(Path(folder), urls=urls, clocks=hurried(patience)))
    return after, told
