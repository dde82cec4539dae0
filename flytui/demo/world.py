"""The simulated Fly.io: everything that exists, and how to find it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flytui.demo.identifiers import Identifiers
from flytui.demo.problems import Missing
from flytui.demo.state import (
    AddOn,
    App,
    Machine,
    Organization,
    PostgresCluster,
    Region,
    Release,
    Series,
    Token,
    User,
    VmSize,
    Volume,
)

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class World:
    """All records; `flytui.demo.changes` changes them, the fronts only read and translate."""

    clock: Clock = system_clock
    ids: Identifiers = field(default_factory=lambda: Identifiers("flytui"))
    users: list[User] = field(default_factory=list)
    organizations: dict[str, Organization] = field(default_factory=dict)
    """By slug."""
    apps: dict[str, App] = field(default_factory=dict)
    """By name."""
    clusters: dict[str, PostgresCluster] = field(default_factory=dict)
    add_ons: list[AddOn] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    request_region: str = "iad"
    """Where whoever asks is."""
    vm_sizes: list[VmSize] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    sessions: list[Token] = field(default_factory=list)
    """Tokens in no listing: people's logins."""

    @property
    def now(self) -> datetime:
        return self.clock()

    def app(self, name_or_id: str) -> App:
        """By name or id; flyctl passes the name where an id is asked for."""
        if name_or_id in self.apps:
            return self.apps[name_or_id]
        for app in self.apps.values():
            if name_or_id in {app.name, app.id}:
                return app
        raise Missing(f'Could not find App "{name_or_id}"')

    def organization(self, slug_or_id: str) -> Organization:
        """By slug, raw slug or id."""
        for organization in self.organizations.values():
            if slug_or_id in {organization.slug, organization.raw_slug, organization.id}:
                return organization
        raise Missing(f'Could not find Organization "{slug_or_id}"')

    def apps_of(self, organization: Organization) -> list[App]:
        return [app for app in self.apps.values() if app.organization == organization.slug]

    def machines_of(self, app: App) -> list[Machine]:
        """The Machines of an app that are not destroyed."""
        return [machine for machine in app.machines.values() if machine.alive]

    def machine(self, machine_id: str) -> tuple[App, Machine]:
        for app in self.apps.values():
            if machine_id in app.machines:
                return app, app.machines[machine_id]
        raise Missing(f'Could not find Machine "{machine_id}"')

    def volume(self, volume_id: str) -> tuple[App, Volume]:
        for app in self.apps.values():
            if volume_id in app.volumes:
                return app, app.volumes[volume_id]
        raise Missing(f'Could not find Volume "{volume_id}"')

    def release(self, release_id: str) -> tuple[App, Release]:
        for app in self.apps.values():
            for release in app.releases:
                if release.id == release_id:
                    return app, release
        raise Missing(f'Could not find Release "{release_id}"')

    def cluster(self, cluster_id: str) -> PostgresCluster:
        cluster = self.clusters.get(cluster_id)
        if cluster is None or cluster.deleted:
            raise Missing("not_found")
        return cluster

    def clusters_of(
        self, organization: Organization, *, deleted: bool = False
    ) -> list[PostgresCluster]:
        return [
            cluster
            for cluster in self.clusters.values()
            if cluster.organization == organization.slug and cluster.deleted is deleted
        ]

    def add_ons_of(
        self,
        *,
        organization: Organization | None = None,
        app: App | None = None,
        type_: str | None = None,
    ) -> list[AddOn]:
        return [
            add_on
            for add_on in self.add_ons
            if (organization is None or add_on.organization == organization.slug)
            and (app is None or add_on.app == app.name)
            and (type_ is None or add_on.type == type_)
        ]

    def tokens(self) -> Iterator[Token]:
        """Every token that may be presented, listed or not."""
        yield from self.sessions
        for organization in self.organizations.values():
            yield from organization.tokens
        for app in self.apps.values():
            yield from app.tokens
