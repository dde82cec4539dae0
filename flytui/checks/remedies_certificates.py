"""What can be done about a hostname: ask for a certificate, set a DNS record, look again."""

from decimal import Decimal

from flytui.checks.certificate_rules import Hostname
from flytui.checks.remedies_network import allocate_ipv6
from flytui.facts import app as facts_app
from flytui.facts import network as facts_network
from flytui.finding import Evidence, evidence
from flytui.fly.models import Address, AddressKind, App
from flytui.remedy import NOTHING_TO_UNDO, Blank, Command, Inverse

_ALTERS = frozenset({"certificates", "certificate_details"})
_HOSTNAME = Blank(
    "hostname", "Hostname", r"(?:\*\.)?(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_PRICE = "free for the organisation's first 10 hostnames, then $0.10 a month; a wildcard $1.00"


def add_hostname(app: App, hostname: str | None = None) -> Command:
    """Ask for a certificate; without a hostname the person is asked for one."""
    name = hostname or "{hostname}"
    return Command(
        argv=("fly", "certs", "add", name, "-a", app.name),
        title=f"Add {hostname or 'a hostname'}",
        filled=f"Add {name}",
        why="People reach the app under that name, over HTTPS.",
        changes="Fly.io asks for a certificate and shows the DNS records to set.",
        alters=_ALTERS,
        cost_note=_PRICE,
        undo=f"fly certs remove {name} -a {app.name}",
        inverse=Inverse(
            argv=("fly", "certs", "remove", name, "-a", app.name, "--yes"),
            title=f"Remove {name}",
            changes=f"{app.name} stops answering under {name}, and its certificate is gone.",
            undo=f"fly certs add {name} -a {app.name}, which asks for a certificate anew",
        ),
        target=f"{hostname or 'a hostname'} of {app.name}",
        blanks=() if hostname else (_HOSTNAME,),
    )


def check_hostname(app: App, hostname: str) -> Command:
    """Have Fly.io look at the DNS records again. It may ask for the certificate at once."""
    return Command(
        argv=("fly", "certs", "check", hostname, "-a", app.name),
        title=f"Check {hostname} again",
        why="Fly.io reads the DNS records again and shows what is still missing.",
        changes="If the records are right, a certificate is asked for.",
        alters=_ALTERS,
        cost_per_month_usd=Decimal(0),
        undo=NOTHING_TO_UNDO,
        target=f"{hostname} of {app.name}",
    )


def hostname_remedies(
    app: App, addresses: tuple[Address, ...], hostname: Hostname, *, private: bool
) -> tuple[Command, ...]:
    """The commands for a hostname in trouble; a private app gets no further public address."""
    look_again = check_hostname(app, hostname.name)
    if private or any(a.kind is AddressKind.V6 for a in addresses):
        return (look_again,)
    return (allocate_ipv6(app), look_again)


def records_to_set(
    app: App, addresses: tuple[Address, ...], hostname: Hostname
) -> tuple[Evidence, ...]:
    """The exact records: to the app where DNS does not lead there, and the one renewal wants."""
    found: list[Evidence] = []
    if not hostname.listed.configured and not hostname.name.startswith("*."):
        found += _to_the_app(app, addresses, hostname)
    detail = hostname.detail
    if detail and detail.dns_validation_target and not hostname.renews:
        record = f"{detail.dns_validation_hostname} CNAME {detail.dns_validation_target}"
        found.append(evidence("DNS record to set", record, facts_network.certificate_details))
    return tuple(found)


def _to_the_app(app: App, addresses: tuple[Address, ...], hostname: Hostname) -> list[Evidence]:
    """A and AAAA for every address; a subdomain may have one CNAME in their place."""
    records = [
        f"{hostname.name} {'AAAA' if a.kind is AddressKind.V6 else 'A'} {a.address}"
        for a in addresses
        if a.public
    ]
    found = [evidence("DNS record to set", record, facts_network.addresses) for record in records]
    apex = hostname.detail.is_apex if hostname.detail else hostname.name.count(".") == 1
    if app.cname_target and not apex:
        record = f"{hostname.name} CNAME {app.cname_target}"
        found.append(evidence("or in their place", record, facts_app.app))
    return found
