import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest

from flytui.fly import http
from flytui.fly.auth import Tokens
from flytui.fly.call import Urls
from flytui.fly.client import Fly
from flytui.fly.errors import FlyError, Refused, Unexpected, Unreachable
from tests.fly.wire import NOW, Time, data, ok, talking

BUSY = httpx.Response(503)
LOCAL = Urls("http://127.0.0.1:4000", "http://localhost:4000", "http://[::1]:4000")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_read_is_tried_again_when_the_other_side_is_busy(status: int) -> None:
    async with talking(httpx.Response(status), ok([])) as (fly, server):
        assert await fly.machines("shop") == ()
        assert len(server.asked) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 422, 500, 501])
async def test_no_other_status_is_tried_again(status: int) -> None:
    async with talking(httpx.Response(status), ok([])) as (fly, server):
        with pytest.raises(FlyError):
            await fly.machines("shop")
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "broken",
    [
        httpx.ConnectError("Connection refused"),
        httpx.ConnectTimeout("slow"),
        httpx.ReadError(""),
        httpx.RemoteProtocolError("peer closed connection"),
    ],
)
async def test_a_broken_connection_is_tried_again(broken: Exception) -> None:
    async with talking(broken, data(platform={"vmSizes": []})) as (fly, server):
        await fly.vm_sizes()
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    "broken",
    [
        httpx.ReadTimeout("slow"),
        httpx.PoolTimeout("slow"),
        httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"),
        httpx.ProxyError("403 Forbidden"),
    ],
)
async def test_what_another_try_cannot_mend_is_not_tried_again(broken: Exception) -> None:
    async with talking(broken) as (fly, server):
        with pytest.raises(Unreachable):
            await fly.machines("shop")
        assert len(server.asked) == 1


async def test_three_tries_are_the_most_with_growing_pauses() -> None:
    time = Time()
    async with talking(BUSY, time=time) as (fly, server):
        with pytest.raises(Unreachable):
            await fly.releases("shop")
        assert len(server.asked) == 3
    assert time.slept == [0.5, 1.0]


@pytest.mark.parametrize(
    ("value", "slept"),
    [
        ("2", [2.0]),
        ("0", [0.0]),
        (format_datetime(NOW + timedelta(seconds=4)), [4.0]),
        (format_datetime(NOW - timedelta(seconds=4)), [0.0]),
        ("soon", [0.5]),
        ("0 JAN -1 0:0 2200000000", [0.5]),
        ("", [0.5]),
    ],
)
async def test_the_wait_the_server_asks_for_is_honoured(value: str, slept: list[float]) -> None:
    time = Time()
    busy = httpx.Response(429, headers={"Retry-After": value})
    async with talking(busy, ok({"releases": []}), time=time) as (fly, _):
        await fly.releases("shop")
    assert time.slept == slept


async def test_a_server_that_asks_for_a_long_wait_is_not_asked_again() -> None:
    async with talking(httpx.Response(429, headers={"Retry-After": "60"})) as (fly, server):
        with pytest.raises(Unreachable):
            await fly.releases("shop")
        assert len(server.asked) == 1


async def test_requests_of_one_action_keep_to_its_rate_limit() -> None:
    time = Time()
    async with talking(ok([]), time=time) as (fly, _):
        for _ in range(4):
            await fly.machines("shop")
        await fly.machines("other")
    assert time.slept == [1.0]


@pytest.mark.parametrize(
    "location", ["https://evil.example/v1", "https://api.machines.dev/elsewhere", "/v2"]
)
async def test_no_redirect_is_followed(location: str) -> None:
    async with talking(httpx.Response(307, headers={"Location": location}), ok([])) as (
        fly,
        server,
    ):
        with pytest.raises(Unexpected, match="redirect"):
            await fly.machines("shop")
        assert len(server.asked) == 1


@pytest.mark.parametrize("base", ["http://api.example", "http://10.0.0.1:4280", "ftp://x", "shop"])
async def test_the_token_never_travels_in_clear(base: str) -> None:
    async with talking(ok([]), urls=Urls(base, base, base)) as (fly, server):
        for read in (fly.machines("shop"), fly.app("shop"), fly.releases("shop")):
            with pytest.raises((Refused, Unexpected)) as refused:
                await read
            assert "BASE_URL" in refused.value.cure
        assert server.asked == []


async def test_towards_this_machine_http_is_fine() -> None:
    async with talking(ok([]), ok({"releases": []}), urls=LOCAL) as (fly, server):
        await fly.machines("shop")
        await fly.releases("shop")
        assert [request.url.host for request in server.asked] == ["localhost", "::1"]


async def test_an_answer_without_an_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LARGEST", 1000)

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 100

    async with talking(lambda _: httpx.Response(200, content=endless())) as (fly, _):
        with pytest.raises(Unexpected, match="more than"):
            await fly.machines("shop")


async def test_a_read_ends_at_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "DEADLINE", 0.01)

    async def silent() -> AsyncIterator[bytes]:
        yield b"["
        await asyncio.Event().wait()

    async with talking(lambda _: httpx.Response(200, content=silent())) as (fly, _):
        with pytest.raises(Unreachable, match="nothing complete"):
            await fly.machines("shop")


async def test_no_more_than_sixteen_requests_are_under_way_at_once() -> None:
    under_way = most = 0

    async def slow() -> AsyncIterator[bytes]:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(5):
            await asyncio.sleep(0)
        under_way -= 1
        yield b"[]"

    async with talking(lambda _: httpx.Response(200, content=slow())) as (fly, _):
        await asyncio.gather(*(fly.machines(f"shop-{n}") for n in range(40)))
    assert most == 16


async def test_the_environments_proxy_is_used_except_towards_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]")
        await writer.drain()
        writer.close()

    proxy = await asyncio.start_server(serve, "127.0.0.1", 0)
    direct = await asyncio.start_server(serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{direct.sockets[0].getsockname()[1]}"
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    fly = Fly(Tokens.parse("fo1_x"), Urls(machines=address), clocks=Time().clocks())
    try:
        assert await fly.machines("shop") == ()
        with pytest.raises(FlyError):
            await fly.releases("shop")
    finally:
        await fly.aclose()
        for server in (proxy, direct):
            server.close()
            await server.wait_closed()
    assert asked[0].startswith(b"GET /v1/apps/shop/machines ")
    assert asked[1].startswith(b"CONNECT api.fly.io:443 ")


def test_a_proxy_that_cannot_be_used_is_an_error_with_a_cure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "nonsense://x")
    with pytest.raises(Unreachable) as unreachable:
        Fly(Tokens.parse("fo1_x"), Urls())
    assert "HTTPS_PROXY" in unreachable.value.cure


def test_connections_are_few_and_given_up_before_the_other_side_does() -> None:
    assert http.LIMITS.max_connections == 20
    assert (http.LIMITS.keepalive_expiry or 60) < 40
