"""Four times the Machines may cost a check four times the work, not sixteen times."""

import asyncio
import sys
from pathlib import Path
from types import FrameType

import pytest

from flytui.checks.check import Check, registry
from flytui.facts.fact import Unseen
from tests.simulated import simulated

FEW, MANY = 50, 200
WORST = 1.4
"""Times what linear growth would make of it: sorting is a little more."""


def _calls(check: Check, values: list[object]) -> int:
    """How many calls, and turns of generators, deciding takes; the same on every machine."""
    count = 0

    def tick(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tick)
    try:
        check.decide(*values)
    finally:
        sys.setprofile(None)
    return count


async def _work(machines: int, folder: Path) -> dict[str, int]:
    session = simulated("storefront", folder, machines=machines).session()
    work = {}
    for item, check in registry().items():
        seen = await asyncio.gather(*(session.parts.store.attempt(f) for f in check.facts))
        work[item] = _calls(check, [s if isinstance(s, Unseen) else s.value for s in seen])
    await session.close()
    return work


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, int], dict[str, int]]:
    few = asyncio.run(_work(FEW, tmp_path_factory.mktemp("few")))
    return few, asyncio.run(_work(MANY, tmp_path_factory.mktemp("many")))


@pytest.mark.parametrize("item", list(registry()))
def test_a_check_grows_no_faster_than_the_app(
    item: str, work: tuple[dict[str, int], dict[str, int]]
) -> None:
    few, many = work

    assert many[item] <= max(few[item], 1000) * MANY / FEW * WORST
