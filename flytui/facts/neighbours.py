"""Facts of other apps of the organisation that serve this one: a log shipper, an autoscaler."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from flytui.facts.app import app
from flytui.facts.fact import Ask, Needs, fact

if TYPE_CHECKING:
    from flytui.fly.models import Machine, OrganizationMachine, OrganizationMachines, Secret


@dataclass(frozen=True, slots=True)
class Trade:
    """How apps that do one job for others are recognised in an organisation's listing."""

    image: re.Pattern[str]
    """An image made for the job."""
    possible: re.Pattern[str]
    """An image that can do it, among other things."""
    name: re.Pattern[str]
    """A name such an app may have whose image was built anew."""


SHIPPING = Trade(
    re.compile(r"(^|/)(superfly/fly-log-shipper|flyio/log-shipper)(:|@|$)"),
    re.compile(
        r"(^|/)(superfly/fly-telemetry|timberio/vector|grafana/(alloy|promtail)|fluent/fluent-bit"
        r"|otel/opentelemetry-collector[a-z-]*)(:|@|$)"
    ),
    re.compile(r"log-?ship|fly-?telemetry|(^|-)(vector|logs?|logging)(-|$)", re.IGNORECASE),
)
SCALING = Trade(
    re.compile(r"(^|/)(flyio|superfly)/fly-autoscaler(:|@|$)"),
    re.compile(r"(^|/)fly-autoscaler(:|@|$)"),
    re.compile(r"auto-?scal|(^|-)scaler(-|$)", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An app that may do the job."""

    app: str
    certain: bool
    """Its image is made for the job."""
    image: str | None
    started: int
    """How many of its Machines run."""


@fact("Machines API /v1/orgs/{org}/machines", needs=Needs.ORGANIZATION)
async def organization_machines(ask: Ask) -> OrganizationMachines:
    """The Machines of all apps of the organisation, with their images, of 5 pages at most."""
    owner = (await ask.get(app)).organization
    return await ask.fly.organization_machines(owner.raw_slug)


@fact("Machines API /v1/apps/{log shipper}/machines", needs=Needs.ORGANIZATION)
async def shipper_machines(ask: Ask) -> tuple[Machine, ...]:
    """The Machines of the likeliest log shipper; none where no app looks like one."""
    found = candidates((await ask.get(organization_machines)).machines, SHIPPING)
    return await ask.fly.machines(found[0].app) if found else ()


@fact("Machines API /v1/apps/{log shipper}/secrets", needs=Needs.ORGANIZATION)
async def shipper_secrets(ask: Ask) -> tuple[Secret, ...]:
    """Names of the likeliest log shipper's secrets; none where no app looks like one."""
    found = candidates((await ask.get(organization_machines)).machines, SHIPPING)
    return await ask.fly.secrets(found[0].app) if found else ()


@fact("Machines API /v1/apps/{autoscaler}/machines", needs=Needs.ORGANIZATION)
async def autoscaler_machines(ask: Ask) -> tuple[Machine, ...]:
    """The Machines of the likeliest autoscaler of this app; none where no app looks like one."""
    found = (await ask.get(organization_machines)).machines
    return await _scaler(ask, candidates(found, SCALING, ask.app))


async def _scaler(ask: Ask, found: tuple[Candidate, ...]) -> tuple[Machine, ...]:
    if not found:
        return ()
    name = found[0].app
    return await ask.once("autoscaler_machines", name, lambda: ask.fly.machines(name))


def candidates(
    machines: Iterable[OrganizationMachine], trade: Trade, target: str = ""
) -> tuple[Candidate, ...]:
    """Apps that may do the job: those made for it first, then those named for the target."""
    found = _found(_Listing(tuple(machines)), trade)
    likely = sorted(found, key=lambda c: (not c.certain, target not in c.app, not c.started, c.app))
    return tuple(likely)


@dataclass(frozen=True, slots=True, eq=False)
class _Listing:
    """Machines that are the same only when they are the very same answer."""

    machines: tuple[OrganizationMachine, ...]

    def __hash__(self) -> int:
        return id(self.machines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Listing) and other.machines is self.machines


@lru_cache(maxsize=8)
def _found(listing: _Listing, trade: Trade) -> tuple[Candidate, ...]:
    """Found once for all apps that share the answer; a thousand of them ask."""
    ordered = sorted(listing.machines, key=lambda m: m.app_name)
    apps = [(name, tuple(those)) for name, those in groupby(ordered, key=lambda m: m.app_name)]
    return tuple(one for name, those in apps if (one := _candidate(name, those, trade)))


def _candidate(
    name: str, machines: tuple[OrganizationMachine, ...], trade: Trade
) -> Candidate | None:
    images = [m.image for m in machines if m.image]
    made = next((i for i in images if trade.image.search(i)), None)
    able = made or next((i for i in images if trade.possible.search(i)), None)
    if able is None and not trade.name.search(name):
        return None
    started = sum(m.state == "started" for m in machines)
    return Candidate(name, made is not None, able or next(iter(images), None), started)
