"""Faults over real sockets: a covering part of the matrix that `python -m tests.faults` runs."""

import asyncio
import random

import pytest
import pytest_asyncio

from tests.faults.looking import Look, ways
from tests.faults.matrix import Cell, Outcome, cells, faults, run, unspoiled

_DISTINCT = {204, 301, 400, 401, 403, 404, 408, 418, 429, 500, 502, 503, 504, 530}
ALIKE = {str(code) for code in range(200, 600) if code not in _DISTINCT}
"""Statuses that mean to flytui what one of the distinct ones does."""


def _covering() -> list[Cell]:
    """Every fault but those on one route, and every route with one fault."""
    chance = random.Random(7)
    of_fault: dict[str, list[Cell]] = {}
    of_route: dict[str, list[Cell]] = {}
    for cell in (cell for cell in cells() if cell.fault not in ALIKE):
        of_fault.setdefault(cell.fault, []).append(cell)
        if not cell.slow:
            of_route.setdefault(cell.route, []).append(cell)
    chosen = {chance.choice(those): None for those in of_fault.values()}
    left = (those for route, those in of_route.items() if route not in {c.route for c in chosen})
    chosen |= {chance.choice(those): None for those in left}
    return [*chosen]


COVERING = _covering()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole() -> Look:
    return await unspoiled()


def test_the_part_covers_every_fault_and_every_route() -> None:
    assert {cell.fault for cell in COVERING} == {fault.name for fault in faults()} - ALIKE
    assert {cell.route for cell in COVERING} >= set(ways().facts)


@pytest.mark.parametrize("fault", sorted({c.fault for c in COVERING if not c.slow}))
async def test_a_fault_harms_only_what_needs_the_route(fault: str, whole: Look) -> None:
    for cell in (cell for cell in COVERING if cell.fault == fault):
        assert (await run(cell, whole)).problems == (), cell


async def test_where_nobody_answers_everything_ends_in_time(whole: Look) -> None:
    waiting = [run(cell, whole) for cell in COVERING if cell.slow]
    outcomes: list[Outcome] = await asyncio.gather(*waiting)
    assert [outcome for outcome in outcomes if outcome.problems] == []
