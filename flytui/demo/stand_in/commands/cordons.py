"""`machine cordon` and `machine uncordon`: whether Fly.io's proxy sends requests to a Machine."""

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


COMMANDS = (
    Command(("machine", "cordon"), _cordon, "Keep requests away from Machines", OF_APP),
    Command(("machine", "uncordon"), _uncordon, "Send requests to Machines again", OF_APP),
)
