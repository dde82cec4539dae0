"""GraphQL's mutations of WireGuard peers: only flyctl's agent asks for them."""

from flytui.demo.changes import peers
from flytui.demo.graphql.resolving import Fields, Info, access
from flytui.demo.state import Json


def _add(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    seen = access(info)
    organization = seen.organization(input["organizationId"])
    seen.writing()
    peer = peers.add(
        seen.world,
        organization,
        name=input["name"],
        public_key=input["pubkey"],
        region=input.get("region"),
        network=input.get("network"),
    )
    return {
        "endpointip": peers.ENDPOINT,
        "network": peer.network,
        "peerip": peer.address,
        "pubkey": peer.gateway_key,
    }


def _validate(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    """A question in the shape of a mutation: nothing is written."""
    valid, invalid = peers.known(access(info).organizations(), input["peerIps"])
    return {"validPeerIps": valid, "invalidPeerIps": invalid}


PEERS: Fields = {"addWireGuardPeer": _add, "validateWireGuardPeers": _validate}
