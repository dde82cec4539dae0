"""Managed Postgres: clusters, backups, restores, attachments."""

from flytui.demo.problems import Invalid, Missing
from flytui.demo.state import App, Backup, Organization, PostgresCluster
from flytui.demo.world import World

PLANS = ("basic", "starter", "launch", "scale", "performance")


def create(  # noqa: PLR0913 - the fields of the request
    world: World,
    organization: Organization,
    *,
    name: str,
    region: str,
    plan: str = "basic",
    disk_gb: int = 10,
    pg_major_version: int = 17,
) -> PostgresCluster:
    if all(known.code != region or not known.postgres for known in world.regions):
        raise Invalid(f"region {region} does not offer Managed Postgres")
    if plan not in PLANS:
        raise Invalid(f"plan {plan} does not exist")
    cluster = PostgresCluster(
        id=world.ids.slug(),
        name=name,
        organization=organization.slug,
        region=region,
        created_at=world.now,
        plan=plan,
        disk_gb=disk_gb,
        replicas=0 if plan == "basic" else 1,
        pg_major_version=pg_major_version,
    )
    world.clusters[cluster.id] = cluster
    return cluster


def destroy(cluster: PostgresCluster) -> None:
    """It leaves the list and joins that of the deleted."""
    cluster.deleted = True
    cluster.status = "deleted"


def back_up(world: World, cluster: PostgresCluster, kind: str = "full") -> Backup:
    if kind not in {"full", "incr"}:
        raise Invalid(f"backup type {kind} does not exist")
    taken = Backup(
        world.ids.slug(), world.now, world.now, "incr" if kind == "incr" else "full", "completed"
    )
    cluster.backups.insert(0, taken)
    return taken


def restore(
    world: World, cluster: PostgresCluster, *, backup_id: str | None, name: str | None
) -> PostgresCluster:
    """A new cluster beside the source, billed on its own; without a backup, from a moment."""
    if backup_id and all(one.id != backup_id for one in cluster.backups):
        raise Missing("not_found")
    restored = create(
        world,
        world.organization(cluster.organization),
        name=name or f"{cluster.name}-restored",
        region=cluster.region,
        plan=cluster.plan,
        disk_gb=cluster.disk_gb,
        pg_major_version=cluster.pg_major_version,
    )
    restored.replicas = cluster.replicas
    return restored


def attach(cluster: PostgresCluster, app: App) -> None:
    if app.name not in cluster.attached_apps:
        cluster.attached_apps.append(app.name)


def detach(cluster: PostgresCluster, app: App) -> None:
    if app.name in cluster.attached_apps:
        cluster.attached_apps.remove(app.name)
