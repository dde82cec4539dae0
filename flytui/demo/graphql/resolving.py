"""How a GraphQL field finds its value: a table first, then the record's own attribute."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from graphql import GraphQLResolveInfo

from flytui.demo.access import Access

Info: TypeAlias = "GraphQLResolveInfo[Any]"
Resolver = Callable[..., Any]
Fields = dict[str, Resolver]
"""Resolvers of one type by field name."""


def access(info: Info) -> Access:
    context = info.context
    assert isinstance(context, Access)  # noqa: S101 - the front sets it; narrows the type
    return context


def attribute(source: Any, info: Info, **_: Any) -> Any:
    """`internalNumericId` is `internal_numeric_id` of a record, or a key of a mapping.

    A field that is neither is a mistake in the demo and fails loudly.
    """
    name = info.field_name
    if isinstance(source, Mapping):
        return source.get(name)
    return getattr(source, snake(name))


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
