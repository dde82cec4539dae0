"""Apps, addresses, volumes and secrets in the words of the Machines API."""

from flytui.demo.rest.shapes import moment
from flytui.demo.state import Address, App, Json, Secret, Snapshot, Volume
from flytui.demo.world import World


def app_document(world: World, app: App) -> Json:
    organization = world.organization(app.organization)
    document: Json = {
        "id": app.id,
        "name": app.name,
        "internal_numeric_id": app.internal_numeric_id,
        "network": app.network,
        "status": app.status,
        "machine_count": len(world.machines_of(app)),
        "volume_count": len(app.volumes),
        "organization": {
            "name": organization.name,
            "slug": organization.slug,
            "internal_numeric_id": organization.internal_numeric_id,
        },
        "cname_target": app.cname_target,
    }
    return document | ({"app_role": app.role} if app.role else {})


def address_document(address: Address) -> Json:
    return {
        "ip": address.address,
        "region": address.region or "global",
        "service_name": address.service_name or "",
        "shared": address.type == "shared_v4",
        "created_at": moment(address.created_at),
    }


def shared_address_document(app: App, address: str) -> Json:
    """The shared IPv4 address belongs to many apps; it is as old as the app."""
    return {
        "ip": address,
        "region": "global",
        "service_name": "",
        "shared": True,
        "created_at": moment(app.created_at),
    }


def volume_document(volume: Volume) -> Json:
    return {
        "id": volume.id,
        "name": volume.name,
        "state": volume.state,
        "size_gb": volume.size_gb,
        "region": volume.region,
        "zone": volume.zone,
        "encrypted": volume.encrypted,
        "attached_machine_id": volume.attached_machine_id,
        "attached_alloc_id": None,
        "created_at": moment(volume.created_at),
        "host_dedication_id": "",
        "snapshot_retention": volume.snapshot_retention,
        "auto_backup_enabled": volume.auto_backup_enabled,
        "host_status": volume.host_status,
    }


def snapshot_document(snapshot: Snapshot) -> Json:
    return {
        "id": snapshot.id,
        "size": snapshot.size,
        "volume_size": snapshot.volume_size,
        "digest": snapshot.digest,
        "created_at": moment(snapshot.created_at),
        "status": snapshot.status,
        "retention_days": snapshot.retention_days,
    }


def secret_document(secret: Secret) -> Json:
    """Name and digest; the value is never told."""
    return {
        "name": secret.name,
        "digest": secret.digest,
        "created_at": moment(secret.created_at),
        "updated_at": moment(secret.updated_at),
    }
