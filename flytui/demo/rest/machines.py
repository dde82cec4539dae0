"""`/v1/apps/{app}/machines`: list, look at, launch, update and destroy Machines; their leases."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import machines as changes
from flytui.demo.problems import Invalid, Missing
from flytui.demo.rest.front import Call, Front, chosen, nothing, ok
from flytui.demo.rest.shapes.machines import lease_document, machine_document, machine_summary
from flytui.demo.state import Json, Machine

_ONE = "/apps/{app}/machines/{machine}"
_MOMENT = 13
"""How long a lease holds where nobody says, in seconds."""


def routes(front: Front) -> list[BaseRoute]:
    return [
        front.route("GET", "/apps/{app}/machines", _list),
        front.route("POST", "/apps/{app}/machines", _launch),
        front.route("GET", _ONE, _get),
        front.route("POST", _ONE, _update),
        front.route("DELETE", _ONE, _destroy),
        front.route("GET", f"{_ONE}/lease", _lease),
        front.route("POST", f"{_ONE}/lease", _acquire),
        front.route("DELETE", f"{_ONE}/lease", _release),
    ]


def machine_of(call: Call) -> Machine:
    """The Machine of the path; a destroyed one is still known by its id."""
    try:
        return call.app.machines[call.part("machine")]
    except KeyError:
        raise Missing("machine not found") from None


def locked_machine_of(call: Call) -> Machine:
    """The Machine of the path, where no one else's lease forbids a change."""
    machine = machine_of(call)
    changes.unlocked(call.world, machine, call.nonce)
    return machine


def _list(call: Call) -> Response:
    machines = list(call.app.machines.values())
    if call.query("include_deleted") != "true":
        machines = [machine for machine in machines if machine.alive]
    machines = chosen(machines, call.query("region"), "region")
    machines = chosen(machines, call.query("state"), "state")
    machines = [machine for machine in machines if _metadata_matches(call, machine)]
    shape = machine_summary if call.query("summary") == "true" else machine_document
    return ok([shape(machine) for machine in machines])


def _metadata_matches(call: Call, machine: Machine) -> bool:
    metadata = machine.config.get("metadata", {})
    return all(
        metadata.get(name.removeprefix("metadata.")) == value
        for name, value in call.request.query_params.items()
        if name.startswith("metadata.")
    )


def _launch(call: Call) -> Response:
    machine = changes.launch(
        call.world,
        call.app,
        _configuration(call),
        region=call.body.get("region"),
        name=call.body.get("name"),
        skip_launch=bool(call.body.get("skip_launch")),
    )
    return ok(machine_document(machine) | _asked_lease(call, machine))


def _get(call: Call) -> Response:
    return ok(machine_document(machine_of(call)))


def _update(call: Call) -> Response:
    machine = locked_machine_of(call)
    skip = bool(call.body.get("skip_launch"))
    changes.update(call.world, call.app, machine, _configuration(call), skip_launch=skip)
    machine.name = str(call.body.get("name") or machine.name)
    return ok(machine_document(machine) | _asked_lease(call, machine))


def _destroy(call: Call) -> Response:
    machine = locked_machine_of(call)
    force = "true" in {call.query("kill"), call.query("force")}
    changes.destroy(call.world, call.app, machine, force=force)
    return nothing(200)


def _configuration(call: Call) -> Json:
    config = call.body.get("config")
    if not isinstance(config, dict):
        raise Invalid("config is required")
    return config


def _asked_lease(call: Call, machine: Machine) -> Json:
    """The nonce, where `lease_ttl` asked for a lease with the change."""
    if not call.body.get("lease_ttl"):
        return {}
    seconds = call.count("lease_ttl", _MOMENT)
    owner = call.access.user.email
    lease = changes.lease(call.world, machine, nonce=call.nonce, seconds=seconds, owner=owner)
    return {"nonce": lease.nonce}


def _lease(call: Call) -> Response:
    machine = machine_of(call)
    lease = changes.current_lease(call.world, machine)
    if lease is None:
        raise Missing("lease not found")
    return ok(lease_document(machine, lease))


def _acquire(call: Call) -> Response:
    machine = machine_of(call)
    lease = changes.lease(
        call.world,
        machine,
        nonce=call.nonce,
        seconds=call.number("ttl", call.count("ttl", _MOMENT)),
        owner=call.access.user.email,
    )
    return ok(lease_document(machine, lease), 201)


def _release(call: Call) -> Response:
    changes.unlease(call.world, machine_of(call), call.nonce)
    return nothing(200)
