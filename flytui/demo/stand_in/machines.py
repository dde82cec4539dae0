"""What several commands do with Machines: list, lease, update, wait, sizes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flytui.demo.stand_in.command import Invocation, say, warn
from flytui.demo.stand_in.documents import CONFIGURATION
from flytui.demo.stand_in.wire import Failure, Refusal

Machine = dict[str, Any]

_TEMPORARY = {"fly_app_release_command", "fly_app_console"}
_GONE = {"destroyed", "destroying"}
_MEMORY = {"shared": (256, 2048), "performance": (2048, 8192)}
"""Least and most megabytes for one CPU of a kind."""
_CPUS = {"shared": (1, 2, 4, 6, 8), "performance": (1, 2, 4, 6, 8, 10, 12, 14, 16, 32, 64, 128)}
_PRESETS = {
    f"{prefix}-{cpus}x": {"cpu_kind": kind, "cpus": cpus, "memory_mb": cpus * _MEMORY[kind][0]}
    for kind, prefix in (("shared", "shared-cpu"), ("performance", "performance"))
    for cpus in _CPUS[kind]
    if cpus <= 16
}
_LEASE = 120
_PATIENCE = 300


def listed(call: Invocation) -> list[Machine]:
    """All Machines of the app, as the Machines API lists them."""
    machines: list[Machine] = call.wire.flaps("GET", f"/apps/{call.app}/machines")
    return machines


def launched(machines: list[Machine]) -> list[Machine]:
    """Those that `fly deploy` and `fly scale` know."""
    return [
        machine
        for machine in machines
        if metadata(machine).get("fly_platform_version") == "v2" and _serving(machine)
    ]


def active(machines: list[Machine]) -> list[Machine]:
    return [machine for machine in machines if _serving(machine)]


def _serving(machine: Machine) -> bool:
    return machine["state"] not in _GONE and group(machine) not in _TEMPORARY


def metadata(machine: Machine) -> dict[str, str]:
    return (machine.get("config") or {}).get("metadata") or {}


def group(machine: Machine) -> str:
    labels = metadata(machine)
    return labels.get("fly_process_group") or labels.get("process_group") or ""


def size(guest: dict[str, Any]) -> str:
    prefix = "shared-cpu" if guest["cpu_kind"] == "shared" else guest["cpu_kind"]
    return f"{prefix}-{guest['cpus']}x"


def preset(name: str) -> dict[str, Any]:
    """The CPUs and memory a size's name stands for."""
    if name in _PRESETS:
        return dict(_PRESETS[name])
    kind = next((kind for kind in _MEMORY if name.startswith(kind)), None)
    if kind is None:
        raise Failure(
            f"invalid machine preset requested, '{name}', expected to start with "
            "'shared' or 'performance'"
        )
    choices = " ".join(sorted(one for one in _PRESETS if one.startswith(kind)))
    raise Failure(f"'{name}' is an invalid machine size, choose one of: [{choices}]")


def checked(guest: dict[str, Any]) -> dict[str, Any]:
    """The guest, if Fly.io sells it."""
    kind, cpus, memory = guest["cpu_kind"], guest["cpus"], guest["memory_mb"]
    if kind not in _CPUS:
        raise Failure("invalid CPU kind")
    if cpus not in _CPUS[kind]:
        raise Failure("invalid number of CPUs")
    least, most = (cpus * each for each in _MEMORY[kind])
    if memory % (256 if kind == "shared" else 1024):
        raise Failure("invalid memory size")
    if memory < least:
        raise Failure(
            "memory size for config is too low", f"Try setting memory to a value >= {least}MiB"
        )
    if memory > most:
        raise Failure(
            "memory size for config is too high", f"Try setting memory to a value <= {most}MiB"
        )
    return guest


def configuration(call: Invocation) -> dict[str, Any] | None:
    """fly.toml as deployed; None where Fly.io keeps none."""
    data = call.wire.graphql(CONFIGURATION, {"appName": call.app}, "FlyctlConfigCurrentRelease")
    release = data["app"]["currentReleaseUnprocessed"]
    return release["configDefinition"] if release else None


def process_names(call: Invocation) -> list[str]:
    """The app's process groups, from its configuration or, without one, its Machines."""
    deployed = configuration(call)
    if deployed is not None:
        return list(deployed.get("processes") or ["app"])
    return sorted({group(machine) or "app" for machine in active(listed(call))}) or ["app"]


@contextmanager
def leased(call: Invocation, machines: list[Machine]) -> Iterator[dict[str, str]]:
    """The leases of these Machines, by id; given back whatever happens."""
    nonces: dict[str, str] = {}
    try:
        for machine in machines:
            if machine["host_status"] == "ok":
                nonces[machine["id"]] = _lease(call, machine)
        yield nonces
    finally:
        for machine_id, nonce in nonces.items():
            _unlease(call, machine_id, nonce)


def _lease(call: Invocation, machine: Machine) -> str:
    path = f"/apps/{call.app}/machines/{machine['id']}"
    try:
        lease = call.wire.flaps("POST", f"{path}/lease?ttl={_LEASE}")["data"]
    except Refusal as error:
        raise Failure(
            f"failed to obtain lease: failed to get lease on VM {machine['id']}: {error}"
        ) from error
    if lease["version"] != machine["instance_id"]:
        machine.update(call.wire.flaps("GET", path))
    return str(lease["nonce"])


def _unlease(call: Invocation, machine_id: str, nonce: str) -> None:
    try:
        call.wire.flaps("DELETE", f"/apps/{call.app}/machines/{machine_id}/lease", nonce=nonce)
    except Failure as error:
        if "lease not found" not in str(error) and "machine not found" not in str(error):
            say(f"failed to release lease for machine {machine_id}: {error}")


def update(
    call: Invocation,
    machine: Machine,
    nonce: str,
    *,
    skip_launch: bool = False,
    skip_checks: bool = False,
) -> None:
    """Replaces the Machine's configuration with the one in `machine` and waits for it."""
    machine_id, path = machine["id"], f"/apps/{call.app}/machines/{machine['id']}"
    checked(machine["config"]["guest"])
    say(f"Updating machine {machine_id}")
    wanted = launch_input(machine["config"], machine["region"], machine["name"], skip=skip_launch)
    try:
        updated = call.wire.flaps("POST", path, wanted, nonce=nonce)
    except Refusal as error:
        raise Failure(
            f"could not update machine {machine_id}: failed to update VM {machine_id}: {error}"
        ) from error
    wait(call, machine_id, "settled")
    state = call.wire.flaps("GET", path)["state"]
    if state == "failed":
        raise Failure(f'machine {machine_id} update failed: machine entered "failed" state')
    if state == "started" and not skip_checks:
        await_checks(call, updated)
    say(f"Machine {machine_id} updated successfully!")


def launch_input(
    config: dict[str, Any], region: str, name: str = "", *, skip: bool = False
) -> dict[str, Any]:
    body: dict[str, Any] = {"config": config, "region": region}
    body |= {"name": name} if name else {}
    body |= {"skip_launch": True} if skip else {}
    return body | {"skip_secrets": False}


def wait(call: Invocation, machine_id: str, state: str) -> None:
    """Asks until the Machine is there; 400 ends it, everything else is asked again."""
    deadline = time.monotonic() + _PATIENCE
    pause = 0.5
    while True:
        try:
            call.wire.flaps(
                "GET", f"/apps/{call.app}/machines/{machine_id}/wait?state={state}&timeout=60"
            )
        except Refusal as error:
            if error.status == 400 or time.monotonic() > deadline:
                raise Failure(f"failed waiting for machine: {error}") from error
            time.sleep(pause)  # as fly does between two tries
            pause = min(2.0, pause * 2)
        else:
            return


def await_checks(call: Invocation, machine: Machine) -> None:
    """Looks every second until as many checks pass as the Machine has."""
    total = len(machine.get("checks") or [])
    if not total:
        say("No health checks found")
        return
    path = f"/apps/{call.app}/machines/{machine['id']}"
    deadline = time.monotonic() + _PATIENCE
    while True:
        now = call.wire.flaps("GET", path)
        passing = sum(check["status"] == "passing" for check in now.get("checks") or [])
        warn(f"  Waiting for {machine['id']} to become healthy ({now['state']}, {passing}/{total})")
        if passing == total:
            return
        if time.monotonic() > deadline:
            raise Failure("failed to wait for health checks to pass: context deadline exceeded")
        time.sleep(1)  # as fly does between two looks
