"""Facts of the organisation: who is in it, what it requires, its tokens, its support plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flytui.facts.app import app
from flytui.facts.fact import Ask, Needs, fact
from flytui.fly import documents
from flytui.fly.claims import Claims
from flytui.naming import rehearsal

if TYPE_CHECKING:
    from flytui.fly.models import AddOn, LimitedAccessToken, Organization
    from flytui.fly.models.people import Billing, Factor, Member, PersonalToken, Replays, ThirdParty

_SIBLINGS = 2
"""So many other organisations' members are looked at."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another organisation that looks like staging or testing, and who is in it."""

    organization: Organization
    members: tuple[Member, ...]


@fact("the token, decoded here", needs=Needs.NOTHING)
async def claims(ask: Ask) -> Claims:
    """What the token in force says about itself, and which identities its bundle attests to."""
    return await ask.fly.claims()


@fact("GraphQL organizations", needs=Needs.MEMBERSHIP, query=documents.ORGANIZATIONS)
async def organizations(ask: Ask) -> tuple[Organization, ...]:
    """The organisations the token shows; a narrow token shows one or none."""
    return await ask.fly.organizations()


@fact("GraphQL organization.members", needs=Needs.MEMBERSHIP, query=documents.MEMBERS)
async def members(ask: Ask) -> tuple[Member, ...]:
    """Who is in the app's organisation, and in which role."""
    return await ask.fly.people.members((await ask.get(app)).organization.slug)


@fact("GraphQL organization.members", needs=Needs.MEMBERSHIP, query=documents.MEMBERS)
async def siblings(ask: Ask) -> tuple[Sibling, ...]:
    """Other organisations whose names say staging or testing, at most two, with their members."""
    own = (await ask.get(app)).organization.id
    others = [o for o in await ask.get(organizations) if o.id != own and rehearsal(o.raw_slug)]
    found = await ask.fly.people.members_of(tuple(o.slug for o in others[:_SIBLINGS]))
    return tuple(Sibling(o, people) for o, people in zip(others, found, strict=False))


@fact(
    "GraphQL organization.members.twoFactorProtection",
    needs=Needs.MEMBERSHIP,
    query=documents.SECOND_FACTORS,
)
async def second_factors(ask: Ask) -> tuple[Factor, ...]:
    """Which members sign in with a second factor."""
    return await ask.fly.people.second_factors((await ask.get(app)).organization.slug)


@fact(
    "GraphQL organization.thirdPartyConfigurations",
    needs=Needs.MEMBERSHIP,
    query=documents.THIRD_PARTIES,
)
async def third_parties(ask: Ask) -> tuple[ThirdParty, ...]:
    """Third parties whose agreement the organisation's tokens carry."""
    return await ask.fly.people.third_parties((await ask.get(app)).organization.slug)


@fact(
    "GraphQL organization.allowAllCrossNetworkReplays",
    needs=Needs.MEMBERSHIP,
    query=documents.REPLAYS,
)
async def replays(ask: Ask) -> Replays:
    """From where requests may be replayed to the organisation's apps."""
    return await ask.fly.people.replays((await ask.get(app)).organization.slug)


@fact(
    "GraphQL organization.limitedAccessTokens",
    needs=Needs.MEMBERSHIP,
    query=documents.ORGANIZATION_TOKENS,
)
async def organization_tokens(ask: Ask) -> tuple[LimitedAccessToken, ...]:
    """Tokens of the whole organisation, without their values."""
    return await ask.fly.people.tokens((await ask.get(app)).organization.slug)


@fact("GraphQL accessTokens", needs=Needs.MEMBERSHIP, query=documents.PERSONAL_TOKENS)
async def personal_tokens(ask: Ask) -> tuple[PersonalToken, ...] | None:
    """Personal tokens of whoever looks; None for a token that stands for no person."""
    if not (await ask.get(claims)).person:
        return None
    return await ask.fly.people.personal_tokens()


@fact("GraphQL organization.paidSupportEmail", needs=Needs.MEMBERSHIP, query=documents.BILLING)
async def billing(ask: Ask) -> Billing:
    """The support address of a paid plan, and whether the bills are paid."""
    return await ask.fly.people.billing((await ask.get(app)).organization.slug)


@fact("GraphQL app.addOns(type: arcjet)", query=documents.ADD_ONS)
async def arcjet_add_ons(ask: Ask) -> tuple[AddOn, ...]:
    """Arcjet sites provisioned through Fly.io."""
    return await ask.fly.add_ons(ask.app, "arcjet")
