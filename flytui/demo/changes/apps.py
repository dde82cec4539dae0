"""Apps, invitations and extensions."""

from flytui.demo.problems import Invalid
from flytui.demo.state import AddOn, App, Invitation, Json, Organization
from flytui.demo.world import World

_VARIABLES = {
    "sentry": "SENTRY_DSN",
    "arcjet": "ARCJET_KEY",
    "upstash_redis": "REDIS_URL",
}
_BUCKET = {
    "AWS_ACCESS_KEY_ID": "tid_demo_not_a_key",
    "AWS_SECRET_ACCESS_KEY": "tsec_demo_not_a_key",
    "AWS_ENDPOINT_URL_S3": "https://storage.example.com",
    "AWS_REGION": "auto",
}
"""What comes with a bucket, besides its name."""


def create(world: World, organization: Organization, name: str, network: str = "") -> App:
    """App names are one namespace for everybody."""
    if name in world.apps:
        raise Invalid("Name has already been taken", "name_taken")
    app = App(
        id=world.ids.slug(),
        internal_numeric_id=world.ids.number(),
        name=name,
        organization=organization.slug,
        created_at=world.now,
        network=network or "default",
    )
    world.apps[name] = app
    return app


def destroy(world: World, app: App) -> None:
    del world.apps[app.name]


def invite(world: World, organization: Organization, email: str) -> Invitation:
    if "@" not in email:
        raise Invalid("Email is invalid")
    if any(member.user.email == email for member in organization.members):
        raise Invalid("Email is already a member of this organization")
    invitation = Invitation(world.ids.slug(), email, world.now)
    organization.invitations.append(invitation)
    return invitation


def add_extension(  # noqa: PLR0913 - the fields of the request
    world: World,
    organization: Organization,
    type_: str,
    *,
    name: str | None = None,
    app: App | None = None,
    region: str | None = None,
) -> AddOn:
    """Provisions it at once, with the variables its SDK reads."""
    if app and world.add_ons_of(app=app, type_=type_):
        raise Invalid(f"A {type_} extension already exists for app {app.name}")
    owner = app.name if app else organization.slug
    name = name or f"{owner}-{type_}"
    add_on = AddOn(
        id=world.ids.slug(),
        name=name,
        type=type_,
        organization=organization.slug,
        app=app.name if app else None,
        primary_region=region,
        environment=_environment(type_, name),
    )
    world.add_ons.append(add_on)
    return add_on


def _environment(type_: str, name: str) -> Json:
    if type_ == "tigris":
        return {"BUCKET_NAME": name, **_BUCKET}
    variable = _VARIABLES.get(type_)
    return {variable: f"https://{type_}.example.com/demo"} if variable else {}
