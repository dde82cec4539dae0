"""The item `production-grade-postgres`: the app's data lives where somebody looks after it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flytui.checks import remedies_postgres as remedies
from flytui.checks.check import check
from flytui.checks.concerns import Concern, blind, of_resources, weighed
from flytui.checks.services import tooling
from flytui.checks.words import count, listed
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts import postgres as facts
from flytui.facts.fact import Unseen, optional
from flytui.facts.postgres import Attached, Unmanaged
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.models import App, Machine
from flytui.fly.models.postgres import Cluster
from flytui.remedy import Remedy

_SMALL = frozenset({"basic", "starter", "development"})
"""Plans with shared CPUs and little memory."""


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    names: tuple[str, ...] | Unseen
    clusters: tuple[Cluster, ...] | Unseen
    apps: tuple[str, ...] | Unseen
    attached: Attached | Unseen
    unmanaged: Unmanaged | Unseen | None
    machines: tuple[Machine, ...] | Unseen

    @property
    def managed(self) -> tuple[Cluster, ...]:
        """Managed clusters on record as the app's."""
        known = () if isinstance(self.clusters, Unseen) else self.clusters
        return tuple(cluster for cluster in known if cluster.attached(self.app.name))

    @property
    def own(self) -> tuple[str, ...]:
        """Fly Postgres apps on record as the app's."""
        return () if isinstance(self.attached, Unseen) else self.attached.names

    @property
    def region(self) -> str:
        """The app's primary region; empty where its release does not tell."""
        release = self.app.current_release
        definition = release.config_definition if release else None
        return str((definition or {}).get("primary_region") or "")

    @property
    def regions(self) -> tuple[str, ...]:
        """Where the app is: its primary region or, where none is told, those of its Machines."""
        machines = () if isinstance(self.machines, Unseen) else self.machines
        there = sorted({machine.region for machine in machines if machine.counts})
        return (self.region,) if self.region else tuple(there)


@check(
    "production-grade-postgres",
    facts_app.app,
    optional(facts.database_names),
    optional(facts.clusters),
    optional(facts.postgres_apps),
    optional(facts.attachments),
    optional(facts.unmanaged),
    optional(facts_machines.machines),
)
def production_grade_postgres(  # noqa: PLR0913, PLR0917  (a check takes each fact it names)
    app: App,
    names: tuple[str, ...] | Unseen,
    clusters: tuple[Cluster, ...] | Unseen,
    apps: tuple[str, ...] | Unseen,
    attached: Attached | Unseen,
    unmanaged: Unmanaged | Unseen | None,
    machines: tuple[Machine, ...] | Unseen,
) -> Finding:
    """The app is attached to a ready Managed Postgres cluster of its own region, with a replica.

    A Fly Postgres app that the app was given a database of is something to do: Fly.io does not
    support it. No replica, a plan meant for trying out (basic, starter), another region, or a
    status other than ready is advice. Attachments are kept on record by `fly mpg attach`; a
    DATABASE_URL set by hand or by `fly launch` is not, and then a person has to tell. An OAuth
    token alone is told of no clusters, which is never taken for none.

    Follows https://fly.io/docs/mpg/ and
    https://fly.io/docs/postgres/getting-started/what-you-should-know/.
    """
    if kind := tooling(app):
        return Finding(Status.NOT_APPLICABLE, f"{app.name} is {kind}, made by fly for its own use.")
    if app.role is not None and app.role.name == "postgres_cluster":
        return _of_postgres(app, machines)
    case = _Case(app, names, clusters, apps, attached, unmanaged, machines)
    rows = (*_clusters(case), *_postgres_apps(case))
    if not case.managed and not case.own:
        return _without(case, rows)
    return weighed(
        _concerns(case, rows),
        f"{app.name} is attached to {listed(c.name for c in case.managed)}, Managed Postgres.",
        evidence=_evidence(case),
        resources=rows,
    )


def _concerns(case: _Case, rows: tuple[Resource, ...]) -> Iterator[Concern]:
    yield from of_resources(rows, Status.ACTION, "{number} Fly Postgres apps serve as database.")
    yield from of_resources(rows, Status.ADVICE, "{number} clusters could be better.")
    yield from blind(case.clusters)
    yield from blind(case.attached)
    if case.managed and not case.region:
        yield from blind(case.machines)
    yield from _skipped(case)


def _skipped(case: _Case) -> Iterator[Concern]:
    if isinstance(case.attached, Attached) and case.attached.skipped:
        skipped = count(len(case.attached.skipped), "Fly Postgres app")
        unseen = Unseen(
            f"{skipped} of the organisation were not looked into.",
            "Look with `fly postgres list` and `fly postgres db list`, and review by hand.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)


def _without(case: _Case, rows: tuple[Resource, ...]) -> Finding:
    """No attachment on record, which proves nothing where a database is used."""
    concerns = [*blind(case.names), *blind(case.clusters), *blind(case.attached), *_skipped(case)]
    seen = _evidence(case)
    if not concerns and not case.names:
        summary = f"{case.app.name} has no DATABASE_URL and is attached to no Postgres."
        return Finding(Status.NOT_APPLICABLE, summary, evidence=seen, resources=rows)
    if not concerns:
        concerns.append(_guess(case))
    return weighed(concerns, "", evidence=seen, resources=rows)


def _guess(case: _Case) -> Concern:
    """Where a database address leads that is not on record."""
    names = listed(case.names) if not isinstance(case.names, Unseen) else "DATABASE_URL"
    number = len(case.names) if not isinstance(case.names, Unseen) else 1
    managed = () if isinstance(case.clusters, Unseen) else case.clusters
    own = () if isinstance(case.apps, Unseen) else case.apps
    page = (remedies.managed_page(case.app),)
    if managed and not own:
        words = listed(cluster.name for cluster in managed)
        sentence = f"{names} probably {_lead(number)} to {words}, but no attachment is on record."
        return Concern(Status.ADVICE, sentence, (*_attach(case), *page))
    if own:
        sentence = f"{names} may lead to {listed((*own, *(c.name for c in managed)))}: see which."
        return Concern(
            Status.MANUAL, sentence, (*page, *remedies.managed_instead(case.app, case.region))
        )
    sentence = f"{names} {_lead(number)} out of {case.app.organization.slug}: say who runs it."
    return Concern(Status.MANUAL, sentence, page)


def _attach(case: _Case) -> tuple[Remedy, ...]:
    """For each managed cluster; not where the secret's name is taken, or nobody can tell."""
    if isinstance(case.names, Unseen) or remedies.ATTACHED in case.names:
        return ()
    managed = () if isinstance(case.clusters, Unseen) else case.clusters
    return tuple(remedies.attach(case.app, cluster) for cluster in managed)


def _lead(number: int) -> str:
    return "leads" if number == 1 else "lead"


def _clusters(case: _Case) -> tuple[Resource, ...]:
    known = () if isinstance(case.clusters, Unseen) else case.clusters
    return tuple(_cluster(case, cluster) for cluster in known)


def _cluster(case: _Case, cluster: Cluster) -> Resource:
    lacking = tuple(_lacking(case, cluster)) if cluster in case.managed else ()
    used = "holds this app's data" if cluster in case.managed else "is not attached to this app"
    return Resource(
        "Managed Postgres cluster",
        f"{cluster.name} ({cluster.id})",
        Status.ADVICE if lacking else Status.OK,
        f"{cluster.name} {listed(lacking) if lacking else used}.",
        (
            evidence("Plan", cluster.plan, facts.clusters),
            evidence("Region", cluster.region, facts.clusters),
            evidence("Replicas", str(cluster.replicas), facts.clusters),
            evidence("Status", cluster.status, facts.clusters),
            evidence("Attached", listed(a.name for a in cluster.attached_apps), facts.clusters),
        ),
        (remedies.cluster_page(case.app, cluster),) if lacking else (),
    )


def _lacking(case: _Case, cluster: Cluster) -> Iterator[str]:
    if cluster.status != "ready":
        yield f"is {cluster.status} instead of ready"
    if cluster.replicas < 1:
        yield "has no replica"
    if cluster.plan.lower() in _SMALL:
        yield f"has the small plan {cluster.plan}"
    if case.regions and cluster.region not in case.regions:
        yield f"is in {cluster.region} while the app is in {listed(case.regions)}"


def _postgres_apps(case: _Case) -> tuple[Resource, ...]:
    known = () if isinstance(case.apps, Unseen) else case.apps
    return tuple(_postgres_app(case, name) for name in known)


def _postgres_app(case: _Case, name: str) -> Resource:
    if name not in case.own:
        words = f"{name} has given {case.app.name} no database that is on record."
        return Resource("Fly Postgres app", name, Status.OK, words)
    given = dict(case.attached.given)[name] if isinstance(case.attached, Attached) else ()
    seen = tuple(
        evidence(
            "Database", f"{a.database_name} as {a.environment_variable_name}", facts.attachments
        )
        for a in given
    )
    return Resource(
        "Fly Postgres app",
        name,
        Status.ACTION,
        f"{name} is Postgres that you run yourselves, and holds data of {case.app.name}.",
        (*seen, *_running(case, name)),
        (*_attach(case), *remedies.managed_instead(case.app, case.region)),
    )


def _running(case: _Case, name: str) -> tuple[Evidence, ...]:
    """What makes the unmanaged app frailer still."""
    if not isinstance(case.unmanaged, Unmanaged) or case.unmanaged.name != name:
        return ()
    number, sleeps = _frailty(case.unmanaged.machines)
    words = "scales to zero" if sleeps else "always on"
    return (
        evidence("Machines", str(number), facts.unmanaged),
        evidence("Scaling", words, facts.unmanaged),
    )


def _frailty(machines: tuple[Machine, ...]) -> tuple[int, bool]:
    """How many Machines hold the data, and whether they may all stop."""
    own = [machine for machine in machines if machine.counts]
    return len(own), any("FLY_SCALE_TO_ZERO" in machine.settings.env for machine in own)


def _of_postgres(app: App, machines: tuple[Machine, ...] | Unseen) -> Finding:
    """The profile of a Fly Postgres app itself: never better than advice."""
    said = Concern(
        Status.ADVICE,
        f"{app.name} is Postgres that you run yourselves: Fly.io does not support it.",
        remedies.managed_instead(app, ""),
    )
    if isinstance(machines, Unseen):
        return weighed((said, *blind(machines)), "")
    number, sleeps = _frailty(machines)
    seen = (
        evidence("Machines", str(number), facts_machines.machines),
        evidence("Scaling", "scales to zero" if sleeps else "always on", facts_machines.machines),
    )
    concerns = [said]
    if number < 2:
        words = f"{app.name} has {count(number, 'Machine')}: when its host fails, it is down."
        concerns.append(Concern(Status.ACTION, words, said.remedies))
    if sleeps:
        words = f"{app.name} scales to zero, as a database for development does."
        concerns.append(Concern(Status.ACTION, words, said.remedies))
    return weighed(concerns, "", evidence=seen)


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    if not isinstance(case.names, Unseen):
        words = listed(case.names) or "none"
        found.append(evidence("Names of database addresses", words, facts.database_names))
    if not isinstance(case.clusters, Unseen):
        words = f"{len(case.clusters)}, {len(case.managed)} of them attached"
        found.append(evidence("Managed Postgres clusters", words, facts.clusters))
    if not isinstance(case.apps, Unseen):
        words = f"{len(case.apps)}, {len(case.own)} of them in use"
        found.append(evidence("Fly Postgres apps", words, facts.postgres_apps))
    return tuple(found)
