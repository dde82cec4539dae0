"""The item `flycast`: private services are reached through Fly Proxy, on the private network."""

from dataclasses import dataclass

from flytui.checks.address_evidence import address_lines
from flytui.checks.check import check
from flytui.checks.privacy import private_by_nature
from flytui.checks.remedies_network import (
    Certificates,
    allocate_flycast,
    behind_flycast,
    callers,
    plain_http,
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
from flytui.fly.models import Address, App, Machine, Service
from flytui.remedy import Remedy
from flytui.settings import Preferences

Verdict = tuple[Status, str]


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    addresses: tuple[Address, ...]
    served: Served
    private: bool | None
    nature: str | None
    certificates: Certificates

    @property
    def public(self) -> tuple[Address, ...]:
        return tuple(a for a in self.addresses if a.public)

    @property
    def flycast(self) -> tuple[Address, ...]:
        return tuple(a for a in self.addresses if not a.public)

    @property
    def publicly(self) -> str:
        return count(len(self.public), "public address", "public addresses")


@check(
    "flycast",
    facts_app.app,
    facts_network.addresses,
    facts_machines.machines,
    facts_project.preferences,
    optional(facts_network.certificates),
)
def flycast(
    app: App,
    addresses: tuple[Address, ...],
    machines: tuple[Machine, ...],
    preferences: Preferences,
    certificates: Certificates | Unseen,
) -> Finding:
    """A private app with services has a Flycast address, no public one, and speaks plain HTTP.

    Flycast carries HTTP without TLS, so a service that redirects to HTTPS or only offers TLS
    cannot be used through it. An app that nobody declared private and that has public addresses
    is taken for a public one, to which the item does not apply.

    Follows https://fly.io/docs/networking/flycast/.
    """
    nature = private_by_nature(app, machines)
    case = _Case(app, addresses, served(app, machines), preferences.private, nature, certificates)
    status, summary = _verdict(case)
    applies = status is not Status.NOT_APPLICABLE
    remedies = _remedies(case) if status in {Status.ACTION, Status.ADVICE} else ()
    return Finding(
        status,
        summary,
        evidence=_evidence(case),
        resources=_resources(case) if applies else (),
        remedies=remedies,
        steps=behind_flycast(app, remedies),
        unseen=case.served.gap if status is Status.UNKNOWN else None,
    )


def _verdict(case: _Case) -> Verdict:
    if kind := tooling(case.app):
        return Status.NOT_APPLICABLE, f"{case.app.name} is {kind}, made by fly for its own use."
    if not case.served.services:
        return _without_services(case)
    if case.public:
        return _public(case)
    if not case.flycast:
        return _unreachable(case)
    return _private(case)


def _without_services(case: _Case) -> Verdict:
    if case.served.gap:
        return Status.UNKNOWN, case.served.gap.cause
    summary = f"{case.app.name} has no services, so there is nothing Flycast could lead to."
    return Status.NOT_APPLICABLE, summary


def _public(case: _Case) -> Verdict:
    if case.private is not False and case.flycast:
        return Status.ADVICE, f"{case.publicly} beside the Flycast address: the app is public too."
    if case.private:
        return Status.ACTION, f"{case.publicly} on an app declared private, and no Flycast address."
    if case.private is None and case.nature:
        return Status.ADVICE, f"{case.publicly} and no Flycast address: the app {case.nature}."
    if case.private is None and case.served.gap:
        return Status.UNKNOWN, case.served.gap.cause
    return Status.NOT_APPLICABLE, f"{case.app.name} serves the public on {case.publicly}."


def _unreachable(case: _Case) -> Verdict:
    if case.app.role and case.app.role.name == "postgres_cluster":
        summary = f"Fly Postgres answers at {case.app.name}.internal without a Flycast address."
        return Status.NOT_APPLICABLE, summary
    return (
        Status.ADVICE,
        f"No address leads to {case.served.words}: only fly-replay reaches the app.",
    )


def _private(case: _Case) -> Verdict:
    services = case.served.services
    asking = [s for s in services if _redirects(s) or _deaf(s)]
    if asking:
        status = Status.ACTION if all(_deaf(s) for s in services) else Status.ADVICE
        asks = "ask for it" if len(asking) > 1 else "asks for it"
        return status, f"Flycast has no TLS, and {len(asking)} of {case.served.words} {asks}."
    if case.served.gap:
        return Status.UNKNOWN, case.served.gap.cause
    return Status.OK, f"Flycast alone leads to {case.served.words}, over plain HTTP or TCP."


def _redirects(service: Service) -> bool:
    return any(port.force_https for port in service.ports)


def _deaf(service: Service) -> bool:
    """Whether every port of it redirects to HTTPS, or is 443 with TLS: Flycast reaches none."""
    return all(
        port.force_https or (port.port == 443 and "tls" in port.handlers) for port in service.ports
    )


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    seen = [
        evidence(
            "service", name(s) + (", forces HTTPS" if _redirects(s) else ""), case.served.source
        )
        for s in case.served.services
    ]
    if not seen and not case.served.gap:
        seen = [evidence("services", "none", case.served.source)]
    if case.private is not None:
        word = "private" if case.private else "public"
        seen.append(evidence("declared", word, facts_project.preferences))
    return (*address_lines(case.addresses), *seen)


def _remedies(case: _Case) -> tuple[Remedy, ...]:
    """Flycast first, so that callers have somewhere to go before the public way closes."""
    remedies: list[Remedy] = [] if case.flycast else [allocate_flycast(case.app)]
    if case.public and not case.flycast:
        remedies.append(callers(case.app))
    if any(_redirects(s) for s in case.served.services):
        remedies.append(plain_http(case.app))
    why = "Callers on the private network use Flycast; nobody else can reach the app."
    remedies += [
        release(case.app, address, case.addresses, case.certificates, why)
        for address in case.public
    ]
    return tuple(remedies)


def _resources(case: _Case) -> tuple[Resource, ...]:
    return tuple(_address(case, address) for address in case.addresses)


def _address(case: _Case, address: Address) -> Resource:
    seen = address_lines((address,))
    if address.public:
        status = Status.ADVICE if case.flycast else _verdict(case)[0]
        why = "The internet can no longer reach the app through it."
        remedy = release(case.app, address, case.addresses, case.certificates, why)
        summary = f"The {address.words} address {address.address} is public."
        return Resource("address", address.address, status, summary, seen, (remedy,))
    return Resource("address", address.address, Status.OK, _callers(case.app, address), seen)


def _callers(app: App, address: Address) -> str:
    """Who can use a Flycast address: apps of the network it is in, which may be another one."""
    owner = address.network_organization
    foreign = (owner and owner not in {app.organization.slug, app.organization.raw_slug}) or (
        address.network and address.network != app.network
    )
    if not foreign:
        return f"The organisation's own apps reach it at {app.name}.flycast."
    return (
        f"It is in network {address.network or 'default'} of {owner or 'this organisation'} only."
    )
