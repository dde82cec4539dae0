"""Whatever goes wrong on one route: no crash, nothing falsely green, the others unaffected."""

from pathlib import Path

import pytest
import pytest_asyncio

from flytui.finding import Status
from tests.faults.looking import Look, breaches, crashes, false_greens, honest, look, session, ways
from tests.faults.spoiling import ALL_FAIL, PARTS, SPOILS, WHOLE, Spoiling

SHARED = sorted(ways().together)
"""Routes whose queries travel with others."""


async def spoiled(folder: Path, target: str = "", kind: str = "") -> tuple[Look, set[str]]:
    """What is found while one route is spoiled, and the routes of the requests that were."""
    transport = Spoiling(honest(), target, kind)
    after = await look(session(folder, transport))
    assert not target or target in transport.seen
    return after, transport.struck


def _hold_still(before: Look, after: Look, needing: set[str]) -> None:
    """Nothing else moved, nothing became green, and what is unseen says why."""
    assert set(after.verdicts) == set(before.verdicts)
    assert not [*crashes(before, after)]
    assert not [*breaches(before, after, needing)]
    assert not [*false_greens(before, after)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> Look:
    return (await spoiled(tmp_path_factory.mktemp("whole")))[0]


@pytest.mark.parametrize(
    ("route", "kind"),
    # What strikes a whole request is the same for all who share it, and has a test below.
    [(r, k) for r in sorted(ways().facts) for k in SPOILS if not (r in SHARED and k in ALL_FAIL)],
)
async def test_a_fault_stays_with_the_items_that_need_the_fact(
    route: str, kind: str, whole: Look, tmp_path: Path
) -> None:
    after, _ = await spoiled(tmp_path, route, kind)
    _hold_still(whole, after, ways().needing({route}))


@pytest.mark.parametrize("route", SHARED)
@pytest.mark.parametrize("kind", PARTS)
async def test_a_denial_of_one_query_empties_no_other_in_the_same_request(
    route: str, kind: str, whole: Look, tmp_path: Path
) -> None:
    after, struck = await spoiled(tmp_path, route, kind)
    assert len(struck) > 1
    _hold_still(whole, after, ways().needing({route}))


@pytest.mark.parametrize("kind", SPOILS)
async def test_without_graphql_nothing_turns_green_and_the_rest_stands(
    kind: str, whole: Look, tmp_path: Path
) -> None:
    after, struck = await spoiled(tmp_path, WHOLE, kind)
    _hold_still(whole, after, ways().needing(struck))
    assert any(each.finding.status is Status.UNKNOWN for each in after.verdicts.values())
