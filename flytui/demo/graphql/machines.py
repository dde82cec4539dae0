"""GraphQL `Machine`, `Volume` and their hosts."""

from typing import Any

from flytui.demo.graphql.apps import instant
from flytui.demo.graphql.pages import Page, page
from flytui.demo.graphql.resolving import Fields, Info, access
from flytui.demo.state import App, Json, Machine, Volume


def _app(machine: Machine, info: Info) -> App:
    return access(info).world.machine(machine.id)[0]


def _events(machine: Machine, info: Info, kind: str | None = None, **paging: Any) -> Page:
    now = access(info).world.now
    events = [event for event in machine.events if kind in {None, event["type"]}]
    return page([_event(event, instant(event["timestamp"], now)) for event in events], **paging)


def _event(event: Json, at: object) -> Json:
    request = event.get("request") or {}
    exit_event = request.get("exit_event") or {}
    return {
        "id": event.get("id") or str(event["timestamp"]),
        "kind": event["type"],
        "timestamp": at,
        "exitCode": exit_event.get("exit_code") or 0,
        "oomKilled": bool(exit_event.get("oom_killed")),
        "requestedStop": bool(exit_event.get("requested_stop")),
        "metadata": request,
    }


def event_type(event: Json) -> str:
    return "MachineEventExit" if event["kind"] == "exit" else "MachineEventGeneric"


def _ips(machine: Machine, _: Info, **paging: Any) -> Page:
    private: Json = {
        "family": "v6",
        "ip": machine.private_ip,
        "kind": "privatenet",
        "maskSize": 112,
    }
    return page([private], **paging)


MACHINE: Fields = {
    "app": _app,
    "events": _events,
    "host": lambda machine, _: {"id": machine.host},
    "ips": _ips,
}


def _volume_app(volume: Volume, info: Info) -> App:
    return access(info).world.volume(volume.id)[0]


def _attached(volume: Volume, info: Info) -> Machine | None:
    if volume.attached_machine_id is None:
        return None
    return access(info).world.machine(volume.attached_machine_id)[1]


def _volume_host(volume: Volume, info: Info) -> Json:
    """A volume is on its Machine's host; an unattached one has a host of its own."""
    machine = _attached(volume, info)
    return {"id": machine.host if machine else volume.zone}


VOLUME: Fields = {
    "app": _volume_app,
    "attachedMachine": _attached,
    "host": _volume_host,
    "internalId": lambda volume, _: volume.id,
    "snapshotRetentionDays": lambda volume, _: volume.snapshot_retention,
    "usedBytes": lambda volume, _: str(volume.size_gb * 400_000_000),
}
