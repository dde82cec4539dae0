"""Measurements and neighbours as facts: few requests, each failing by itself."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from flytui.demo.faults import Fault
from flytui.facts import promql
from flytui.facts.fact import Unseen
from flytui.facts.metrics import courses, measured, own_series
from flytui.facts.neighbours import autoscaler_machines, organization_machines, shipper_machines
from flytui.store import Reading
from tests.simulated import Simulated, simulated

LONGEST_QUERY = 8000
"""Bytes of an address that proxies on the way take."""


def asked(world: Simulated, part: str) -> list[str]:
    return [r.url.path for r in world.transport.requests if part in r.url.path]


async def test_all_measurements_come_with_one_request(tmp_path: Path) -> None:
    world = simulated("overloaded", tmp_path)
    store = world.session().parts.store
    seen = await store.get(measured)
    names = {s.labels["flytui"] for s in seen.samples}
    assert {"up", "throttle", "balance", "busy", "free_memory", "concurrency"} <= names
    assert {"traffic", "responses", "failures"} <= names
    assert seen.total("failures") == 640
    assert len(asked(world, "/prometheus/")) == 1
    await store.get(courses)
    assert len(asked(world, "/prometheus/")) == 2
    await store.fly.aclose()


async def test_the_course_of_a_day_has_a_value_each_hour(tmp_path: Path) -> None:
    world = simulated("busy-queue", tmp_path)
    store = world.session().parts.store
    running = next(m for m in (await store.get(measured)).of("up"))
    values = (await store.get(courses)).of("memory", running)
    assert len(values) == 25
    assert max(values) > 0.97
    assert (await store.get(courses)).of("memory", "nobody") == ()
    await store.fly.aclose()


async def test_own_series_are_asked_for_only_where_there_is_an_endpoint(tmp_path: Path) -> None:
    quiet, telling = simulated("storefront", tmp_path), simulated("launch-ready", tmp_path)
    for world, found in ((quiet, 0), (telling, 2)):
        store = world.session().parts.store
        assert len(await store.get(own_series)) == found
        assert bool(asked(world, "__name__")) is bool(found)
        await store.fly.aclose()


async def test_a_personal_organisation_is_asked_by_both_its_names(tmp_path: Path) -> None:
    world = simulated("worker", tmp_path)
    world.faults.add(Fault("404", "/prometheus/personal-hana/*"))
    store = world.session().parts.store
    assert (await store.get(measured)).samples
    assert asked(world, "/prometheus/personal/")
    await store.fly.aclose()


async def test_a_token_that_is_refused_is_not_tried_under_another_name(tmp_path: Path) -> None:
    world = simulated("worker", tmp_path)
    world.faults.add(Fault("401", "/prometheus/*"))
    store = world.session().parts.store
    refused = await store.attempt(measured)
    assert isinstance(refused, Unseen)
    assert len(asked(world, "/prometheus/")) == 1
    await store.fly.aclose()


async def test_the_cure_of_a_denial_is_a_token_of_the_organisation(tmp_path: Path) -> None:
    world = simulated("scoped-token", tmp_path)
    store = world.session().parts.store
    for fact in (measured, organization_machines):
        refused = await store.attempt(fact)
        assert isinstance(refused, Unseen)
        assert "fly tokens create readonly hooli" in refused.cure
    await store.fly.aclose()


async def test_nobody_is_looked_into_where_nobody_looks_like_it(tmp_path: Path) -> None:
    world = simulated("storefront", tmp_path)
    store = world.session().parts.store
    assert await store.get(shipper_machines) == ()
    assert await store.get(autoscaler_machines) == ()
    assert not asked(world, "/v1/apps/")
    await store.fly.aclose()


async def test_a_helper_that_cannot_be_read_leaves_the_list_seen(tmp_path: Path) -> None:
    world = simulated("busy-queue", tmp_path)
    world.faults.add(Fault("403", "/v1/apps/pixel-logs/*"))
    store = world.session().parts.store
    assert isinstance(await store.attempt(shipper_machines), Unseen)
    assert isinstance(await store.attempt(organization_machines), Reading)
    assert isinstance(await store.attempt(autoscaler_machines), Reading)
    await store.fly.aclose()


@pytest.mark.parametrize("build", [promql.measurements, promql.courses, promql.own_series])
def test_queries_stay_short_and_always_name_the_app(build: Callable[[str], str]) -> None:
    name = "a" * 63
    query = build(name)
    assert len(quote(query)) < LONGEST_QUERY
    assert query.count("{") == query.count(f'{{app="{name}"')
