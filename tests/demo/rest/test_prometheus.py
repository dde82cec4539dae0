"""The demo's metrics: the expressions a checklist asks, evaluated over a few made-up series."""

import math
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette

from flytui.demo.rest import routes
from flytui.demo.state import Series
from tests.demo.rest.asking import Asker, asker

OWN = {"app": "storefront"}
COUNT = "fly_edge_http_responses_count"
SECONDS = "fly_app_http_response_time_seconds_bucket"
SERIES = (
    Series(COUNT, OWN | {"region": "fra", "status": "200"}, 95),
    Series(COUNT, OWN | {"region": "fra", "status": "503"}, 5),
    Series(COUNT, OWN | {"region": "syd", "status": "200"}, 900, [500, 100]),
    Series(COUNT, {"app": "somebody-elses", "region": "syd", "status": "200"}, 7000),
    Series("fly_instance_up", OWN | {"instance": "a", "host": "7c1e"}, 1),
    Series("fly_instance_up", OWN | {"instance": "b", "host": "7c1e"}, 1),
    Series("fly_instance_exit_oom", OWN | {"instance": "a"}, 0, [0, 1, 0]),
    Series("fly_instance_memory_mem_available", OWN | {"instance": "a"}, 40, [10, 60]),
    Series("fly_instance_memory_mem_total", OWN | {"instance": "a"}, 200),
    Series("fly_instance_cpu", OWN | {"instance": "a", "mode": "user"}, 36_000, [0]),
    Series("fly_instance_cpu", OWN | {"instance": "a", "mode": "idle"}, 90_000, [0]),
    Series("fly_instance_cpu_baseline", OWN | {"instance": "a"}, 0.0625),
    Series(SECONDS, OWN | {"le": "0.1"}, 90),
    Series(SECONDS, OWN | {"le": "1"}, 100),
    Series(SECONDS, OWN | {"le": "+Inf"}, 100),
    Series("orders_total", OWN, 12),
)
APP = '{app="storefront"}'
MEMORY = "fly_instance_memory_mem"
BUSY = 'fly_instance_cpu{app="storefront",mode!="idle"}'
BASELINE = "fly_instance_cpu_baseline"
FAILED = COUNT + '{app="storefront",status=~"5.."}'
UP, KILLED = f"fly_instance_up{APP}", f"fly_instance_exit_oom{APP}"
EXPRESSIONS: tuple[tuple[str, dict[str, float]], ...] = (
    (f"topk(1, sum by(region)(increase({COUNT}{APP}[7d])))", {"syd": 800}),
    (f"sum by(region)(increase({COUNT}{APP}[7d]))", {"fra": 100, "syd": 800}),
    (f"sum(increase({COUNT}{APP}[7d])) by (region)", {"fra": 100, "syd": 800}),
    (f"count(last_over_time(fly_instance_up{APP}[15m]))", {"": 2}),
    (f"count by(host)(fly_instance_up{APP})", {"7c1e": 2}),
    (f"avg_over_time(count(fly_instance_up{APP})[7d:1h])", {"": 2}),
    (f"max by(instance)(max_over_time(fly_instance_exit_oom{APP}[7d]))==1", {"a": 1}),
    (f"max by(instance)(fly_instance_exit_oom{APP})==1", {}),
    (
        f"min_over_time(({MEMORY}_available{APP}/{MEMORY}_total{APP})[24h:1m])",
        {"a": 0.05},
    ),
    (
        f"sum by(instance)(rate({BUSY}[1h]))/100 / max by(instance)({BASELINE}{APP})",
        {"a": 36_000 / 3600 / 100 / 0.0625},
    ),
    (
        f'sum(rate({COUNT}{{app="storefront",status=~"5.."}}[1h])) / sum(rate({COUNT}{APP}[1h]))',
        {"": 5 / 900},
    ),
    (f"histogram_quantile(0.95, sum by(le)(rate({SECONDS}{APP}[1h])))", {"": 0.55}),
    (f"bottomk(1, sum without(status)(increase({COUNT}{APP}[1h])))", {"fra": 100}),
    (
        f'label_replace(sum by(region)({COUNT}{APP}), "region", "$1x", "region", "(.*)") * 1',
        {"frax": 100, "sydx": 900},
    ),
    (
        f'label_replace(count({UP}), "host", "both", "", "") or {KILLED} or {KILLED}',
        {"both": 2, "a": 0},
    ),
)


def measured() -> Asker:
    asking = asker()
    asking.world.series = list(SERIES)
    return asking


async def ask(asking: Asker, expression: str, parameters: str = "") -> Any:
    path = f"/prometheus/acme/api/v1/query?query={quote(expression)}{parameters}"
    answer = await asking.get(path)
    assert answer["status"] == "success"
    return answer["data"]


def told(row: Any) -> str:
    """The label a row is told apart by."""
    labels = row["metric"]
    return str(labels.get("region") or labels.get("instance") or labels.get("host") or "")


@pytest.mark.parametrize(
    ("expression", "expected"), EXPRESSIONS, ids=[row[0] for row in EXPRESSIONS]
)
async def test_an_expression_of_the_checklist_has_its_value(
    expression: str, expected: dict[str, float]
) -> None:
    data = await ask(measured(), expression)
    assert data["resultType"] == "vector"
    found = {told(row): float(row["value"][1]) for row in data["result"]}
    assert found == pytest.approx(expected)


async def test_series_of_another_organisation_are_not_seen() -> None:
    data = await ask(measured(), f'{COUNT}{{app="somebody-elses"}}')
    assert data["result"] == []


async def test_a_metric_keeps_its_name_until_something_is_computed() -> None:
    asking = measured()
    plain = await ask(asking, f"orders_total{APP}")
    assert plain["result"][0]["metric"]["__name__"] == "orders_total"
    computed = await ask(asking, f"orders_total{APP} * 2")
    assert "__name__" not in computed["result"][0]["metric"]
    assert computed["result"][0]["value"][1] == "24"


async def test_a_moment_in_the_past_sees_the_value_of_then() -> None:
    asking = measured()
    then = asking.clock().timestamp() - 60
    data = await ask(asking, f"fly_instance_memory_mem_available{APP}", f"&time={then}")
    assert data["result"][0]["value"] == [then, "10"]


async def test_a_range_has_a_value_for_each_step() -> None:
    asking = measured()
    end = asking.clock().timestamp()
    query = quote(f"fly_instance_memory_mem_available{APP}")
    path = f"/prometheus/acme/api/v1/query_range?query={query}&start={end - 120}&end={end}&step=1m"
    [row] = (await asking.get(path))["data"]["result"]
    assert [value for _, value in row["values"]] == ["60", "10", "40"]
    assert await asking.status("GET", path.replace("step=1m", "step=0.001")) == 400


@pytest.mark.parametrize("expression", ["label_replace(up)", "up offset 5m", "up[5m]", "sum(", "{"])
async def test_an_unknown_expression_gives_an_empty_vector(expression: str) -> None:
    assert await ask(measured(), expression) == {"resultType": "vector", "result": []}


async def test_numbers_are_calculated_with_the_usual_precedence() -> None:
    data = await ask(measured(), "1 + 2 * 3 - 4 / 2")
    assert (data["resultType"], data["result"][1]) == ("scalar", "5")


async def test_dividing_by_nothing_is_not_a_number() -> None:
    data = await ask(measured(), f"orders_total{APP} / 0")
    assert math.isnan(float(data["result"][0]["value"][1]))


async def test_names_labels_and_series_are_listed() -> None:
    asking = measured()
    match = quote(APP)
    path = f"/prometheus/acme/api/v1/label/__name__/values?match[]={match}"
    names = (await asking.get(path))["data"]
    assert "orders_total" in names
    regions = await asking.get("/prometheus/acme/api/v1/label/region/values")
    assert regions["data"] == ["fra", "syd"]
    series = await asking.get(f"/prometheus/acme/api/v1/series?match[]={quote('orders_total')}")
    assert series["data"] == [OWN | {"__name__": "orders_total"}]


async def test_a_query_may_come_as_a_form() -> None:
    asking = measured()
    transport = httpx.ASGITransport(Starlette(routes=routes(asking.world)))
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        response = await client.post(
            "/prometheus/acme/api/v1/query",
            data={"query": f"orders_total{APP}"},
            headers={"authorization": asking.authorization or ""},
        )
    assert response.json()["data"]["result"][0]["value"][1] == "12"


async def test_a_query_is_needed() -> None:
    assert await measured().status("GET", "/prometheus/acme/api/v1/query") == 400


async def test_a_series_may_have_its_values_further_apart() -> None:
    asking = measured()
    asking.world.series = [Series("queue", OWN, 4, [3, 2, 1], minutes=60)]
    data = await ask(asking, f"max_over_time(queue{APP}[1h])")
    assert data["result"][0]["value"][1] == "4"
    data = await ask(asking, f"min_over_time((queue{APP} * 1)[2h:30m])")
    assert data["result"][0]["value"][1] == "2"
    data = await ask(asking, f"increase(queue{APP}[3h])")
    assert data["result"][0]["value"][1] == "3"
