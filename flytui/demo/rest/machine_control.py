"""What is done to a running Machine: start, stop, wait, cordon, metadata, processes, events."""

from collections.abc import Callable

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import machines as changes
from flytui.demo.problems import Invalid, Missing
from flytui.demo.rest.front import Call, Front, Malformed, nothing, ok
from flytui.demo.rest.machines import locked_machine_of, machine_of
from flytui.demo.state import Json, Machine

_ONE = "/apps/{app}/machines/{machine}"
_SETTLED = {"created", "started", "stopped", "suspended", "failed", "destroyed"}
_MOST_EVENTS = 50


def routes(front: Front) -> list[BaseRoute]:
    return [
        front.route("POST", f"{_ONE}/start", _start),
        front.route("POST", f"{_ONE}/stop", _stop),
        front.route("POST", f"{_ONE}/restart", _restart),
        front.route("POST", f"{_ONE}/suspend", _suspend),
        front.route("POST", f"{_ONE}/signal", _signal),
        front.route("POST", f"{_ONE}/cordon", _cordon(cordoned=True)),
        front.route("POST", f"{_ONE}/uncordon", _cordon(cordoned=False)),
        front.route("POST", f"{_ONE}/exec", _exec),
        front.route("GET", f"{_ONE}/wait", _wait),
        front.route("GET", f"{_ONE}/events", _events),
        front.route("GET", f"{_ONE}/ps", _processes),
        front.route("GET", f"{_ONE}/memory", _memory),
        front.route("GET", f"{_ONE}/metadata", _metadata),
        front.route("PUT", f"{_ONE}/metadata", _replace_metadata),
        front.route("PATCH", f"{_ONE}/metadata", _merge_metadata),
        front.route("GET", f"{_ONE}/metadata/{{key}}", _metadata_value),
        front.route("POST", f"{_ONE}/metadata/{{key}}", _set_metadata),
        front.route("DELETE", f"{_ONE}/metadata/{{key}}", _delete_metadata),
    ]


def _start(call: Call) -> Response:
    previous = changes.start(call.world, locked_machine_of(call))
    return ok({"message": "", "status": "started", "previous_state": previous})


def _stop(call: Call) -> Response:
    changes.stop(call.world, locked_machine_of(call))
    return nothing(200)


def _suspend(call: Call) -> Response:
    changes.stop(call.world, locked_machine_of(call), suspend=True)
    return nothing(200)


def _exec(call: Call) -> Response:
    """Nothing runs on a Machine that is none: every command ends well and says nothing."""
    if not isinstance(call.body.get("cmd"), str):
        raise Malformed("cmd is required")
    if machine_of(call).state != "started":
        raise Invalid("machine not running")
    return ok({"exit_code": 0, "stdout": "", "stderr": ""})


def _restart(call: Call) -> Response:
    changes.restart(call.world, locked_machine_of(call))
    return nothing(200)


def _signal(call: Call) -> Response:
    """Only signals that end the process are noticed."""
    machine = locked_machine_of(call)
    if call.body.get("signal") in {9, 15, "SIGKILL", "SIGTERM"}:
        changes.stop(call.world, machine)
    return nothing(200)


def _cordon(*, cordoned: bool) -> Callable[[Call], Response]:
    def answer(call: Call) -> Response:
        changes.cordon(locked_machine_of(call), cordoned=cordoned)
        return nothing(200)

    return answer


def _wait(call: Call) -> Response:
    """Answers at once: nothing here takes time, so a state not reached now never will be."""
    machine = machine_of(call)
    wanted = call.request.query_params.getlist("state") or ["started"]
    reached = machine.state in wanted or ("settled" in wanted and machine.state in _SETTLED)
    if not reached:
        states = ", ".join(wanted)
        message = f"machine failed to reach desired state, {states}, currently {machine.state}"
        return ok({"error": message}, 408)
    event = machine.events[0]["id"] if machine.events else ""
    answer = {"ok": True, "state": machine.state, "version": machine.instance_id}
    return ok(answer | {"event_id": event})


def _events(call: Call) -> Response:
    limit = min(call.number("limit", 20), _MOST_EVENTS)
    return ok(machine_of(call).events[:limit])


def _processes(call: Call) -> Response:
    machine = machine_of(call)
    if machine.state != "started":
        raise Malformed("machine is not started")
    command = (machine.config.get("init") or {}).get("cmd") or ["/app"]
    sockets = [
        {"proto": service.get("protocol", "tcp"), "address": f"[::]:{service['internal_port']}"}
        for service in machine.config.get("services") or []
    ]
    process = {
        "pid": 306,
        "command": " ".join(command),
        "directory": "/",
        "cpu": 1,
        "rss": 41_943_040,
        "rtime": 120,
        "stime": 3,
        "listen_sockets": sockets,
    }
    return ok([process])


def _memory(call: Call) -> Response:
    limit = int(machine_of(call).config["guest"]["memory_mb"])
    return ok({"limit_mb": limit, "available_mb": limit // 2})


def _metadata(call: Call) -> Response:
    return ok(_entries(machine_of(call)))


def _metadata_value(call: Call) -> Response:
    entries = _entries(machine_of(call))
    if call.part("key") not in entries:
        raise Missing("metadata key not found")
    return ok({"value": entries[call.part("key")]})


def _set_metadata(call: Call) -> Response:
    value = call.body.get("value")
    if not isinstance(value, str):
        raise Invalid("value is required")
    changes.set_metadata(call.world, machine_of(call), call.part("key"), value)
    return nothing()


def _delete_metadata(call: Call) -> Response:
    changes.set_metadata(call.world, machine_of(call), call.part("key"), None)
    return nothing()


def _replace_metadata(call: Call) -> Response:
    machine = machine_of(call)
    for key in set(_entries(machine)) - set(call.body.get("metadata") or {}):
        changes.set_metadata(call.world, machine, key, None)
    return _merge_metadata(call)


def _merge_metadata(call: Call) -> Response:
    for key, value in (call.body.get("metadata") or {}).items():
        changes.set_metadata(call.world, machine_of(call), key, str(value))
    return nothing()


def _entries(machine: Machine) -> Json:
    return dict(machine.config.get("metadata") or {})
