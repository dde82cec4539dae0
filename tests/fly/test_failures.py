import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from flytui.fly.client import Fly
from flytui.fly.errors import FlyError, Missing, Refused, Unexpected, Unreachable
from tests.fly.wire import data, ok, talking

Read = Callable[[Fly], Any]
READS: dict[str, Read] = {
    "app": lambda fly: fly.app("shop"),
    "host_issues": lambda fly: fly.host_issues("shop"),
    "add_ons": lambda fly: fly.add_ons("shop", "sentry"),
    "deployment_source": lambda fly: fly.deployment_source("shop"),
    "app_tokens": lambda fly: fly.app_tokens("shop"),
    "placement": lambda fly: fly.placement("shop"),
    "addresses": lambda fly: fly.addresses("shop"),
    "certificate_details": lambda fly: fly.certificate_details("shop"),
    "vm_sizes": lambda fly: fly.vm_sizes(),
    "viewer": lambda fly: fly.viewer(),
    "organizations": lambda fly: fly.organizations(),
    "machines": lambda fly: fly.machines("shop"),
    "volumes": lambda fly: fly.volumes("shop"),
    "secrets": lambda fly: fly.secrets("shop"),
    "regions": lambda fly: fly.regions(),
    "certificates": lambda fly: fly.certificates("shop"),
    "organization_apps": lambda fly: fly.organization_apps("acme"),
    "releases": lambda fly: fly.releases("shop"),
    "query": lambda fly: fly.query("acme", "up"),
}
every_read = pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
OF_APP = ("app", "host_issues", "add_ons", "deployment_source", "app_tokens", "placement")


async def failure(answer: Any, read: Read) -> FlyError:
    async with talking(answer) as (fly, _):
        with pytest.raises(FlyError) as raised:
            await read(fly)
    return raised.value


@every_read
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(401, json={"error": "Authenticate: token validation error"}), Refused),
        (httpx.Response(403, json={"error": "unauthorized"}), Refused),
        (httpx.Response(404, json={"error": "app not found"}), Missing),
        (httpx.Response(429), Unreachable),
        (httpx.Response(500, text="<html>"), Unreachable),
        (httpx.Response(503), Unreachable),
        (httpx.ConnectError("Name or service not known"), Unreachable),
        (httpx.ReadTimeout("slow"), Unreachable),
        (httpx.RemoteProtocolError("peer closed connection"), Unreachable),
        (httpx.Response(302, headers={"Location": "https://x"}), Unexpected),
        (httpx.Response(418), Unexpected),
        (httpx.Response(204), Unexpected),
        (httpx.Response(200, text="<html>hello</html>"), Unexpected),
        (httpx.Response(200, text='{"data": {"app": {"id": "sh'), Unexpected),
        (httpx.Response(200, content=b"\xff\xfe"), Unexpected),
        (httpx.Response(200, text="[" * 100_000), Unexpected),
        (ok(None), Unexpected),
        (ok("text"), Unexpected),
        (ok({}), Unexpected),
        (ok({"data": None}), Unexpected),
        (ok({"data": {}}), Unexpected),
    ],
)
async def test_whatever_goes_wrong_is_one_of_four_errors_with_cause_and_cure(
    answer: Any, kind: type[FlyError], read: Read
) -> None:
    error = await failure(answer, read)
    assert type(error) is kind
    assert error.cause.endswith(".")
    assert error.cure.endswith(".")
    assert error.cause.startswith(("api.fly.io", "api.machines.dev"))
    assert "\n" not in error.cause


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"message": "no", "extensions": {"code": "UNAUTHORIZED"}}, Refused),
        ({"message": "You must be authenticated to view this."}, Refused),
        ({"message": "Not authorized to deploy this app."}, Refused),
        ({"message": 'Could not find App "shop"'}, Missing),
        ({"message": "no", "extensions": {"code": "NOT_FOUND"}}, Missing),
        ({"message": "no", "extensions": {"code": "MAINTENANCE"}}, Unreachable),
        ({"message": "no", "extensions": {"code": "SERVER_ERROR"}}, Unreachable),
        ({"message": "no", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}, Unreachable),
        ({"message": "no", "extensions": {"code": "SERVICE_UNAVAILABLE"}}, Unreachable),
        ({"message": "no", "extensions": {"code": "INVALID_ARGUMENTS"}}, Unexpected),
        ({"message": "something else"}, Unexpected),
        ({"message": None, "extensions": None}, Unexpected),
        ("not even an object", Unexpected),
    ],
)
async def test_graphql_errors_are_told_apart_though_the_status_is_200(
    error: object, kind: type[FlyError]
) -> None:
    answer = ok({"data": {"app": None}, "errors": [error]})
    assert type(await failure(answer, READS["app"])) is kind


async def test_errors_count_more_than_the_data_beside_them() -> None:
    answer = ok({"data": {"platform": {"vmSizes": []}}, "errors": [{"message": "partly"}]})
    error = await failure(answer, READS["vm_sizes"])
    assert "partly" in error.cause


@pytest.mark.parametrize("name", OF_APP)
async def test_an_app_that_is_null_is_missing_not_empty(name: str) -> None:
    error = await failure(data(app=None), READS[name])
    assert type(error) is Missing
    assert "this token can see" in error.cause + error.cure


@pytest.mark.parametrize(
    ("status", "name", "command"),
    [
        (403, "machines", "fly tokens create deploy -a shop"),
        (403, "app", "fly tokens create deploy -a shop"),
        (403, "organization_apps", "fly tokens create readonly acme"),
        (403, "query", "fly tokens create readonly acme"),
        (401, "machines", "fly auth login"),
        (404, "machines", "fly apps list"),
    ],
)
async def test_the_cure_is_a_command_one_can_run(status: int, name: str, command: str) -> None:
    error = await failure(httpx.Response(status), READS[name])
    assert f"`{command}" in error.cure
    assert error.status == status


async def test_a_session_is_cured_by_signing_in_again() -> None:
    async with talking(httpx.Response(401), session=True) as (fly, _):
        with pytest.raises(Refused) as refused:
            await fly.app("shop")
    assert refused.value.cure == "Sign in again with `fly auth login`."


async def test_a_name_in_a_cure_cannot_smuggle_in_a_command() -> None:
    async with talking(httpx.Response(403)) as (fly, server):
        with pytest.raises(Refused) as refused:
            await fly.machines("shop; rm -rf /")
        assert server.asked[0].url.raw_path == b"/v1/apps/shop%3B%20rm%20-rf%20%2F/machines"
    assert "-a 'shop; rm -rf /'" in refused.value.cure


async def test_a_name_cannot_lead_to_another_path() -> None:
    async with talking(ok([])) as (fly, server):
        await fly.machines("../../v1/apps/other")
    assert server.asked[0].url.raw_path == b"/v1/apps/%2E%2E%2F%2E%2E%2Fv1%2Fapps%2Fother/machines"


async def test_the_servers_words_are_short_plain_and_on_one_line() -> None:
    words = "no\x1b[2J\nway " + "x" * 5000
    error = await failure(httpx.Response(403, json={"error": words}), READS["machines"])
    assert "(no way xxx" in error.cause
    assert "\x1b" not in error.cause
    assert len(error.cause) < 400


@pytest.mark.parametrize(
    "body", [{"error": 1}, {"errors": []}, [1], {"message": {"a": 1}}, {"errors": {"detail": None}}]
)
async def test_a_body_without_words_is_told_by_its_status_alone(body: object) -> None:
    error = await failure(httpx.Response(403, text=json.dumps(body)), READS["machines"])
    assert error.cause.endswith("answered 403.")


async def test_a_body_of_another_service_is_not_repeated() -> None:
    error = await failure(httpx.Response(500, text="<b>stack trace</b>"), READS["machines"])
    assert "stack" not in error.cause
