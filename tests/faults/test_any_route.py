"""Whatever goes wrong on one route: no crash, nothing falsely green, the others unaffected."""

import dataclasses
from functools import cache
from pathlib import Path

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from flytui.assessment import Assessment
from flytui.checklist import load as checklist
from flytui.checks.check import registry
from flytui.demo.environment import environment
from flytui.demo.scenario import Scenario, load, write_checkout
from flytui.demo.server import application
from flytui.finding import Evidence, Finding, Status
from flytui.fly.http import Clocks
from flytui.opening import Surroundings, open_session
from flytui.settings import Flags, resolve
from tests.faults.spoiling import SPOILS, Spoiling
from tests.simulated import asgi, found

SCENARIO = "storefront"
FACTS = {
    "GraphQL App": ("app", "organization_apps", "edge_traffic"),
    "GraphQL Addresses": ("addresses",),
    "GraphQL Placement": ("placement",),
    "GraphQL HostIssues": ("host_issues",),
    "GraphQL Certificates": ("certificate_details",),
    "GraphQL AddOns": ("sentry_add_ons",),
    "GraphQL DeploymentSource": ("deployment_source",),
    "GraphQL AppTokens": ("app_tokens",),
    "GraphQL VmSizes": ("vm_sizes",),
    "/v1/apps/storefront/machines": ("machines",),
    "/v1/apps/storefront/volumes": ("volumes",),
    "/v1/apps/storefront/secrets": ("secrets",),
    "/v1/apps/storefront/certificates": ("certificates",),
    "/v1/apps": ("organization_apps",),
    "/v1/platform/regions": ("regions",),
    "/api/v1/apps/storefront/releases": ("releases",),
    "/prometheus/acme/api/v1/query": ("edge_traffic",),
}
"""The facts each route feeds."""
DECIDED = {Status.OK, Status.NOT_APPLICABLE}


async def look(folder: Path, target: str = "", spoil: str = "") -> dict[str, Assessment]:
    """What is found while one route is spoiled."""
    scenario = _scenario()
    transport = Spoiling(asgi(_application()))
    transport.target, transport.spoil = target, SPOILS.get(spoil)
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
    session = open_session(settings, checklist(), around)
    verdicts = await found(session)
    await session.close()
    assert not target or target in transport.seen
    return verdicts


@cache
def _scenario() -> Scenario:
    return load(SCENARIO)


@cache
def _application() -> Starlette:
    """One for all: the world is only read here."""
    return application(_scenario().world)


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


def _needing(route: str) -> set[str]:
    """The items whose check reads a fact that this route feeds."""
    return {
        item
        for item, check in registry().items()
        if any(fact.name in FACTS[route] for fact in check.facts)
    }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assessment]:
    return await look(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("route", FACTS)
@pytest.mark.parametrize("spoil", SPOILS)
async def test_a_fault_stays_with_the_items_that_need_the_fact(
    route: str, spoil: str, whole: dict[str, Assessment], tmp_path: Path
) -> None:
    spoiled = await look(tmp_path, route, spoil)
    assert set(spoiled) == set(whole)
    needing = _needing(route)
    for item, assessment in spoiled.items():
        if item not in needing:
            assert essence(assessment.finding) == essence(whole[item].finding)
    for item, assessment in spoiled.items():
        before, after = whole[item].finding, assessment.finding
        if after.status is Status.UNKNOWN:
            assert after.unseen is not None
            assert after.unseen.cause
            assert after.unseen.cure
        if before.status not in DECIDED:
            assert after.status not in DECIDED, f"{item} turned {after.status}: {after.summary}"
