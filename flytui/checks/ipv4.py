"""The item `ipv4`: whether the app wants an IPv4 address of its own."""

from dataclasses import dataclass

from flytui.checks.address_evidence import address_lines
from flytui.checks.check import check
from flytui.checks.remedies_network import (
    Certificates,
    allocate_dedicated_ipv4,
    allocate_shared_ipv4,
    release,
)
from flytui.checks.services import Served, name, served, tooling
from flytui.checks.words import count
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts import network as facts_network
from flytui.facts import project as facts_project
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Resource, Status, evidence
from flytui.fly.models import Address, AddressKind, App, Machine, Port, Service
from flytui.remedy import Command
from flytui.settings import Preferences

_WASTED = "It costs $2 a month, and nobody should or can use it."
Verdict = tuple[Status, str]


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    addresses: tuple[Address, ...]
    served: Served
    private: bool
    certificates: Certificates

    def of(self, kind: AddressKind) -> tuple[Address, ...]:
        return tuple(a for a in self.addresses if a.kind is kind)

    @property
    def wasted(self) -> bool:
        """Whether a dedicated address is paid for that the app should not or cannot use."""
        idle = self.private or not self.served.services
        return idle and bool(self.of(AddressKind.V4))

    @property
    def paid(self) -> str:
        number = len(self.of(AddressKind.V4))
        addresses = count(number, "dedicated IPv4 address", "dedicated IPv4 addresses")
        return f"{addresses} for ${2 * number}"

    @property
    def demanding(self) -> tuple[Service, ...]:
        """The services that a shared IPv4 address does not carry."""
        return tuple(s for s in self.served.services if needs_dedicated(s))


@check(
    "ipv4",
    facts_app.app,
    facts_network.addresses,
    facts_machines.machines,
    facts_project.preferences,
    optional(facts_network.certificates),
)
def ipv4(
    app: App,
    addresses: tuple[Address, ...],
    machines: tuple[Machine, ...],
    preferences: Preferences,
    certificates: Certificates | Unseen,
) -> Finding:
    """UDP and raw TCP need a dedicated IPv4 address; HTTP is better off with one.

    A shared address is used by many customers' apps, so that a network may block it for what a
    neighbour did. A dedicated one costs $2 a month, which is wasted on an app that is private
    or has no services.

    Follows https://fly.io/docs/networking/services/#dedicated-ipv4.
    """
    public = any(a.public for a in addresses)
    private = preferences.private is True or (bool(addresses) and not public)
    case = _Case(app, addresses, served(app, machines), private, certificates)
    status, summary = _verdict(case)
    return Finding(
        status,
        summary,
        evidence=_evidence(case),
        resources=_resources(case) if status is not Status.NOT_APPLICABLE else (),
        remedies=_remedies(case, status),
        unseen=case.served.gap if status is Status.UNKNOWN else None,
    )


def needs_dedicated(service: Service) -> bool:
    """The rule of `fly ips allocate`, but for HTTP and TLS on other ports: the docs share those."""
    return service.protocol == "udp" or any(_unusual(port) for port in service.ports)


def _unusual(port: Port) -> bool:
    handlers = set(port.handlers)
    if _exactly(port, 80):
        return handlers != {"http"}
    if _exactly(port, 443):
        return handlers != {"http", "tls"}
    return not handlers & {"http", "tls"}


def _exactly(port: Port, number: int) -> bool:
    return port.port == number or port.start_port == port.end_port == number


def _verdict(case: _Case) -> Verdict:
    if kind := tooling(case.app):
        return Status.NOT_APPLICABLE, f"{case.app.name} is {kind}, made by fly for its own use."
    if not case.served.services:
        return _idle(case)
    if case.private:
        return _hidden(case)
    if not any(a.public for a in case.addresses):
        return Status.NOT_APPLICABLE, f"{case.app.name} has no public address at all."
    return _serving(case)


def _hidden(case: _Case) -> Verdict:
    if case.wasted:
        return Status.ADVICE, f"{case.paid} a month on an app that is private."
    return Status.NOT_APPLICABLE, f"{case.app.name} is private, so it wants no IPv4 address."


def _idle(case: _Case) -> Verdict:
    if case.served.gap:
        return Status.UNKNOWN, case.served.gap.cause
    if case.wasted and case.served.deployed:
        return Status.ADVICE, f"{case.paid} a month on an app with no services."
    return Status.NOT_APPLICABLE, f"{case.app.name} has no services, so it wants no IPv4 address."


def _serving(case: _Case) -> Verdict:
    if dedicated := case.of(AddressKind.V4):
        addresses = count(len(dedicated), "dedicated IPv4 address", "dedicated IPv4 addresses")
        return Status.OK, f"{addresses} for {case.served.words}."
    if case.demanding:
        services = count(len(case.demanding), "service")
        verb = "needs" if len(case.demanding) == 1 else "need"
        return Status.ACTION, f"{services} {verb} a dedicated IPv4 address, and there is none."
    if not case.of(AddressKind.SHARED_V4):
        return Status.ADVICE, f"No IPv4 address: IPv4-only networks cannot reach {case.app.name}."
    return Status.ADVICE, "The 1 IPv4 address is shared with other customers' apps."


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    seen = [evidence("service", name(s), case.served.source) for s in case.served.services]
    if not seen and not case.served.gap:
        seen = [evidence("services", "none", case.served.source)]
    return (*address_lines(case.addresses), *seen)


def _remedies(case: _Case, status: Status) -> tuple[Command, ...]:
    if status not in {Status.ACTION, Status.ADVICE}:
        return ()
    if case.wasted:
        return tuple(_release(case, address, _WASTED) for address in case.of(AddressKind.V4))
    dedicated = allocate_dedicated_ipv4(case.app)
    if case.demanding or case.of(AddressKind.SHARED_V4):
        return (dedicated,)
    return (allocate_shared_ipv4(case.app), dedicated)


def _resources(case: _Case) -> tuple[Resource, ...]:
    return tuple(
        _address(case, address)
        for address in case.addresses
        if address.kind in {AddressKind.V4, AddressKind.SHARED_V4}
    )


def _address(case: _Case, address: Address) -> Resource:
    seen = address_lines((address,))
    if address.kind is AddressKind.SHARED_V4:
        return _shared(case, address, seen)
    if not case.wasted:
        summary = f"{address.address} answers for nobody but {case.app.name}."
        return Resource("address", address.address, Status.OK, summary, seen)
    remedy = _release(case, address, _WASTED)
    why = "should not lead to a private app" if case.private else "leads to no service"
    summary = f"{address.address} costs $2 a month and {why}."
    return Resource("address", address.address, Status.ADVICE, summary, seen, (remedy,))


def _shared(case: _Case, address: Address, seen: tuple[Evidence, ...]) -> Resource:
    """Beside a dedicated address it is superfluous, once DNS points to the dedicated one."""
    if not case.of(AddressKind.V4):
        status = Status.ACTION if case.demanding else Status.ADVICE
        summary = f"{address.address} is shared with other customers' apps."
        return Resource("address", address.address, status, summary, seen)
    remedy = _release(case, address, "With DNS on the dedicated address, nobody needs it.")
    summary = f"{address.address} can go when DNS points to the dedicated address."
    return Resource("address", address.address, Status.OK, summary, seen, (remedy,))


def _release(case: _Case, address: Address, why: str) -> Command:
    return release(case.app, address, case.addresses, case.certificates, why)
