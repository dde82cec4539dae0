"""Volumes and their snapshots."""

from flytui.demo.problems import Conflict, Invalid
from flytui.demo.state import App, Snapshot, Volume
from flytui.demo.world import World


def create(  # noqa: PLR0913 - the fields of the request
    world: World,
    app: App,
    *,
    name: str,
    region: str,
    size_gb: int = 1,
    encrypted: bool = True,
    snapshot_retention: int = 5,
    auto_backup_enabled: bool = True,
) -> Volume:
    if all(known.code != region for known in world.regions):
        raise Invalid(f"region {region} not found")
    volume = Volume(
        id=world.ids.prefixed("vol"),
        name=name,
        region=region,
        size_gb=size_gb,
        created_at=world.now,
        zone=world.ids.hexadecimal(4),
        encrypted=encrypted,
        snapshot_retention=snapshot_retention,
        auto_backup_enabled=auto_backup_enabled,
    )
    app.volumes[volume.id] = volume
    return volume


def update(
    volume: Volume, *, snapshot_retention: int | None, auto_backup_enabled: bool | None
) -> None:
    """None leaves a setting as it is."""
    if snapshot_retention is not None:
        volume.snapshot_retention = snapshot_retention
    if auto_backup_enabled is not None:
        volume.auto_backup_enabled = auto_backup_enabled


def extend(volume: Volume, size_gb: int) -> bool:
    """Makes it larger, never smaller; says whether its Machine must restart."""
    if size_gb <= volume.size_gb:
        raise Invalid(f"volume is already {volume.size_gb} GB")
    volume.size_gb = size_gb
    return False


def destroy(app: App, volume: Volume) -> None:
    if volume.attached_machine_id:
        raise Conflict(f"volume {volume.id} is attached to machine {volume.attached_machine_id}")
    del app.volumes[volume.id]


def snapshot(world: World, volume: Volume) -> Snapshot:
    taken = Snapshot(
        id=world.ids.prefixed("vs"),
        created_at=world.now,
        size=volume.size_gb * 104_857_600,
        volume_size=volume.size_gb * 1_073_741_824,
        digest=world.ids.hexadecimal(64),
        retention_days=volume.snapshot_retention,
    )
    volume.snapshots.append(taken)
    return taken
