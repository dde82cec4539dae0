"""Machines in the words of the Machines API."""

from flytui.demo.rest.shapes import moment
from flytui.demo.state import App, Json, Lease, Machine

_SUMMARY = (
    "id",
    "name",
    "state",
    "region",
    "private_ip",
    "instance_id",
    "created_at",
    "updated_at",
)


def machine_document(machine: Machine) -> Json:
    """A Machine in full; what its host no longer tells comes as `incomplete_config`."""
    document: Json = {
        "id": machine.id,
        "name": machine.name,
        "state": machine.state,
        "region": machine.region,
        "instance_id": machine.instance_id,
        "version": machine.instance_id,
        "private_ip": machine.private_ip,
        "created_at": moment(machine.created_at),
        "updated_at": moment(machine.updated_at),
        "image_ref": machine.image_ref,
        "events": machine.events,
        "checks": machine.checks,
        "host_status": machine.host_status,
    }
    document |= {"cordoned": True} if machine.cordoned else {}
    if machine.host_status == "ok":
        return document | {"config": machine.config}
    return document | {"config": None, "incomplete_config": machine.config}


def machine_summary(machine: Machine) -> Json:
    """A Machine without its configuration, checks and events."""
    document = machine_document(machine)
    return {key: document[key] for key in _SUMMARY}


def organization_machine(app: App, machine: Machine) -> Json:
    """A Machine in a listing of an organisation: no environment, no services."""
    config = {
        key: machine.config[key] for key in ("guest", "image", "metadata") if key in machine.config
    }
    return machine_summary(machine) | {
        "app_name": app.name,
        "version": machine.instance_id,
        "config": config,
    }


def lease_document(machine: Machine, lease: Lease) -> Json:
    return {
        "status": "success",
        "data": {
            "nonce": lease.nonce,
            "expires_at": int(lease.expires_at.timestamp()),
            "owner": lease.owner,
            "version": machine.instance_id,
        },
    }
