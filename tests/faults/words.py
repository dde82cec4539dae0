"""Faults of what is said: values, pages, GraphQL's errors, clocks."""

import json
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from flytui.fly import documents
from tests.faults.fault import Fault, Kind, at_first
from tests.faults.looking import NOW
from tests.faults.proxy import CURSOR, Act, Exchange
from tests.faults.spoiling import PARTS


def faults(seed: int) -> Iterator[Fault]:
    """The seed decides which values those that pick some will spoil."""
    yield from _values(seed)
    yield from _pages()
    yield from _graphql()
    yield from _clocks()


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
    yield Fault("unknown fields", _rewriting(_more), Kind.HARMLESS)
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


_MAPS = {"env", "metadata", "metric", "labels", "configDefinition"}
"""Whose keys are a person's own words: one more there is no field nobody knows."""


def _more(value: Any) -> Any:
    if isinstance(value, list):
        return [_more(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    same = {key: inner if key in _MAPS else _more(inner) for key, inner in value.items()}
    return {"aNewField": {"deep": [None]}, **same, "another_new_field": "SOMETHING"}


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
    first = at_first(1, _page(lambda _: again, empty=True))
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
