"""A world with one app in it, as the facts tell of that app."""

from dataclasses import dataclass
from typing import TypeVar

from flytui.demo import copied
from flytui.demo.identifiers import Identifiers
from flytui.demo.scenario import furnish, login
from flytui.demo.state import AddOn, App, Member, Organization, PostgresCluster, ThirdParty, User
from flytui.demo.state.people import PersonalToken, Scope
from flytui.demo.world import World
from flytui.facts import app as apps
from flytui.facts import machines, network, organization, postgres
from flytui.facts.fact import Fact, Unseen
from flytui.fly.models import App as SeenApp
from flytui.fly.models.people import Billing, Replays
from flytui.store import FactStore

T = TypeVar("T")

LEFT_OUT = (
    "other apps of the organisation, other organisations, and what is deployed to them",
    "measurements, logs and traffic",
    "values of secrets and of the environment; names are there",
    "backups and snapshots",
    "DNS: configured hostnames are taken to point at every public address of the app",
)
"""What no copy holds, whatever the token may see."""


@dataclass(frozen=True)
class Copy:
    world: World
    token: str
    """What the simulator is asked with."""
    unseen: tuple[str, ...]
    """What could not be copied because it could not be seen, a sentence each."""


async def copy(store: FactStore) -> Copy:
    """The app as it is seen. Raises FlyError when the app itself cannot be."""
    seen = await store.get(apps.app)
    copying = _Copying(store, seen)
    await copying.fill()
    return Copy(copying.world, login(copying.world), tuple(copying.unseen))


class _Copying:
    """Fills a world of its own from the facts, and keeps what was missing."""

    def __init__(self, store: FactStore, seen: SeenApp) -> None:
        self.world = World(clock=lambda: store.now, ids=Identifiers(f"copy of {seen.name}"))
        self.unseen: list[str] = []
        self._store = store
        self._seen = seen
        self._users: dict[str, User] = {}
        furnish(self.world)

    async def fill(self) -> None:
        own = await self._organization()
        self.world.organizations[own.slug] = own
        app = await self._app(own)
        self.world.apps[app.name] = app
        await self._extras(own)
        self.world.users = list(self._users.values())

    async def _ask(self, fact: Fact[T], instead: T) -> T:
        seen = await self._store.attempt(fact)
        if isinstance(seen, Unseen):
            self.unseen.append(f"{fact.source}: {seen.cause}")
            return instead
        return seen.value

    async def _organization(self) -> Organization:
        owner = self._seen.organization
        own = Organization(
            id=owner.id,
            internal_numeric_id=owner.internal_numeric_id or self.world.ids.number(),
            slug=owner.slug,
            raw_slug=owner.raw_slug,
            name=owner.name,
            type=owner.type,
        )
        await self._people(own)
        replays = await self._ask(organization.replays, _NO_REPLAYS)
        own.cross_network_replays = replays.allow_all_cross_network_replays
        own.replay_sources = list(replays.allowed_replay_source_org_slugs)
        billing = await self._ask(organization.billing, _NO_BILLING)
        own.paid_plan, own.billing_status = billing.paid_plan, billing.billing_status
        own.support_email = billing.paid_support_email
        scope = Scope((own.slug,))
        listed = await self._ask(organization.organization_tokens, ())
        own.tokens = [copied.token(one, scope, self._users) for one in listed]
        return own

    async def _people(self, own: Organization) -> None:
        factors = {f.email: f.two_factor for f in await self._ask(organization.second_factors, ())}
        members = await self._ask(organization.members, ())
        for one in members:
            user = User(one.email, one.email, "", factors.get(one.email, False))
            self._users[one.email] = user
            own.members.append(Member(user, one.role, one.joined_at))
        me = next(iter(self._users.values()), None)
        if me is None:
            me = self._users.setdefault("somebody", User("somebody", "somebody@example.com", ""))
            own.members.append(Member(me, "ADMIN", self.world.now))
        personal = await self._ask(organization.personal_tokens, None)
        me.personal_tokens = [
            PersonalToken(one.id, one.name, one.created_at, one.type) for one in personal or ()
        ]
        parties = await self._ask(organization.third_parties, ())
        own.third_parties = [
            ThirdParty(p.id, p.name, p.location, self.world.now, [], p.flyctl_level)
            for p in parties
        ]

    async def _app(self, own: Organization) -> App:
        seen, world = self._seen, self.world
        user = next(iter(self._users.values()))
        listed = await self._ask(apps.releases, ())
        released = copied.releases(seen, listed, user)
        app = App(
            id=seen.id,
            internal_numeric_id=seen.internal_numeric_id,
            name=seen.name,
            organization=own.slug,
            created_at=released[0].created_at if released else world.now,
            network=seen.network or "default",
            role=seen.role.name if seen.role else None,
            suspended=seen.status == "suspended",
            releases=released,
        )
        copied.addresses(world, app, await self._ask(network.addresses, ()))
        await self._machines(app)
        await self._certificates(app)
        app.secrets = {
            one.name: copied.secret(world, one) for one in await self._ask(machines.secrets, ())
        }
        scope = Scope((own.slug,), (app.name,))
        tokens = await self._ask(apps.app_tokens, ())
        app.tokens = [copied.token(one, scope, self._users) for one in tokens]
        return app

    async def _machines(self, app: App) -> None:
        placement = await self._store.attempt(machines.placement)
        hosts = {} if isinstance(placement, Unseen) else placement.value.hosts
        for one in await self._ask(machines.machines, ()):
            app.machines[one.id] = copied.machine(self.world, one, hosts.get(one.id))
        for each in await self._ask(machines.volumes, ()):
            app.volumes[each.id] = copied.volume(each)

    async def _certificates(self, app: App) -> None:
        told = {one.hostname: one for one in await self._ask(network.certificate_details, ())}
        for one in await self._ask(network.certificates, ()):
            made = copied.certificate(self.world, app, one, told.get(one.hostname))
            app.certificates[one.hostname] = made

    async def _extras(self, own: Organization) -> None:
        app = self._seen.name
        kinds = {"sentry": apps.sentry_add_ons, "arcjet": organization.arcjet_add_ons}
        for kind, fact in kinds.items():
            for one in await self._ask(fact, ()):
                made = AddOn(one.id, one.name or "", kind, own.slug, app, one.status or "")
                self.world.add_ons.append(made)
        for cluster in await self._ask(postgres.clusters, ()):
            made_cluster = PostgresCluster(
                cluster.id,
                cluster.name,
                own.slug,
                cluster.region,
                self.world.now,
                cluster.plan,
                cluster.status,
                replicas=cluster.replicas,
                attached_apps=[each.name for each in cluster.attached_apps],
            )
            made_cluster.version = 1 if cluster.version == 1 else 2
            self.world.clusters[cluster.id] = made_cluster


_NO_REPLAYS = Replays(allow_all_cross_network_replays=False, allowed_replay_source_org_slugs=())
_NO_BILLING = Billing(paid_support_email=None, paid_plan=False, billing_status="CURRENT")
