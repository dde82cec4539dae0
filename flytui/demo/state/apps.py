"""Apps and what belongs to one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from flytui.demo.state.json import Json
from flytui.demo.state.machines import Machine, Volume
from flytui.demo.state.network import Address, Certificate, EgressAddress
from flytui.demo.state.people import Token, User


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
