"""What a Machine is told to do: take requests or not (`cordon`, `uncordon`), `start`, `stop`."""

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say
from flytui.demo.stand_in.commands.machines import machine_of
from flytui.demo.stand_in.machines import leased
from flytui.demo.stand_in.wire import Failure


def _cordon(call: Invocation) -> None:
    _change(call, "cordon", "Activating")


def _uncordon(call: Invocation) -> None:
    _change(call, "uncordon", "Deactivating")


def _change(call: Invocation, action: str, word: str) -> None:
    if not call.arguments:
        raise Failure("a machine ID must be specified when not running interactively")
    machines = [machine_of(call, machine_id) for machine_id in call.arguments]
    with leased(call, machines) as nonces:
        for machine in machines:
            say(f"{word} cordon on machine {machine['id']}...")
            path = f"/apps/{call.app}/machines/{machine['id']}/{action}"
            call.wire.flaps("POST", path, nonce=nonces.get(machine["id"], ""))
            say("done!")


def _start(call: Invocation) -> None:
    _turn(call, "start", "started")


def _stop(call: Invocation) -> None:
    _turn(call, "stop", "successfully stopped")


def _turn(call: Invocation, action: str, word: str) -> None:
    if not call.arguments:
        raise Failure("a machine ID must be specified when not running interactively")
    for machine_id in call.arguments:
        machine = machine_of(call, machine_id)
        call.wire.flaps("POST", f"/apps/{call.app}/machines/{machine['id']}/{action}")
        say(f"{machine['id']} has been {word}")


COMMANDS = (
    Command(("machine", "start"), _start, "Start Machines", OF_APP),
    Command(("machine", "stop"), _stop, "Stop Machines", OF_APP),
    Command(("machine", "cordon"), _cordon, "Keep requests away from Machines", OF_APP),
    Command(("machine", "uncordon"), _uncordon, "Send requests to Machines again", OF_APP),
)
