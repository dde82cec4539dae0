"""Machines and their configuration, as the Machines API tells it."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from flytui.fly.models.base import GraphModel, Model, NullAsEmpty, NullAsEmptyMap, Text, Time


def _autostop(value: object) -> object:
    """Three shapes of one setting: false/None is off, true is stop."""
    if value is True:
        return "stop"
    return "off" if value is None or value is False or value == "" else value


Autostop = Annotated[Literal["off", "stop", "suspend"], BeforeValidator(_autostop)]


class Port(Model):
    port: int | None = None
    start_port: int | None = None
    end_port: int | None = None
    handlers: Annotated[tuple[Text, ...], NullAsEmpty] = ()
    force_https: bool | None = None

    @property
    def words(self) -> str:
        """`443` or `8000-8100`."""
        return str(self.port) if self.port is not None else f"{self.start_port}-{self.end_port}"


class Concurrency(Model):
    type: Text | None = None
    hard_limit: int | None = None
    soft_limit: int | None = None


class ServiceCheck(Model):
    type: Text | None = None


class Service(Model):
    protocol: Text
    internal_port: int
    autostop: Autostop = "off"
    autostart: bool | None = None
    min_machines_running: int | None = None
    ports: Annotated[tuple[Port, ...], NullAsEmpty] = ()
    checks: Annotated[tuple[ServiceCheck, ...], NullAsEmpty] = ()
    concurrency: Concurrency | None = None

    @property
    def http(self) -> bool:
        """Whether the proxy speaks HTTP for it."""
        return any("http" in port.handlers for port in self.ports)


class Guest(Model):
    cpu_kind: Text
    cpus: int
    memory_mb: int
    max_memory_mb: int | None = None

    @property
    def size(self) -> str:
        """The preset's name: `shared-cpu-1x`, `performance-2x`."""
        return f"{'shared-cpu' if self.cpu_kind == 'shared' else self.cpu_kind}-{self.cpus}x"


class Init(Model):
    swap_size_mb: int | None = None
    exec: Annotated[tuple[Text, ...], NullAsEmpty] = ()
    entrypoint: Annotated[tuple[Text, ...], NullAsEmpty] = ()
    cmd: Annotated[tuple[Text, ...], NullAsEmpty] = ()


class Mount(Model):
    volume: Text | None = None
    path: Text


class File(Model):
    guest_path: Text
    raw_value: str | None = Field(default=None, repr=False)
    """Base64, in clear to any reader of the configuration: judged by its presence, never shown."""
    secret_name: Text | None = None


class Process(Model):
    env: Annotated[dict[str, str], NullAsEmptyMap] = Field(default_factory=dict, repr=False)


class Container(Model):
    name: Text | None = None
    image: Text | None = None
    env: Annotated[dict[str, str], NullAsEmptyMap] = Field(default_factory=dict, repr=False)
    files: Annotated[tuple[File, ...], NullAsEmpty] = ()


class Metrics(Model):
    port: int
    path: Text


class MachineConfig(Model):
    image: Text | None = None
    env: Annotated[dict[str, str], NullAsEmptyMap] = Field(default_factory=dict, repr=False)
    """Values are in clear and may be secrets: never shown, logged or kept."""
    metadata: Annotated[dict[str, str], NullAsEmptyMap] = Field(default_factory=dict)
    guest: Guest | None = None
    init: Init | None = None
    services: Annotated[tuple[Service, ...], NullAsEmpty] = ()
    mounts: Annotated[tuple[Mount, ...], NullAsEmpty] = ()
    checks: Annotated[dict[str, ServiceCheck], NullAsEmptyMap] = Field(default_factory=dict)
    processes: Annotated[tuple[Process, ...], NullAsEmpty] = ()
    containers: Annotated[tuple[Container, ...], NullAsEmpty] = ()
    files: Annotated[tuple[File, ...], NullAsEmpty] = ()
    metrics: Metrics | None = None
    standbys: Annotated[tuple[Text, ...], NullAsEmpty] = ()
    schedule: Text | None = None
    auto_destroy: bool = False
    size: Text | None = None
    disable_machine_autostart: bool | None = None


class ImageRef(Model):
    repository: Text
    tag: Text | None = None
    digest: Text | None = None
    labels: Annotated[dict[str, str], NullAsEmptyMap] = Field(default_factory=dict)


def _instant(value: object) -> object:
    """Machine events carry milliseconds in some answers and RFC 3339 in others."""
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    if not isinstance(value, int):
        return value
    try:
        return datetime.fromtimestamp(value / 1000, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError("not a time") from error


class ExitEvent(Model):
    oom_killed: bool = False
    exit_code: int | None = None
    requested_stop: bool | None = None


class EventRequest(Model):
    exit_event: ExitEvent | None = None
    monitor_event: dict[str, Any] | None = Field(default=None, alias="MonitorEvent", repr=False)


class MachineEvent(Model):
    type: Text
    status: Text
    timestamp: Annotated[Time, BeforeValidator(_instant)]
    request: EventRequest | None = None


class CheckStatus(Model):
    name: Text
    status: Text
    output: Text | None = None


_TEMPORARY = {"fly_app_release_command", "fly_app_console", "fly_app_test_machine_command"}
_SETTLED = {"created", "started", "stopped", "suspended", "failed"}


class Machine(Model):
    """A Machine as `GET /v1/apps/{app}/machines` lists it."""

    id: Text
    name: Text
    state: Text
    region: Text
    config: MachineConfig | None
    incomplete_config: MachineConfig | None = None
    host_status: Text
    """`ok`, `unknown` or `unreachable`."""
    image_ref: ImageRef | None = None
    instance_id: Text | None = None
    private_ip: Text | None = None
    created_at: Time
    updated_at: Time
    events: Annotated[tuple[MachineEvent, ...], NullAsEmpty] = ()
    checks: Annotated[tuple[CheckStatus, ...], NullAsEmpty] = ()
    cordoned: bool = False

    @property
    def settings(self) -> MachineConfig:
        """The configuration, or what is left of it when the host does not answer."""
        return self.config or self.incomplete_config or MachineConfig()

    @property
    def partial(self) -> bool:
        """Whether the configuration may be incomplete, so that absence proves nothing."""
        return self.config is None or self.host_status != "ok"

    @property
    def group(self) -> str:
        """Its process group; `app` where nothing says otherwise."""
        metadata = self.settings.metadata
        return metadata.get("fly_process_group") or metadata.get("process_group") or "app"

    @property
    def alive(self) -> bool:
        return self.state not in {"destroyed", "destroying", "replaced", "migrated"}

    @property
    def temporary(self) -> bool:
        """Made for a release command, a console or a test, not to serve."""
        metadata = self.settings.metadata
        return self.group in _TEMPORARY or metadata.get("process_group") == "release_command"

    @property
    def launch_managed(self) -> bool:
        """Whether `fly deploy` and `fly scale` know it."""
        return self.settings.metadata.get("fly_platform_version") == "v2"

    @property
    def settling(self) -> bool:
        """In a passing state: starting, stopping, updating, replacing."""
        return self.alive and self.state not in _SETTLED

    @property
    def counts(self) -> bool:
        """Whether it is one of the app's own Machines: alive and not temporary."""
        return self.alive and not self.temporary


class Volume(Model):
    id: Text
    name: Text
    state: Text
    size_gb: int
    region: Text
    zone: Text | None = None
    encrypted: bool
    attached_machine_id: Text | None = None
    created_at: Time
    snapshot_retention: int | None = None
    auto_backup_enabled: bool | None = None
    host_status: Text | None = None


class Secret(Model):
    """A secret's name and digest; the value is never asked for."""

    name: Text
    digest: Text
    created_at: Time | None = None
    updated_at: Time | None = None


class Region(Model):
    code: Text
    name: Text
    latitude: float
    longitude: float
    requires_paid_plan: bool = False
    deprecated: bool = False


class Placement(Model):
    """Which host each Machine is on (GraphQL `machines.nodes.host`)."""

    hosts: dict[str, str]
    """Machine id → host id."""
    complete: bool
    """False when a page was cut short."""


class VmSize(GraphModel):
    """A preset and its price in US dollars (GraphQL `platform.vmSizes`)."""

    name: Text
    cpu_cores: float
    memory_mb: int
    price_month: float


class Sample(Model):
    """One instant value of a Prometheus query."""

    labels: dict[str, Text]
    value: float
