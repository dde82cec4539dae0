"""The direct way keeps connections for the next request, and none that anything unasked came on."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from flytui.fly.direct import Direct

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter, int], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@asynccontextmanager
async def served(serve: Serve, kept: float = 30) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """A client on the direct way, and the address of a server that numbers its connections."""
    count = 0

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        try:
            await serve(reader, writer, count)
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    way = Direct(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), kept)
    async with server, httpx.AsyncClient(transport=way, trust_env=False) as client:
        yield client, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


async def _asked(reader: asyncio.StreamReader) -> bytes:
    return await reader.readuntil(b"\r\n\r\n")


async def _numbered(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
) -> None:
    """Answers every request with the number of its connection."""
    while not reader.at_eof():
        try:
            await _asked(reader)
        except asyncio.IncompleteReadError:
            return
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % number)


async def test_the_next_request_takes_the_same_connection() -> None:
    async with served(_numbered) as (client, url):
        assert [(await client.get(url)).text for _ in range(3)] == ["1", "1", "1"]


async def test_requests_at_once_take_one_each() -> None:
    async with served(_numbered) as (client, url):
        answers = await asyncio.gather(*(client.get(url) for _ in range(3)))
    assert {answer.text for answer in answers} == {"1", "2", "3"}


async def test_a_connection_that_rested_too_long_is_not_used_again() -> None:
    async with served(_numbered, kept=0) as (client, url):
        assert [(await client.get(url)).text for _ in range(2)] == ["1", "2"]


@pytest.mark.parametrize(
    "more",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", b"x"],
    ids=["an answer nobody asked for", "a stray byte"],
)
async def test_what_came_unasked_answers_no_later_request(more: bytes) -> None:
    async def serve(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> None:
        await _asked(reader)
        writer.write(OK + more)
        await writer.drain()
        await reader.read()

    async with served(serve) as (client, url):
        assert [(await client.get(url)).text for _ in range(3)] == ["ok", "ok", "ok"]


async def test_what_comes_while_nothing_is_asked_ends_the_connection() -> None:
    ended = asyncio.Event()

    async def serve(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> None:
        await _asked(reader)
        writer.write(OK)
        await writer.drain()
        if number == 1:
            await asked_once.wait()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
            await reader.read()
            ended.set()

    asked_once = asyncio.Event()
    async with served(serve) as (client, url):
        assert (await client.get(url)).text == "ok"
        asked_once.set()
        await asyncio.wait_for(ended.wait(), 5)
        assert (await client.get(url)).text == "ok"


async def test_an_answer_given_up_takes_its_connection_along() -> None:
    async def serve(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> None:
        await _asked(reader)
        size = 1_000_000 if number == 1 else 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%d" % (size, number))
        await writer.drain()
        await reader.read()

    async with served(serve) as (client, url):
        async with client.stream("GET", url):
            pass
        assert (await client.get(url)).text == "2"


async def test_provisional_answers_are_not_the_answer() -> None:
    async def serve(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> None:
        await _asked(reader)
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK)
        await reader.read()

    async with served(serve) as (client, url):
        assert (await client.get(url)).text == "ok"


async def test_a_body_larger_than_what_is_read_ahead_arrives_whole() -> None:
    async def serve(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> None:
        await _asked(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000)
        await writer.drain()
        await reader.read()

    async with served(serve) as (client, url):
        assert len((await client.get(url)).content) == 1_000_000


async def test_another_scheme_is_refused() -> None:
    async with served(_numbered) as (client, _):
        with pytest.raises(httpx.UnsupportedProtocol):
            await client.get("ftp://127.0.0.1/")
