"""Addresses as evidence: one line each, with what kind it is and since when."""

from flytui.facts.network import addresses as facts_addresses
from flytui.finding import Evidence, evidence
from flytui.fly.models import Address


def address_lines(addresses: tuple[Address, ...]) -> tuple[Evidence, ...]:
    """A line for each address, or one that says there is none."""
    if not addresses:
        return (evidence("addresses", "none", facts_addresses),)
    return tuple(evidence(a.address, _words(a), facts_addresses) for a in addresses)


def _words(address: Address) -> str:
    """`dedicated IPv4, global, since 2025-02-11`."""
    since = f"since {address.created_at:%Y-%m-%d}" if address.created_at else None
    network = f"network {address.network}" if address.network else None
    owner = f"for {address.network_organization}" if address.network_organization else None
    return ", ".join(filter(None, (address.words, address.region, network, owner, since)))
