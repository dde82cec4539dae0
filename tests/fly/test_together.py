"""Queries of one moment travel in one request."""

import asyncio
import json

import httpx
import pytest

from flytui.fly.together import MOST
from tests.fly.joined import NAMES, QUICK, SLOW, aliases, ask, failed, graphql, server, whole
from tests.fly.test_failures import READS
from tests.fly.wire import SECRET, connection, ok, talking


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
