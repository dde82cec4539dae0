"""Sizes, hosts, volumes and prices with defaults, beside `builders`."""

from datetime import datetime
from typing import Any

from flytui.facts.metrics import Measured
from flytui.fly.models import (
    EventRequest,
    ExitEvent,
    Guest,
    Machine,
    MachineEvent,
    Placement,
    Region,
    Sample,
    VmSize,
    Volume,
)
from tests.checks.builders import NOW, ago

SIZES = (
    VmSize(name="shared-cpu-1x", cpu_cores=1, memory_mb=256, price_month=1.94),
    VmSize(name="performance-1x", cpu_cores=1, memory_mb=2048, price_month=31.0),
)
REGIONS = (
    Region(code="ams", name="Amsterdam", latitude=52.37, longitude=4.9),
    Region(code="fra", name="Frankfurt", latitude=50.1, longitude=8.68),
    Region(code="syd", name="Sydney", latitude=-33.87, longitude=151.21),
    Region(code="old", name="Old", latitude=50.0, longitude=5.0, deprecated=True),
)


def shared(cpus: int = 1, memory: int = 1024, **more: Any) -> Guest:
    return Guest(cpu_kind="shared", cpus=cpus, memory_mb=memory, **more)


def performance(cpus: int = 1, memory: int = 2048) -> Guest:
    return Guest(cpu_kind="performance", cpus=cpus, memory_mb=memory)


def hosts(complete: bool = True, /, **host_of: str) -> Placement:
    """`hosts(m1="a", m2="b")`: which Machine is on which host; `False` first: cut short."""
    return Placement(hosts=host_of, complete=complete)


def volume(volume_id: str, machine: str | None, *, zone: str | None = "z1", **more: Any) -> Volume:
    known: dict[str, Any] = {
        "name": "data",
        "state": "created",
        "size_gb": 10,
        "region": "ams",
        "encrypted": True,
        "created_at": ago(days=100),
        "host_status": "ok",
    }
    return Volume(id=volume_id, attached_machine_id=machine, zone=zone, **{**known, **more})


def with_events(machine: Machine, *events: MachineEvent) -> Machine:
    return machine.model_copy(update={"events": events})


def out_of_memory(at: datetime = NOW, *, nested: bool = False) -> MachineEvent:
    """A kill for lack of memory, in either of the two places where Fly.io tells it."""
    told = EventRequest(exit_event=ExitEvent(oom_killed=True, exit_code=137))
    if nested:
        told = EventRequest.model_validate({"MonitorEvent": {"exit_event": {"oom_killed": True}}})
    return MachineEvent(type="exit", status="stopped", timestamp=at, request=told)


def updated(at: datetime) -> MachineEvent:
    return MachineEvent(type="update", status="replaced", timestamp=at)


def requests(**by_region: float) -> tuple[Sample, ...]:
    return tuple(Sample(labels={"region": r}, value=v) for r, v in by_region.items())


def measured(*machines: str, **values: float) -> Measured:
    """Measurements of a calm day; `values` hold for every Machine, or for the app.

    Shared CPUs were throttled a little during the week, so that they are judged by themselves.
    """
    calm = {"up": 1.0, "throttle": 0.0, "throttle_week": 5.0, "balance": 300.0}
    calm |= {"balance_week": 300.0, "busy": 0.2, "steal": 0.0, "oom": 0.0, "free_memory": 0.5}
    whole = {"responses", "failures", "app_seconds", "edge_seconds"}
    named = calm | {name: value for name, value in values.items() if name not in whole}
    samples = [
        Sample(labels={"flytui": name, "instance": machine}, value=value)
        for machine in machines
        for name, value in named.items()
    ]
    samples += [Sample(labels={"flytui": n}, value=v) for n, v in values.items() if n in whole]
    return Measured(tuple(samples))
