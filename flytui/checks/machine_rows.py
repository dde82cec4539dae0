"""One row for each Machine: whether it can be relied on when another is lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from flytui.checks import prices
from flytui.checks.groups import BROKEN, Group
from flytui.checks.words import listed
from flytui.facts import machines as facts
from flytui.facts.fact import Fact, Unseen
from flytui.finding import Evidence, Resource, Status, evidence, worst
from flytui.fly.models import Machine, Placement, Volume
from flytui.remedy import Command

STANDING_STILL = frozenset({"created", "stopped", "suspended"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What redundancy rests on beside the group's own Machines."""

    app: str
    alive: frozenset[str]
    """Ids of all Machines that exist."""
    regions: tuple[str, ...]
    """Of all the app's Machines: `fly scale count` spreads over them unless told a region."""
    primary: str | None
    placement: Placement | Unseen
    volumes: tuple[Volume, ...] | Unseen
    prices: prices.Sizes

    def host(self, machine: Machine) -> str | None:
        return None if isinstance(self.placement, Unseen) else self.placement.hosts.get(machine.id)


def row(
    machine: Machine, group: Group, around: Surroundings, cures: tuple[Command, ...]
) -> Resource:
    """One Machine: whether it can be relied on when another is lost."""
    host = around.host(machine)
    place = f"in {machine.region}" + (f" on host {host}" if host else "")
    flaws = dict(_flaws(machine, group, around))
    status = worst(flaws.values()) if flaws else Status.OK
    summary = next((f for f, s in flaws.items() if s is status), f"can be relied on, {place}")
    return Resource(
        "Machine",
        machine.id,
        status,
        f"Machine {machine.id} {summary}.",
        tuple(machine_evidence(machine, group, around)),
        tuple(c for c in cures if c.argv[1] == "machine" and c.argv[3] == machine.id),
    )


def _flaws(machine: Machine, group: Group, around: Surroundings) -> Iterator[tuple[str, Status]]:
    if machine.host_status == "unreachable":
        yield "is on a host that does not answer", Status.ADVICE
    if machine.state in BROKEN:
        yield "failed to start", Status.ADVICE
    elif machine.settling:
        yield "is changing state", Status.UNKNOWN
    if machine.cordoned:
        yield "is cordoned", Status.ADVICE
    if group.serves and machine.state in STANDING_STILL and asleep(machine):
        yield "is stopped and never started again", Status.ADVICE
    if machine.settings.standbys and not set(machine.settings.standbys) & around.alive:
        yield "watches a Machine that no longer exists", Status.ADVICE
    if around.host(machine) is None:
        yield "is on a host that is not known", Status.UNKNOWN


def machine_evidence(machine: Machine, group: Group, around: Surroundings) -> Iterator[Evidence]:
    host = around.host(machine)
    place = f"{machine.region}, host {host}" if host else machine.region
    fact: Fact[Placement] | Fact[tuple[Machine, ...]]
    fact = facts.placement if host else facts.machines
    role = f", standby for {listed(s)}" if (s := machine.settings.standbys) else ""
    yield evidence(f"Machine {machine.id}", f"{group.words}, {place}{role}", fact)
    yield evidence(f"State of {machine.id}", machine.state, facts.machines, moves=True)


def asleep(machine: Machine) -> bool:
    """Whether no request can start it."""
    if machine.settings.disable_machine_autostart:
        return True
    services = machine.settings.services
    return bool(services) and all(s.autostart is False for s in services)
