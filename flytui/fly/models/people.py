"""Who is in an organisation and what it requires, allows and pays for."""

import json
from typing import Annotated, Literal

from pydantic import AliasPath, BeforeValidator, Field

from flytui.fly.models.base import GraphModel, NullAsEmpty, Text, Time


class Member(GraphModel):
    """A person in an organisation: an edge of GraphQL's `members`."""

    email: Text = Field(validation_alias=AliasPath("node", "email"))
    role: Literal["ADMIN", "MEMBER"]
    joined_at: Time

    @property
    def admin(self) -> bool:
        return self.role == "ADMIN"


class Factor(GraphModel):
    """Whether a member signs in with a second factor, where the token may know."""

    email: Text = Field(validation_alias=AliasPath("node", "email"))
    two_factor: bool = Field(validation_alias=AliasPath("node", "twoFactorProtection"))


def _flat(value: object) -> object:
    """Caveats have no documented shape: kept as text, to look for words in."""
    return json.dumps(value)


class ThirdParty(GraphModel):
    """A third party whose agreement tokens of the organisation carry."""

    id: Text
    name: Text
    location: Text
    flyctl_level: Text
    """For sessions of `fly`: `REQUIRED`, `DISABLED`, or something one may opt into or out of."""
    custom_level: Text
    """For tokens made by `fly tokens create`."""
    uiex_level: Text
    """For sessions of the dashboard."""
    caveats: Annotated[Text, BeforeValidator(_flat)]


class Replays(GraphModel):
    """Which other networks and organisations may have requests replayed to this one's apps."""

    allow_all_cross_network_replays: bool
    allowed_replay_source_org_slugs: Annotated[tuple[Text, ...], NullAsEmpty]


class PersonalToken(GraphModel):
    """A token of the person who looks, good for everything they may; it has no expiry."""

    id: Text
    name: Text
    type: Text
    created_at: Time


class Billing(GraphModel):
    """What the organisation pays for, and whether it does."""

    paid_support_email: Text | None
    paid_plan: bool
    billing_status: Text
    """GraphQL `BillingStatus`: `CURRENT`, `PAST_DUE`, `TRIAL_ENDED`, `SUSPENDED`…"""
