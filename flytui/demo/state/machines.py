"""Machines, their leases and volumes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from flytui.demo.state.json import Json


@dataclass
class Lease:
    nonce: str
    owner: str
    expires_at: datetime


@dataclass
class Machine:
    id: str
    name: str
    region: str
    config: Json
    instance_id: str
    private_ip: str
    created_at: datetime
    updated_at: datetime
    host: str
    """Which of Fly.io's hosts it is on; two with the same value fall together."""
    state: str = "started"
    host_status: str = "ok"
    image_ref: Json = field(default_factory=dict)
    events: list[Json] = field(default_factory=list)
    """Newest first, as the Machines API tells them."""
    checks: list[Json] = field(default_factory=list)
    """`name, status, output, updated_at` (RFC 3339)."""
    cordoned: bool = False
    lease: Lease | None = None
    postgres_role: Literal["primary", "replica"] | None = None
    """Of a Machine that runs Postgres for its owners."""

    @property
    def group(self) -> str:
        return str(self.config.get("metadata", {}).get("fly_process_group", "app"))

    @property
    def alive(self) -> bool:
        return self.state not in {"destroyed", "destroying"}


@dataclass
class Snapshot:
    id: str
    created_at: datetime
    size: int
    volume_size: int
    digest: str
    status: str = "created"
    retention_days: int = 5


@dataclass
class Volume:
    id: str
    name: str
    region: str
    size_gb: int
    created_at: datetime
    state: str = "created"
    zone: str = "a1b2"
    encrypted: bool = True
    attached_machine_id: str | None = None
    snapshot_retention: int = 5
    auto_backup_enabled: bool = True
    host_status: str = "ok"
    snapshots: list[Snapshot] = field(default_factory=list)
