"""Releases, organisations and Managed Postgres in the words of `/api/v1`."""

from flytui.demo.rest.shapes import moment
from flytui.demo.state import Backup, Json, Organization, PostgresCluster, Release
from flytui.demo.world import World


def release_document(release: Release) -> Json:
    return {
        "id": release.id,
        "version": release.version,
        "stable": release.stable,
        "in_progress": release.status in {"pending", "running"},
        "status": release.status,
        "strategy": release.strategy,
        "user": release.user.email,
        "created_at": moment(release.created_at),
        "image_ref": release.image_ref or "",
    }


def organization_document(organization: Organization) -> Json:
    return {
        "id": organization.id,
        "internal_numeric_id": organization.internal_numeric_id,
        "slug": organization.slug,
        "raw_slug": organization.raw_slug,
        "name": organization.name,
        "personal": organization.type == "PERSONAL",
        "paid_plan": organization.paid_plan,
        "billable": organization.paid_plan,
        "billing_status": organization.billing_status,
        "provisions_beta_extensions": False,
        "remote_builder_image": "",
    }


def cluster_document(world: World, cluster: PostgresCluster) -> Json:
    """A cluster as the second generation's routes tell it."""
    organization = world.organization(cluster.organization)
    attached = [world.apps[name] for name in cluster.attached_apps if name in world.apps]
    return {
        "id": cluster.id,
        "mpgd_cluster_id": f"mpgd-{cluster.id}",
        "name": cluster.name,
        "engine": "postgres",
        "region": cluster.region,
        "status": cluster.status,
        "plan": cluster.plan,
        "disk": cluster.disk_gb,
        "replicas": cluster.replicas,
        "organization": {
            "id": organization.id,
            "slug": organization.slug,
            "name": organization.name,
        },
        "ip_assignments": {"direct": cluster.address},
        "attached_apps": [{"name": app.name, "id": app.internal_numeric_id} for app in attached],
    }


def listed_cluster_document(world: World, cluster: PostgresCluster) -> Json:
    """A cluster in a listing of both generations: it says which it is of."""
    document = cluster_document(world, cluster)
    del document["engine"]
    if cluster.version == 1:
        document["mpgd_cluster_id"] = ""
    return document | {"version": cluster.version}


def public_cluster_document(world: World, cluster: PostgresCluster) -> Json:
    """A cluster as the public Machines API projects it."""
    organization = world.organization(cluster.organization)
    endpoint = {"host": f"direct.{cluster.id}.flympg.net", "port": 5432}
    pooler = {"host": f"pgbouncer.{cluster.id}.flympg.net", "port": 5432}
    return {
        "id": cluster.id,
        "name": cluster.name,
        "status": cluster.status,
        "region": cluster.region,
        "plan": cluster.plan,
        "disk_size_gb": cluster.disk_gb,
        "replicas": cluster.replicas,
        "pg_major_version": str(cluster.pg_major_version),
        "postgis_enabled": False,
        "endpoints": {"primary": {"direct": endpoint, "pooler": pooler}},
        "organization": {"name": organization.name, "slug": organization.raw_slug},
        "created_at": moment(cluster.created_at),
        "attached_apps": [{"name": name} for name in cluster.attached_apps],
    }


def credentials_document(cluster: PostgresCluster) -> Json:
    """A login that opens nothing: there is no database behind the demo."""
    host = f"pgbouncer.{cluster.id}.flympg.net"
    return {
        "status": "ready",
        "user": "fly-user",
        "password": "demo-only",
        "dbname": "fly-db",
        "pgbouncer_uri": f"postgresql://fly-user:demo-only@{host}/fly-db",
    }


def backup_document(backup: Backup) -> Json:
    return {
        "id": backup.id,
        "status": backup.status,
        "type": backup.type,
        "start": moment(backup.started_at),
        "stop": moment(backup.stopped_at) if backup.stopped_at else "",
    }
