"""The item `exposure`: services not meant for the internet have no public address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from flytui.checks.address_evidence import address_lines
from flytui.checks.check import check
from flytui.checks.privacy import private_by_nature, raw, risk, says_internal
from flytui.checks.remedies_network import (
    Certificates,
    allocate_flycast,
    behind_flycast,
    callers,
    plain_http,
    release,
)
from flytui.checks.services import Served, name, served, tooling
from flytui.checks.words import be, count
from flytui.edits.operations import Put, Table
from flytui.facts import app as facts_app
from flytui.facts import machines as facts_machines
from flytui.facts import network as facts_network
from flytui.facts import project as facts_project
from flytui.facts.fact import Unseen, optional
from flytui.finding import Evidence, Finding, Resource, Status, evidence, worst
from flytui.fly.models import Address, App, Machine, Service
from flytui.remedy import Command, Edit, Remedy
from flytui.settings import Preferences

_WHY_RELEASE = "The internet can no longer reach the app through it."
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
    def flycast(self) -> bool:
        return any(not a.public for a in self.addresses)

    @property
    def publicly(self) -> str:
        return count(len(self.public), "public address", "public addresses")

    def threatened(self, service: Service) -> bool:
        """Whether it is a database's, or passes raw bytes to an app that is private by nature."""
        return bool(risk(service)) or bool(self.nature and raw(service))


@check(
    "exposure",
    facts_app.app,
    facts_network.addresses,
    facts_machines.machines,
    facts_project.preferences,
    optional(facts_network.certificates),
)
def exposure(
    app: App,
    addresses: tuple[Address, ...],
    machines: tuple[Machine, ...],
    preferences: Preferences,
    certificates: Certificates | Unseen,
) -> Finding:
    """An app that is private, or by nature a database, has no public address.

    Every service of an app with a public address is reachable from the internet. Whether an app
    that serves HTTP is meant for everybody only its owners can tell: by declaring it, or by a
    review. Without services a public address is unnecessary, and a later deploy would expose it.

    Follows https://fly.io/docs/networking/flycast/ and https://fly.io/docs/networking/services/.
    """
    nature = private_by_nature(app, machines)
    case = _Case(app, addresses, served(app, machines), preferences.private, nature, certificates)
    status, summary = _verdict(case)
    remedies = _remedies(case, status)
    return Finding(
        status,
        summary,
        evidence=_evidence(case),
        resources=_resources(case, status) if status is not Status.NOT_APPLICABLE else (),
        remedies=remedies,
        steps=behind_flycast(app, remedies),
        unseen=case.served.gap if status is Status.UNKNOWN else None,
    )


def _verdict(case: _Case) -> Verdict:
    if kind := tooling(case.app):
        return Status.NOT_APPLICABLE, f"{case.app.name} is {kind}, made by fly for its own use."
    if not case.served.deployed and not (case.public and case.private):
        return Status.NOT_APPLICABLE, f"{case.app.name} has no release, so it serves nothing yet."
    if not case.public:
        return _unexposed(case)
    if not case.served.services:
        return _idle(case)
    return next(chain(_wrong(case), _doubtful(case), _rest(case)))


def _unexposed(case: _Case) -> Verdict:
    if not case.flycast:
        return Status.OK, _alone(case.served)
    if redirecting := [s for s in case.served.services if any(p.force_https for p in s.ports)]:
        services = count(len(redirecting), "service")
        return Status.ADVICE, f"{services} behind Flycast sends callers to HTTPS, which it lacks."
    if case.served.gap:
        return Status.UNKNOWN, case.served.gap.cause
    return Status.OK, f"Flycast alone leads to {case.served.words}; no address is public."


def _alone(served: Served) -> str:
    if served.services:
        return f"No address leads to the app's {served.words}; only the private network does."
    return "No address is public, and the app has no services."


def _idle(case: _Case) -> Verdict:
    if case.served.gap:
        return Status.UNKNOWN, case.served.gap.cause
    return Status.ADVICE, f"{case.publicly} on an app with no services."


def _wrong(case: _Case) -> Iterator[Verdict]:
    if case.private:
        yield Status.ACTION, f"{case.publicly} on an app that was declared private."
    if threatened := [s for s in case.served.services if case.threatened(s)]:
        status = Status.ADVICE if case.private is False else Status.ACTION
        reason = risk(threatened[0]) or f"{case.app.name} {case.nature}"
        services = count(len(threatened), "private service")
        yield status, f"{services} {be(len(threatened))} open to the internet: {reason}."


def _doubtful(case: _Case) -> Iterator[Verdict]:
    """What speaks against an app that nobody declared public."""
    if case.private is False:
        return
    if case.nature:
        yield Status.ADVICE, f"{case.publicly} on an app that {case.nature}."
    if case.flycast:
        yield Status.ADVICE, f"{case.publicly} beside a Flycast address: the app is still public."
    if word := says_internal(case.app):
        yield Status.ADVICE, f"{case.publicly} on an app with “{word}” in its name."
    if passing := [s for s in case.served.services if raw(s)]:
        services = count(len(passing), "service")
        yield Status.ADVICE, f"{services} without HTTP {be(len(passing))} open to the internet."


def _rest(case: _Case) -> Iterator[Verdict]:
    if case.served.gap:
        yield Status.UNKNOWN, case.served.gap.cause
    elif case.private is False:
        yield Status.OK, f"{case.publicly}, as declared: the app is meant for the internet."
    else:
        verb = "lead" if len(case.public) > 1 else "leads"
        summary = f"{case.publicly} {verb} to {case.served.words}: say whether that is meant."
        yield Status.MANUAL, summary


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    seen = [evidence("service", name(s), case.served.source) for s in case.served.services]
    if not seen and not case.served.gap:
        seen = [evidence("services", "none", case.served.source)]
    if case.private is not None:
        word = "private" if case.private else "public"
        seen.append(evidence("declared", word, facts_project.preferences))
    if case.nature:
        seen.append(evidence("app", case.nature, facts_machines.machines))
    return (*address_lines(case.addresses), *seen)


def _remedies(case: _Case, status: Status) -> tuple[Remedy, ...]:
    """Flycast first, so that callers have somewhere to go before the public way closes."""
    if status is Status.MANUAL:
        return (_declare(case.app, private=False), _declare(case.app, private=True))
    if status not in {Status.ACTION, Status.ADVICE}:
        return ()
    if not case.public:
        return (plain_http(case.app),)
    private: tuple[Remedy, ...] = ()
    if not case.flycast and case.served.services:
        private = (allocate_flycast(case.app), callers(case.app))
    return (*private, *(_release(case, address) for address in case.public))


def _declare(app: App, *, private: bool) -> Edit:
    word, which = ("private", "true") if private else ("public", "false")
    return Edit(
        path=".flytui/config.toml",
        title=f"Declare that the app is {word}",
        why="The answer stays with the project, and flytui judges the addresses by it.",
        snippet=f"[apps.{app.name}]\nprivate = {which}  # true: only your own apps may reach it\n",
        operations=(Put(Table(("apps", app.name)), ("private",), private),),
        creates=True,
    )


def _release(case: _Case, address: Address) -> Command:
    return release(case.app, address, case.addresses, case.certificates, _WHY_RELEASE)


def _resources(case: _Case, status: Status) -> tuple[Resource, ...]:
    addresses = (_address(case, address, status) for address in case.addresses)
    services = (_service(case, service, status) for service in case.served.services)
    return (*addresses, *_once(services))


def _once(services: Iterable[Resource]) -> Iterable[Resource]:
    """One of each id, the worst: Machines may differ in handlers for the same ports."""
    found: dict[str, Resource] = {}
    for service in services:
        known = found.get(service.id)
        if not known or worst((known.status, service.status)) is not known.status:
            found[service.id] = service
    return found.values()


def _address(case: _Case, address: Address, status: Status) -> Resource:
    seen = address_lines((address,))
    if not address.public:
        summary = f"The Flycast address {address.address} is on the private network."
        return Resource("address", address.address, Status.OK, summary, seen)
    summary = f"The {address.words} address {address.address} is reachable from the internet."
    remedies = () if status is Status.OK else (_release(case, address),)
    return Resource("address", address.address, status, summary, seen, remedies)


def _service(case: _Case, service: Service, status: Status) -> Resource:
    seen = (evidence("service", name(service), case.served.source),)
    if not case.public:
        return Resource("service", name(service), Status.OK, "On the private network only.", seen)
    if case.private or case.threatened(service):
        reason = risk(service) or (f"the app {case.nature}" if case.nature else "declared private")
        summary = f"Open to the internet, and not meant for it: {reason}."
        return Resource("service", name(service), status, summary, seen)
    if case.private is False:
        return Resource("service", name(service), Status.OK, "Public, as declared.", seen)
    mode = Status.ADVICE if raw(service) else Status.MANUAL
    kind = "without HTTP" if raw(service) else "over HTTP"
    return Resource("service", name(service), mode, f"Open to the internet {kind}.", seen)
