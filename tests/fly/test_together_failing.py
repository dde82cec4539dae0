"""Of queries that travel together, each fails by itself."""

from collections.abc import Iterable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flytui.fly.errors import FlyError, Missing, Refused, Unexpected, Unreachable
from tests.fly.joined import (
    DENIED,
    NAMES,
    QUICK,
    Spoil,
    aliases,
    alone,
    ask,
    failed,
    graphql,
    server,
)
from tests.fly.test_secrecy import ours, shown
from tests.fly.wire import SECRET, Answer, ok, talking


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


async def test_who_waited_in_vain_together_is_asked_apart_the_next_time() -> None:
    def slow(request: httpx.Request) -> httpx.Response:
        if aliases(request) or alone(request) == "AppTokens":
            raise httpx.ReadTimeout("slow")
        made = server()
        assert callable(made)
        return made(request)

    async with talking(slow) as (fly, _):
        assert failed(await ask(fly, QUICK.values())) == {*NAMES}
        assert failed(await ask(fly, QUICK.values())) == {"AppTokens"}


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


@pytest.mark.parametrize("status", [200, 401, 403, 503])
async def test_no_error_of_one_among_several_holds_the_token(status: int) -> None:
    errors = [{"message": f"bad {SECRET}", "path": [f"{name}_{n}"]} for n, name in enumerate(NAMES)]
    answer = httpx.Response(status, json={"data": None, "error": SECRET, "errors": errors})
    async with talking(answer) as (fly, _):
        found = await ask(fly, QUICK.values())
    assert failed(found) == {*NAMES}
    for error in found:
        while error.__traceback__ and not ours(error.__traceback__):
            error.__traceback__ = error.__traceback__.tb_next
        assert error.__traceback__
        assert SECRET not in shown(error) + error.cause + error.cure
