"""Faults of the way: statuses, connections, bodies that are no JSON, redirects."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime

from tests.faults.fault import Fault, Kind, at_first, status
from tests.faults.looking import NOW
from tests.faults.proxy import Act, Exchange


def faults() -> Iterator[Fault]:
    yield from _statuses()
    yield from _tries()
    yield from _connections()
    yield from _bodies()
    yield from _redirects()


SPOIL_ALL = {401, 407, 408, 429}
"""Of the statuses below 500: those that are about the token or the way to Fly.io."""
_CLIENT = (400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 417)
_CLIENT_TOO = (418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499)
_SERVER = (500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 521, 522, 523, 524, 525, 526, 530, 599)


def _statuses() -> Iterator[Fault]:
    for code in (*_CLIENT, *_CLIENT_TOO, *_SERVER):
        kind = Kind.REQUEST if code in SPOIL_ALL or code > 500 else Kind.ROUTE
        yield Fault(f"{code}", status(code), kind)
    yield Fault("500 HTML", status(500, b"<h1>Oops</h1>", Content_Type="text/html"), Kind.ROUTE)
    yield Fault("502 empty", status(502, b""), Kind.REQUEST)
    for code in (201, 202, 204, 206, 226):
        yield Fault(f"{code}", status(code, b""), Kind.ROUTE)


def _tries() -> Iterator[Fault]:
    """429 and 503 with every kind of `Retry-After`, and troubles that pass."""
    late = format_datetime(NOW + timedelta(hours=6), usegmt=True)
    early = format_datetime(NOW - timedelta(hours=6), usegmt=True)
    strange = "Mon, 99 Foo 99999 99:99:99 +99999999"
    asked = ("1", "0", "3600", "-5", "1e9", "soon", "", "9" * 30, "٣", strange)
    # Their names are the same in every process: the tests are shared out by name.
    dates = (("in 6 hours", late), ("6 hours ago", early))
    for name, value in (*((repr(value), value) for value in asked), *dates):
        sent = value.encode().decode("latin-1")
        yield Fault(f"429 Retry-After {name}", status(429, Retry_After=sent), Kind.REQUEST)
    yield Fault("503 Retry-After '2'", status(503, Retry_After="2"), Kind.REQUEST)
    for code in (429, 502, 503, 504):
        yield Fault(f"{code} once", at_first(1, status(code)), Kind.HARMLESS)
        yield Fault(f"{code} twice", at_first(2, status(code)), Kind.HARMLESS)
    yield Fault("reset once", at_first(1, _reset), Kind.HARMLESS)


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


async def _reset(exchange: Exchange) -> None:
    exchange.reset()


async def _closed(exchange: Exchange) -> None:
    exchange.writer.close()


async def _silent(exchange: Exchange) -> None:
    await exchange.hang()


def _begun(share: float, then: Callable[[Exchange], Awaitable[None]]) -> Act:
    """So much of the answer, and then this."""

    async def act(exchange: Exchange) -> None:
        content = exchange.answer.content
        whole = _HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(content), content)
        await exchange.raw(whole[: max(9, int(len(whole) * share))])
        await then(exchange)

    return act


async def _drip(exchange: Exchange) -> None:
    """All of it, in pieces and late, but in time."""
    content = exchange.answer.content
    await exchange.raw(_HEAD + b"Content-Length: %d\r\n\r\n" % len(content))
    size = len(content) // 5 + 1
    for start in range(0, len(content), size):
        await exchange.raw(content[start : start + size])
        await asyncio.sleep(0.02)


async def _endless_drip(exchange: Exchange) -> None:
    """A byte at a time, always before anybody's patience ends."""
    await exchange.raw(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while not exchange.writer.is_closing():
        await exchange.raw(b"1\r\n \r\n")
        await asyncio.sleep(exchange.patience)


async def _chunks(exchange: Exchange) -> None:
    """All of it, a few bytes a chunk."""
    content = exchange.answer.content
    parts = [content[n : n + 7] for n in range(0, len(content), 7)]
    framed = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)
    await exchange.raw(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + framed + b"0\r\n\r\n")


def _raw(text: bytes) -> Act:
    async def act(exchange: Exchange) -> None:
        await exchange.raw(text)
        exchange.writer.close()

    return act


def _connections() -> Iterator[Fault]:
    yield Fault("reset before the answer", _reset, Kind.REQUEST)
    yield Fault("reset in the head", _begun(0, _reset), Kind.REQUEST)
    yield Fault("reset in the body", _begun(0.6, _reset), Kind.REQUEST)
    yield Fault("closed before the answer", _closed, Kind.REQUEST)
    yield Fault("closed in the body", _begun(0.6, _closed), Kind.REQUEST)
    yield Fault("silence before the answer", _silent, Kind.REQUEST, slow=True)
    yield Fault("silence in the head", _begun(0, _silent), Kind.REQUEST, slow=True)
    yield Fault("silence in the body", _begun(0.6, _silent), Kind.REQUEST, slow=True)
    yield Fault("a drip without an end", _endless_drip, Kind.REQUEST, slow=True)
    yield Fault("a drip", _drip, Kind.HARMLESS)
    yield Fault("many small chunks", _chunks, Kind.HARMLESS)
    yield Fault("not HTTP", _raw(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"), Kind.REQUEST)
    yield Fault("two lengths", _raw(_HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n[]"),
                Kind.REQUEST)  # fmt: skip
    yield Fault("a length that is none", _raw(_HEAD + b"Content-Length: ten\r\n\r\n[]"),
                Kind.REQUEST)  # fmt: skip
    yield Fault("a head of 200 kB", _raw(_HEAD + b"X: " + b"x" * 200_000 + b"\r\n\r\n"),
                Kind.REQUEST)  # fmt: skip
    yield Fault("a chunk that is none", _raw(_HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                Kind.REQUEST)  # fmt: skip


def _content(change: Callable[[bytes], bytes], **more: str) -> Act:
    async def act(exchange: Exchange) -> None:
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        await exchange.send(200, change(exchange.answer.content), headers)

    return act


async def _huge(exchange: Exchange) -> None:
    """A body of 100 MB, as far as anybody wants it."""
    await exchange.raw(_HEAD + b"Content-Length: %d\r\n\r\n[" % (100 * 2**20))
    for _ in range(100):
        await exchange.raw(b" " * 2**20)


_BOMB = gzip.compress(b" " * (100 * 2**20))


def _bodies() -> Iterator[Fault]:
    said: dict[str, bytes] = {
        "no body": b"",
        "no JSON": b"{]",
        "HTML": b"<!doctype html><h1>Back soon</h1>",
        "an empty object": b"{}",
        "null": b"null",
        "a number": b"42",
        "a text": b'"hello"',
        "true": b"true",
        "NaN": b"NaN",
        "nested too deeply": b"[" * 100_000,
        "deep objects": b'{"data":' * 50_000,
        "a number without end": b'{"data": ' + b"9" * 5000 + b"}",
        "half a character": b'{"data": "\\ud800"}',
        "not UTF-8": b'{"data": "\xff\xfe"}',
        "JSON twice": b"{}{}",
        "errors that are text": b'{"errors": "no"}',
        "errors that are odd": b'{"errors": [null, 7, {"message": 8, "path": {"a": []}}]}',
        "data that is a list": b'{"data": []}',
    }
    for name, content in said.items():
        yield Fault(name, _content(lambda _, c=content: c), Kind.ROUTE)  # type: ignore[misc]  # bound for each
    yield Fault("an empty list", _content(lambda _: b"[]"), Kind.TOLD)
    yield Fault("truncated JSON", _content(lambda c: c[: len(c) // 2]), Kind.ROUTE)
    yield Fault("UTF-16", _content(lambda c: c.decode().encode("utf-16")), Kind.TOLD)
    yield Fault("not the encoding it says", _content(lambda c: c, Content_Encoding="gzip"),
                Kind.ROUTE)  # fmt: skip
    yield Fault("gzip", _content(gzip.compress, Content_Encoding="gzip"), Kind.HARMLESS)
    yield Fault("100 MB", _huge, Kind.ROUTE)
    yield Fault("100 MB, compressed", _content(lambda _: _BOMB, Content_Encoding="gzip"),
                Kind.ROUTE)  # fmt: skip


def _redirects() -> Iterator[Fault]:
    def to(code: int) -> Act:
        async def act(exchange: Exchange) -> None:
            place = f"{exchange.elsewhere}/{exchange.request.url.path.lstrip('/')}"
            await exchange.send(code, b"{}", {"Location": place})

        return act

    for code in (301, 302, 303, 307, 308):
        yield Fault(f"{code} elsewhere", to(code), Kind.REQUEST)
    yield Fault("300", status(300), Kind.REQUEST)
    yield Fault("304", status(304, b""), Kind.REQUEST)
