"""Bytes into frozen models, strictly: what does not fit is named by its place, never guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from flytui.fly import failures
from flytui.fly.call import Call

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from flytui.fly.models.base import Model

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
