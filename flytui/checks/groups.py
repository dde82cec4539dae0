"""Process groups: which Machines count, what they are for, and which of them can be relied on."""

import re
from dataclasses import dataclass

from flytui.checks.deployed import declared_services, declares_mounts
from flytui.fly.models import Machine, Service
from flytui.repo import LocalConfig

BROKEN = frozenset({"failed", "launch_failed"})
_ALONE_BY_DESIGN = re.compile(r"(^|/)(flyio/fly-autoscaler|superfly/fly-autoscaler)(:|@|$)")
_LOG_SHIPPER = re.compile(r"(^|/)(superfly/fly-log-shipper|flyio/log-shipper)(:|@|$)")


@dataclass(frozen=True, slots=True)
class Group:
    """A process group's Machines: alive, not temporary, neither scheduled nor run once."""

    name: str
    managed: bool
    """Whether `fly deploy` and `fly scale` know these Machines."""
    members: tuple[Machine, ...]
    serves: bool | None
    """Whether it has services; None when too little can be seen."""
    mounted: bool
    """Whether it has, or should have, volumes."""
    jobs: tuple[Machine, ...] = ()
    """Scheduled Machines and those that run once."""

    @property
    def standbys(self) -> tuple[Machine, ...]:
        return tuple(m for m in self.members if m.settings.standbys)

    @property
    def own(self) -> tuple[Machine, ...]:
        """Its Machines without standbys."""
        return tuple(m for m in self.members if not m.settings.standbys)

    @property
    def sound(self) -> tuple[Machine, ...]:
        """Those that can be relied on: neither failed nor on a host that does not answer."""
        return tuple(
            m for m in self.own if m.state not in BROKEN and m.host_status != "unreachable"
        )

    @property
    def services(self) -> tuple[Service, ...]:
        return tuple(s for m in self.own for s in m.settings.services)

    @property
    def http(self) -> bool:
        """Whether it answers HTTP."""
        return any(service.http for service in self.services)

    @property
    def words(self) -> str:
        """How a sentence names it. The default group is called app, which is not the app."""
        if not self.managed:
            return "the unmanaged part"
        return "process group app" if self.name == "app" else self.name

    @property
    def subject(self) -> str:
        """How it is named where a sentence begins."""
        return self.words if self.words == self.name else self.words[0].upper() + self.words[1:]

    @property
    def alone_by_design(self) -> bool:
        """Whether a second Machine would do the work twice."""
        return bool(self.own) and all(_alone(m) for m in self.own)


def _alone(machine: Machine) -> bool:
    image = machine.settings.image or ""
    if _ALONE_BY_DESIGN.search(image):
        return True
    return bool(_LOG_SHIPPER.search(image)) and "QUEUE" not in machine.settings.env


def groups(machines: tuple[Machine, ...], config: LocalConfig | None) -> tuple[Group, ...]:
    """The groups fly.toml names and those seen, by name; unmanaged Machines are one more."""
    counted = [m for m in machines if m.counts and not faceless(m)]
    managed = [m for m in counted if m.launch_managed]
    stray = [m for m in counted if not m.launch_managed]
    names = {m.group for m in managed}
    if config is not None:
        names |= set(config.process_groups)
    found = [_group(n, [m for m in managed if m.group == n], config) for n in sorted(names)]
    if stray:
        found.append(_group("unmanaged", stray, None, managed=False))
    return tuple(found)


def faceless(machine: Machine) -> bool:
    """Whether so little of it can be seen that its process group is unknown."""
    return machine.counts and machine.partial and not machine.settings.metadata


def _group(
    name: str, machines: list[Machine], config: LocalConfig | None, *, managed: bool = True
) -> Group:
    jobs = tuple(m for m in machines if m.settings.schedule or m.settings.auto_destroy)
    members = tuple(m for m in machines if m not in jobs)
    mounted = any(m.settings.mounts for m in members)
    if not members and config is not None:
        mounted = declares_mounts(config, name)
    return Group(name, managed, members, _serves(name, members, config), mounted, jobs)


def _serves(name: str, members: tuple[Machine, ...], config: LocalConfig | None) -> bool | None:
    if any(m.settings.services for m in members):
        return True
    if members and not any(m.partial for m in members):
        return False
    return bool(declared_services(config, name)) if config is not None else None
