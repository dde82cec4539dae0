"""An organisation as GraphQL tells it: people, tokens, requirements, billing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, TypeVar

from flytui.fly import documents, failures, models
from flytui.fly.call import Call
from flytui.fly.document import Document
from flytui.fly.graphql import PAGES, GraphQL, nodes_of
from flytui.fly.parse import Kind

if TYPE_CHECKING:
    from flytui.fly.models import App, LimitedAccessToken, ListedApp
    from flytui.fly.models.base import Model
    from flytui.fly.models.people import Billing, Factor, Member, PersonalToken, Replays, ThirdParty

M = TypeVar("M", bound="Model")
_MEMBERS = ("organization", "members")


class OrganizationsApi:
    """Reads about organisations by their slug. Every method raises FlyError."""

    def __init__(self, graph: GraphQL) -> None:
        self._graph = graph

    def apps(self) -> AsyncGenerator[tuple[ListedApp, ...], None]:
        """Every app the token sees, a page at a time. Raises Unexpected when there is no end."""
        call = self._graph.call(documents.APPS, "the apps")
        return self._turned(call, ("apps",), lambda: models.ListedApp)

    def apps_of(self, slug: str) -> AsyncGenerator[tuple[App, ...], None]:
        """The apps of the organisation, a page at a time, each as `Fly.app` would tell it."""
        call = self._of(documents.APPS_OF, slug, "the apps")
        return self._turned(call, ("organization", "apps"), lambda: models.App)

    async def _turned(
        self, call: Call, path: tuple[str, ...], kind: Kind[M]
    ) -> AsyncGenerator[tuple[M, ...], None]:
        number = 0
        async with aclosing(self._graph.turned(call, path)) as pages:
            async for page in pages:
                yield nodes_of(call, path, [page], kind())
                number += 1
                if number == PAGES and page.after is not None:
                    raise failures.too_many_pages(call)

    async def members(self, slug: str) -> tuple[Member, ...]:
        call = self._of(documents.MEMBERS, slug, "the members")
        return await self._graph.nodes(call, _MEMBERS, lambda: models.people.Member)

    async def members_of(self, slugs: tuple[str, ...]) -> list[tuple[Member, ...]]:
        """The members of each organisation, in order."""
        return await asyncio.gather(*(self.members(slug) for slug in slugs))

    async def second_factors(self, slug: str) -> tuple[Factor, ...]:
        """Which members sign in with a second factor."""
        call = self._of(documents.SECOND_FACTORS, slug, "the members' two-factor protection")
        return await self._graph.nodes(call, _MEMBERS, lambda: models.people.Factor)

    async def third_parties(self, slug: str) -> tuple[ThirdParty, ...]:
        """Third parties whose agreement tokens of the organisation carry."""
        call = self._of(documents.THIRD_PARTIES, slug, "the third-party configurations")
        path = ("organization", "thirdPartyConfigurations")
        return await self._graph.nodes(call, path, lambda: models.people.ThirdParty)

    async def replays(self, slug: str) -> Replays:
        """From where requests may be replayed to the organisation's apps."""
        call = self._of(documents.REPLAYS, slug, "the replay settings")
        return await self._graph.one(call, ("organization",), lambda: models.people.Replays)

    async def tokens(self, slug: str) -> tuple[LimitedAccessToken, ...]:
        """Tokens of the whole organisation; those of single apps are not among them."""
        call = self._of(documents.ORGANIZATION_TOKENS, slug, "the tokens")
        path = ("organization", "limitedAccessTokens")
        return await self._graph.nodes(call, path, lambda: models.LimitedAccessToken)

    async def billing(self, slug: str) -> Billing:
        call = self._of(documents.BILLING, slug, "the support plan")
        return await self._graph.one(call, ("organization",), lambda: models.people.Billing)

    async def personal_tokens(self) -> tuple[PersonalToken, ...]:
        """The personal tokens of whoever looks; nobody else's can be seen."""
        call = self._graph.call(documents.PERSONAL_TOKENS, "your personal tokens")
        return await self._graph.nodes(call, ("accessTokens",), lambda: models.people.PersonalToken)

    def _of(self, document: Document, slug: str, what: str) -> Call:
        return self._graph.call(document, f"{what} of {slug}", {"slug": slug}, organization=slug)
