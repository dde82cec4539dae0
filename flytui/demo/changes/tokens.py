"""Making and revoking tokens."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flytui.demo.macaroons import app_token, organization_token
from flytui.demo.problems import Invalid, Missing
from flytui.demo.state import App, Json, Organization, Scope, Token, User
from flytui.demo.world import World

_YEARS = timedelta(hours=175_200)
"""What Fly.io gives when nobody says otherwise: twenty years."""


def create(  # noqa: PLR0913 - the fields of the request
    world: World,
    user: User,
    organization: Organization,
    *,
    name: str,
    profile: str = "deploy",
    profile_params: Json | None = None,
    lifetime: timedelta = _YEARS,
) -> Token:
    """A token listed under its app (`deploy` with an `app_id`) or else its organisation."""
    app = _app(world, organization, profile, profile_params)
    token = Token(
        id=world.ids.slug(),
        name=name,
        value=value(world, organization, app, world.now + lifetime),
        scope=Scope((organization.slug,), (app.name,) if app else None),
        user=user,
        created_at=world.now,
        expires_at=world.now + lifetime,
        profile=profile,
        profile_params=profile_params,
    )
    (app or organization).tokens.append(token)
    return token


def revoke(
    world: World,
    allowed: Callable[[Token], bool],
    *,
    token_id: str | None = None,
    value: str | None = None,
) -> Token:
    """From now on the token is refused; it stays listed, with the time."""
    for token in world.tokens():
        if token.session or not allowed(token):
            continue
        if token.id == token_id or (value is not None and token.value == value):
            token.revoked_at = token.revoked_at or world.now
            return token
    raise Missing("Could not find token")


def value(
    world: World,
    organization: Organization,
    app: App | None,
    expires_at: datetime,
    *,
    read_only: bool = False,
) -> str:
    """A macaroon for the organisation, or for one app of it."""
    octets, number = world.ids.octets(), organization.internal_numeric_id
    if app is None:
        return organization_token(octets, number, expires_at, read_only=read_only)
    return app_token(octets, number, app.internal_numeric_id, expires_at)


def _app(world: World, organization: Organization, profile: str, params: Json | None) -> App | None:
    if profile != "deploy":
        return None
    if not params or "app_id" not in params:
        raise Invalid("profileParams must name an app_id")
    app = world.app(str(params["app_id"]))
    if app.organization != organization.slug:
        raise Invalid("The app is in another organization")
    return app
