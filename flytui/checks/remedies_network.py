"""What can be done about addresses: release one, or allocate one."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from flytui.checks.words import count, listed
from flytui.edits.operations import Put, Table
from flytui.facts.fact import Unseen
from flytui.fly.models import Address, AddressKind, App, CertificateSummary
from flytui.remedy import Command, Edit, Inverse, Link, Remedy, Step, Steps

_ALTERS = frozenset({"addresses", "certificates", "certificate_details"})
_IPV4 = {AddressKind.V4, AddressKind.SHARED_V4}
Certificates = tuple[CertificateSummary, ...] | Unseen


def release(
    app: App, address: Address, addresses: tuple[Address, ...], certificates: Certificates, why: str
) -> Command:
    """Give up one address. `fly` has no way to ask first and none to take it back."""
    dedicated = address.kind is AddressKind.V4
    return Command(
        argv=("fly", "ips", "release", address.address, "-a", app.name),
        title=f"Release {address.address}",
        why=why,
        changes=f"{app.name} loses {_rank(address, addresses)}.",
        alters=_ALTERS,
        dependents=_dependents(app, address, addresses, certificates),
        cost_per_month_usd=Decimal("-2.00") if dedicated else Decimal(0),
        reversible=False,
        undo="no: a new address would be a different one",
        target=f"{address.words} address {address.address} of {app.name}",
        inverse=_another(app, address),
    )


def allocate_flycast(app: App) -> Command:
    return _allocate(
        app,
        ("allocate-v6", "--private"),
        title="Allocate a Flycast address",
        why=f"Apps of the organisation reach {app.name} through Fly Proxy at {app.name}.flycast.",
        changes=f"{app.name} gets a private IPv6 address that the internet cannot reach.",
    )


def allocate_ipv6(app: App) -> Command:
    return _allocate(
        app,
        ("allocate-v6",),
        title="Allocate a public IPv6 address",
        why="Certificates are validated over IPv6, and IPv6 networks reach the app directly.",
        changes=f"{app.name} gets a public IPv6 address.",
    )


def allocate_shared_ipv4(app: App) -> Command:
    return _allocate(
        app,
        ("allocate-v4", "--shared"),
        title="Allocate a shared IPv4 address",
        why="IPv4-only networks can reach the app's HTTP services.",
        changes=f"{app.name} gets an IPv4 address that it shares with other apps on Fly.io.",
    )


def allocate_dedicated_ipv4(app: App) -> Command:
    free = _allocate(
        app,
        ("allocate-v4",),
        title="Allocate a dedicated IPv4 address",
        why="No other customer's app answers on it, and it carries any TCP or UDP service.",
        changes=f"{app.name} gets an IPv4 address of its own.",
    )
    return replace(
        free,
        argv=(*free.argv, "--yes"),
        cost_per_month_usd=Decimal("2.00"),
        fly_asks="nothing, as --yes answers whether to pay $2 a month",
    )


def callers(app: App) -> Link:
    """What only the owners of the callers can do."""
    return Link(
        "https://fly.io/docs/networking/flycast/",
        f"Let callers use {app.name}.flycast",
        "Whoever still calls the public name fails as soon as the last public address is gone.",
    )


def behind_flycast(app: App, remedies: Iterable[Remedy]) -> tuple[Steps, ...]:
    """The order in which a public app becomes a private one; none where Flycast works already."""
    offered = tuple(remedies)
    flycast, switch = allocate_flycast(app), callers(app)
    if flycast not in offered or switch not in offered:
        return ()
    releases = [r for r in offered if isinstance(r, Command) and "release" in r.argv]
    return (
        Steps(
            f"Move {app.name} behind Flycast",
            f"Without it nobody reaches {app.name} once its public addresses are gone.",
            (
                Step(flycast, "a Flycast address", seen=False),
                Step(switch, f"callers that use {app.name}.flycast"),
                *(Step(one, "no public address") for one in releases),
            ),
        ),
    )


def plain_http(app: App) -> Edit:
    return Edit(
        path="fly.toml",
        title="Stop redirecting to HTTPS",
        why="A redirect leads callers on Flycast to a port that has no TLS.",
        snippet="[http_service]\n  force_https = false\n",
        note=f"then fly deploy -a {app.name}",
        operations=(Put(Table(("http_service",), existing=True), ("force_https",), False),),
    )


def _allocate(app: App, words: tuple[str, ...], *, title: str, why: str, changes: str) -> Command:
    return Command(
        argv=("fly", "ips", *words, "-a", app.name),
        title=title,
        why=why,
        changes=changes,
        alters=_ALTERS,
        cost_per_month_usd=Decimal(0),
        undo="fly ips release, with the address it was given",
        target=f"{app.name} in {app.organization.slug}",
        inverse=_release_again(app, dedicated=words == ("allocate-v4",)),
    )


def _release_again(app: App, *, dedicated: bool) -> Inverse:
    return Inverse(
        argv=("fly", "ips", "release", "{new}", "-a", app.name),
        title="Release {new}",
        changes=f"{app.name} loses {{new}} again; whoever came to use it loses it as well.",
        new="address",
        reversible=False,
        undo="no: a new address would be a different one",
        cost_per_month_usd=Decimal("-2.00") if dedicated else Decimal(0),
    )


def _another(app: App, released: Address) -> Inverse | None:
    """An address of the same kind; never the same address."""
    words = {
        AddressKind.V4: ("allocate-v4", "-a", app.name, "--yes"),
        AddressKind.SHARED_V4: ("allocate-v4", "--shared", "-a", app.name),
        AddressKind.V6: ("allocate-v6", "-a", app.name),
        AddressKind.PRIVATE_V6: ("allocate-v6", "--private", "-a", app.name),
    }.get(released.kind)
    if words is None:
        return None
    return Inverse(
        argv=("fly", "ips", *words),
        title=f"Allocate another {released.words} address",
        changes=f"{app.name} gets a new {released.words} address. It is a different one: what"
        f" names {released.address}, such as a DNS record, has to be changed.",
        undo="fly ips release, with the address it was given",
        cost_per_month_usd=Decimal("2.00") if released.kind is AddressKind.V4 else Decimal(0),
    )


def _rank(address: Address, addresses: tuple[Address, ...]) -> str:
    """Which of its addresses it is: `its only dedicated IPv4 address and its last public one`."""
    alike = [a for a in addresses if a.kind is address.kind]
    public = [a for a in addresses if a.public]
    which = "its only" if len(alike) == 1 else f"1 of its {len(alike)}"
    noun = "address" if len(alike) == 1 else "addresses"
    last = " and with it the last public one" if address.public and len(public) == 1 else ""
    return f"{which} {address.words} {noun}{last}"


def _dependents(
    app: App, address: Address, addresses: tuple[Address, ...], certificates: Certificates
) -> tuple[str, ...]:
    """Who reaches the app through it, as far as Fly.io knows; DNS elsewhere is not seen."""
    others = [a for a in addresses if a.public and a.address != address.address]
    lines = [*_hostname_lines(certificates, address)]
    if address.public and not others:
        lines.append(f"{app.name}.fly.dev and every other public name stop answering.")
    elif address.kind in _IPV4 and not any(a.kind in _IPV4 for a in others):
        lines.append("Networks without IPv6 can no longer reach the app.")
    if address.public and not others:
        lines.append(_inside(app, addresses))
    return tuple(lines)


def _inside(app: App, addresses: tuple[Address, ...]) -> str:
    """How the organisation's own apps reach it afterwards."""
    if any(a.kind is AddressKind.PRIVATE_V6 for a in addresses):
        return f"The organisation's apps still reach it at {app.name}.flycast."
    return f"No Flycast address exists: {app.name}.flycast does not answer until one is allocated."


def _hostname_lines(certificates: Certificates, address: Address) -> tuple[str, ...]:
    if not address.public:
        return ()
    if isinstance(certificates, Unseen):
        return (f"Custom hostnames could not be looked at: {certificates.cause}",)
    if not certificates:
        return ()
    record = "A" if address.kind in _IPV4 else "AAAA"
    names = listed(c.hostname for c in certificates)
    hostnames = count(len(certificates), "custom hostname")
    renewal = "" if record == "A" else " Certificates may renew through it."
    return (f"{hostnames} may have an {record} record to it: {names}.{renewal}",)
