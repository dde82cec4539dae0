"""WireGuard peers: how somebody's machine reaches the private network of an organisation.

The demo has no network behind them: they are made and found again, and nothing passes through.
"""

import base64
import binascii

from flytui.demo.problems import Invalid
from flytui.demo.state import Organization, Peer
from flytui.demo.world import World

ENDPOINT = "127.0.0.1"
"""Where the gateway would be: whatever is sent there stays on this machine."""
_KEY = 32
"""Octets of a Curve25519 key."""


def add(  # noqa: PLR0913 - the fields of the request
    world: World,
    organization: Organization,
    *,
    name: str,
    public_key: str,
    region: str | None = None,
    network: str | None = None,
) -> Peer:
    """A peer with an address of its own and the gateway's public key."""
    try:
        octets = base64.b64decode(public_key, validate=True)
    except binascii.Error as error:
        raise Invalid("pubkey is not base64") from error
    if len(octets) != _KEY:
        raise Invalid("pubkey is not a Curve25519 key")
    if any(peer.name == name for peer in organization.peers):
        raise Invalid("Name has already been taken")
    pick = world.ids.pick
    peer = Peer(
        id=world.ids.slug(),
        name=name,
        region=region or world.request_region,
        network=network or None,
        address=f"fdaa:0:18:a7b:{pick(1, 0xFFF):x}:0:a:{pick(1, 0xFF):x}02",
        public_key=public_key,
        gateway_key=base64.b64encode(world.ids.octets(_KEY)).decode(),
    )
    organization.peers.append(peer)
    return peer


def known(organizations: list[Organization], addresses: list[str]) -> tuple[list[str], list[str]]:
    """Which of the addresses belong to a peer, and which do not."""
    there = {peer.address for organization in organizations for peer in organization.peers}
    return (
        [address for address in addresses if address in there],
        [address for address in addresses if address not in there],
    )
