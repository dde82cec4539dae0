"""A server on loopback in front of the simulator, which spoils the answers on one route."""

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from tests.faults.spoiling import WHOLE, routes

EVERYTHING = "everything"
"""The target that is every route."""
WRITE = "write"
"""The route of whatever could change something."""
CURSOR = "made-up-"
"""How the cursors begin that faults make up; the simulator is asked without them."""


@dataclass
class Exchange:
    """One request that is to be spoiled, with the honest answer to it."""

    request: httpx.Request
    answer: httpx.Response
    parts: tuple[str, ...]
    """The keys in `data` that are the target's; one empty key where the whole body is."""
    number: int
    """1 for the first that is spoiled."""
    writer: asyncio.StreamWriter
    elsewhere: str
    """The address of another server."""
    patience: float

    async def send(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        """A whole answer."""
        known = {"Content-Type": "application/json", "Content-Length": str(len(content))}
        lines = [f"{name}: {value}" for name, value in (known | dict(headers)).items()]
        await self.raw("\r\n".join([f"HTTP/1.1 {status} .", *lines, "", ""]).encode() + content)

    async def raw(self, text: bytes) -> None:
        self.writer.write(text)
        await self.writer.drain()

    def reset(self) -> None:
        """Ends the connection without a farewell."""
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def hang(self) -> None:
        """Says nothing more, for ever."""
        await asyncio.Event().wait()

    def rewritten(self, change: Callable[[Any], Any]) -> bytes:
        """The honest answer, changed where it is the target's."""
        body = self.answer.json()
        if self.parts == ("",):
            return json.dumps(change(body)).encode()
        data = body.get("data") or {}
        changed = {key: change(data[key]) for key in self.parts if key in data}
        return json.dumps(body | {"data": data | changed}).encode()


Act = Callable[[Exchange], Awaitable[None]]


@dataclass
class Proxy:
    """What it saw and did, while it runs."""

    upstream: httpx.AsyncBaseTransport
    target: str = ""
    act: Act | None = None
    elsewhere: str = ""
    patience: float = 1.0
    url: str = ""
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of each request."""
    struck: set[str] = field(default_factory=set)
    """The routes of the requests that were spoiled."""
    writes: list[str] = field(default_factory=list)
    """Requests that could change something."""
    _number: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        gone = (ConnectionError, asyncio.IncompleteReadError)
        try:
            with contextlib.suppress(*gone):
                while not writer.is_closing() and (request := await _request(reader, self.url)):
                    await self._answer(request, writer)
        finally:
            writer.close()

    async def _answer(self, request: httpx.Request, writer: asyncio.StreamWriter) -> None:
        keys = self._known(request)
        answer = await self.upstream.handle_async_request(_without_made_up(request))
        await answer.aread()
        whole = self.target == EVERYTHING or (self.target == WHOLE and "" not in keys.values())
        act = self.act if whole or self.target in keys else None
        parts = tuple(keys.values()) if whole else (keys.get(self.target, ""),)
        if act:
            self.struck |= set(keys)
            self._number += 1
        exchange = Exchange(
            request, answer, parts, self._number, writer, self.elsewhere, self.patience
        )
        await (act or as_it_is)(exchange)

    def _known(self, request: httpx.Request) -> Mapping[str, str]:
        """The request's routes; whatever could change something is noted."""
        self.seen.append((request.method, request.url.path))
        asked = json.loads(request.content)["query"] if request.url.path == "/graphql" else ""
        if request.method not in {"GET", "HEAD"} and not asked.lstrip().startswith("query"):
            self.writes.append(asked or f"{request.method} {request.url.path}")
            return {WRITE: ""}
        ours = request.headers.get("User-Agent", "").startswith("flytui/")
        return routes(request) if ours else {f"fly {request.url.path}": ""}


async def as_it_is(exchange: Exchange) -> None:
    await exchange.send(exchange.answer.status_code, exchange.answer.content, {})


@asynccontextmanager
async def listening(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    **options: Any,
) -> AsyncIterator[int]:
    """The port of a server; when the block is left, nothing of it goes on."""
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await serve(reader, writer)

    server = await asyncio.start_server(connected, "127.0.0.1", 0, **options)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


@asynccontextmanager
async def running(proxy: Proxy) -> AsyncIterator[Proxy]:
    """The proxy at its address."""
    async with listening(proxy.serve) as port:
        proxy.url = f"http://127.0.0.1:{port}"
        yield proxy


async def _request(reader: asyncio.StreamReader, url: str) -> httpx.Request | None:
    """The next request of a connection; None when there is none."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines if line)
    lower = {name.lower(): value for name, value in headers.items()}
    content = await reader.readexactly(int(lower.get("content-length", 0)))
    return httpx.Request(method, url + target, headers=headers, content=content)


def _without_made_up(request: httpx.Request) -> httpx.Request:
    """The request without cursors that a fault made up, which the simulator cannot know.

    It has the same address whatever the proxy's port is, so that its answer is remembered.
    """
    split = urlsplit(str(request.url.copy_with(port=1)))
    pairs = [(k, v) for k, v in parse_qsl(split.query) if not v.startswith(CURSOR)]
    url = split._replace(query=urlencode(pairs)).geturl()
    content = request.content
    if CURSOR.encode() in content:
        body = json.loads(content)
        body["variables"] = {
            name: value
            for name, value in body["variables"].items()
            if not str(value).startswith(CURSOR)
        }
        content = json.dumps(body).encode()
    headers = {name: value for name, value in request.headers.items() if name != "content-length"}
    return httpx.Request(request.method, url, headers=headers, content=content)
