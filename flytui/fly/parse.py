"""Bytes into frozen models, strictly: what does not fit is named by its place, never guessed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from flytui.fly import failures
from flytui.fly.call import Call

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from flytui.fly.models.base import Model

_LONG = 100_000
"""Bytes from which on a list is read piece by piece."""
_TURN = 0.005
"""Seconds after which whoever waits has a turn: a key that is pressed, above all."""
_BLANK = " \t\n\r"

M = TypeVar("M", bound="Model")
_T = TypeVar("_T")
Kind: TypeAlias = Callable[[], type[M]]
"""A model by a function, so that it is imported when the answer is there."""


def one(call: Call, kind: type[M], body: bytes, where: str = "") -> M:
    """The body as a model. Raises Unexpected naming the first place that does not fit."""
    adapter: TypeAdapter[M] = _adapter(kind)
    return _strict(call, adapter, body, where)


def many(call: Call, kind: type[M], body: bytes, where: str = "") -> tuple[M, ...]:
    """The body, a list, as models. Raises Unexpected as `one` does."""
    adapter: TypeAdapter[tuple[M, ...]] = _adapter_of_many(kind)
    return _strict(call, adapter, body, where)


async def long(call: Call, kind: type[M], body: bytes) -> tuple[M, ...]:
    """What `many` gives, but others get their turn in between: thousands take seconds."""
    if len(body) < _LONG:
        return many(call, kind, body)
    adapter: TypeAdapter[M] = _adapter(kind)
    found: list[M] = []
    begun = perf_counter()
    try:
        for element in _elements(body.decode()):
            found.append(adapter.validate_json(element.encode(), strict=True))
            if perf_counter() - begun > _TURN:
                await asyncio.sleep(0)
                begun = perf_counter()
    except (ValueError, RecursionError):
        # No list, not JSON, or something in it does not fit: `many` says what.
        return many(call, kind, body)
    return tuple(found)


def _elements(text: str) -> Iterator[str]:
    """The list's elements as they are written. Raises ValueError where it is none."""
    decoder = json.JSONDecoder()
    at = _after(text, 0, "[")
    while text[at : at + 1] != "]":
        _, end = decoder.raw_decode(text, at)
        yield text[at:end]
        at = _passed(text, end)
        if text[at : at + 1] != "]":
            at = _after(text, at, ",")
            if text[at : at + 1] == "]":
                raise ValueError("a comma ends the list")
    if _passed(text, at + 1) != len(text):
        raise ValueError("something follows the list")


def _after(text: str, at: int, sign: str) -> int:
    """Where the next thing begins behind the sign that has to be here."""
    at = _passed(text, at)
    if text[at : at + 1] != sign:
        raise ValueError(f"no {sign}")
    return _passed(text, at + 1)


def _passed(text: str, at: int) -> int:
    """Where the blanks end that begin here."""
    while text[at : at + 1] and text[at] in _BLANK:
        at += 1
    return at


def tree(call: Call, body: bytes) -> Any:
    """The body as plain values. Raises Unexpected when it is not JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        error = failures.not_json(call)
    raise error


def tree_or_none(body: bytes) -> Any:
    """The body as plain values; None when it is not JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def again(value: object) -> bytes:
    """Plain values as JSON once more: only from JSON do strict models accept times and tuples."""
    return json.dumps(value).encode()


def _strict(call: Call, adapter: TypeAdapter[_T], body: bytes, where: str) -> _T:
    from pydantic import ValidationError  # noqa: PLC0415 (when an answer is there)

    try:
        return adapter.validate_json(body, strict=True)
    except ValidationError as invalid:
        # The input stays out: an answer may hold what an app keeps secret.
        first = invalid.errors(include_url=False, include_context=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            error = failures.not_json(call)
        else:
            place = ".".join(filter(None, (where, *map(str, first["loc"]))))
            error = failures.shape(call, place or "the answer", first["msg"])
    raise error


@cache
def _adapter(kind: type[M]) -> TypeAdapter[M]:
    from pydantic import TypeAdapter  # noqa: PLC0415 (when an answer is there)

    return TypeAdapter(kind)


@cache
def _adapter_of_many(kind: type[M]) -> TypeAdapter[tuple[M, ...]]:
    from pydantic import TypeAdapter  # noqa: PLC0415 (when an answer is there)

    return TypeAdapter(tuple[kind, ...])  # type: ignore[valid-type]  # a type made at run time
