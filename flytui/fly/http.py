"""The way to Fly.io: one client, bounded retries of reads, limits, deadlines, and no leaks."""

import asyncio
import ipaddress
import random
import ssl
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial

from flytui import __version__
from flytui.fly import failures
from flytui.fly.auth import Tokens
from flytui.fly.body import ACCEPTED, whole
from flytui.fly.call import Call, Urls
from flytui.fly.credentials import Credentials
from flytui.fly.errors import FlyError, Unreachable
from flytui.fly.lean import httpx
from flytui.fly.limits import Limiter

TRIES = 3
DEADLINE = 30.0
"""Seconds for one read, its repetitions included."""
LARGEST = 32 * 1024 * 1024
LONGEST_WAIT = 10.0
"""Seconds; a server that asks for more is not asked again."""
LIMITS = httpx.Limits(max_connections=20, max_keepalive_connections=20, keepalive_expiry=30)
"""More connections make httpx slower; an idle one is given up before the other side closes it."""
_AT_ONCE = 16
_BACKOFF = (0.5, 1.0)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Time and chance, as the transport needs them."""

    clock: Callable[[], float] = time.monotonic
    """Seconds that never go back."""
    now: Callable[[], datetime] = _utc
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    random: Callable[[], float] = random.random
    """Between 0 and 1."""
    patience: float = 1.0
    """What part of the usual time an answer may take."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One try that failed, and whether another is worth it."""

    meaning: Callable[[Call], FlyError] = field(repr=False)
    """What it means for a call; several may have travelled in one request."""
    again: bool = False
    wait: float | None = None
    """Seconds the server asked to wait."""


class _Authorization(httpx.Auth):
    """Puts the header in late, so that no frame of ours ever holds it."""

    def __init__(self, value: str) -> None:
        self._value = value

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._value
        yield request


class Http:
    """Reads from Fly.io.

    Invariants: no more than 16 requests at once; a token leaves only for the host it was meant
    for, never in clear except towards this machine; no error holds a token.
    """

    def __init__(
        self,
        credentials: Credentials,
        urls: Urls,
        clocks: Clocks,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._credentials = credentials
        self._clocks = clocks
        self._limiter = Limiter(clocks.clock, clocks.sleep)
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._client = _client(urls, transport, clocks.patience)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def read(self, call: Call) -> bytes:
        """The body of a 200. Raises FlyError."""
        answer = await self.ask(call)
        if isinstance(answer, Failure):
            raise answer.meaning(call)
        return answer

    async def ask(self, call: Call) -> bytes | Failure:
        """The body of a 200, or why there is none. Raises Refused without a token to send."""
        if call.scheme != "https" and not _loopback(call.url):
            return Failure(failures.in_clear if call.scheme == "http" else failures.bad_address)
        tokens = await self._credentials.current()
        authorization = _Authorization(tokens.header(call.service))
        try:
            async with asyncio.timeout(DEADLINE * self._clocks.patience):
                return await self._tries(call, tokens, authorization)
        except TimeoutError:
            return _silence(f"nothing complete within {DEADLINE:.0f} seconds", tokens)

    def meaning(self, call: Call, error: object) -> FlyError:
        """What an entry of GraphQL's `errors` means for the call."""
        return failures.by_graphql(call, error, self._credentials.latest)

    async def _tries(
        self, call: Call, tokens: Tokens, authorization: httpx.Auth
    ) -> bytes | Failure:
        answer = await self._once(call, tokens, authorization)
        for backoff in _BACKOFF[: TRIES - 1]:
            if not isinstance(answer, Failure) or not answer.again:
                break
            asked = answer.wait
            await self._clocks.sleep(backoff * self._clocks.random() if asked is None else asked)
            answer = await self._once(call, tokens, authorization)
        return answer

    async def _once(self, call: Call, tokens: Tokens, authorization: httpx.Auth) -> bytes | Failure:
        if call.limit:
            await self._limiter.wait(call.limit, call.rate)
        try:
            async with self._gate, self._answer(call, authorization) as response:
                body = await whole(response, LARGEST)
        except httpx.RequestError as error:
            return _broken(error, tokens)
        except httpx.InvalidURL:
            return Failure(failures.bad_address)
        if body is None:
            return Failure(partial(failures.too_large, megabytes=LARGEST // 2**20))
        body = tokens.censor(body)
        if response.status_code == 200:
            return body
        meaning = partial(failures.by_status, status=response.status_code, body=body, tokens=tokens)
        wait = self._wait(response)
        worth = response.status_code in {429, 502, 503, 504} and (wait or 0) <= LONGEST_WAIT
        return Failure(meaning, again=worth, wait=wait)

    @asynccontextmanager
    async def _answer(
        self, call: Call, authorization: httpx.Auth
    ) -> AsyncGenerator[httpx.Response, None]:
        async with self._client.stream(
            "GET" if call.body is None else "POST",
            call.url,
            params=call.params or None,
            json=call.body,
            headers={"Content-Type": "application/json"},
            auth=authorization,
        ) as response:
            yield response

    def _wait(self, response: httpx.Response) -> float | None:
        """The seconds `Retry-After` asks for, from a number or a date; None without one."""
        value = response.headers.get("retry-after", "").strip()
        if value.isdecimal():
            return float(value[:9])
        try:
            until = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - self._clocks.now()).total_seconds())


def _broken(error: httpx.RequestError, tokens: Tokens) -> Failure:
    """A connection that failed; worth another try unless time ran out or it cannot get better."""
    match error:
        case httpx.DecodingError():
            return Failure(failures.not_json)
        case httpx.UnsupportedProtocol():
            return Failure(failures.bad_address)
        case httpx.ReadTimeout() | httpx.WriteTimeout() | httpx.PoolTimeout():
            return _silence("it took too long", tokens)
        case httpx.ConnectTimeout():
            return _silence("no connection in time", tokens, again=True)
        case _:
            why = str(error) or "the connection broke"
            again = isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)
            hopeless = "CERTIFICATE_VERIFY_FAILED" in why
            return _silence(why, tokens, again=again and not hopeless)


def _silence(why: str, tokens: Tokens, *, again: bool = False) -> Failure:
    return Failure(partial(failures.no_answer, why=tokens.redact(why), tokens=tokens), again)


def _client(
    urls: Urls, transport: httpx.AsyncBaseTransport | None, patience: float
) -> httpx.AsyncClient:
    """The one client. Raises Unreachable when the environment's proxy or certificates forbid it."""
    # As `fly` does: nothing on this machine is reached by way of a proxy.
    hosts = {httpx.URL(url).host for url in (urls.api, urls.machines, urls.uiex) if _loopback(url)}
    direct = {f"all://{f'[{host}]' if ':' in host else host}": None for host in hosts}
    try:
        return httpx.AsyncClient(
            transport=transport,
            mounts=direct if transport is None else None,
            # One for the direct way and for every proxy: each would read all certificates anew.
            verify=_trust(urls) if transport is None else True,
            timeout=httpx.Timeout(15 * patience, connect=5 * patience, pool=None),
            limits=LIMITS,
            headers={
                "User-Agent": f"flytui/{__version__}",
                "Accept": "application/json",
                "Accept-Encoding": ACCEPTED,
            },
            follow_redirects=False,
        )
    except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:
        problem = type(error).__name__
    raise Unreachable(
        f"No connection could be prepared ({problem}).",
        "Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY and SSL_CERT_FILE.",
    )


def _trust(urls: Urls) -> ssl.SSLContext:
    """Whose certificates count; nobody's where no address is of the kind that shows one."""
    if any(url.lower().startswith("https:") for url in (urls.api, urls.machines, urls.uiex)):
        return httpx.create_ssl_context()
    # All certificates take 30 ms to read and room to keep, in the demo for nothing.
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
