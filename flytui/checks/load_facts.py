"""What was measured of Machines, as the checks of size and tuning look at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flytui.facts.fact import Unseen
from flytui.facts.metrics import Courses, Measured
from flytui.fly.models import Machine
from flytui.settings import Thresholds

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Load:
    """The measurements, or why they cannot be seen, and the limits they are held to."""

    measured: Measured | Unseen
    courses: Courses | Unseen
    thresholds: Thresholds
    now: datetime

    def of(self, name: str, machine: Machine) -> float | None:
        """The Machine's measurement of that name; None when there is none."""
        if isinstance(self.measured, Unseen):
            return None
        return self.measured.of(name).get(machine.id)

    def course(self, name: str, machine: Machine) -> tuple[float, ...]:
        return () if isinstance(self.courses, Unseen) else self.courses.of(name, machine.id)

    def changed_lately(self, machine: Machine) -> bool:
        """Whether it was created or updated within the week that kills are looked for in."""
        return any(
            event.type in {"update", "launch"} and event.timestamp > self.now - _WEEK
            for event in machine.events
        )


def killed_for_memory(machine: Machine) -> bool:
    """Whether the kernel killed it for lack of memory since it was last updated."""
    return last_kill(machine) is not None


def last_kill(machine: Machine) -> datetime | None:
    """When the kernel last killed it for lack of memory; None if not since its last update."""
    for event in sorted(machine.events, key=lambda e: e.timestamp, reverse=True):
        if event.type in {"update", "launch"}:
            return None
        request = event.request
        if request is None:
            continue
        if request.exit_event is not None and request.exit_event.oom_killed:
            return event.timestamp
        nested = (request.monitor_event or {}).get("exit_event")
        if isinstance(nested, dict) and nested.get("oom_killed") is True:
            return event.timestamp
    return None
