"""Whatever goes wrong on one route: no crash, nothing falsely green, the others unaffected."""

import asyncio
import dataclasses
from collections.abc import Collection
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio

from flytui.assessment import Assessment
from flytui.checklist import load as checklist
from flytui.checks.check import registry
from flytui.demo.environment import environment
from flytui.demo.scenario import Scenario, load, write_checkout
from flytui.demo.server import application
from flytui.finding import Evidence, Finding, Status
from flytui.fly.http import Clocks
from flytui.opening import Surroundings, open_session
from flytui.session import Session
from flytui.settings import Flags, resolve
from tests.faults.spoiling import ALL_FAIL, PARTS, SPOILS, WHOLE, Remembering, Spoiling
from tests.simulated import asgi, found

SCENARIO = "storefront"
DECIDED = {Status.OK, Status.NOT_APPLICABLE}


@dataclasses.dataclass(frozen=True)
class Look:
    """What was found, and which routes the spoiled requests had taken."""

    verdicts: dict[str, Assessment]
    struck: set[str]


@dataclasses.dataclass(frozen=True)
class Ways:
    """How the facts come here when nothing is in their way."""

    facts: dict[str, set[str]]
    """By route: the facts that ask there, or rest on facts that do."""
    together: set[str]
    """The routes that shared a request with others."""


async def look(folder: Path, target: str = "", kind: str = "") -> Look:
    """What is found while one route is spoiled."""
    transport = Spoiling(_honest(), target, kind)
    session = _session(folder, transport)
    verdicts = await found(session)
    await session.close()
    assert not target or target in transport.seen
    return Look(verdicts, transport.struck)


async def _ways(folder: Path) -> Ways:
    """Each fact fetched by itself, to see the routes; all at once, to see who shares."""
    transport = Spoiling(_honest())
    session = _session(folder, transport)
    store = session.parts.store
    facts: dict[str, set[str]] = {}
    for fact in {fact.name: fact for check in registry().values() for fact in check.facts}.values():
        store.forget()
        transport.seen.clear()
        await store.attempt(fact)
        for route in transport.seen - {WHOLE}:
            facts.setdefault(route, set()).add(fact.name)
    store.forget()
    transport.together.clear()
    await found(session)
    await session.close()
    return Ways(facts, transport.together)


@cache
def ways() -> Ways:
    with TemporaryDirectory() as folder:
        return asyncio.run(_ways(Path(folder)))


def _session(folder: Path, transport: Spoiling) -> Session:
    scenario = _scenario()
    (folder / "checkout").mkdir()
    write_checkout(scenario, folder / "checkout")
    environ = {
        "HOME": str(folder),
        **environment("http://127.0.0.1:1", scenario.token, str(folder / "fly")),
    }
    around = Surroundings(
        environ=environ,
        checkout=folder / "checkout",
        data=folder / "data",
        state=folder / "state",
        transport=transport,
        clocks=_hurried(),
    )
    settings = resolve(Flags(app=scenario.app), environ, folder)
    return open_session(settings, checklist(), around)


@cache
def _scenario() -> Scenario:
    return load(SCENARIO)


@cache
def _honest() -> Remembering:
    """One for all: the world is only read here."""
    return Remembering(asgi(application(_scenario().world)))


def _hurried() -> Clocks:
    """Waiting takes no time, but moves the clock."""
    time = [0.0]

    async def sleep(seconds: float) -> None:
        time[0] += seconds

    return Clocks(clock=lambda: time[0], sleep=sleep)


def essence(finding: Finding) -> Finding:
    """The finding without the times at which its facts were fetched."""

    def timeless(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(dataclasses.replace(e, at=None) for e in evidence)

    resources = [dataclasses.replace(r, evidence=timeless(r.evidence)) for r in finding.resources]
    return dataclasses.replace(
        finding, evidence=timeless(finding.evidence), resources=tuple(resources)
    )


def _needing(routes: Collection[str]) -> set[str]:
    """The items whose check reads a fact that one of these routes feeds."""
    facts = {fact for route in routes for fact in ways().facts.get(route, ())}
    return {
        item
        for item, check in registry().items()
        if any(fact.name in facts for fact in check.facts)
    }


def _hold_still(before: Look, after: Look, needing: set[str]) -> None:
    """Nothing else moved, nothing became green, and what is unseen says why."""
    assert set(after.verdicts) == set(before.verdicts)
    for item, assessment in after.verdicts.items():
        was, now = before.verdicts[item].finding, assessment.finding
        if item not in needing:
            assert essence(now) == essence(was), item
        if now.status is Status.UNKNOWN:
            assert now.unseen is not None
            assert now.unseen.cause
            assert now.unseen.cure
        if was.status not in DECIDED:
            assert now.status not in DECIDED, f"{item} turned {now.status}: {now.summary}"


SHARED = sorted(ways().together)
"""Routes whose queries travel with others."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> Look:
    return await look(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize(
    ("route", "kind"),
    # What strikes a whole request is the same for all who share it, and has a test below.
    [(r, k) for r in sorted(ways().facts) for k in SPOILS if not (r in SHARED and k in ALL_FAIL)],
)
async def test_a_fault_stays_with_the_items_that_need_the_fact(
    route: str, kind: str, whole: Look, tmp_path: Path
) -> None:
    spoiled = await look(tmp_path, route, kind)
    _hold_still(whole, spoiled, _needing({route}))


@pytest.mark.parametrize("route", SHARED)
@pytest.mark.parametrize("kind", PARTS)
async def test_a_denial_of_one_query_empties_no_other_in_the_same_request(
    route: str, kind: str, whole: Look, tmp_path: Path
) -> None:
    spoiled = await look(tmp_path, route, kind)
    assert len(spoiled.struck) > 1
    _hold_still(whole, spoiled, _needing({route}))


@pytest.mark.parametrize("kind", SPOILS)
async def test_without_graphql_nothing_turns_green_and_the_rest_stands(
    kind: str, whole: Look, tmp_path: Path
) -> None:
    spoiled = await look(tmp_path, WHOLE, kind)
    _hold_still(whole, spoiled, _needing(spoiled.struck))
    assert any(each.finding.status is Status.UNKNOWN for each in spoiled.verdicts.values())
