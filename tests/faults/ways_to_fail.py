"""The faults: what the proxy does with a request, and what may be expected all the same."""

import asyncio
import gzip
import json
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

from flytui.fly import documents
from tests.faults.looking import NOW
from tests.faults.proxy import CURSOR, Act, Exchange, as_it_is
from tests.faults.spoiling import PARTS


class Kind(StrEnum):
    """How far it reaches, and what is told."""

    REQUEST = "request"
    """Everything asked for in the same request is unseen."""
    ROUTE = "route"
    """Of several in one request, the client finds the one that is spoiled."""
    TOLD = "told"
    """It is an answer like any other, of that route: its news may be good."""
    HARMLESS = "harmless"
    """The client copes: everything is as without it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail."""

    name: str
    act: Act
    kind: Kind
    slow: bool = False
    """Somebody waits for an answer that does not come."""
    fits: Callable[[str], bool] = lambda route: True


def faults(seed: int = 0) -> tuple[Fault, ...]:
    """All of them; the seed decides which values those that pick some will spoil."""
    return (
        *_statuses(),
        *_tries(),
        *_connections(),
        *_bodies(),
        *_values(seed),
        *_pages(),
        *_graphql(),
        *_redirects(),
        *_clocks(),
    )


SPOIL_ALL = {401, 407, 408, 429}
"""Of the statuses below 500: those that are about the token or the way to Fly.io."""
_CLIENT = (400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 417)
_CLIENT_TOO = (418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499)
_SERVER = (500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 521, 522, 523, 524, 525, 526, 530, 599)


def _status(code: int, content: bytes = b'{"error":"it did not work"}', **more: str) -> Act:
    headers = {name.replace("_", "-"): value for name, value in more.items()}

    async def act(exchange: Exchange) -> None:
        await exchange.send(code, content, headers)

    return act


def _statuses() -> Iterator[Fault]:
    for code in (*_CLIENT, *_CLIENT_TOO, *_SERVER):
        kind = Kind.REQUEST if code in SPOIL_ALL or code > 500 else Kind.ROUTE
        yield Fault(f"{code}", _status(code), kind)
    yield Fault("500 HTML", _status(500, b"<h1>Oops</h1>", Content_Type="text/html"), Kind.ROUTE)
    yield Fault("502 empty", _status(502, b""), Kind.REQUEST)
    for code in (201, 202, 204, 206, 226):
        yield Fault(f"{code}", _status(code, b""), Kind.ROUTE)


def _tries() -> Iterator[Fault]:
    """429 and 503 with every kind of `Retry-After`, and troubles that pass."""
    late = format_datetime(NOW + timedelta(hours=6), usegmt=True)
    early = format_datetime(NOW - timedelta(hours=6), usegmt=True)
    asked = ("1", "0", "3600", "-5", "1e9", "soon", "", "9" * 30, "٣", late, early)
    for value in (*asked, "Mon, 99 Foo 99999 99:99:99 +99999999"):
        sent = value.encode().decode("latin-1")
        yield Fault(f"429 Retry-After {value!r}", _status(429, Retry_After=sent), Kind.REQUEST)
    yield Fault("503 Retry-After '2'", _status(503, Retry_After="2"), Kind.REQUEST)
    for code in (429, 502, 503, 504):
        yield Fault(f"{code} once", _at_first(1, _status(code)), Kind.HARMLESS)
        yield Fault(f"{code} twice", _at_first(2, _status(code)), Kind.HARMLESS)
    yield Fault("reset once", _at_first(1, _reset), Kind.HARMLESS)


def _at_first(times: int, act: Act) -> Act:
    async def first(exchange: Exchange) -> None:
        await (act if exchange.number <= times else as_it_is)(exchange)

    return first


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
        await asyncio.sleep(0.2 * exchange.patience)


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
    yield Fault("a drip", _drip, Kind.HARMLESS, slow=True)
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


Change = Callable[[Any], Any]


def _rewriting(change: Change) -> Act:
    async def act(exchange: Exchange) -> None:
        await exchange.send(200, exchange.rewritten(change), {})

    return act


def _leaves(value: Any, change: Change) -> Any:
    """The same objects and lists, with every plain value changed."""
    if isinstance(value, dict):
        return {key: _leaves(inner, change) for key, inner in value.items()}
    return [_leaves(i, change) for i in value] if isinstance(value, list) else change(value)


def _objects(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """The same, with every object changed, from within."""
    if isinstance(value, dict):
        return change({key: _objects(inner, change) for key, inner in value.items()})
    return [_objects(i, change) for i in value] if isinstance(value, list) else value


def _other_type(value: Any) -> Any:
    match value:
        case bool():
            return "yes"
        case int() | float():
            return str(value)
        case None:
            return {"not": "null"}
        case _:
            return 7


def _unknown(value: Any) -> Any:
    """Words that are capitals or a state become one that nobody knows."""
    known = isinstance(value, str) and value.isascii() and value.replace("_", "").isalpha()
    return "SOMETHING_NEW" if known and value.isupper() else value


def _values(seed: int) -> Iterator[Fault]:
    yield Fault("nulls", _rewriting(lambda v: _leaves(v, lambda _: None)), Kind.ROUTE)
    yield Fault("wrong types", _rewriting(lambda v: _leaves(v, _other_type)), Kind.ROUTE)
    yield Fault("objects in place of lists", _rewriting(_unlisted), Kind.TOLD)
    yield Fault("unknown fields", _rewriting(lambda v: _objects(v, _more)), Kind.HARMLESS)
    yield Fault("unknown enum values", _rewriting(lambda v: _leaves(v, _unknown)), Kind.TOLD)
    for number in range(4):
        chance = random.Random(f"{seed} {number}")
        yield Fault(f"missing fields {number}", _rewriting(_picking(chance, _without)), Kind.TOLD)
        yield Fault(f"some nulls {number}", _rewriting(_picking(chance, _with_null)), Kind.TOLD)
        yield Fault(f"odd values {number}", _rewriting(_picking(chance, _with_odd)), Kind.TOLD)


def _unlisted(value: Any) -> Any:
    if isinstance(value, list):
        return {str(n): _unlisted(inner) for n, inner in enumerate(value)}
    return {k: _unlisted(i) for k, i in value.items()} if isinstance(value, dict) else value


def _more(fields: dict[str, Any]) -> dict[str, Any]:
    return {"aNewField": {"deep": [None]}, **fields, "another_new_field": "SOMETHING"}


_Pick = Callable[[random.Random, dict[str, Any], str], dict[str, Any]]


def _picking(chance: random.Random, pick: _Pick) -> Change:
    """A field in ten of every object."""

    def change(fields: dict[str, Any]) -> dict[str, Any]:
        for key in [key for key in fields if chance.random() < 0.1]:
            fields = pick(chance, fields, key)
        return fields

    return lambda value: _objects(value, change)


def _without(_: random.Random, fields: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != key}


def _with_null(_: random.Random, fields: dict[str, Any], key: str) -> dict[str, Any]:
    return fields | {key: None}


ODD: tuple[Any, ...] = (
    "", " ", "\x1b[31m", "[@click=app.quit]x[/]", "-rf", "../../x", "a\nb", "x" * 5000, "٣", "\x00",
    "1e999", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-01T00:00:00+23:59",
    -1, 0, 2**31, 2**63, 10**30, -0.0, 1e308, True, False, [], {}, [None], None,
)  # fmt: skip


def _with_odd(chance: random.Random, fields: dict[str, Any], key: str) -> dict[str, Any]:
    return fields | {key: chance.choice(ODD)}


def paged(route: str) -> bool:
    """Whether the answer comes in pages."""
    name = route.removeprefix("GraphQL ")
    every = {each.name: each.text for each in vars(documents).values() if hasattr(each, "text")}
    return "$after" in every.get(name, "") or route.endswith(("/certificates", "acme/machines"))


def _page(
    cursor: Callable[[int], str | None], *, empty: bool = False
) -> Callable[[Exchange], Awaitable[None]]:
    async def act(exchange: Exchange) -> None:
        after = cursor(exchange.number)

        def change(fields: dict[str, Any]) -> dict[str, Any]:
            if "nodes" in fields and "endCursor" in (fields.get("pageInfo") or {}):
                nodes = [] if empty else fields["nodes"]
                return fields | {
                    "nodes": nodes,
                    "pageInfo": {"hasNextPage": True, "endCursor": after},
                }
            for key in {"certificates", "machines"} & set(fields):
                if isinstance(fields[key], list) and ("next_cursor" in fields or key == "machines"):
                    listed = [] if empty else fields[key]
                    return fields | {key: listed, "next_cursor": after}
            return fields

        await exchange.send(200, exchange.rewritten(lambda v: _objects(v, change)), {})

    return act


def _pages() -> Iterator[Fault]:
    again, new = f"{CURSOR}again", lambda number: f"{CURSOR}{number}"
    first = _at_first(1, _page(lambda _: again, empty=True))
    pages = {
        "an empty page first": (first, Kind.HARMLESS),
        "pages without an end": (_page(new), Kind.TOLD),
        "empty pages without an end": (_page(new, empty=True), Kind.TOLD),
        "a cursor that repeats": (_page(lambda _: again), Kind.TOLD),
        "a page with no cursor to the next": (_page(lambda _: None), Kind.TOLD),
    }
    for name, (act, kind) in pages.items():
        yield Fault(name, act, kind, fits=paged)


def _graphql() -> Iterator[Fault]:
    """Errors beside partial data, in the forms a GraphQL server gives them."""

    def partly(name: str) -> Act:
        async def act(exchange: Exchange) -> None:
            body = exchange.answer.json()
            for key in exchange.parts:
                if key in (body.get("data") or {}):
                    body = PARTS[name](body, key)
            await exchange.send(200, json.dumps(body).encode(), {})

        return act

    for name in PARTS:
        fits = _is_graphql
        yield Fault(f"GraphQL {name}", partly(name), Kind.ROUTE, fits=fits)


def _is_graphql(route: str) -> bool:
    return route.startswith("GraphQL ")


def _redirects() -> Iterator[Fault]:
    def to(code: int) -> Act:
        async def act(exchange: Exchange) -> None:
            place = f"{exchange.elsewhere}/{exchange.request.url.path.lstrip('/')}"
            await exchange.send(code, b"{}", {"Location": place})

        return act

    for code in (301, 302, 303, 307, 308):
        yield Fault(f"{code} elsewhere", to(code), Kind.REQUEST)
    yield Fault("300", _status(300), Kind.REQUEST)
    yield Fault("304", _status(304, b""), Kind.REQUEST)


def _clocks() -> Iterator[Fault]:
    for hours in (-6, 6, 24 * 400):
        then = NOW + timedelta(hours=hours)
        date = {"Date": format_datetime(then, usegmt=True)}
        yield Fault(f"its clock {hours:+} h", _dated(date), Kind.HARMLESS)
        by = timedelta(hours=hours)
        yield Fault(f"all its times {hours:+} h", _rewriting(_shifting(by)), Kind.TOLD)


def _dated(headers: Mapping[str, str]) -> Act:
    async def act(exchange: Exchange) -> None:
        await exchange.send(exchange.answer.status_code, exchange.answer.content, headers)

    return act


def _shifting(by: timedelta) -> Change:
    def shift(value: Any) -> Any:
        if not isinstance(value, str) or "T" not in value:
            return value
        try:
            return (datetime.fromisoformat(value) + by).isoformat()
        except ValueError:
            return value

    return lambda value: _leaves(value, shift)
