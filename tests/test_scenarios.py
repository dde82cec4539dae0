"""Each scenario advertises its verdicts; the same client, facts and checks must find them."""

from pathlib import Path

import pytest

from flytui.demo.scenario import names
from flytui.finding import Status
from tests.simulated import found, simulated

REQUESTS = 20
"""At most so many for one app."""


@pytest.mark.parametrize("name", names())
async def test_a_scenario_is_found_as_it_advertises(name: str, tmp_path: Path) -> None:
    world = simulated(name, tmp_path)
    session = world.session()
    verdicts = {item: a.finding.status.value for item, a in (await found(session)).items()}
    await session.close()
    assert {item: verdicts[item] for item in world.scenario.expected} == world.scenario.expected


@pytest.mark.parametrize("name", names())
async def test_one_look_takes_few_requests(name: str, tmp_path: Path) -> None:
    world = simulated(name, tmp_path)
    session = world.session()
    await found(session)
    await session.close()
    assert 0 < len(world.transport.requests) <= REQUESTS


async def test_what_cannot_be_told_from_outside_is_left_to_a_person(tmp_path: Path) -> None:
    session = simulated("storefront", tmp_path).session()
    verdicts = await found(session)
    await session.close()
    assert {verdicts[item].finding.status for item in session.manual} == {Status.MANUAL}
