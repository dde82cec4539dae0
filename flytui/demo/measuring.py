"""Prometheus series of a calm afternoon, for every Machine that runs."""

import math
from collections.abc import Iterator

from flytui.demo.building.machines import labels_of
from flytui.demo.state import App, Machine, Series
from flytui.demo.world import World

_MEGABYTE = 1024 * 1024
_VISITORS = {"iad": 4200.0, "ord": 900.0, "ams": 2600.0, "syd": 310.0}
"""HTTP responses a day by the region visitors came in through."""


def measure(world: World) -> None:
    """Adds what Fly.io measures by itself; a scenario's own series are kept and win."""
    told = {_key(series) for series in world.series}
    for app in world.apps.values():
        for series in _of_app(world, app):
            if _key(series) not in told:
                world.series.append(series)


def _key(series: Series) -> tuple[str, tuple[tuple[str, str], ...]]:
    return series.metric, tuple(sorted(series.labels.items()))


def _of_app(world: World, app: App) -> Iterator[Series]:
    running = [one for one in world.machines_of(app) if one.state == "started"]
    for machine in running:
        yield from _of_machine(app, machine)
    if any(machine.config.get("services") for machine in running) and _public(app):
        for region, responses in _VISITORS.items():
            labels = {"app": app.name, "region": region, "status": "200"}
            yield Series("fly_edge_http_responses_count", labels, responses)


def _public(app: App) -> bool:
    return bool(app.shared_address) or any(one.type != "private_v6" for one in app.addresses)


def _of_machine(app: App, machine: Machine) -> Iterator[Series]:
    labels = labels_of(app, machine)
    guest = machine.config["guest"]
    total = guest["memory_mb"] * _MEGABYTE
    yield Series("fly_instance_up", labels, 1.0)
    yield Series("fly_instance_memory_mem_total", labels, float(total))
    free = [round(total * (0.46 - 0.1 * load)) for load in _day(machine)]
    yield Series("fly_instance_memory_mem_available", labels, free[0], free[1:], minutes=60)
    yield Series("fly_instance_exit_oom", labels, 0.0)
    own = guest["cpus"] * _baseline(guest["cpu_kind"])
    yield Series("fly_instance_cpu_baseline", labels, own)
    user = _counted(_day(machine), own)
    cpu = {**labels, "cpu_id": "0"}
    yield Series("fly_instance_cpu", {**cpu, "mode": "user"}, user[0], user[1:], minutes=60)
    yield Series("fly_instance_cpu_balance", labels, 40_000.0)
    yield Series("fly_instance_cpu_throttle", labels, 0.0)
    yield Series("fly_instance_load_average", {**labels, "minutes": "5"}, 0.21)
    for mode, spent in {"system": 140.0, "idle": 320_000.0, "steal": 40.0}.items():
        yield Series("fly_instance_cpu", {**cpu, "mode": mode}, spent)
    if machine.config.get("services"):
        yield Series("fly_app_concurrency", labels, 3.0)
        yield Series("fly_app_http_responses_count", {**labels, "status": "200"}, 3900.0)


def _day(machine: Machine) -> list[float]:
    """The load of the last 25 hours as a share of 1, newest first; Machines differ a little."""
    shift = int(machine.id[-2:], 16) / 40
    return [0.5 + 0.5 * math.sin(2 * math.pi * hour / 24 + shift) for hour in range(25)]


def _counted(loads: list[float], own: float) -> list[float]:
    """A counter of CPU time, newest first: an hour at full load takes half of what is its own."""
    spent = [own * 360_000 * (0.1 + 0.4 * load) for load in loads]
    return [round(sum(spent[hour:])) for hour in range(len(spent))]


def _baseline(kind: str) -> float:
    """The share of a CPU that is its own: 5 ms in 80 for a shared one."""
    return 0.0625 if kind == "shared" else 1.0
