"""The life of a Machine: launch, update, start, stop, destroy, lease."""

import copy
from datetime import datetime, timedelta
from typing import Literal

from flytui.demo.changes.addresses import machine_address
from flytui.demo.problems import Conflict, Invalid, Missing
from flytui.demo.state import App, Json, Lease, Machine
from flytui.demo.world import World

_SMALLEST: Json = {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}
_DEFAULT_IMAGE = "registry.fly.io/demo:deployment-01"
_WORDS_FIRST = ("autumn", "bold", "calm", "dark", "early", "falling", "gentle", "hidden", "misty")
_WORDS_LAST = ("breeze", "cloud", "dawn", "field", "glade", "leaf", "moon", "pine", "river", "snow")


def launch(  # noqa: PLR0913 - the fields of the request
    world: World,
    app: App,
    config: Json,
    *,
    region: str | None = None,
    name: str | None = None,
    skip_launch: bool = False,
) -> Machine:
    """A new Machine with this configuration, started unless told otherwise."""
    region = region or "iad"
    if all(known.code != region for known in world.regions):
        raise Invalid(f"region {region} not found")
    machine = Machine(
        id=world.ids.hexadecimal(),
        name=name or new_name(world),
        region=region,
        config=complete(config),
        instance_id=world.ids.ulid(),
        private_ip=machine_address(world),
        created_at=world.now,
        updated_at=world.now,
        host=world.ids.hexadecimal(4),
        state="created",
        image_ref=image_ref(config.get("image")),
        postgres_role=postgres_role(app),
    )
    _attach(app, machine)
    app.machines[machine.id] = machine
    tell(world, machine, "launch", "created", "user")
    if not skip_launch:
        start(world, machine)
    return machine


def update(
    world: World, app: App, machine: Machine, config: Json, *, skip_launch: bool = False
) -> None:
    """Replaces the whole configuration; what is not named is gone."""
    machine.config = complete(config)
    machine.image_ref = image_ref(machine.config.get("image"), machine.image_ref)
    machine.instance_id = world.ids.ulid()
    _attach(app, machine)
    tell(world, machine, "update", "replacing", "user")
    if skip_launch:
        machine.state = "stopped"
    else:
        start(world, machine)


def start(world: World, machine: Machine) -> str:
    """Starts it and says what it was before; its checks pass at once."""
    previous, machine.state = machine.state, "started"
    tell(world, machine, "start", "started", "flyd")
    machine.checks = passing(machine, world.now)
    return previous


def stop(world: World, machine: Machine, *, suspend: bool = False) -> str:
    previous, machine.state = machine.state, "suspended" if suspend else "stopped"
    exit_event = {"exit_code": 0, "oom_killed": False, "requested_stop": True}
    tell(world, machine, "exit", machine.state, "flyd", {"exit_event": exit_event})
    machine.checks = []
    return previous


def restart(world: World, machine: Machine) -> None:
    stop(world, machine)
    start(world, machine)


def destroy(world: World, app: App, machine: Machine, *, force: bool = False) -> None:
    """It leaves the listing; its volumes stay and are free again."""
    if machine.state == "started" and not force:
        raise Conflict("failed_precondition: unable to destroy machine, not currently stopped")
    machine.state = "destroyed"
    machine.lease = None
    tell(world, machine, "destroy", "destroyed", "user")
    for volume in app.volumes.values():
        if volume.attached_machine_id == machine.id:
            volume.attached_machine_id = None


def cordon(machine: Machine, *, cordoned: bool) -> None:
    machine.cordoned = cordoned


def set_metadata(world: World, machine: Machine, key: str, value: str | None) -> None:
    """None removes the key."""
    metadata = machine.config.setdefault("metadata", {})
    if value is None:
        metadata.pop(key, None)
    else:
        metadata[key] = value
    machine.updated_at = world.now


def lease(world: World, machine: Machine, *, nonce: str | None, seconds: int, owner: str) -> Lease:
    """A new lease, or the held one for longer; `Conflict` when another nonce holds it."""
    held = current_lease(world, machine)
    until = world.now + timedelta(seconds=seconds)
    if held and held.nonce != nonce:
        raise Conflict(
            f"machine ID {machine.id} lease currently held by {held.owner}, "
            f"expires at {held.expires_at.isoformat()}"
        )
    machine.lease = Lease(held.nonce if held else world.ids.hexadecimal(12), owner, until)
    return machine.lease


def current_lease(world: World, machine: Machine) -> Lease | None:
    """The lease that still holds."""
    if machine.lease and machine.lease.expires_at <= world.now:
        machine.lease = None
    return machine.lease


def unlease(world: World, machine: Machine, nonce: str | None) -> None:
    held = current_lease(world, machine)
    if held is None:
        raise Missing("lease not found")
    if held.nonce != nonce:
        raise Conflict(f"machine ID {machine.id} lease currently held by {held.owner}")
    machine.lease = None


def unlocked(world: World, machine: Machine, nonce: str | None) -> None:
    """Raises `Conflict` when somebody else's lease forbids a change."""
    held = current_lease(world, machine)
    if held and held.nonce != nonce:
        raise Conflict(f"machine ID {machine.id} lease currently held by {held.owner}")


def tell(  # noqa: PLR0913, PLR0917 - the fields of the request
    world: World,
    machine: Machine,
    type_: str,
    status: str,
    source: Literal["user", "flyd"],
    request: Json | None = None,
) -> None:
    """Adds an event, newest first, and marks the Machine as changed."""
    machine.updated_at = world.now
    told = event(world, type_, status, source, world.now)
    machine.events.insert(0, told | ({"request": request} if request else {}))


def event(
    world: World, type_: str, status: str, source: Literal["user", "flyd"], at: datetime
) -> Json:
    return {
        "id": world.ids.ulid(),
        "type": type_,
        "status": status,
        "source": source,
        "timestamp": int(at.timestamp() * 1000),
    }


def complete(config: Json) -> Json:
    """The configuration as Fly.io keeps it: always with a guest, metadata and an image."""
    kept = copy.deepcopy(config)
    kept["guest"] = _SMALLEST | (kept.get("guest") or {})
    kept.setdefault("image", _DEFAULT_IMAGE)
    kept["metadata"] = kept.get("metadata") or {}
    for service in kept.get("services") or []:
        service["autostop"] = _autostop(service.get("autostop"))
        service.setdefault("force_instance_key", None)
    return kept


def _autostop(value: object) -> object:
    """The API answers false, true or "suspend", whatever it was given."""
    return {None: False, "off": False, "stop": True, "": False}.get(value, value)  # type: ignore[call-overload]


def image_ref(image: object, before: Json | None = None) -> Json:
    """An image's reference taken apart; labels stay with an image that did not change."""
    name, _, digest = str(image or _DEFAULT_IMAGE).partition("@")
    path, _, tag = name.rpartition(":") if ":" in name.rpartition("/")[2] else (name, "", "latest")
    head, _, rest = path.partition("/")
    registry, repository = (head, rest) if "." in head and rest else ("registry-1.docker.io", path)
    same = before is not None and before.get("repository") == repository
    return {
        "registry": registry,
        "repository": repository,
        "tag": tag,
        "digest": digest or "sha256:" + "0d" * 32,
        "labels": (before or {}).get("labels", {}) if same else {},
    }


def postgres_role(app: App) -> Literal["primary", "replica"] | None:
    """What the next Machine of the app would be: the first one of a Postgres app leads."""
    if app.role != "postgres_cluster":
        return None
    led = any(machine.alive and machine.postgres_role for machine in app.machines.values())
    return "replica" if led else "primary"


def passing(machine: Machine, since: datetime) -> list[Json]:
    """One passing check for each one configured, and those that Postgres brings along."""
    at = since.isoformat()
    names = list(machine.config.get("checks") or {})
    role = machine.postgres_role
    names += ("pg", "role", "vm") if role else ()
    for service in machine.config.get("services") or []:
        names += [
            f"servicecheck-{number:02d}-{check.get('type', 'tcp')}-{service['internal_port']}"
            for number, check in enumerate(service.get("checks") or [])
        ]
    # flyctl tells the primary by what the check named role says.
    outputs = {"role": role} if role else {}
    return [
        {"name": n, "status": "passing", "output": outputs.get(n, "ok"), "updated_at": at}
        for n in names
    ]


def _attach(app: App, machine: Machine) -> None:
    for mount in machine.config.get("mounts") or []:
        volume = app.volumes.get(str(mount.get("volume")))
        if volume is None:
            raise Invalid(f"volume {mount.get('volume')} not found")
        if volume.attached_machine_id not in {None, machine.id}:
            raise Conflict(f"volume {volume.id} is already attached to another machine")
        volume.attached_machine_id = machine.id


def new_name(world: World) -> str:
    first = _WORDS_FIRST[world.ids.pick(0, len(_WORDS_FIRST) - 1)]
    last = _WORDS_LAST[world.ids.pick(0, len(_WORDS_LAST) - 1)]
    return f"{first}-{last}-{world.ids.pick(1, 9999)}"
