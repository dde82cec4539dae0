"""`machine`: list, update, clone and destroy single Machines."""

import copy
from typing import Any
from urllib.parse import quote

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say, say_json, table
from flytui.demo.stand_in.documents import APP, MACHINE
from flytui.demo.stand_in.flags import JSON, REGION, YES, Flag
from flytui.demo.stand_in.machines import (
    await_checks,
    checked,
    group,
    launch_input,
    leased,
    listed,
    preset,
    size,
    update,
    wait,
)
from flytui.demo.stand_in.wire import Failure, Refusal

_AUTOSTOP: dict[str, object] = {
    "off": False,
    "false": False,
    "0": False,
    "stop": True,
    "true": True,
    "1": True,
    "suspend": "suspend",
}
_SIZES = (
    Flag("vm-size"),
    Flag("vm-memory", aliases=("memory",)),
    Flag("vm-cpus", kind="whole", aliases=("cpus",)),
    Flag("vm-cpu-kind", aliases=("vm-cpukind",)),
)


def _list(call: Invocation) -> None:
    machines = listed(call)
    if call.json:
        say_json(machines)
        return
    if call.switch("quiet"):
        for machine in machines:
            say(machine["id"])
        return
    if not machines:
        say(f"No machines are available on this app {call.app}")
        return
    say(f"{len(machines)} machines have been retrieved from app {call.app}.")
    rows = [
        (
            one["id"],
            one["name"],
            one["state"],
            one["region"],
            group(one) or "app",
            size(one["config"]["guest"]) if one.get("config") else "",
        )
        for one in machines
    ]
    table(call.app, rows, "ID", "NAME", "STATE", "REGION", "PROCESS GROUP", "SIZE")


def _one(call: Invocation) -> dict[str, Any]:
    """The Machine of the first argument, on a host that answers."""
    if not call.arguments:
        raise Failure("a machine ID must be specified when not running interactively")
    machine_id = call.arguments[0]
    machine = machine_of(call, machine_id)
    if machine["host_status"] != "ok":
        raise Failure("the machine is on an unreachable host, try again later")
    return machine


def machine_of(call: Invocation, machine_id: str) -> dict[str, Any]:
    if not call.text("app") and not call.text("config"):
        # Without -a fly asks GraphQL whose Machine it is; the answer is used as -a would be.
        found = call.wire.graphql(MACHINE, {"machineId": machine_id})["gqlmachine"]
        call.parsed.values["app"] = [found["app"]["name"]]
    try:
        machine: dict[str, Any] = call.wire.flaps("GET", f"/apps/{call.app}/machines/{machine_id}")
    except Refusal as error:
        raise Failure(
            f"could not get machine {machine_id}: failed to get VM {machine_id}: {error}"
        ) from error
    return machine


def _update(call: Invocation) -> None:
    machine = _one(call)
    with leased(call, [machine]) as nonces:
        config = copy.deepcopy(machine["config"])
        config["guest"] = _guest(call, config["guest"])
        if call.given("autostop"):
            for service in config.get("services") or []:
                service["autostop"] = _autostop(call.text("autostop"))
        if call.given("autostart"):
            for service in config.get("services") or []:
                service["autostart"] = call.switch("autostart")
        for pair in call.parsed.values.get("metadata", []):
            key, _, value = pair.partition("=")
            config["metadata"] = config.get("metadata", {}) | {key: value}
        if call.given("standby-for"):
            _stand_by(config, call.text("standby-for").split(","))
        if config == machine["config"] and not call.switch("yes"):
            say("No changes to apply")
            return
        call.confirm()
        skip = bool(config.get("standbys")) or call.switch("skip-start")
        changed = machine | {"config": config}
        update(
            call,
            changed,
            nonces[machine["id"]],
            skip_launch=skip,
            skip_checks=call.switch("skip-health-checks"),
        )
    say()
    say("Monitor machine status here:")
    say(f"https://fly.io/apps/{call.app}/machines/{machine['id']}")


def _stand_by(config: dict[str, Any], names: list[str]) -> None:
    """The Machine starts only when one of these is lost."""
    config["standbys"] = names
    config["env"] = (config.get("env") or {}) | {"FLY_STANDBY_FOR": ",".join(names)}


def _autostop(word: str) -> object:
    if word.lower() not in _AUTOSTOP:
        raise Failure(f'invalid autostop value "{word}"')
    return _AUTOSTOP[word.lower()]


def _guest(call: Invocation, guest: dict[str, Any]) -> dict[str, Any]:
    """The size asked for, on top of the one there is."""
    changed = dict(guest)
    if call.given("vm-size"):
        changed |= preset(call.text("vm-size"))
    if call.given("vm-cpus"):
        changed["cpus"] = call.number("vm-cpus")
    if call.given("vm-cpu-kind"):
        changed["cpu_kind"] = call.text("vm-cpu-kind")
    if call.given("vm-memory"):
        changed["memory_mb"] = _megabytes(call.text("vm-memory"))
    return changed


def _megabytes(text: str) -> int:
    """`512`, `512mb` or `2gb`."""
    number, scale = text.lower().rstrip("b"), 1
    if number.endswith("g"):
        number, scale = number[:-1], 1024
    elif number.endswith("m"):
        number = number[:-1]
    if not number.isdigit() or not int(number):
        raise Failure(f"invalid size: '{text}'")
    return int(number) * scale


def _clone(call: Invocation) -> None:
    source = _one(call)
    region = call.text("region") or source["region"]
    say(f"Cloning Machine {source['id']} into region {region}")
    config = copy.deepcopy(source["config"])
    config["guest"] = checked(_guest(call, config["guest"]))
    config["image"] = _image(source)
    if call.switch("clear-auto-destroy"):
        config["auto_destroy"] = False
    for mount in source["config"].get("mounts") or []:
        config["mounts"] = [_mounted(call, mount, region, config)]
    standbys = call.text("standby-for")
    if standbys:
        names = [source["id"] if one == "source" else one for one in standbys.split(",")]
        _stand_by(config, names)
    say(f"Provisioning a new Machine with image {source['config']['image']}...")
    wanted = launch_input(config, region, call.text("name"), skip=bool(standbys))
    try:
        made = call.wire.flaps("POST", f"/apps/{call.app}/machines", wanted)
    except Refusal as error:
        raise Failure(f"failed to launch VM: {error}") from error
    say(f"  Machine {made['id']} has been created...")
    if call.switch("detach"):
        return
    if not standbys:
        say(f"  Waiting for Machine {made['id']} to start...")
        wait(call, made["id"], "started")
        await_checks(call, made)
    say("Machine has been successfully cloned!")


def _image(machine: dict[str, Any]) -> str:
    """The image's full name, with the digest that is running."""
    image = machine["image_ref"]
    name = f"{image['registry']}/{image['repository']}:{image['tag']}"
    return f"{name}@{image['digest']}" if image.get("digest") else name


def _mounted(
    call: Invocation, mount: dict[str, Any], region: str, config: dict[str, Any]
) -> dict[str, Any]:
    """A mount of a new, empty volume, or of a snapshot of the source's."""
    snapshot = call.text("from-snapshot") or None
    if snapshot == "last":
        found = call.wire.flaps("GET", f"/apps/{call.app}/volumes/{mount['volume']}/snapshots")
        newest = max(found, key=lambda one: str(one["created_at"]), default=None)
        snapshot = newest["id"] if newest else None
    if snapshot is None:
        say(f"Volume '{mount.get('name', '')}' will start empty")
    else:
        say(f"Creating new volume from snapshot: {snapshot}")
    wanted = {
        "name": mount.get("name") or "data",
        "region": region,
        "size_gb": mount.get("size_gb") or None,
        "encrypted": mount.get("encrypted", True),
        "snapshot_id": snapshot,
        "require_unique_zone": True,
        "compute": config["guest"],
        "compute_image": config["image"],
    }
    volume = call.wire.flaps("POST", f"/apps/{call.app}/volumes", wanted)
    return {"volume": volume["id"], "path": mount["path"]}


def _destroy(call: Invocation) -> None:
    if not call.arguments:
        raise Failure("a machine ID must be specified when not running interactively")
    force = call.switch("force")
    machines = [machine_of(call, machine_id) for machine_id in call.arguments]
    with leased(call, machines) as nonces:
        for machine in machines:
            call.wire.graphql(APP, {"appName": call.app})
            _destroy_one(call, machine, nonces.get(machine["id"], ""), force=force)


def _destroy_one(call: Invocation, machine: dict[str, Any], nonce: str, *, force: bool) -> None:
    machine_id, state = machine["id"], machine["state"]
    if state == "destroyed":
        raise Failure(f"machine {machine_id} has already been destroyed")
    if state not in {"stopped", "suspended"} and not force:
        raise Failure(
            f"machine {machine_id} currently {state}, either stop first or use --force flag"
        )
    say(
        f"machine {machine_id} was found and is currently in {state} state, "
        "attempting to destroy..."
    )
    path = f"/apps/{call.app}/machines/{quote(machine_id)}"
    call.wire.flaps("DELETE", f"{path}?kill={str(force).lower()}", nonce=nonce)
    say(f"{machine_id} has been destroyed")


_UPDATING = (
    *OF_APP,
    YES,
    *_SIZES,
    Flag("autostop", bare="stop"),
    Flag("autostart", kind="switch"),
    Flag("standby-for"),
    Flag("metadata", "m"),
    Flag("skip-health-checks", kind="switch"),
    Flag("skip-start", kind="switch"),
    Flag("wait-timeout", kind="whole"),
)
_CLONING = (
    *OF_APP,
    REGION,
    *_SIZES,
    Flag("name"),
    Flag("from-snapshot"),
    Flag("standby-for"),
    Flag("clear-auto-destroy", kind="switch"),
    Flag("detach", kind="switch"),
)
COMMANDS = (
    Command(
        ("machine", "list"),
        _list,
        "List Machines",
        (*OF_APP, JSON, Flag("quiet", "q", "switch")),
        aliases=("ls",),
    ),
    Command(("machine", "update"), _update, "Update a Machine", _UPDATING, most=1),
    Command(("machine", "clone"), _clone, "Clone a Machine", _CLONING, most=1),
    Command(
        ("machine", "destroy"),
        _destroy,
        "Destroy Machines",
        (*OF_APP, Flag("force", "f", "switch")),
        aliases=("remove", "rm"),
    ),
)
