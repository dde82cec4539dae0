"""The direct way to a host: HTTP/1.1 on asyncio's own connections, each kept for the next request.

httpx would import httpcore and anyio for it, and pass every byte through five layers of them: that
is a quarter of the time until the first request leaves, and half of what each request costs.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Generator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

import h11

from flytui.fly.lean import httpx

T = TypeVar("T")
_Origin: TypeAlias = tuple[str, str, int]
"""Scheme, host and port."""
_HEAD = 100 * 1024
"""Bytes an answer's head may have, as in httpx."""
_AHEAD = 64 * 1024
"""Bytes read before somebody wants them."""
_OTHER_FAMILY = 0.25
"""Seconds after which IPv4 is tried beside IPv6, or the other way round."""
_FAREWELL = 1.0
"""Seconds for connections to end in."""


class Direct(httpx.AsyncBaseTransport):
    """Sends each request to the host it names, by no proxy.

    Invariant: a connection on which anything arrived that nobody asked for is not used again.
    """

    def __init__(self, trust: ssl.SSLContext, kept: float) -> None:
        """`kept`: seconds for which a connection without a request is kept."""
        trust.set_alpn_protocols(["http/1.1"])
        self._trust = trust
        self._kept = kept
        self._connections: dict[_Origin, set[_Connection]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer's head; its body follows from its stream. Raises httpx.TransportError."""
        patience: dict[str, float | None] = request.extensions.get("timeout", {})
        connection = await self._connection(_origin(request.url), patience.get("connect"))
        try:
            with _told():
                connection.send(request, await request.aread())
                head = await connection.head(patience.get("read"))
        except BaseException:
            connection.end()
            raise
        return httpx.Response(
            head.status_code,
            headers=head.headers.raw_items(),
            stream=_Body(connection, patience.get("read")),
            extensions={"http_version": b"HTTP/" + head.http_version},
        )

    async def aclose(self) -> None:
        """End every connection, whoever still waits on it."""
        ended = [each for group in self._connections.values() for each in group]
        for connection in ended:
            connection.end()
        if ended:
            await asyncio.wait([each.over for each in ended], timeout=_FAREWELL)

    async def _connection(self, origin: _Origin, within: float | None) -> "_Connection":
        """One that waits for a request, else a new one."""
        group = self._connections.setdefault(origin, set())
        long_ago = asyncio.get_running_loop().time() - self._kept
        for connection in [each for each in group if each.since is not None]:
            if connection.since is not None and connection.since > long_ago:
                connection.since = None
                return connection
            connection.end()
        made = await self._made(origin, within)
        group.add(made)
        made.over.add_done_callback(lambda _: group.discard(made))
        return made

    async def _made(self, origin: _Origin, within: float | None) -> "_Connection":
        scheme, host, port = origin
        loop = asyncio.get_running_loop()
        begun = loop.create_connection(
            _Connection,
            host,
            port,
            ssl=self._trust if scheme == "https" else None,
            happy_eyeballs_delay=_OTHER_FAMILY,
        )
        try:
            _, connection = await _in_time(begun, within, httpx.ConnectTimeout)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(str(error)) from error
        return connection


class _Connection(asyncio.Protocol):
    """One connection, and the state of the request on it."""

    def __init__(self) -> None:
        self.since: float | None = None
        """When the last request ended; None while one is under way."""
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the connection has ended."""
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._ended: Exception | None = None
        """Why nothing more arrives; an EOFError where the other side just said so."""
        self._news = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 (of a stream, it always is)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self.since is not None or self._transport is None:
            self.end()
            return
        self._received += data
        if len(self._received) > _AHEAD:
            self._transport.pause_reading()
        self._news.set()

    def eof_received(self) -> None:
        """The other side says no more: what waits is told, and the connection ends."""
        self._stopped(EOFError())

    def connection_lost(self, exc: Exception | None) -> None:
        self._stopped(exc or EOFError())
        if not self.over.done():
            self.over.set_result(None)

    def end(self) -> None:
        """Let go of the connection at once."""
        self._stopped(EOFError())
        if self._transport is not None:
            self._transport.abort()

    def send(self, request: httpx.Request, body: bytes) -> None:
        """Write the request, all of it; ours are small. Raises h11.LocalProtocolError."""
        if self._transport is None or self._ended is not None:
            raise httpx.WriteError("the connection ended")
        raw, target = request.headers.raw, request.url.raw_path
        head = h11.Request(method=request.method, target=target, headers=raw)
        events = (head, *([h11.Data(data=body)] if body else []), h11.EndOfMessage())
        self._transport.write(b"".join(self._state.send(event) or b"" for event in events))

    async def head(self, within: float | None) -> h11.Response:
        """The status and the headers of the answer."""
        while True:
            event = await self._event(within)
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise httpx.RemoteProtocolError("The answer does not begin with a status.")

    async def part(self, within: float | None) -> bytes | None:
        """What comes next of the body; None at its end, when another request may follow."""
        event = await self._event(within)
        if isinstance(event, h11.Data):
            return bytes(event.data)
        done = self._state.our_state is h11.DONE and self._state.their_state is h11.DONE
        unasked = self._received or self._state.trailing_data[0]
        if done and not unasked and self._ended is None:
            self._state.start_next_cycle()
            self.since = asyncio.get_running_loop().time()
        else:
            self.end()
        return None

    async def _event(self, within: float | None) -> object:
        while (event := self._state.next_event()) is h11.NEED_DATA:
            data = await self._read(within)
            if not data and self._state.their_state is h11.SEND_RESPONSE:
                raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
            self._state.receive_data(data)
        return event

    async def _read(self, within: float | None) -> bytes:
        """What has arrived, once something has; nothing at the end."""
        if not self._received and self._ended is None:
            self._news.clear()
            await _in_time(self._news.wait(), within, httpx.ReadTimeout)
        if not self._received:
            if isinstance(self._ended, EOFError):
                return b""
            raise httpx.ReadError(str(self._ended)) from self._ended
        data = bytes(self._received)
        self._received.clear()
        if self._transport is not None:
            self._transport.resume_reading()
        return data

    def _stopped(self, why: Exception) -> None:
        self._ended = self._ended or why
        self.since = None
        self._news.set()


class _Body(httpx.AsyncByteStream):
    """The rest of an answer, as it arrives."""

    def __init__(self, connection: _Connection, within: float | None) -> None:
        self._connection = connection
        self._within = within
        self._whole = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _told():
            while (part := await self._connection.part(self._within)) is not None:
                yield part
        self._whole = True

    async def aclose(self) -> None:
        if not self._whole:
            self._connection.end()


def _origin(url: httpx.URL) -> _Origin:
    """Raises UnsupportedProtocol."""
    usual = {"http": 80, "https": 443}
    if url.scheme not in usual:
        raise httpx.UnsupportedProtocol(f"There is no way to {url.scheme}.")
    return url.scheme, url.raw_host.decode("ascii").strip("[]"), url.port or usual[url.scheme]


async def _in_time(
    awaited: Awaitable[T], within: float | None, late: type[httpx.TimeoutException]
) -> T:
    try:
        async with asyncio.timeout(within):
            return await awaited
    except TimeoutError as error:
        raise late("") from error


@contextmanager
def _told() -> Generator[None, None, None]:
    """What h11 refuses, in httpx's terms."""
    try:
        yield
    except h11.LocalProtocolError as error:
        raise httpx.LocalProtocolError(str(error)) from error
    except h11.RemoteProtocolError as error:
        raise httpx.RemoteProtocolError(str(error)) from error
