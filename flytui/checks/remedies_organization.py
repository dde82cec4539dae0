"""What can be done about organisations, their members and their tokens."""

import re
from dataclasses import replace
from decimal import Decimal

from flytui.checks.manual import dashboard, organization_page
from flytui.expiry import UNATTENDED, UNATTENDED_WORDS
from flytui.fly.models import App, LimitedAccessToken
from flytui.remedy import Blank, Command, Link, Remedy, Step, Steps

_SLUG = r"[a-z0-9][a-z0-9-]*"
_EMAIL = r"[^\s@]+@[^\s@]+"
_ISOLATION = "https://fly.io/docs/blueprints/staging-prod-isolation/"


def team(app: App) -> Link:
    """Roles have no command."""
    return dashboard(
        app,
        "team",
        "Open the organisation's team",
        "Admins change roles there; fewer people should enter production than staging.",
    )


def move(name: str, organization: str) -> Command:
    """Move an app; `fly` does not move Fly Postgres."""
    return Command(
        argv=("fly", "apps", "move", name, "-o", "{organization}", "--yes"),
        title=f"Move {name} to another organisation",
        filled=f"Move {name} to {{organization}}",
        why=f"Members, tokens and the network of {organization} then end at production.",
        changes=f"{name} leaves {organization} with its secrets, volumes and certificates; its"
        " Machines restart, and it is down meanwhile. fly starts its agent, which stays in the"
        f" background, and adds a WireGuard peer of this machine to {organization}.",
        alters=frozenset({"app", "organization_apps", "postgres_apps", "attachments"}),
        dependents=(
            f"Apps that reach {name} over the private network of {organization} lose it.",
            "Upstash and Tigris extensions have to be made anew.",
        ),
        cost_per_month_usd=Decimal(0),
        undo=f"fly apps move {name} -o {organization}, with the same downtime",
        fly_asks="nothing, as --yes answers whether to move the app and restart its Machines",
        target=f"app {name} of {organization}",
        blanks=(Blank("organization", "Organisation to move it to", _other_than(organization)),),
    )


def _other_than(slug: str) -> str:
    """Any organisation but the one it is in: `fly` moves an app to where it is, and restarts it."""
    return f"(?!{re.escape(slug)}$){_SLUG}"


def _one_of(values: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, values)) or _EMAIL


def organization_for_staging(app: App) -> tuple[Remedy, ...]:
    """An organisation for staging beside this one, if there is none yet."""
    base = app.organization.raw_slug.removesuffix("-production").removesuffix("-prod")
    return (
        _create(f"{base}-staging", "Staging then has people, tokens and a network of its own."),
        Link(_ISOLATION, "Read how staging and production are kept apart", _WHY_APART),
    )


def organization_of_its_own(app: App) -> tuple[Remedy, ...]:
    """An organisation for production, away from somebody's personal one."""
    read = Link(_ISOLATION, "Read how staging and production are kept apart", _WHY_APART)
    return (*_into_its_own(app), read)


def _into_its_own(app: App) -> tuple[Command, Command, Command]:
    """Make it, let somebody else in, and move the app there."""
    name = f"{app.name}-production"
    why = "Others can be invited to it, and it does not depend on one person's account."
    moved = move(app.name, app.organization.slug)
    blanks = tuple(replace(blank, suggestions=(name,)) for blank in moved.blanks)
    gain = "Production then has people, tokens and a network of its own."
    return _create(name, why), invite(name), replace(moved, why=gain, blanks=blanks)


def steps_to_its_own(app: App, *, exists: bool | None) -> tuple[Steps, ...]:
    """`exists` says whether the organisation is there; None where that cannot be seen."""
    create, others, moved = _into_its_own(app)
    steps = (
        Step(create, f"the organisation {app.name}-production, with a card", exists),
        Step(others, "somebody beside you in it"),
        Step(moved, f"{app.name} in it"),
    )
    why = "Without it there is nowhere to move to, and without a card nothing runs there."
    return (Steps(f"Give {app.name} an organisation of its own", why, steps),)


def invite(slug: str) -> Command:
    """Ask somebody in. `fly` exits with 0 even when it knows no such organisation."""
    return Command(
        argv=("fly", "orgs", "invite", slug, "{email}"),
        title=f"Invite somebody to {slug}",
        filled=f"Invite {{email}} to {slug}",
        why="Whoever may look after production is not one person alone.",
        changes=f"An invitation to {slug} goes out; whoever accepts it is a member, not an admin.",
        alters=frozenset({"members", "siblings"}),
        cost_per_month_usd=Decimal(0),
        undo=f"fly orgs remove {slug} with the address, once they have accepted",
        target=f"members of {slug}",
        blanks=(Blank("email", "E-mail address", _EMAIL),),
    )


_WHY_APART = "An organisation draws a line that neither people nor tokens nor traffic cross."


def _create(name: str, why: str) -> Command:
    return Command(
        argv=("fly", "orgs", "create", name),
        title=f"Create the organisation {name}",
        why=why,
        changes=f"A new organisation {name} with you as its admin. It needs a card or a linked"
        " billing organisation before anything can be deployed.",
        alters=frozenset({"organizations", "siblings"}),
        cost_per_month_usd=Decimal(0),
        undo=f"fly orgs delete {name}",
        target=f"organisation {name}",
    )


def disable_cross_network_replays(app: App) -> Command:
    slug = app.organization.slug
    return Command(
        argv=("fly", "orgs", "cross-network-replays", "disable", "-o", slug, "--yes"),
        title="Disallow replays between networks",
        why=f"A custom network of {slug} then keeps out requests replayed from the others.",
        changes=f"Requests replayed from one network of {slug} into another fail with 502.",
        alters=frozenset({"replays"}),
        dependents=("Routers that send fly-replay to apps in other networks stop working.",),
        cost_per_month_usd=Decimal(0),
        undo=f"fly orgs cross-network-replays enable -o {slug}",
        fly_asks="nothing, as --yes answers whether to disable them",
        target=f"replay setting of {slug}",
    )


def remove_replay_source(app: App, source: str) -> Command:
    slug = app.organization.slug
    return Command(
        argv=("fly", "orgs", "replay-sources", "remove", source, "-o", slug, "--yes"),
        title=f"Remove the replay source {source}",
        why=f"Apps of {source} can then no longer have requests replayed to {slug}.",
        changes=f"Requests replayed from {source} fail with 502.",
        alters=frozenset({"replays"}),
        dependents=(f"Routers in {source} that replay to {slug} stop working.",),
        cost_per_month_usd=Decimal(0),
        undo=f"fly orgs replay-sources add {source} -o {slug}",
        fly_asks="nothing, as --yes answers whether to remove it",
        target=f"replay source {source} of {slug}",
    )


def revoke(token: LimitedAccessToken, owner: str, fact: str) -> Command:
    """Revoke a token. `fly` does not ask, and exits with 0 even when nothing was revoked."""
    return Command(
        argv=("fly", "tokens", "revoke", token.id),
        title=f"Revoke {token.name}",
        why="Whoever holds it can then no longer use it.",
        changes=f"The token {token.name} of {owner} is refused from now on.",
        alters=frozenset({fact}),
        dependents=("Pipelines and tools that use it fail until they get another.",),
        cost_per_month_usd=Decimal(0),
        reversible=False,
        undo="no: a new token has another value",
        target=f"token {token.id} {token.name} of {token.user_email}",
    )


def deploy_token(app: App) -> Command:
    """A token of this app alone, for what deploys it."""
    return _token(
        app,
        ("deploy", "-a", app.name, "-n", "ci"),
        f"Create a deploy token for {app.name}",
        f"It may change {app.name} and nothing else.",
        "app_tokens",
    )


def reading_token(app: App) -> Command:
    """A token that reads the organisation, for what watches it."""
    slug = app.organization.slug
    return _token(
        app,
        ("readonly", "-o", slug, "-n", "monitoring-read-only"),
        f"Create a read-only token for {slug}",
        "Monitoring needs to read, and nothing else.",
        "organization_tokens",
    )


def _token(app: App, words: tuple[str, ...], title: str, why: str, fact: str) -> Command:
    return Command(
        argv=("fly", "tokens", "create", *words, "-x", UNATTENDED),
        title=title,
        why=why,
        changes="1 more token, printed once: hand it over at once. " + UNATTENDED_WORDS,
        alters=frozenset({fact}),
        cost_per_month_usd=Decimal(0),
        undo="fly tokens revoke with the token's id",
        target=f"tokens of {app.name}",
        prints_secret=True,
    )


def remove_member(app: App, emails: tuple[str, ...]) -> Command:
    """Take one of them out. `fly` exits with 0 even when it knows no such member."""
    slug = app.organization.slug
    return Command(
        argv=("fly", "orgs", "remove", slug, "{email}"),
        title=f"Remove a member from {slug}",
        filled=f"Remove {{email}} from {slug}",
        why="They can then no longer reach production with their own login.",
        changes=f"One member less in {slug}. Tokens they made go on to work: revoke those as well.",
        alters=frozenset({"members", "second_factors"}),
        cost_per_month_usd=Decimal(0),
        undo=f"fly orgs invite {slug} with the address, which they have to accept",
        target=f"members of {slug}",
        blanks=(Blank("email", "E-mail address", _one_of(emails), suggestions=emails),),
    )


def tokens_page(app: App) -> Link:
    return Link(
        organization_page(app, "tokens"),
        "Open the organisation's tokens",
        "It shows each token's name, owner and expiry.",
    )


def personal_tokens_page() -> Link:
    return Link(
        "https://fly.io/user/personal_access_tokens",
        "Open your personal tokens",
        "What runs without you should have a deploy token of its own; delete these afterwards.",
    )
