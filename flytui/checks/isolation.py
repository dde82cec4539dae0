"""The item `isolation`: nothing of staging or testing lives beside production."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flytui import naming
from flytui.checks import remedies_organization as remedies
from flytui.checks.check import check
from flytui.checks.concerns import Concern, blind, of_resources, weighed
from flytui.checks.words import count, listed
from flytui.facts import app as facts_app
from flytui.facts import network as facts_network
from flytui.facts import organization as facts
from flytui.facts.fact import Unseen, optional
from flytui.facts.organization import Sibling
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.claims import Claims
from flytui.fly.models import Address, App, Organization, OrganizationApp
from flytui.fly.models.people import Member, Replays
from flytui.remedy import Steps

_BUILDER = "remote-docker-builder"
_POSTGRES = "postgres_cluster"
_MOST = 50
"""Neighbours with a row of their own: what a thousand apps say of each other fits nowhere."""


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    claims: Claims
    apps: tuple[OrganizationApp, ...] | Unseen
    organizations: tuple[Organization, ...] | Unseen
    siblings: tuple[Sibling, ...] | Unseen
    members: tuple[Member, ...] | Unseen
    replays: Replays | Unseen
    addresses: tuple[Address, ...] | Unseen

    @property
    def own(self) -> Organization:
        return self.app.organization

    @property
    def rehearsing(self) -> bool:
        """Whether the app itself says that it is not production."""
        return naming.rehearsal(self.app.name) or naming.rehearsal(self.own.raw_slug)

    @property
    def neighbours(self) -> tuple[OrganizationApp, ...]:
        """The organisation's other apps, without those `fly` made for its own use."""
        known = () if isinstance(self.apps, Unseen) else self.apps
        return tuple(
            each
            for each in known
            if each.name != self.app.name
            and each.app_role != _BUILDER
            and not naming.tooling(each.name)
        )

    @property
    def misplaced(self) -> tuple[OrganizationApp, ...]:
        """Neighbours on the other side of the line than the app."""
        if naming.rehearsal(self.app.name):
            return tuple(each for each in self.neighbours if naming.production(each.name))
        return tuple(each for each in self.neighbours if naming.rehearsal(each.name))


@check(
    "isolation",
    facts_app.app,
    facts.claims,
    optional(facts_app.organization_apps),
    optional(facts.organizations),
    optional(facts.siblings),
    optional(facts.members),
    optional(facts.replays),
    optional(facts_network.addresses),
)
def isolation(  # noqa: PLR0913, PLR0917  (a check takes each fact it names)
    app: App,
    claims: Claims,
    apps: tuple[OrganizationApp, ...] | Unseen,
    organizations: tuple[Organization, ...] | Unseen,
    siblings: tuple[Sibling, ...] | Unseen,
    members: tuple[Member, ...] | Unseen,
    replays: Replays | Unseen,
    addresses: tuple[Address, ...] | Unseen,
) -> Finding:
    """Production has an organisation of its own, which staging and testing cannot reach.

    The app counts as production unless its name says otherwise. Names tell: staging, stage, stg,
    uat, preview, review, dev, test, qa, sandbox, demo or a pull request's number on one side.
    Such an app beside this one is something to do on the same private network, advice on another:
    networks part traffic, not people and tokens. Replays from every network or from a staging
    organisation, a Flycast address in somebody else's network, a production organisation in which
    everybody is an admin, or with the very members of staging, and a personal organisation are
    advice. A token that shows one organisation leaves open where staging is.

    Follows https://fly.io/docs/blueprints/staging-prod-isolation/.
    """
    case = _Case(app, claims, apps, organizations, siblings, members, replays, addresses)
    rows = (*_organizations(case), *_apps(case))
    finding = weighed(
        _concerns(case, rows),
        f"{app.organization.slug} holds nothing of staging or testing; that lives elsewhere.",
        evidence=_evidence(case),
        resources=rows,
    )
    return replace(finding, steps=_steps(case, finding))


def _steps(case: _Case, finding: Finding) -> tuple[Steps, ...]:
    """From a personal organisation to one of the app's own, where that is offered."""
    if not set(remedies.organization_of_its_own(case.app)) <= set(finding.remedies):
        return ()
    if isinstance(case.organizations, Unseen):
        return remedies.steps_to_its_own(case.app, exists=None)
    names = {each.raw_slug for each in case.organizations}
    return remedies.steps_to_its_own(case.app, exists=f"{case.app.name}-production" in names)


def _concerns(case: _Case, rows: tuple[Resource, ...]) -> Iterator[Concern]:
    apps = tuple(row for row in rows if row.kind == "app")
    number = "At least {number}" if len(case.misplaced) > _MOST else "{number}"
    beside = f"{number} apps beside {case.app.name} are on the other side of production."
    yield from of_resources(apps, Status.ACTION, beside)
    yield from of_resources(apps, Status.ADVICE, beside)
    yield from blind(case.apps)
    yield from _of_settings(case)
    yield from _of_people(case)
    yield from _elsewhere(case)


def _of_settings(case: _Case) -> Iterator[Concern]:
    slug = case.own.slug
    yield from blind(case.replays)
    yield from blind(case.addresses)
    if not isinstance(case.replays, Unseen):
        if case.replays.allow_all_cross_network_replays:
            yield Concern(
                Status.ADVICE,
                f"Apps of any network may have requests replayed into every network of {slug}.",
                (remedies.disable_cross_network_replays(case.app),),
            )
        sources = [s for s in case.replays.allowed_replay_source_org_slugs if naming.rehearsal(s)]
        if sources:
            yield Concern(
                Status.ADVICE,
                f"{listed(sources)} may have requests replayed to apps of {slug}.",
                tuple(remedies.remove_replay_source(case.app, source) for source in sources),
            )
    strangers = _strangers(case)
    if strangers:
        yield Concern(
            Status.ADVICE,
            f"A Flycast address shows {case.app.name} to the organisation {listed(strangers)}.",
        )


def _strangers(case: _Case) -> list[str]:
    """Other organisations in whose networks the app has a Flycast address."""
    known = () if isinstance(case.addresses, Unseen) else case.addresses
    own = {case.own.slug, case.own.raw_slug}
    named = {each.network_organization for each in known if not each.public}
    return sorted(slug for slug in named if slug is not None and slug not in own)


def _of_people(case: _Case) -> Iterator[Concern]:
    if case.rehearsing:
        return
    slug = case.own.slug
    if case.own.personal:
        yield Concern(
            Status.ADVICE,
            f"{case.app.name} lives in a personal organisation, which is for personal projects.",
            remedies.organization_of_its_own(case.app),
        )
        return
    yield from blind(case.members)
    yield from blind(case.siblings)
    people = () if isinstance(case.members, Unseen) else case.members
    plain_first = sorted(people, key=lambda member: member.admin)
    emails = tuple(member.email for member in plain_first)
    team = (remedies.team(case.app), remedies.remove_member(case.app, emails))
    if len(people) > 1 and all(member.admin for member in people):
        yield Concern(Status.ADVICE, f"All {len(people)} members of {slug} are admins.", team)
    for sibling in () if isinstance(case.siblings, Unseen) else case.siblings:
        same = {m.email for m in sibling.members} == {m.email for m in people}
        if same and len(people) > 1:
            other = sibling.organization.slug
            yield Concern(Status.ADVICE, f"{slug} and {other} have the same members.", team)


def _elsewhere(case: _Case) -> Iterator[Concern]:
    """Where staging is, if not here: told by the names of the other organisations."""
    if case.misplaced or case.own.personal:
        return
    if isinstance(case.organizations, Unseen):
        yield from blind(case.organizations)
        return
    others = [o for o in case.organizations if o.id != case.own.id]
    apart = naming.production if case.rehearsing else naming.rehearsal
    if any(apart(other.raw_slug) for other in others):
        return
    if not others and not case.claims.everywhere:
        unseen = Unseen(
            f"This token shows {case.own.slug} alone, so that staging elsewhere is out of sight.",
            "Sign in with `fly auth login` as somebody who is in all organisations, or say in a"
            " review where staging is.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
        return
    yield Concern(
        Status.MANUAL,
        f"No organisation for staging is in sight among {count(len(others) + 1, 'organisation')}:"
        " say where changes are tried out.",
        remedies.organization_for_staging(case.app),
    )


def _apps(case: _Case) -> tuple[Resource, ...]:
    """A row for each neighbour; of a great many, those out of place go before the others."""
    wrong = {each.name for each in case.misplaced}
    first = sorted(case.neighbours, key=lambda each: each.name not in wrong)[:_MOST]
    shown = {each.name for each in first}
    return tuple(
        _app(case, each, misplaced=each.name in wrong)
        for each in case.neighbours
        if each.name in shown
    )


def _app(case: _Case, each: OrganizationApp, *, misplaced: bool) -> Resource:
    seen = (evidence("Network", each.network, facts_app.organization_apps),)
    if not misplaced:
        return Resource("app", each.name, Status.OK, f"{each.name} may stay.", seen)
    shared = each.network == (case.app.network or "default")
    where = "private network" if shared else "organisation"
    movable = each.app_role != _POSTGRES
    return Resource(
        "app",
        each.name,
        Status.ACTION if shared else Status.ADVICE,
        f"{each.name} shares the {where} of {case.app.name}.",
        seen,
        (remedies.move(each.name, case.own.slug),) if movable else (),
    )


def _organizations(case: _Case) -> tuple[Resource, ...]:
    known = (case.own,) if isinstance(case.organizations, Unseen) else case.organizations
    siblings = () if isinstance(case.siblings, Unseen) else case.siblings
    people = {each.organization.id: each.members for each in siblings}
    if not isinstance(case.members, Unseen):
        people[case.own.id] = case.members
    return tuple(_organization(case, each, people.get(each.id)) for each in known)


def _organization(case: _Case, each: Organization, people: tuple[Member, ...] | None) -> Resource:
    own = each.id == case.own.id
    role = "holds this app" if own else "is another organisation"
    seen = [evidence("Type", each.type.lower(), facts.organizations)]
    if people is not None:
        admins = sum(member.admin for member in people)
        seen.append(evidence("Members", f"{len(people)}, {admins} of them admins", facts.members))
    return Resource("organisation", each.slug, Status.OK, f"{each.slug} {role}.", tuple(seen))


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    if not isinstance(case.apps, Unseen):
        words = listed(each.name for each in case.misplaced) or "none"
        found.append(evidence("Apps out of place", words, facts_app.organization_apps))
        if (beyond := len(case.neighbours) - _MOST) > 0:
            wrong = max(len(case.misplaced) - _MOST, 0)
            words = f"{count(beyond, 'more app')}, {wrong} of them out of place"
            found.append(evidence("Not listed below", words, facts_app.organization_apps))
    if not isinstance(case.replays, Unseen):
        words = "allowed" if case.replays.allow_all_cross_network_replays else "not allowed"
        found.append(evidence("Replays from every network", words, facts.replays))
        sources = listed(case.replays.allowed_replay_source_org_slugs) or "none"
        found.append(evidence("Replays from organisations", sources, facts.replays))
    return tuple(found)
