"""The token goes to the configured hosts alone: no redirect, proxy or http takes it along."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flytui.checklist import load as load_checklist
from flytui.fly.auth import Tokens
from flytui.fly.call import Urls
from flytui.fly.client import Fly
from flytui.fly.errors import FlyError
from flytui.looking import Subject, opened
from flytui.opening import Surroundings, open_session
from flytui.settings import Flags, SettingsError, resolve
from tests.simulated import found, simulated

TOKEN = "fo1_canary-that-nobody-else-may-read"
VARIABLES = ("FLY_API_BASE_URL", "FLY_FLAPS_BASE_URL", "FLY_UIEX_BASE_URL")
IN_CLEAR = (
    *("http://example.org", "HTTP://example.org", "http://10.0.0.1:4280", "http://[2001:db8::1]"),
    *("http://127.0.0.1.example.org", "http://localhost.example.org", "http://0.0.0.0"),
    *("http://127.0.0.1@example.org", "http://example.org#@127.0.0.1"),
    *("ftp://127.0.0.1", "//example.org", "example.org", "http:example.org", "http://"),
)
FINE = (
    *("https://example.org", "https://10.0.0.1:4280/", "HTTPS://example.org"),
    *("http://127.0.0.1:4280", "http://127.8.8.8", "http://localhost:1", "http://[::1]:4280"),
)


@pytest.mark.parametrize("address", IN_CLEAR)
@pytest.mark.parametrize("variable", VARIABLES)
def test_an_address_that_would_carry_the_token_in_clear_is_refused_by_its_name(
    variable: str, address: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as refused:
        resolve(Flags(), {"FLY_API_TOKEN": TOKEN, variable: address}, tmp_path)
    assert variable in refused.value.cause
    assert "Nothing was sent" in refused.value.cause
    assert TOKEN not in refused.value.cause + refused.value.cure


@pytest.mark.parametrize("address", FINE)
def test_https_and_this_machine_are_fine(address: str, tmp_path: Path) -> None:
    environ = {"FLY_API_TOKEN": TOKEN, "FLY_FLAPS_BASE_URL": address}
    assert resolve(Flags(), environ, tmp_path).machines_url == address.rstrip("/")


def test_neither_flytui_nor_fly_gets_as_far_as_asking(tmp_path: Path) -> None:
    world = simulated("storefront", tmp_path)
    environ = {**world.environ, "FLY_UIEX_BASE_URL": "http://example.org"}
    around = Surroundings(
        environ=environ,
        checkout=tmp_path / "checkout",
        data=tmp_path / "data",
        state=tmp_path / "state",
        transport=world.transport,
    )
    with pytest.raises(SettingsError, match="FLY_UIEX_BASE_URL is not an https address"):
        opened(Subject(Flags("storefront")), around, tmp_path)
    assert world.transport.requests == []


async def test_each_service_is_asked_at_its_own_host_and_nobody_else_is(tmp_path: Path) -> None:
    world = simulated("storefront", tmp_path)
    hosts = dict(zip(VARIABLES, ("api.test", "machines.test", "uiex.test"), strict=True))
    environ = {**world.environ, **{name: f"https://{host}" for name, host in hosts.items()}}
    session = open_session(
        resolve(world.flags, environ, tmp_path), load_checklist(), world.around()
    )
    await found(session)
    await session.close()
    asked = {(r.url.host, r.url.path.split("/")[1]) for r in world.transport.requests}
    assert asked == {
        *(("api.test", "graphql"), ("api.test", "prometheus")),
        *(("machines.test", "v1"), ("uiex.test", "api")),
    }
    assert all("authorization" in r.headers for r in world.transport.requests)


@dataclass
class Listener:
    """A server of one answer, with all that it was told."""

    answer: bytes
    told: list[bytes] = field(default_factory=list)
    url: str = ""
    callers: list[asyncio.Event] = field(default_factory=list)
    """Set once the caller has gone."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        gone = asyncio.Event()
        self.callers.append(gone)
        self.told.append(await reader.read(65_536))
        writer.write(self.answer)
        writer.write_eof()
        with suppress(ConnectionError):  # whatever else is said, up to the end
            self.told.append(await reader.read())
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        gone.set()


def answer(*head: str) -> bytes:
    """A status line and headers, and nothing more."""
    lines = (f"HTTP/1.1 {head[0]}", *head[1:], "Content-Length: 0", "Connection: close", "", "")
    return "\r\n".join(lines).encode()


@asynccontextmanager
async def listening(said: bytes) -> AsyncIterator[Listener]:
    listener = Listener(said)
    server = await asyncio.start_server(listener.serve, "127.0.0.1", 0)
    listener.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield listener
        for gone in listener.callers:
            await gone.wait()


async def asked(urls: Urls) -> None:
    """One question to each service, answered by nobody we trust."""
    fly = Fly(Tokens.parse(TOKEN), urls)
    try:
        for question in (fly.machines("shop"), fly.app("shop"), fly.releases("shop")):
            with pytest.raises(FlyError) as refused:
                await question
            assert TOKEN not in refused.value.cause + refused.value.cure
    finally:
        await fly.aclose()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300, 201])
async def test_a_redirect_takes_the_token_nowhere(status: int) -> None:
    async with listening(b"") as elsewhere:
        head = (
            f"HTTP/1.1 {status} X\r\nLocation: {elsewhere.url}/\r\nRefresh: 0; {elsewhere.url}\r\n"
        )
        async with listening(
            f"{head}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
        ) as here:
            await asked(Urls(here.url, here.url, here.url))
            assert TOKEN.encode() in b"".join(here.told)
        assert elsewhere.told == []


@pytest.mark.parametrize(
    "words",
    [
        ("407 Who are you", "Proxy-Authenticate: Basic"),
        ("302 Found", "Location: http://127.0.0.1:1/"),
        ("403 No",),
    ],
    ids=["wants a password", "redirects", "refuses"],
)
async def test_a_proxy_sees_whom_and_never_the_token(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with listening(answer(*words)) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        urls = ("https://api.test", "https://machines.test", "https://uiex.test")
        await asked(Urls(*urls))
        told = b"".join(proxy.told)
    assert told.startswith(b"CONNECT machines.test:443 ")
    assert TOKEN.encode() not in told
    assert b"uthorization" not in told
