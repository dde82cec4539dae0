"""The item `custom-domain`: every hostname has a certificate in force that can renew."""

from dataclasses import dataclass
from datetime import datetime

from flytui.checks.address_evidence import address_lines
from flytui.checks.certificate_rules import Hostname, judge
from flytui.checks.check import check
from flytui.checks.remedies_certificates import add_hostname, hostname_remedies, records_to_set
from flytui.checks.services import Served, served, tooling
from flytui.checks.words import count
from flytui.facts import app as facts_app
from flytui.facts import fact as facts_fact
from flytui.facts import machines as facts_machines
from flytui.facts import network as facts_network
from flytui.facts import project as facts_project
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Finding, Resource, Status, evidence, worst
from flytui.fly.models import Address, App, Certificate, CertificateSummary, Machine
from flytui.remedy import Command, Remedy
from flytui.settings import Preferences

_UNREAD = Unseen(
    "The expiry of a hostname's certificate is not known.",
    "Run fly certs check with the hostname, or open Certificates on the dashboard.",
)


@dataclass(frozen=True, slots=True)
class _Case:
    app: App
    served: Served
    addresses: tuple[Address, ...]
    private: bool
    hostnames: tuple[Hostname, ...]

    @property
    def public(self) -> bool:
        return any(a.public for a in self.addresses)


@check(
    "custom-domain",
    facts_app.app,
    facts_network.certificates,
    facts_network.certificate_details,
    facts_network.addresses,
    facts_machines.machines,
    facts_fact.now,
    facts_project.preferences,
)
def custom_domain(  # noqa: PLR0913, PLR0917  (a check takes each fact it names)
    app: App,
    certificates: tuple[CertificateSummary, ...],
    details: tuple[Certificate, ...],
    addresses: tuple[Address, ...],
    machines: tuple[Machine, ...],
    now: datetime,
    preferences: Preferences,
) -> Finding:
    """A public app has a hostname of its own, and each one's certificate is in force and can renew.

    Renewal needs one of: an AAAA record to the app, a CNAME at _acme-challenge, a TXT record at
    _fly-ownership. A certificate that was imported does not renew by itself.

    Follows https://fly.io/docs/networking/custom-domain/.
    """
    known = {detail.hostname: detail for detail in details}
    hostnames = tuple(
        judge(summary, known.get(summary.hostname), now, preferences.thresholds)
        for summary in certificates
        if not summary.hostname.endswith(".fly.dev")
    )
    private = preferences.private is True
    case = _Case(app, served(app, machines), addresses, private, hostnames)
    status, summary = _verdict(case)
    applies = status is not Status.NOT_APPLICABLE
    resources = tuple(_resource(case, hostname) for hostname in hostnames if applies)
    return Finding(
        status,
        summary,
        evidence=_evidence(case),
        resources=resources,
        remedies=_remedies(case, status, resources),
        unseen=(case.served.gap or _UNREAD) if status is Status.UNKNOWN else None,
    )


def _verdict(case: _Case) -> tuple[Status, str]:
    if kind := tooling(case.app):
        return Status.NOT_APPLICABLE, f"{case.app.name} is {kind}, made by fly for its own use."
    if not case.public or not case.served.http or (case.private and not case.hostnames):
        return _not_public(case)
    if not case.hostnames:
        return Status.ADVICE, f"No hostname of your own: people reach {case.app.name}.fly.dev."
    return _of_hostnames(case.hostnames)


def _not_public(case: _Case) -> tuple[Status, str]:
    if case.public and case.served.gap and (case.hostnames or not case.private):
        return Status.UNKNOWN, case.served.gap.cause
    if case.hostnames and not case.public:
        names = count(len(case.hostnames), "hostname")
        verb = "leads" if len(case.hostnames) == 1 else "lead"
        return Status.ADVICE, f"{names} {verb} nowhere: the app has no public address."
    if case.private:
        return Status.NOT_APPLICABLE, f"{case.app.name} is private, so it wants no public hostname."
    return Status.NOT_APPLICABLE, f"{case.app.name} has no public HTTP service to put a name on."


def _of_hostnames(hostnames: tuple[Hostname, ...]) -> tuple[Status, str]:
    names = count(len(hostnames), "hostname")
    if not any(hostname.in_force or hostname.expiry_unseen for hostname in hostnames):
        return Status.ACTION, f"No certificate is in force for the app's {names}."
    status = worst(hostname.status for hostname in hostnames)
    if status is Status.OK:
        verb = "has" if len(hostnames) == 1 else "have"
        return status, f"{names} {verb} a certificate in force that can renew."
    return status, _first(hostnames, status)


def _first(hostnames: tuple[Hostname, ...], status: Status) -> str:
    """The first troubled hostname's sentence, with how many more there are."""
    troubled = [h for h in hostnames if h.status is status] or list(hostnames)
    more = f" ({len(troubled) - 1} more like it)" if len(troubled) > 1 else ""
    return troubled[0].summary.rstrip(".") + more + "."


def _evidence(case: _Case) -> tuple[Evidence, ...]:
    names = [evidence(h.name, h.words, facts_network.certificates) for h in case.hostnames]
    if not names:
        names = [evidence("hostnames", "none", facts_network.certificates)]
    http = evidence("HTTP services", "yes" if case.served.http else "none seen", case.served.source)
    return (*names, *address_lines(case.addresses), http)


def _remedies(case: _Case, status: Status, resources: tuple[Resource, ...]) -> tuple[Remedy, ...]:
    """Those of the hostnames in trouble; a first hostname where there is none."""
    if status not in {Status.ACTION, Status.ADVICE}:
        return ()
    if not case.hostnames:
        return (add_hostname(case.app),)
    troubled = (r for r in resources if r.status in {Status.ACTION, Status.ADVICE})
    return tuple(dict.fromkeys(remedy for r in troubled for remedy in r.remedies))


def _resource(case: _Case, hostname: Hostname) -> Resource:
    remedies: tuple[Command, ...] = ()
    records: tuple[Evidence, ...] = ()
    if hostname.status not in {Status.OK, Status.UNKNOWN}:
        remedies = hostname_remedies(case.app, case.addresses, hostname, private=case.private)
        records = records_to_set(case.app, case.addresses, hostname)
    others = {h.name for h in case.hostnames}
    twin = hostname.twin
    missing = twin is not None and twin not in others
    seen = [*hostname.evidence, *records]
    if missing and twin:
        seen.append(evidence("without a certificate", twin, facts_network.certificates))
        remedies = (*remedies, add_hostname(case.app, twin))
    return Resource(
        "hostname", hostname.name, hostname.status, hostname.summary, tuple(seen), remedies
    )
