"""What becomes of a command when Fly.io, or the person, stops it."""

import signal

import pytest

from flytui.demo.changes import machines
from flytui.demo.faults import Fault
from tests.flyctl.conftest import DEADLINE, Fly


def test_a_gateway_that_fails_once_is_asked_again(fly: Fly) -> None:
    fly.faults.add(Fault("503", path="/v1/apps/storefront/machines", times=1))
    fly.done("machine", "list", "-a", "storefront")
    assert fly.served.requests == ["GET /v1/apps/storefront/machines"] * 2


@pytest.mark.parametrize("kind", ["401", "403", "500", "html"])
def test_a_refused_release_ends_with_one_and_releases_nothing(fly: Fly, kind: str) -> None:
    fly.faults.add(Fault(kind, path="/graphql"))  # type: ignore[arg-type] # one of its words
    ended = fly.run("ips", "release", "203.0.113.7", "-a", "storefront")
    assert ended.returncode == 1
    assert "Error: " in ended.stderr
    assert "Released" not in ended.stdout
    assert len(fly.world.apps["storefront"].addresses) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_stopped_while_it_waits_gives_its_lease_back(
    fly: Fly, number: signal.Signals
) -> None:
    fly.faults.add(Fault("timeout", path="*/wait"))
    machine = next(iter(fly.world.apps["storefront"].machines.values()))
    with fly.start(
        "machine", "update", machine.id, "--autostop=off", "-y", "-a", "storefront"
    ) as command:
        fly.served.await_request("/wait")
        assert machine.lease is not None
        command.send_signal(number)
        command.communicate(timeout=DEADLINE)
    assert command.returncode == 127
    assert machine.lease is None


def test_a_lease_somebody_else_holds_stops_the_command(fly: Fly) -> None:
    if fly.real:
        pytest.skip("fly itself tries for a minute before it gives up")

    machine = next(iter(fly.world.apps["storefront"].machines.values()))
    machines.lease(fly.world, machine, nonce=None, seconds=600, owner="ben@example.com")
    before = machine.instance_id
    ended = fly.run("machine", "update", machine.id, "--autostop=off", "-y", "-a", "storefront")
    assert ended.returncode == 1
    assert "lease currently held by ben@example.com" in ended.stderr
    assert machine.instance_id == before
