import logging
import traceback
from types import TracebackType
from typing import Any

import httpx
import pytest

from flytui.fly.errors import FlyError
from tests.fly.samples import machine
from tests.fly.test_failures import every_read
from tests.fly.wire import SECRET, ok, talking

OLD = "anOldTokenWithoutAnyPrefix"


def shown(error: BaseException) -> str:
    """Everything a crash report could print, the locals of every frame among it."""
    seen: list[str] = []
    link: BaseException | None = error
    while link is not None:
        report = traceback.TracebackException.from_exception(link, capture_locals=True)
        seen += [*report.format(), repr(link), str(link.__dict__)]
        link = link.__cause__ or link.__context__
    return "".join(seen)


def ours(frame: TracebackType) -> bool:
    """Whether it is one of the program's; those of a test hold the answer on purpose."""
    return "/flytui/fly/" in frame.tb_frame.f_code.co_filename


@every_read
@pytest.mark.parametrize("token", [SECRET, OLD], ids=["fo1", "old"])
@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"error": f"bad token {SECRET} {OLD}"}),
        httpx.Response(403, json={"message": f"FlyV1 {SECRET},{OLD}"}),
        httpx.Response(500, text=SECRET + OLD),
        httpx.Response(200, text=f"<html>{SECRET} {OLD}</html>"),
        ok({"errors": [{"message": f"{SECRET} {OLD}", "extensions": {"token": SECRET}}]}),
        ok([{"id": SECRET + OLD}]),
        httpx.ConnectError(f"cannot connect as {SECRET} {OLD}"),
        httpx.LocalProtocolError(f"Illegal header value b'Bearer {SECRET} {OLD}'"),
    ],
)
async def test_no_error_and_no_frame_of_it_holds_the_token(
    answer: Any, token: str, read: Any
) -> None:
    async with talking(answer, token=token) as (fly, _):
        with pytest.raises(FlyError) as raised:
            await read(fly)
    error = raised.value
    while error.__traceback__ and not ours(error.__traceback__):
        error.__traceback__ = error.__traceback__.tb_next
    text = shown(error) + error.cause + error.cure
    assert token not in text
    assert "flytui" in text


@pytest.mark.parametrize("name", ["_http", "_graph", "_machines", "_credentials"])
async def test_no_object_shows_the_token(name: str) -> None:
    async with talking(ok([])) as (fly, _):
        part = getattr(fly, name, None) or getattr(fly._http, name)
        assert SECRET not in f"{fly!r} {part!r} {vars(part)}"


async def test_nothing_logged_holds_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with talking(ok([])) as (fly, server):
        await fly.machines("shop")
        assert SECRET in server.asked[0].headers["Authorization"]
    assert caplog.records
    assert SECRET not in caplog.text


async def test_the_token_is_in_no_address_and_no_body() -> None:
    async with talking(ok({"data": {"platform": {"vmSizes": []}}}), ok([])) as (fly, server):
        await fly.vm_sizes()
        await fly.machines("shop")
    for request in server.asked:
        assert SECRET not in str(request.url) + request.content.decode()


async def test_a_machines_environment_never_reaches_an_error() -> None:
    spoiled = machine(config={"env": {"KEY": ["hunter2"]}})
    async with talking(ok([spoiled])) as (fly, _):
        with pytest.raises(FlyError) as raised:
            await fly.machines("shop")
    assert "config.env.KEY" in raised.value.cause
    assert "hunter2" not in raised.value.cause + raised.value.cure
