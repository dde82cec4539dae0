"""Trouble with a whole host: nobody listens, nobody takes the call, somebody else answers."""

import asyncio
import resource
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from flytui.fly.auth import Tokens
from flytui.fly.call import Urls
from flytui.fly.client import Fly
from flytui.fly.errors import Unexpected, Unreachable
from tests.faults.looking import (
    Look,
    accidents,
    breaches,
    crashes,
    false_greens,
    honest,
    hurried,
    look,
    session,
    ways,
)
from tests.faults.matrix import IMPATIENT, unspoiled
from tests.faults.proxy import EVERYTHING, Proxy, listening, running

HOSTS = {
    "FLY_API_BASE_URL": ("GraphQL ", "/prometheus/"),
    "FLY_FLAPS_BASE_URL": ("/v1/",),
    "FLY_UIEX_BASE_URL": ("/api/v1/",),
}
"""The routes that begin so are asked for there."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole() -> Look:
    return await unspoiled()


@contextmanager
def nobody() -> Iterator[str]:
    """An address at which connections are refused."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@contextmanager
def deaf() -> Iterator[str]:
    """An address at which no connection comes about: its queue is full and nobody takes any."""
    with socket.socket() as bound, ExitStack() as waiting:
        bound.bind(("127.0.0.1", 0))
        bound.listen(0)
        for _ in range(4):
            caller = waiting.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(bound.getsockname())
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@pytest.mark.parametrize(
    ("trouble", "host"), [*((nobody, host) for host in HOSTS), (deaf, "FLY_FLAPS_BASE_URL")]
)
async def test_without_one_host_what_needs_it_is_unseen_and_the_rest_stands(
    trouble: object, host: str, whole: Look, tmp_path: Path
) -> None:
    lost = {route for route in ways().facts if route.startswith(HOSTS[host])}
    place = nobody() if trouble is nobody else deaf()
    async with running(Proxy(honest())) as proxy:
        with place as address, accidents() as told:
            urls = dict.fromkeys(HOSTS, proxy.url) | {host: address}
            after = await look(session(tmp_path, urls=urls, clocks=hurried(IMPATIENT)))
    assert told == []
    assert not [*crashes(whole, after)]
    assert not [*false_greens(whole, after)]
    assert not [*breaches(whole, after, ways().needing(lost))]
    assert after.unseen


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for another name."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1"
    names = ["-subj", "/CN=elsewhere.example", "-addext", "subjectAltName=DNS:elsewhere.example"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([openssl, *words.split(), *names, *files], check=True, capture_output=True)
    return folder


@asynccontextmanager
async def impostor(pair: Path, heard: list[bytes]) -> AsyncIterator[str]:
    """A server that speaks TLS, with that certificate."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(65536))
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair / "certificate.pem", pair / "key.pem")
    async with listening(serve, ssl=context) as port:
        yield f"https://127.0.0.1:{port}"


@pytest.mark.parametrize("trusted", [True, False])
async def test_a_certificate_that_does_not_match_gets_no_request(
    trusted: bool, pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pair / "certificate.pem"))
    heard: list[bytes] = []
    async with impostor(pair, heard) as address:
        fly = Fly(Tokens.parse("fo1_canary"), Urls(address, address, address), clocks=hurried())
        with pytest.raises(Unreachable, match="certificate verify failed") as unreachable:
            await fly.machines("storefront")
        await fly.aclose()
    assert b"".join(heard) == b""
    assert "canary" not in f"{unreachable.value.cause} {unreachable.value.cure}"


async def swallow(name: str) -> None:
    """Ask somebody who answers with 100 MB, packed or not."""
    from tests.faults.matrix import faults  # noqa: PLC0415 (the process pays for it alone)

    act = next(fault.act for fault in faults() if fault.name == name)
    async with running(Proxy(honest(), EVERYTHING, act)) as proxy:
        fly = Fly(Tokens.parse("fo1_x"), Urls(proxy.url, proxy.url, proxy.url), clocks=hurried())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(Unexpected, match="more than 32 MB"):
            await fly.machines("storefront")
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        await fly.aclose()
    # The answer as far as it is read, and a copy of it while it grows.
    assert (after - before) / 1024 < 80, f"{(after - before) / 1024:.0f} MB"


@pytest.mark.parametrize("name", ["100 MB", "100 MB, compressed"])
def test_an_answer_of_100_mb_is_cut_before_it_fills_the_memory(name: str) -> None:
    """In a process of its own, whose memory has never been larger."""
    program = (
        "import asyncio\nfrom tests.faults.test_hosts import swallow\n"
        f"asyncio.run(swallow({name!r}))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-500:]
