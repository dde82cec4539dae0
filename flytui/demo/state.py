"""What the simulated Fly.io remembers: plain records, changed only by `flytui.demo.changes`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
"""A document that is passed through as it is: a Machine's configuration, a fly.toml."""

AddressType = Literal["v4", "v6", "shared_v4", "private_v6"]


@dataclass
class User:
    id: str
    email: str
    name: str
    two_factor: bool = False


@dataclass
class Member:
    user: User
    role: Literal["ADMIN", "MEMBER"]
    joined_at: datetime


@dataclass
class Invitation:
    id: str
    email: str
    created_at: datetime
    redeemed: bool = False


@dataclass
class Scope:
    """What a token may touch."""

    organizations: tuple[str, ...]
    """Slugs."""
    apps: tuple[str, ...] | None = None
    """Names; None: every app of the organisations."""
    read_only: bool = False


@dataclass
class Token:
    """A token in the listing of its app or organisation, or what somebody signed in with."""

    id: str
    name: str
    value: str
    """As it is written into FLY_ACCESS_TOKEN, without a scheme."""
    scope: Scope
    user: User
    created_at: datetime
    expires_at: datetime
    profile: str = "deploy"
    profile_params: Json | None = None
    revoked_at: datetime | None = None
    session: bool = False
    """A person's login: in no listing."""


@dataclass
class Address:
    id: str
    address: str
    type: AddressType
    created_at: datetime
    region: str | None = None
    service_name: str | None = None
    network: str | None = None
    """For a Flycast address: the private network it is in."""
    network_organization: str | None = None


@dataclass
class EgressAddress:
    id: str
    ip: str
    version: Literal[4, 6]
    region: str
    updated_at: datetime


@dataclass
class IssuedCertificate:
    type: Literal["rsa", "ecdsa"]
    expires_at: datetime
    authority: str = "lets_encrypt"


@dataclass
class DnsRecords:
    """What the world's resolvers say about a hostname."""

    a: list[str] = field(default_factory=list)
    aaaa: list[str] = field(default_factory=list)
    cname: list[str] = field(default_factory=list)
    acme_challenge_cname: str | None = None
    ownership_txt: list[str] = field(default_factory=list)


@dataclass
class ValidationError:
    code: str
    message: str
    remediation: str
    timestamp: datetime


@dataclass
class Certificate:
    id: str
    hostname: str
    created_at: datetime
    updated_at: datetime
    dns: DnsRecords = field(default_factory=DnsRecords)
    issued: list[IssuedCertificate] = field(default_factory=list)
    validation_errors: list[ValidationError] = field(default_factory=list)
    acme_requested: bool = True
    custom: bool = False
    """The certificate was uploaded, not issued by Fly.io."""
    dns_provider: str = "example"
    rate_limited_until: datetime | None = None


@dataclass
class Secret:
    name: str
    digest: str
    created_at: datetime
    updated_at: datetime


@dataclass
class Release:
    id: str
    version: int
    created_at: datetime
    user: User
    status: str = "complete"
    stable: bool = True
    description: str = "Release"
    reason: str = "deploy"
    image_ref: str | None = None
    strategy: str = "ROLLING"
    definition: Json | None = None
    """The fly.toml deployed, as an object; None as Fly.io has none for Machines API apps."""


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
class HostIssue:
    internal_id: str
    message: str
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None = None


@dataclass
class DeploymentSource:
    """Fly.io's own GitHub integration."""

    provider: str
    repository_url: str
    ref: str
    connected: bool = True
    id: str = "ds_1"
    base_dir: str = ""


@dataclass
class LogLine:
    id: str
    timestamp: datetime
    message: str
    level: str
    machine: str
    region: str


@dataclass
class Attachment:
    """An app's database on an unmanaged Postgres."""

    id: str
    postgres: str
    database: str
    user: str
    variable: str = "DATABASE_URL"


@dataclass
class App:
    id: str
    internal_numeric_id: int
    name: str
    organization: str
    """The slug."""
    created_at: datetime
    network: str = "default"
    role: str | None = None
    """`postgres_cluster`, `remote-docker-builder` …; None for an ordinary app."""
    suspended: bool = False
    machines: dict[str, Machine] = field(default_factory=dict)
    addresses: list[Address] = field(default_factory=list)
    """The shared IPv4 address is not among them."""
    shared_address: str | None = None
    egress: list[EgressAddress] = field(default_factory=list)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    secrets_version: int = 1
    releases: list[Release] = field(default_factory=list)
    """Oldest first."""
    volumes: dict[str, Volume] = field(default_factory=dict)
    tokens: list[Token] = field(default_factory=list)
    host_issues: list[HostIssue] = field(default_factory=list)
    deployment_source: DeploymentSource | None = None
    attachments: list[Attachment] = field(default_factory=list)
    logs: list[LogLine] = field(default_factory=list)

    @property
    def hostname(self) -> str:
        return f"{self.name}.fly.dev"

    @property
    def cname_target(self) -> str:
        return f"{self.id}.{self.name}.fly.dev"

    @property
    def release(self) -> Release | None:
        """The current release; None: never deployed."""
        return self.releases[-1] if self.releases else None

    @property
    def status(self) -> Literal["pending", "deployed", "suspended"]:
        if self.suspended:
            return "suspended"
        return "deployed" if self.releases or self.machines else "pending"


@dataclass
class Organization:
    id: str
    internal_numeric_id: int
    slug: str
    """`personal` for a personal organisation."""
    raw_slug: str
    name: str
    type: Literal["PERSONAL", "SHARED"] = "SHARED"
    billing_status: str = "CURRENT"
    paid_plan: bool = True
    support_email: str | None = None
    members: list[Member] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    cross_network_replays: bool = False
    replay_sources: list[str] = field(default_factory=list)
    remote_builder: str | None = None


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
    """Older values, newest first, one a minute; where shorter than asked for, the last repeats."""
