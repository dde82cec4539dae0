"""An organisation as GraphQL tells it: people, tokens, requirements, billing."""

import asyncio

from flytui.fly import documents
from flytui.fly.call import Call
from flytui.fly.document import Document
from flytui.fly.graphql import GraphQL
from flytui.fly.models import LimitedAccessToken
from flytui.fly.models.people import Billing, Factor, Member, PersonalToken, Replays, ThirdParty


class OrganizationsApi:
    """Reads about organisations by their slug. Every method raises FlyError."""

    def __init__(self, graph: GraphQL) -> None:
        self._graph = graph

    async def members(self, slug: str) -> tuple[Member, ...]:
        call = self._of(documents.MEMBERS, slug, "the members")
        return await self._graph.nodes(call, ("organization", "members"), Member)

    async def members_of(self, slugs: tuple[str, ...]) -> list[tuple[Member, ...]]:
        """The members of each organisation, in order."""
        return await asyncio.gather(*(self.members(slug) for slug in slugs))

    async def second_factors(self, slug: str) -> tuple[Factor, ...]:
        """Which members sign in with a second factor."""
        call = self._of(documents.SECOND_FACTORS, slug, "the members' two-factor protection")
        return await self._graph.nodes(call, ("organization", "members"), Factor)

    async def third_parties(self, slug: str) -> tuple[ThirdParty, ...]:
        """Third parties whose agreement tokens of the organisation carry."""
        call = self._of(documents.THIRD_PARTIES, slug, "the third-party configurations")
        path = ("organization", "thirdPartyConfigurations")
        return await self._graph.nodes(call, path, ThirdParty)

    async def replays(self, slug: str) -> Replays:
        """From where requests may be replayed to the organisation's apps."""
        call = self._of(documents.REPLAYS, slug, "the replay settings")
        return await self._graph.one(call, ("organization",), Replays)

    async def tokens(self, slug: str) -> tuple[LimitedAccessToken, ...]:
        """Tokens of the whole organisation; those of single apps are not among them."""
        call = self._of(documents.ORGANIZATION_TOKENS, slug, "the tokens")
        path = ("organization", "limitedAccessTokens")
        return await self._graph.nodes(call, path, LimitedAccessToken)

    async def billing(self, slug: str) -> Billing:
        call = self._of(documents.BILLING, slug, "the support plan")
        return await self._graph.one(call, ("organization",), Billing)

    async def personal_tokens(self) -> tuple[PersonalToken, ...]:
        """The personal tokens of whoever looks; nobody else's can be seen."""
        call = self._graph.call(documents.PERSONAL_TOKENS, "your personal tokens")
        return await self._graph.nodes(call, ("accessTokens",), PersonalToken)

    def _of(self, document: Document, slug: str, what: str) -> Call:
        return self._graph.call(document, f"{what} of {slug}", {"slug": slug}, organization=slug)
