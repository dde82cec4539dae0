"""Allocating and releasing addresses."""

from flytui.demo.problems import Invalid, Missing
from flytui.demo.state import Address, AddressType, App, EgressAddress, Machine
from flytui.demo.world import World


def allocate(  # noqa: PLR0913 - the fields of the request
    world: World,
    app: App,
    kind: AddressType,
    *,
    region: str | None = None,
    network: str | None = None,
    network_organization: str | None = None,
    service_name: str | None = None,
) -> Address:
    """A new address of the app; an app has one shared IPv4 address at most and keeps it."""
    address = Address(
        id=world.ids.prefixed("ip"),
        address=_fresh(world, kind),
        type=kind,
        created_at=world.now,
        region=region or "global",
        service_name=service_name,
    )
    if kind == "shared_v4":
        app.shared_address = app.shared_address or address.address
        address.address = app.shared_address
        return address
    if kind == "private_v6":
        address.network = network or app.network
        address.network_organization = network_organization or app.organization
    app.addresses.append(address)
    return address


def release(app: App, *, ip: str | None = None, address_id: str | None = None) -> None:
    """The address is gone for good; Fly.io never gives the same dedicated one again."""
    if ip is not None and ip == app.shared_address:
        app.shared_address = None
        return
    kept = [one for one in app.addresses if ip != one.address and address_id != one.id]
    if len(kept) == len(app.addresses):
        raise Missing("Could not find IP address")
    app.addresses = kept


def allocate_egress(world: World, app: App, region: str) -> tuple[str, str]:
    """An egress pair, IPv4 and IPv6, for the app's Machines in a region."""
    if any(address.region == region for address in app.egress):
        raise Invalid(f"An egress IP already exists in {region}")
    v4, v6 = _fresh(world, "v4"), _fresh(world, "v6")
    app.egress += [
        EgressAddress(world.ids.prefixed("eip"), v4, 4, region, world.now),
        EgressAddress(world.ids.prefixed("eip"), v6, 6, region, world.now),
    ]
    return v4, v6


def release_egress(app: App, ip: str) -> EgressAddress:
    for address in app.egress:
        if address.ip == ip:
            app.egress.remove(address)
            return address
    raise Missing("Could not find egress IP address")


def machine_address(world: World) -> str:
    """A 6PN address for a new Machine."""
    return f"fdaa:0:18:a7b:{world.ids.pick(1, 0xFFF):x}:{world.ids.pick(1, 0xFFFF):x}:0:2"


def egress_region(app: App, machine: Machine | None, region: str | None) -> str:
    """Where an egress pair goes: asked for, the Machine's, or the first Machine's."""
    if region:
        return region
    chosen = machine or next((one for one in app.machines.values() if one.alive), None)
    if chosen is None:
        raise Invalid("A region is needed: the app has no Machines")
    return chosen.region


def _fresh(world: World, kind: AddressType) -> str:
    """An address nobody has, from the ranges kept for documentation."""
    taken = {one.address for app in world.apps.values() for one in app.addresses}
    taken |= {one.ip for app in world.apps.values() for one in app.egress}
    while True:
        candidate = _candidate(world, kind)
        if candidate not in taken:
            return candidate


def _candidate(world: World, kind: AddressType) -> str:
    pick = world.ids.pick
    match kind:
        case "v4":
            return f"203.0.113.{pick(20, 250)}"
        case "shared_v4":
            return f"198.51.100.{pick(1, 250)}"
        case "v6":
            return f"2001:db8:1::{pick(1, 0xFFFF):x}:{pick(1, 0xFFFF):x}"
        case "private_v6":
            return f"fdaa:0:18:0:1::{pick(2, 0xFFF):x}"
