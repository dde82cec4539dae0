"""What the real fly needs of the demo beyond its APIs: WireGuard peers, its agent, a primary."""

import base64
import socket
import threading
from ipaddress import IPv6Address, ip_address
from pathlib import Path

import pytest

from flytui.demo import agent
from flytui.demo.changes import machines
from flytui.demo.scenario import load
from tests.demo.asking import asker

KEY = base64.b64encode(bytes(range(32))).decode()
_ADD = (
    "mutation($input: AddWireGuardPeerInput!){addWireGuardPeer(input: $input){"
    "peerip endpointip pubkey}}"
)
_VALIDATE = (
    "mutation($input: ValidateWireGuardPeersInput!){validateWireGuardPeers(input: $input){"
    "validPeerIps invalidPeerIps}}"
)
_PEERS = '{organization(slug: "acme"){id wireGuardPeers{nodes{name region}}}}'


def test_a_peer_that_was_added_is_listed_and_valid_and_its_gateway_is_this_machine() -> None:
    fly = asker()
    owner = fly.data(_PEERS)["organization"]["id"]
    added = fly.data(_ADD, input={"organizationId": owner, "name": "laptop", "pubkey": KEY})
    peer = added["addWireGuardPeer"]
    assert isinstance(ip_address(peer["peerip"]), IPv6Address)
    assert ip_address(peer["endpointip"]).is_loopback
    assert len(base64.b64decode(peer["pubkey"], validate=True)) == 32
    listed = fly.data(_PEERS)["organization"]["wireGuardPeers"]["nodes"]
    assert listed == [{"name": "laptop", "region": "iad"}]
    told = fly.data(_VALIDATE, input={"peerIps": [peer["peerip"], "fdaa::9"]})
    assert told["validateWireGuardPeers"] == {
        "validPeerIps": [peer["peerip"]],
        "invalidPeerIps": ["fdaa::9"],
    }


@pytest.mark.parametrize("key", ["not base64!", base64.b64encode(b"short").decode()])
def test_a_peer_without_a_key_is_refused(key: str) -> None:
    fly = asker()
    owner = fly.data(_PEERS)["organization"]["id"]
    answer = fly.ask(_ADD, input={"organizationId": owner, "name": "laptop", "pubkey": key})
    assert "pubkey" in answer["errors"][0]["message"]
    assert fly.data(_PEERS)["organization"]["wireGuardPeers"]["nodes"] == []


def test_the_nearest_region_is_one_that_there_is() -> None:
    assert asker().data("{nearestRegion(wireguardGateway: true){code}}") == {
        "nearestRegion": {"code": "iad"}
    }


def test_an_agent_that_fly_left_behind_is_told_to_end(tmp_path: Path) -> None:
    heard: list[bytes] = []
    listening = threading.Event()
    folder = tmp_path / "config"

    def serve() -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "fly-agent.sock"))
            listener.listen()
            listening.set()
            connection, _ = listener.accept()
            with connection:
                heard.append(connection.recv(64))
                connection.sendall(b"\x02\x00ok")

    somebody = threading.Thread(target=serve)
    with agent.kept_in(folder) as kept:
        assert (kept / "config.yml").stat().st_mode & 0o777 == 0o600
        somebody.start()
        assert listening.wait(10)
    somebody.join(10)
    assert heard == [b"\x04\x00kill"]


def test_one_machine_of_a_postgres_app_leads_and_says_so_after_a_restart() -> None:
    world = load("own-postgres").world
    app = world.apps["warehouse-db"]

    def roles() -> list[str]:
        every = (check for machine in app.machines.values() for check in machine.checks)
        return [check["output"] for check in every if check["name"] == "role"]

    assert roles() == ["primary", "replica"]
    first = next(iter(app.machines.values()))
    machines.stop(world, first)
    machines.start(world, first)
    assert roles() == ["primary", "replica"]
