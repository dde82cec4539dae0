"""GraphQL: objects at a path, null told from absent, connections followed to their end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from flytui.fly import failures, models, parse
from flytui.fly.auth import Service
from flytui.fly.call import Call
from flytui.fly.document import Document
from flytui.fly.http import Http
from flytui.fly.together import Together

if TYPE_CHECKING:
    from flytui.fly.models.base import Model

PAGES = 50
M = TypeVar("M", bound="Model")


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a connection as it came: plain nodes, and where the next page begins."""

    parent: dict[str, Any]
    """The object the connection is a field of."""
    nodes: list[Any]
    after: str | None
    """None: this was the last page."""


class GraphQL:
    """Fly.io's GraphQL API."""

    def __init__(self, http: Http, base: str) -> None:
        self._together = Together(http)
        self._url = f"{base}/graphql"

    async def aclose(self) -> None:
        """Give up what is under way."""
        await self._together.aclose()

    def call(
        self,
        document: Document,
        what: str,
        variables: Mapping[str, object] | None = None,
        *,
        app: str | None = None,
        organization: str | None = None,
    ) -> Call:
        """A query as data; the app or organisation is what the token has to be good for."""
        given = dict(variables or {})
        call = Call(Service.GRAPHQL, self._url, what, app=app, organization=organization)
        return replace(call, document=document, variables=given)

    async def one(self, call: Call, path: tuple[str, ...], kind: parse.Kind[M]) -> M:
        """The object at the path. Raises Missing when it is null."""
        found = _at(call, await self._together.data(call), path)
        return parse.one(call, kind(), parse.again(found), ".".join(path))

    async def page(self, call: Call, path: tuple[str, ...]) -> Page:
        """One page of the connection at the path."""
        where = ".".join(path)
        parent = _at(call, await self._together.data(call), path[:-1])
        connection = parent.get(path[-1]) if isinstance(parent, dict) else None
        if not isinstance(connection, dict) or not isinstance(connection.get("nodes"), list):
            raise failures.shape(call, f"{where}.nodes", "it is not a list")
        again = parse.again(connection.get("pageInfo"))
        info = parse.one(call, models.wire.PageInfo, again, f"{where}.pageInfo")
        if info.has_next_page and not info.end_cursor:
            raise failures.shape(call, f"{where}.pageInfo.endCursor", "it is empty")
        return Page(parent, connection["nodes"], info.end_cursor if info.has_next_page else None)

    async def pages(
        self, call: Call, path: tuple[str, ...], most: int = PAGES
    ) -> tuple[list[Page], bool]:
        """The pages of the connection at the path, and whether there were no more than `most`."""
        pages: list[Page] = []
        async with aclosing(self.turned(call, path)) as turned:
            async for page in turned:
                pages.append(page)
                if len(pages) == most:
                    break
        return pages, pages[-1].after is None

    async def turned(self, call: Call, path: tuple[str, ...]) -> AsyncGenerator[Page, None]:
        """Each page of the connection at the path as it arrives, to the end.

        Raises Unexpected for a cursor that comes twice.
        """
        seen: set[str] = set()
        while True:
            page = await self.page(call, path)
            yield page
            if page.after is None:
                return
            if page.after in seen:
                raise failures.too_many_pages(call)
            seen.add(page.after)
            call = _following(call, page.after)

    async def nodes(self, call: Call, path: tuple[str, ...], kind: parse.Kind[M]) -> tuple[M, ...]:
        """All nodes of the connection at the path, over all its pages."""
        pages, complete = await self.pages(call, path)
        if not complete:
            raise failures.too_many_pages(call)
        return nodes_of(call, path, pages, kind())


def nodes_of(call: Call, path: tuple[str, ...], pages: list[Page], kind: type[M]) -> tuple[M, ...]:
    """The nodes of these pages as models. Raises Unexpected."""
    found = [node for page in pages for node in page.nodes]
    return parse.many(call, kind, parse.again(found), f"{'.'.join(path)}.nodes")


def _following(call: Call, after: str) -> Call:
    """The same query from the cursor on."""
    return replace(call, variables={**call.variables, "after": after})


def _at(call: Call, data: dict[str, Any], path: tuple[str, ...]) -> Any:
    """What stands at the path. Raises Missing for a null, Unexpected for a missing field."""
    here: Any = data
    for depth, name in enumerate(path):
        if not isinstance(here, dict) or name not in here:
            raise failures.shape(call, ".".join(path[: depth + 1]), "the field is missing")
        here = here[name]
        if here is None:
            raise failures.missing(call)
    return here
