"""Organisations: made, left, opened to replays; and apps that move between them."""

from flytui.demo.problems import Invalid, Missing
from flytui.demo.state import App, Member, Organization, User
from flytui.demo.world import World


def create(world: World, owner: User, name: str) -> Organization:
    """An organisation with one member, who is its admin. Its slug comes from its name."""
    slug = "-".join(name.lower().split())
    if not slug:
        raise Invalid("Name can't be blank")
    if slug in world.organizations:
        raise Invalid("Slug has already been taken")
    made = Organization(
        id=world.ids.slug(),
        internal_numeric_id=world.ids.number(),
        slug=slug,
        raw_slug=slug,
        name=name,
        billing_status="SOURCE_REQUIRED",
        paid_plan=False,
        members=[Member(owner, "ADMIN", world.now)],
    )
    world.organizations[slug] = made
    _reach(world, owner, slug)
    return made


def remove(organization: Organization, user_id: str) -> User:
    """Take somebody out; the tokens they made stay."""
    for member in organization.members:
        if member.user.id == user_id:
            organization.members.remove(member)
            return member.user
    raise Missing("Could not find Membership")


def move(app: App, organization: Organization) -> None:
    """The app with all it has; its Machines restart."""
    if app.role == "postgres_cluster":
        raise Invalid("Postgres apps cannot be moved")
    app.organization = organization.slug
    app.network = "default"


def _reach(world: World, owner: User, slug: str) -> None:
    """Whoever is signed in sees the new organisation at once."""
    for session in world.sessions:
        if session.user is owner:
            session.scope.organizations = (*session.scope.organizations, slug)
