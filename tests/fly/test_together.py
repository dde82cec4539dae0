"""Queries of one moment: one request, and each fails by itself."""

import asyncio
import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flytui.fly.client import Fly
from flytui.fly.errors import FlyError, Missing, Refused, Unexpected, Unreachable
from flytui.fly.together import MOST
from tests.fly.test_failures import READS
from tests.fly.whole import WHOLE
from tests.fly.wire import SECRET, Answer, connection, ok, talking

QUICK = {
    "HostIssues": "host_issues",
    "AddOns": "add_ons",
    "DeploymentSource": "deployment_source",
    "AppTokens": "app_tokens",
    "Addresses": "addresses",
    "VmSizes": "vm_sizes",
}
"""Queries of one lane, with the read that sends each."""
SLOW = {"Placement": "placement", "Certificates": "certificate_details"}
NAMES = tuple(QUICK)
ROOTS = {"VmSizes": "platform", "Viewer": "viewer", "Organizations": "organizations"}
DENIED = {"message": "Not authorized", "extensions": {"code": "UNAUTHORIZED"}}
REFUSED_ADDRESSES = httpx.Response(403, json={"error": "unauthorized"})
Spoil = Callable[[dict[str, Any], dict[str, str]], httpx.Response]
"""From the whole answer and the alias of each query, what comes instead."""


def aliases(request: httpx.Request) -> dict[str, str]:
    """The alias of each query in a combined request; empty for one sent alone."""
    text = str(json.loads(request.content)["query"])
    if not text.startswith("query Together"):
        return {}
    lines = [line.partition(":")[0] for line in text.splitlines()]
    return {line.rpartition("_")[0]: line for line in lines if line[-1:].isdigit()}


def alone(request: httpx.Request) -> str:
    """The name of the one query in a request."""
    return str(json.loads(request.content)["query"]).split()[1].partition("(")[0]


def whole(name: str) -> Any:
    """A good value of the query's root field."""
    answer = WHOLE[(QUICK | SLOW | {"App": "app"})[name]]
    assert isinstance(answer, dict)
    return answer["data"][ROOTS.get(name, "app")]


def server(spoil: Spoil | None = None, *, never: Iterable[str] = ()) -> Answer:
    """Answers all queries; those combined as `spoil` says, alone with a denial if `never`."""
    culprits = set(never)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/graphql":
            return REFUSED_ADDRESSES
        keys = aliases(request)
        if not keys:
            name = alone(request)
            if name in culprits:
                return ok({"data": None, "errors": [DENIED]})
            return ok({"data": {ROOTS.get(name, "app"): whole(name)}})
        body = {"data": {alias: whole(name) for name, alias in keys.items()}}
        return spoil(body, keys) if spoil else ok(body)

    return answer


async def ask(fly: Fly, reads: Iterable[str]) -> list[Any]:
    """All these asked for in the same moment; errors in their places."""
    return await asyncio.gather(*(READS[read](fly) for read in reads), return_exceptions=True)


def failed(found: Iterable[Any], names: Iterable[str] = NAMES) -> set[str]:
    return {name for name, one in zip(names, found, strict=True) if isinstance(one, Exception)}


def graphql(asked: Iterable[httpx.Request]) -> list[list[str]]:
    """The queries of each GraphQL request."""
    return [sorted(aliases(r)) or [alone(r)] for r in asked if r.url.path == "/graphql"]


async def test_what_is_asked_in_the_same_moment_is_one_request() -> None:
    async with talking(server()) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert not failed(found)
    assert graphql(served.asked) == [sorted(NAMES)]


async def test_each_reads_the_same_as_when_it_is_asked_alone() -> None:
    async with talking(server()) as (fly, _):
        at_once = await ask(fly, QUICK.values())
        one_by_one = [await READS[read](fly) for read in QUICK.values()]
    assert at_once == one_by_one


async def test_what_is_asked_later_is_another_request() -> None:
    async with talking(server()) as (fly, served):
        await fly.host_issues("shop")
        await fly.vm_sizes()
    assert graphql(served.asked) == [["HostIssues"], ["VmSizes"]]


async def test_one_question_is_sent_as_it_is_written() -> None:
    async with talking(server()) as (fly, served):
        await fly.host_issues("shop")
    body = json.loads(served.asked[0].content)
    assert body["query"].startswith("query HostIssues($name: String!")
    assert body["variables"] == {"name": "shop"}


async def test_the_app_and_what_is_slow_travel_by_themselves() -> None:
    async with talking(server()) as (fly, served):
        found = await ask(fly, ["app", *SLOW.values(), *QUICK.values()])
    assert not failed(found, ["App", *SLOW, *QUICK])
    assert sorted(graphql(served.asked)) == sorted([["App"], sorted(SLOW), sorted(NAMES)])


async def test_the_same_query_about_two_apps_is_told_apart() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        given = json.loads(request.content)["variables"]
        nodes = {"HostIssues_0": [], "HostIssues_1": whole("HostIssues")["hostIssues"]["nodes"]}
        assert given == {"HostIssues_0_name": "shop", "HostIssues_1_name": "store"}
        return ok({"data": {k: {"hostIssues": connection(*v)} for k, v in nodes.items()}})

    async with talking(answer) as (fly, _):
        shop, store = await asyncio.gather(fly.host_issues("shop"), fly.host_issues("store"))
    assert (len(shop), len(store)) == (0, 1)


async def test_a_request_holds_no_more_than_its_share() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        given = json.loads(request.content)["variables"]
        sizes.append(len(given))
        keys = [key.removesuffix("_name") for key in given] if len(given) > 1 else ["app"]
        return ok({"data": {key: {"hostIssues": connection()} for key in keys}})

    sizes: list[int] = []
    async with talking(answer) as (fly, _):
        await asyncio.gather(*(fly.host_issues(f"app-{n}") for n in range(2 * MOST + 1)))
    assert sorted(sizes) == [1, MOST, MOST]


async def test_following_pages_are_requests_of_their_own() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        keys = aliases(request)
        if not keys:
            return ok({"data": {"app": {"hostIssues": connection()}}})
        more = {"hostIssues": connection(after="c1")}
        return ok({"data": {a: more if n == "HostIssues" else whole(n) for n, a in keys.items()}})

    async with talking(answer) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert not failed(found)
    assert graphql(served.asked) == [sorted(NAMES), ["HostIssues"]]
    assert json.loads(served.asked[1].content)["variables"]["after"] == "c1"


def denied(culprits: Iterable[str]) -> Spoil:
    """Null with an error for each culprit, as Fly.io says it."""

    def spoil(body: dict[str, Any], keys: dict[str, str]) -> httpx.Response:
        hit = [keys[name] for name in culprits]
        data = {alias: None if alias in hit else value for alias, value in body["data"].items()}
        return ok({"data": data, "errors": [{**DENIED, "path": [alias]} for alias in hit]})

    return spoil


def nameless(body: dict[str, Any], keys: dict[str, str]) -> httpx.Response:
    return ok({"data": None, "errors": [DENIED]})


@pytest.mark.parametrize("culprit", [name for name in NAMES if name != "Addresses"])
async def test_a_denial_of_one_costs_the_others_nothing(culprit: str) -> None:
    async with talking(server(denied([culprit]))) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert failed(found) == {culprit}
    assert isinstance(found[NAMES.index(culprit)], Refused)
    assert len(served.asked) == 1


async def test_an_error_names_what_was_asked_for_and_not_its_companions() -> None:
    async with talking(server(denied(NAMES))) as (fly, _):
        found = await ask(fly, QUICK.values())
    said = "api.fly.io (GraphQL API), asked for the tokens of shop, answered: Not authorized."
    assert found[NAMES.index("AppTokens")].cause == said
    assert "`fly tokens create deploy -a shop" in found[NAMES.index("AppTokens")].cure


async def test_refused_addresses_are_still_asked_of_the_machines_api() -> None:
    async with talking(server(denied(["Addresses"]))) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert failed(found) == {"Addresses"}
    assert served.asked[1].url.path == "/v1/apps/shop/ip_assignments"


@given(culprits=st.sets(st.sampled_from(NAMES)))
@settings(deadline=None)
async def test_exactly_those_fail_that_are_denied(culprits: set[str]) -> None:
    async with talking(server(denied(culprits))) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert failed(found) == culprits
    assert graphql(served.asked) == [sorted(NAMES)]


@given(
    culprits=st.sets(st.sampled_from(NAMES), min_size=1),
    spoil=st.sampled_from(
        [
            nameless,
            lambda body, keys: ok({**body, "errors": [DENIED]}),
            lambda body, keys: ok({**body, "errors": "no"}),
            lambda body, keys: ok({**body, "errors": [{**DENIED, "path": ["elsewhere"]}]}),
            lambda body, keys: ok({}),
            lambda body, keys: ok({"data": {}}),
            lambda body, keys: ok(None),
            lambda body, keys: httpx.Response(200, text="<html>"),
            lambda body, keys: httpx.Response(200, text='{"data": {"App'),
            *(
                lambda body, keys, status=status: httpx.Response(status)
                for status in (400, 403, 404, 413, 418, 422, 500)
            ),
        ]
    ),
)
@settings(deadline=None)
async def test_where_nobody_is_named_each_is_asked_again_once(
    culprits: set[str], spoil: Spoil
) -> None:
    async with talking(server(spoil, never=culprits)) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert failed(found) == culprits
    assert graphql(served.asked)[0] == sorted(NAMES)
    assert sorted(graphql(served.asked)[1:]) == [[name] for name in sorted(NAMES)]


@pytest.mark.parametrize(
    "error",
    [
        {**DENIED, "path": ["AppTokens_3"]},
        {**DENIED, "path": ["AppTokens_3", "limitedAccessTokens", "nodes"]},
        {"message": "Field does not exist", "path": ["query Together", "AppTokens_3", "x"]},
    ],
)
async def test_who_is_named_is_not_asked_again_though_all_data_is_gone(error: object) -> None:
    gone = ok({"data": None, "errors": [error]})
    async with talking(server(lambda body, keys: gone)) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert failed(found) == {"AppTokens"}
    others = [[name] for name in sorted(NAMES) if name != "AppTokens"]
    assert sorted(graphql(served.asked)[1:]) == others


async def test_what_is_left_out_of_the_data_is_asked_again() -> None:
    def spoil(body: dict[str, Any], keys: dict[str, str]) -> httpx.Response:
        return ok({"data": {k: v for k, v in body["data"].items() if k != keys["VmSizes"]}})

    async with talking(server(spoil)) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert not failed(found)
    assert graphql(served.asked) == [sorted(NAMES), ["VmSizes"]]


async def test_null_without_an_error_is_missing_as_when_asked_alone() -> None:
    def spoil(body: dict[str, Any], keys: dict[str, str]) -> httpx.Response:
        return ok({"data": {**body["data"], keys["AppTokens"]: None}})

    async with talking(server(spoil)) as (fly, served):
        found = await ask(fly, QUICK.values())
    assert failed(found) == {"AppTokens"}
    assert isinstance(found[NAMES.index("AppTokens")], Missing)
    assert len(served.asked) == 1


@pytest.mark.parametrize(
    ("answer", "kind", "requests"),
    [
        (httpx.Response(401), Refused, 1),
        (httpx.Response(502), Unreachable, 3),
        (httpx.Response(503), Unreachable, 3),
        (httpx.Response(429), Unreachable, 3),
        (httpx.ReadTimeout("slow"), Unreachable, 1),
        (httpx.ConnectError("connection refused"), Unreachable, 3),
        (httpx.ReadError("connection reset"), Unreachable, 3),
        (httpx.Response(302, headers={"Location": "https://x"}), Unexpected, 1),
    ],
)
async def test_what_no_single_query_can_cause_is_not_asked_again_one_by_one(
    answer: Answer, kind: type[FlyError], requests: int
) -> None:
    reads = [read for name, read in QUICK.items() if name != "Addresses"]
    async with talking(answer) as (fly, served):
        found = await ask(fly, reads)
    assert {type(error) for error in found} == {kind}
    assert len({error.cause for error in found}) == len(reads)
    assert len(served.asked) == requests


async def test_without_a_token_nothing_is_sent_and_all_are_refused() -> None:
    async with talking(server(), token=",") as (fly, served):
        found = await ask(fly, QUICK.values())
    assert {type(error) for error in found} == {Refused}
    assert served.asked == []


async def test_who_spoiled_an_answer_travels_alone_until_it_is_answered() -> None:
    def spoil(body: dict[str, Any], keys: dict[str, str]) -> httpx.Response:
        return nameless(body, keys) if culprits & keys.keys() else ok(body)

    culprits = {"AppTokens"}
    apart = [sorted(set(NAMES) - culprits), ["AppTokens"]]

    def answer(request: httpx.Request) -> httpx.Response:
        made = server(spoil, never=culprits)
        assert callable(made)
        return made(request)

    async with talking(answer) as (fly, served):
        await ask(fly, QUICK.values())
        served.asked.clear()
        assert failed(await ask(fly, QUICK.values())) == {"AppTokens"}
        assert sorted(graphql(served.asked)) == sorted(apart)
        culprits = set()
        await ask(fly, QUICK.values())
        served.asked.clear()
        assert not failed(await ask(fly, QUICK.values()))
    assert graphql(served.asked) == [sorted(NAMES)]


async def test_who_gives_up_takes_nothing_from_the_others() -> None:
    async with talking(server()) as (fly, served):
        one = asyncio.create_task(fly.host_issues("shop"))
        other = asyncio.create_task(fly.vm_sizes())
        await asyncio.sleep(0)
        one.cancel()
        assert await other
        assert one.cancelled()
    assert len(served.asked) == 1


async def test_closing_ends_what_is_under_way() -> None:
    async def never(_: httpx.Request) -> httpx.Response:
        arrived.set()
        await asyncio.Event().wait()
        return ok(None)

    arrived = asyncio.Event()
    async with talking(never) as (fly, _):  # type: ignore[arg-type]  # the transport may also wait
        task = asyncio.create_task(fly.host_issues("shop"))
        await arrived.wait()
        await fly.aclose()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert len(asyncio.all_tasks()) == 1


async def test_no_token_is_in_what_is_sent_together() -> None:
    async with talking(server()) as (fly, served):
        await ask(fly, QUICK.values())
    assert SECRET not in served.asked[0].content.decode()
