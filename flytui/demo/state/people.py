"""Organisations, the people in them, and the tokens they made."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from flytui.demo.state.json import Json


@dataclass
class User:
    id: str
    email: str
    name: str
    two_factor: bool = False
    personal_tokens: "list[PersonalToken]" = field(default_factory=list)


@dataclass
class PersonalToken:
    """Good for everything its owner may do, without an end."""

    id: str
    name: str
    created_at: datetime
    type: str = "pat"


@dataclass
class Member:
    user: User
    role: Literal["ADMIN", "MEMBER"]
    joined_at: datetime


@dataclass
class Invitation:
    id: str
    email: str
    created_at: datetime
    redeemed: bool = False


@dataclass
class Peer:
    """A WireGuard peer: one machine that may enter the private network."""

    id: str
    name: str
    region: str
    network: str | None
    address: str
    public_key: str
    gateway_key: str


@dataclass
class ThirdParty:
    """A third party whose agreement tokens of the organisation carry."""

    id: str
    name: str
    location: str
    created_at: datetime
    caveats: list[Json]
    flyctl_level: str = "REQUIRED"
    custom_level: str = "DISABLED"
    uiex_level: str = "REQUIRED"


@dataclass
class Scope:
    """What a token may touch."""

    organizations: tuple[str, ...]
    """Slugs."""
    apps: tuple[str, ...] | None = None
    """Names; None: every app of the organisations."""
    read_only: bool = False


@dataclass
class Token:
    """A token in the listing of its app or organisation, or what somebody signed in with."""

    id: str
    name: str
    value: str
    """As it is written into FLY_ACCESS_TOKEN, without a scheme."""
    scope: Scope
    user: User
    created_at: datetime
    expires_at: datetime
    profile: str = "deploy"
    profile_params: Json | None = None
    revoked_at: datetime | None = None
    session: bool = False
    """A person's login: in no listing."""


@dataclass
class Organization:
    id: str
    internal_numeric_id: int
    slug: str
    """`personal` for a personal organisation."""
    raw_slug: str
    name: str
    type: Literal["PERSONAL", "SHARED"] = "SHARED"
    billing_status: str = "CURRENT"
    paid_plan: bool = True
    support_email: str | None = None
    members: list[Member] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    peers: list[Peer] = field(default_factory=list)
    third_parties: list[ThirdParty] = field(default_factory=list)
    sign_on: str | None = None
    """The company whose identity every session has to confirm: `Google` or `GitHub`."""
    cross_network_replays: bool = False
    replay_sources: list[str] = field(default_factory=list)
    remote_builder: str | None = None
    silent_regions: list[str] = field(default_factory=list)
    """Regions that do not answer when the organisation's Machines are listed."""
