"""What Fly.io offers and measures: regions, sizes, Managed Postgres, extensions, series."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass
class Backup:
    id: str
    started_at: datetime
    stopped_at: datetime | None
    type: Literal["full", "incr"] = "full"
    status: str = "completed"


@dataclass
class PostgresCluster:
    """A Managed Postgres cluster."""

    id: str
    name: str
    organization: str
    region: str
    created_at: datetime
    plan: str = "basic"
    status: str = "ready"
    disk_gb: int = 10
    replicas: int = 1
    version: Literal[1, 2] = 2
    pg_major_version: int = 17
    address: str = "fdaa:0:18::3"
    attached_apps: list[str] = field(default_factory=list)
    backups: list[Backup] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=lambda: {"fly-user": "schema_admin"})
    """Name → `schema_admin`, `writer` or `reader`."""
    databases: list[str] = field(default_factory=lambda: ["fly-db"])
    deleted: bool = False


@dataclass
class AddOn:
    id: str
    name: str
    type: str
    """`sentry`, `arcjet`, `upstash_redis`, `tigris` …"""
    organization: str
    app: str | None = None
    status: str = "ready"
    plan: str | None = None
    primary_region: str | None = None
    error_message: str | None = None
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Region:
    code: str
    name: str
    latitude: float
    longitude: float
    gateway_available: bool = True
    requires_paid_plan: bool = False
    deprecated: bool = False
    postgres: bool = False
    """Managed Postgres is offered there."""


@dataclass
class VmSize:
    name: str
    cpu_kind: Literal["shared", "performance"]
    cpus: int
    memory_mb: int
    price_month: float


@dataclass
class Series:
    """One Prometheus series: a flat value, or samples by age."""

    metric: str
    labels: dict[str, str]
    value: float
    """The latest value."""
    past: list[float] = field(default_factory=list)
    """Older values, newest first; where shorter than asked for, the last repeats."""
    minutes: int = 1
    """How far the values are apart."""
