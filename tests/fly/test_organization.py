"""An organisation's Machines and its metrics: pages, silent regions, partial answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from flytui.fly.errors import FlyError, Unexpected
from flytui.fly.models import Track
from tests.fly.wire import ok, talking

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def listed(name: str, **more: Any) -> dict[str, Any]:
    config: dict[str, Any] = {"image": "flyio/log-shipper", "guest": {}, "metadata": None}
    known = {"app_name": name, "id": f"{name}-1", "state": "started", "region": "ams"}
    return {**known, "config": config, **more}


async def test_pages_of_machines_are_read_on_to_the_last() -> None:
    first = ok({"machines": [listed("a")], "next_cursor": "c1", "error_regions": []})
    last = ok({"machines": [listed("b", config=None)], "next_cursor": "", "error_regions": None})
    async with talking(first, last) as (fly, server):
        found = await fly.organization_machines("acme")
    assert [(m.app_name, m.image) for m in found.machines] == [
        ("a", "flyio/log-shipper"),
        ("b", None),
    ]
    assert found.complete
    assert [r.url.query for r in server.asked] == [b"limit=1000", b"limit=1000&cursor=c1"]
    assert server.asked[0].url.path == "/v1/orgs/acme/machines"


async def test_more_pages_than_are_read_make_the_list_incomplete() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        after = int(request.url.params.get("cursor", "0")) + 1
        return ok({"machines": [listed(f"a{after}")], "next_cursor": str(after)})

    async with talking(page) as (fly, server):
        found = await fly.organization_machines("acme")
    assert len(server.asked) == 5
    assert found.cut_short
    assert not found.complete


async def test_a_cursor_that_came_before_ends_the_list_and_makes_it_incomplete() -> None:
    stuck = {"machines": [listed("a")], "next_cursor": "c1"}
    async with talking(ok(stuck), ok(stuck | {"machines": [listed("b")]})) as (fly, server):
        found = await fly.organization_machines("acme")
    assert len(server.asked) == 2
    assert [m.app_name for m in found.machines] == ["a", "b"]
    assert not found.complete


async def test_a_region_that_does_not_answer_makes_the_list_incomplete() -> None:
    async with talking(ok({"machines": [], "error_regions": ["gru"]})) as (fly, _):
        found = await fly.organization_machines("acme")
    assert found.silent_regions == ("gru",)
    assert not found.complete


@pytest.mark.parametrize("answer", [{}, {"machines": [{}]}, {"machines": "none"}, []])
async def test_a_list_of_another_shape_is_no_list(answer: Any) -> None:
    async with talking(ok(answer)) as (fly, _):
        with pytest.raises(Unexpected):
            await fly.organization_machines("acme")


def matrix(*values: list[Any]) -> dict[str, Any]:
    rows = [{"metric": {"instance": "m1"}, "values": list(values)}] if values else []
    return {"status": "success", "data": {"resultType": "matrix", "result": rows}}


async def test_a_range_is_its_finite_values_in_order() -> None:
    answer = ok(matrix([1, "0.5"], [2, "NaN"], [3, "0.75"]))
    async with talking(answer) as (fly, server):
        span = (NOON - timedelta(days=1), NOON)
        found = await fly.query_range("acme", "up", span, timedelta(hours=1))
    assert found == (Track(labels={"instance": "m1"}, values=(0.5, 0.75)),)
    asked = dict(server.asked[0].url.params)
    assert asked["step"] == "3600"
    assert int(asked["end"]) - int(asked["start"]) == 86_400


async def test_a_series_without_a_number_is_left_out() -> None:
    async with talking(ok(matrix([1, "NaN"]))) as (fly, _):
        assert await fly.query_range("acme", "up", (NOON, NOON), timedelta(hours=1)) == ()


async def test_names_of_series_are_asked_for_by_a_selector() -> None:
    async with talking(ok({"status": "success", "data": ["orders_total"]})) as (fly, server):
        assert await fly.series_names("acme", '{app="a"}', NOON) == ("orders_total",)
    assert server.asked[0].url.path == "/prometheus/acme/api/v1/label/__name__/values"
    assert server.asked[0].url.params["match[]"] == '{app="a"}'


@pytest.mark.parametrize("data", [{"resultType": "vector", "result": []}, ["orders_total"]])
async def test_an_answer_of_some_servers_only_is_no_answer(data: Any) -> None:
    partial = ok({"status": "success", "isPartial": True, "data": data})
    async with talking(partial) as (fly, _):
        with pytest.raises(FlyError):
            await fly.query("acme", "up")
        with pytest.raises(FlyError):
            await fly.series_names("acme", "{}", NOON)
