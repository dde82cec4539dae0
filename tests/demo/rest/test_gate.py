"""Who may ask what, and the shapes in which each front refuses."""

import pytest

from tests.demo.rest.asking import asker, with_token

APP = "/v1/apps/storefront"


@pytest.mark.parametrize("authorization", [None, "Bearer nobody", "FlyV1 fm2_nobody"])
async def test_without_a_good_token_the_machines_api_says_401(authorization: str | None) -> None:
    response = await asker(authorization=authorization).send("GET", APP)
    assert response.status_code == 401
    assert response.json() == {"error": "Authenticate: token validation error"}


async def test_the_other_apis_refuse_in_their_own_shapes() -> None:
    asking = asker(authorization=None)
    uiex = await asking.send("GET", "/api/v1/apps/storefront/releases")
    assert (uiex.status_code, list(uiex.json())) == (401, ["errors"])
    metrics = await asking.send("GET", "/prometheus/acme/api/v1/query?query=up")
    assert (metrics.status_code, metrics.json()["status"]) == (401, "error")


async def test_every_scheme_fly_uses_is_understood() -> None:
    asking = asker()
    for header in (
        asking.scenario.token,
        f"FlyV1 {asking.scenario.token}",
        f"Bearer {asking.scenario.token}",
        f"Bearer FlyV1 {asking.scenario.token}",
        f"FlyV1 {asking.scenario.token},fo1_simulator",
    ):
        asking.authorization = header
        assert await asking.status("GET", APP) == 200, header


async def test_an_app_nobody_has_is_missing_and_somebody_elses_is_refused() -> None:
    missing = await asker().send("GET", "/v1/apps/nobody-has-this")
    assert (missing.status_code, missing.json()) == (404, {"error": "app not found"})
    asking = with_token("storefront", one_app=True)
    own = next(iter(asking.world.apps.values()))
    other = next(name for name in asking.world.apps if name != own.name)
    refused = await asking.send("GET", f"/v1/apps/{other}")
    assert (refused.status_code, refused.json()) == (403, {"error": "unauthorized"})


async def test_a_token_of_one_app_lists_no_organisation() -> None:
    asking = with_token("storefront", one_app=True)
    for path in (
        "/v1/apps?org_slug=acme",
        "/v1/orgs/acme/machines",
        "/api/v1/organizations/acme/postgres",
        "/prometheus/acme/api/v1/query?query=fly_instance_up",
    ):
        assert await asking.status("GET", path) == 403, path


async def test_a_read_only_token_reads_and_changes_nothing() -> None:
    asking = with_token("storefront", read_only=True)
    assert await asking.status("GET", APP) == 200
    before = dict(asking.app.secrets)
    assert await asking.status("POST", f"{APP}/secrets", {"values": {"A": "b"}}) == 403
    assert asking.app.secrets == before


async def test_a_simulated_placement_is_reading() -> None:
    asking = with_token("storefront", read_only=True)
    body = {"org_slug": "acme", "region": "iad,fra", "count": 2}
    answer = await asking.done("POST", "/v1/platform/placements", body)
    assert {one["region"] for one in answer["regions"]} == {"iad", "fra"}


async def test_a_revoked_token_is_refused_at_once() -> None:
    asking = with_token("storefront", read_only=True)
    token = next(one for one in asking.world.tokens() if one.scope.read_only)
    token.revoked_at = asking.clock()
    assert await asking.status("GET", APP) == 401


async def test_every_answer_carries_a_request_id() -> None:
    for path in (APP, "/v1/apps/nobody-has-this"):
        assert (await asker().send("GET", path)).headers["fly-request-id"]


async def test_a_body_that_is_no_json_is_the_callers_fault() -> None:
    asking = asker()
    assert await asking.status("POST", f"{APP}/secrets", ["no", "object"]) == 400
    assert await asking.status("GET", "/api/v1/apps/storefront/releases?limit=many") == 400
    body = {"name": "data", "region": "iad", "size_gb": "large"}
    assert await asking.status("POST", f"{APP}/volumes", body) == 400
