"""Facts of Postgres: managed clusters and their backups, and Fly Postgres apps people run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from flytui.expiry import LOOKING
from flytui.facts.app import app, organization_apps
from flytui.facts.fact import Ask, Needs, Unseen, fact
from flytui.facts.machines import machines, secrets, volumes
from flytui.facts.organization import claims
from flytui.fly import documents
from flytui.fly.errors import FlyError, Refused, Unreachable
from flytui.text import unbroken

if TYPE_CHECKING:
    from flytui.fly.models import Machine, Volume
    from flytui.fly.models.postgres import Attachment, Backup, Cluster, Snapshot

T = TypeVar("T")
_CLUSTERS = 2
"""Backups of so many clusters are looked at."""
_POSTGRES_APPS = 3
"""Attachments to so many Fly Postgres apps are looked at."""
_VOLUMES = 2
"""Snapshots of so many volumes are looked at."""
_DATABASE = re.compile(
    r"(?:^|_)DATABASE_UR[IL]$|(?:^|_)POSTGRES(?:QL)?_UR[IL]$|^PG(?:HOST|DATABASE|USER|PASSWORD)$"
    r"|^(?:DB|DATABASE|POSTGRES)_(?:HOST|DSN)$"
)
_ARCHIVE = "S3_ARCHIVE_CONFIG"
"""The secret without which a Fly Postgres app sends no backups anywhere."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What the app was given of the Fly Postgres apps of its organisation."""

    given: tuple[tuple[str, tuple[Attachment, ...]], ...]
    """By Fly Postgres app."""
    skipped: tuple[str, ...] = ()
    """Fly Postgres apps that were not looked into."""

    @property
    def names(self) -> tuple[str, ...]:
        """The Fly Postgres apps that the app uses."""
        return tuple(name for name, given in self.given if given)


@dataclass(frozen=True, slots=True)
class Unmanaged:
    """A Fly Postgres app that the app uses, and the Machines it runs on."""

    name: str
    machines: tuple[Machine, ...]


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of one managed cluster."""

    cluster: Cluster
    taken: tuple[Backup, ...] | Unseen


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the organisation's managed backups."""

    looked: tuple[Backups, ...]
    skipped: tuple[Cluster, ...] = ()
    """Clusters whose backups were not looked at."""
    destroyed: tuple[Cluster, ...] | Unseen = ()
    others: tuple[Cluster, ...] = ()
    """Clusters that the app is not attached to, where it is attached to some."""


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The snapshots of one volume."""

    volume: Volume
    taken: tuple[Snapshot, ...] | Unseen


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of the data in an app's volumes."""

    app: str
    volumes: tuple[Snapshots, ...]
    skipped: tuple[Volume, ...] = ()
    """Volumes whose snapshots were not looked at."""
    archived: bool = False
    """Backups also go to object storage, apart from the volumes."""


@fact("secrets and environment of the app")
async def database_names(ask: Ask) -> tuple[str, ...]:
    """Names of secrets and variables that lead to a database, such as DATABASE_URL."""
    running = [machine for machine in await ask.get(machines) if machine.counts]
    names = {secret.name for secret in await ask.get(secrets)}
    for machine in running:
        settings = machine.settings
        names |= set(settings.env)
        names |= {key for process in settings.processes for key in process.env}
        names |= {key for container in settings.containers for key in container.env}
    found = tuple(sorted({unbroken(name) for name in names if _DATABASE.search(name)}))
    if not found and any(machine.partial for machine in running):
        raise Unreachable(
            "The environment of a Machine cannot be read while its host does not answer.",
            "Look again when the host answers; `fly status` names it.",
        )
    return found


@fact("/api/v1/organizations/{organisation}/postgres", needs=Needs.MANAGED_POSTGRES)
async def clusters(ask: Ask) -> tuple[Cluster, ...]:
    """The organisation's Managed Postgres clusters. Never empty for a token that may not know."""
    organization = (await ask.get(app)).organization.raw_slug
    found = await ask.fly.postgres.clusters(organization)
    if not found and (await ask.get(claims)).of_apps:
        raise Refused(
            "A token of single apps was told of no Managed Postgres, which proves nothing.",
            f"One that would be told: `fly tokens create readonly {organization} -x {LOOKING}`.",
        )
    return found


@fact("/api/v1/postgresv2/{cluster}/backups", needs=Needs.MANAGED_POSTGRES)
async def backups(ask: Ask) -> History:
    """Backups of the clusters the app is attached to, of any where it is to none; two at most."""
    organization = (await ask.get(app)).organization.raw_slug
    every = await ask.get(clusters)
    chosen = [c for c in every if c.attached(ask.app)] or list(every)
    looked, skipped = tuple(chosen[:_CLUSTERS]), tuple(chosen[_CLUSTERS:])
    others = tuple(cluster for cluster in every if cluster not in chosen)
    if not looked:
        return History(())
    taken, destroyed = await ask.once(
        "backups",
        " ".join(cluster.id for cluster in looked),
        lambda: ask.fly.postgres.history(looked, organization),
    )
    pairs = zip(looked, taken, strict=True)
    return History(
        tuple(Backups(cluster, _told(answer)) for cluster, answer in pairs),
        skipped,
        _told(destroyed),
        others,
    )


@fact("GraphQL app.organization.apps", needs=Needs.ORGANIZATION)
async def postgres_apps(ask: Ask) -> tuple[str, ...]:
    """Fly Postgres apps of the organisation, which their owners run themselves."""
    found = await ask.get(organization_apps)
    return tuple(sorted(each.name for each in found if each.app_role == "postgres_cluster"))


@fact("GraphQL postgresAttachments", needs=Needs.ORGANIZATION, query=documents.ATTACHMENTS)
async def attachments(ask: Ask) -> Attached:
    """What the app was given of Fly Postgres apps, of three at most."""
    names = tuple(name for name in await ask.get(postgres_apps) if name != ask.app)
    found = await ask.fly.postgres.attachments(ask.app, names[:_POSTGRES_APPS])
    return Attached(tuple(found.items()), names[_POSTGRES_APPS:])


@fact("Machines API /v1/apps/{postgres}/machines", needs=Needs.ORGANIZATION)
async def unmanaged(ask: Ask) -> Unmanaged | None:
    """The first Fly Postgres app that the app uses, with its Machines; None where it uses none."""
    used = (await ask.get(attachments)).names
    if not used:
        return None
    found = await ask.once("unmanaged", used[0], lambda: ask.fly.machines(used[0]))
    return Unmanaged(used[0], found)


@fact("Machines API /v1/apps/{postgres}/volumes", needs=Needs.ORGANIZATION)
async def postgres_volumes(ask: Ask) -> tuple[str, tuple[Volume, ...]] | None:
    """The volumes of the Fly Postgres app that this app most likely uses, by the names."""
    names = [name for name in await ask.get(postgres_apps) if name != ask.app]
    likely = next((name for name in names if name.startswith(ask.app)), next(iter(names), None))
    return (likely, await _volumes(ask, likely)) if likely else None


async def _volumes(ask: Ask, owner: str) -> tuple[Volume, ...]:
    return await ask.once("postgres_volumes", owner, lambda: ask.fly.volumes(owner))


@fact("Machines API /v1/apps/{postgres}/volumes/{volume}/snapshots", needs=Needs.ORGANIZATION)
async def unmanaged_snapshots(ask: Ask) -> Kept | None:
    """Snapshots of the attached Fly Postgres app's volumes, two at most; None without one."""
    # Before the attachments are known: a guess that mostly holds saves waiting once more.
    likely = await ask.get(postgres_volumes)
    used = (await ask.get(attachments)).names
    if not used:
        return None
    name = used[0]
    own = likely[1] if likely and likely[0] == name else await _volumes(ask, name)
    chosen = in_use(own)
    looked, skipped = chosen[:_VOLUMES], chosen[_VOLUMES:]
    ids = tuple(volume.id for volume in looked)
    names, answers = await ask.once(
        "unmanaged_snapshots", " ".join((name, *ids)), lambda: ask.fly.kept(name, ids)
    )
    archived = any(secret.name == _ARCHIVE for secret in names)
    return Kept(name, _of(looked, answers), skipped, archived)


@fact("Machines API /v1/apps/{app}/volumes/{volume}/snapshots")
async def snapshots(ask: Ask) -> Kept:
    """Snapshots of the app's own volumes, two at most."""
    chosen = in_use(await ask.get(volumes))
    looked = await _snapshots(ask, ask.app, chosen[:_VOLUMES])
    return Kept(ask.app, looked, chosen[_VOLUMES:])


def in_use(every: tuple[Volume, ...]) -> tuple[Volume, ...]:
    """Those attached to a Machine; all where none is."""
    return tuple(v for v in every if v.attached_machine_id) or every


async def _snapshots(ask: Ask, owner: str, chosen: tuple[Volume, ...]) -> tuple[Snapshots, ...]:
    return _of(chosen, await ask.fly.postgres.snapshots(owner, tuple(v.id for v in chosen)))


def _of(
    volumes: tuple[Volume, ...], answers: list[tuple[Snapshot, ...] | FlyError]
) -> tuple[Snapshots, ...]:
    return tuple(Snapshots(v, _told(answer)) for v, answer in zip(volumes, answers, strict=True))


def _told(answer: T | FlyError) -> T | Unseen:
    return Unseen(answer.cause, answer.cure) if isinstance(answer, FlyError) else answer
