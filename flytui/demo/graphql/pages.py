"""GraphQL connections: a page of a list and where the next one starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_LARGEST = 200


@dataclass(frozen=True)
class PageInfo:
    end_cursor: str | None
    has_next_page: bool


@dataclass(frozen=True)
class Page:
    nodes: list[Any]
    total_count: int
    page_info: PageInfo


def page(items: Sequence[Any], first: int | None = None, after: str | None = None) -> Page:
    """At most 200 items after the cursor, which is the number of items already seen."""
    start = int(after) if after and after.isdecimal() else 0
    end = start + min(first if first is not None else _LARGEST, _LARGEST)
    nodes = list(items[start:end])
    cursor = str(start + len(nodes)) if nodes else None
    return Page(nodes, len(items), PageInfo(cursor, end < len(items)))
