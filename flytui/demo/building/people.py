"""Organisations, the people in them and the tokens they made."""

from datetime import datetime

from flytui.demo.changes import tokens
from flytui.demo.moments import moment
from flytui.demo.state import (
    App,
    Json,
    Member,
    Organization,
    PersonalToken,
    Scope,
    ThirdParty,
    Token,
    User,
)
from flytui.demo.world import World


def at(world: World, table: Json, key: str, default: str) -> datetime:
    """A table's time, or the default's."""
    return moment(table.get(key, default), world.now)


def user(world: World, email: str | None) -> User:
    """The person with this address; the first of all when none is named."""
    return next(one for one in world.users if email in {None, one.email})


def build_organization(world: World, table: Json) -> Organization:
    raw_slug: str = table["slug"]
    organization = Organization(
        id=world.ids.slug(),
        internal_numeric_id=world.ids.number(),
        slug="personal" if table.get("type") == "PERSONAL" else raw_slug,
        raw_slug=raw_slug,
        name=str(table.get("name", raw_slug)),
        type=table.get("type", "SHARED"),
        billing_status=table.get("billing_status", "CURRENT"),
        paid_plan=table.get("paid_plan", True),
        support_email=table.get("support_email"),
        members=[_member(world, one) for one in table.get("members", [])],
        third_parties=[_third_party(world, one) for one in table.get("third_parties", [])],
        sign_on=table.get("sign_on"),
        cross_network_replays=table.get("cross_network_replays", False),
        replay_sources=list(table.get("replay_sources", [])),
        silent_regions=table.get("silent_regions", []),
    )
    world.organizations[organization.slug] = organization
    world.users += [_left(one) for one in table.get("former_members", [])]
    organization.tokens = [build_token(world, one, organization) for one in table.get("tokens", [])]
    return organization


def _member(world: World, table: Json) -> Member:
    known = [one for one in world.users if one.email == table["email"]]
    if not known:
        name, factor = table.get("name", ""), table.get("two_factor", False)
        known = [User(world.ids.slug(), table["email"], name, factor)]
        world.users += known
    for one in table.get("personal_tokens", []):
        made = at(world, one, "created", "300 days ago")
        known[0].personal_tokens.append(PersonalToken(_pat(one["name"]), one["name"], made))
    return Member(known[0], table.get("role", "MEMBER"), at(world, table, "joined", "1 year ago"))


def _left(table: Json) -> User:
    """Somebody whose tokens outlived their membership."""
    return User(f"user-{table['email']}", table["email"], table.get("name", ""))


def _third_party(world: World, table: Json) -> ThirdParty:
    return ThirdParty(
        id=f"third-party-{table['name']}",
        name=table["name"],
        location=table.get("location", "https://auth.fly.io"),
        created_at=at(world, table, "created", "100 days ago"),
        caveats=list(table.get("caveats", [])),
        flyctl_level=table.get("level", "REQUIRED"),
    )


def build_token(
    world: World, table: Json, organization: Organization, app: App | None = None
) -> Token:
    """A token of an app, or of the whole organisation."""
    expires_at = at(world, table, "expires", "in 20 years")
    read_only = table.get("read_only", False)
    return Token(
        id=world.ids.slug(),
        name=table["name"],
        value=tokens.value(world, organization, app, expires_at, read_only=read_only),
        scope=Scope((organization.slug,), (app.name,) if app else None, read_only),
        user=user(world, table.get("user")),
        created_at=at(world, table, "created", "60 days ago"),
        expires_at=expires_at,
        profile="deploy" if app else table.get("profile", "deploy_organization"),
        profile_params={"app_id": app.id} if app else None,
        revoked_at=at(world, table, "revoked", "now") if "revoked" in table else None,
    )


def _pat(name: str) -> str:
    return f"pat-{'-'.join(name.split())}"
