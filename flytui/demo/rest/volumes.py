"""`/v1/apps/{app}/volumes`: volumes and their snapshots."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import volumes as changes
from flytui.demo.problems import Invalid, Missing
from flytui.demo.rest.front import Call, Front, nothing, ok
from flytui.demo.rest.shapes.apps import snapshot_document, volume_document
from flytui.demo.state import Volume

_ONE = "/apps/{app}/volumes/{volume}"


def routes(front: Front) -> list[BaseRoute]:
    """Fly uses PUT for changes; its documentation's older examples use POST."""
    changing = [
        front.route(method, path, handler)
        for method in ("PUT", "POST")
        for path, handler in ((_ONE, _update), (f"{_ONE}/extend", _extend))
    ]
    return [
        front.route("GET", "/apps/{app}/volumes", _list),
        front.route("POST", "/apps/{app}/volumes", _create),
        front.route("GET", _ONE, _get),
        *changing,
        front.route("DELETE", _ONE, _delete),
        front.route("GET", f"{_ONE}/snapshots", _snapshots),
        front.route("POST", f"{_ONE}/snapshots", _snapshot),
    ]


def _volume(call: Call) -> Volume:
    try:
        return call.app.volumes[call.part("volume")]
    except KeyError:
        raise Missing("volume not found") from None


def _list(call: Call) -> Response:
    return ok([volume_document(volume) for volume in call.app.volumes.values()])


def _create(call: Call) -> Response:
    name = call.body.get("name")
    if not isinstance(name, str) or not name:
        raise Invalid("name is required")
    chosen = {key: value for key, value in call.body.items() if value is not None}
    volume = changes.create(
        call.world,
        call.app,
        name=name,
        region=str(chosen.get("region") or "iad"),
        size_gb=call.count("size_gb", 1),
        encrypted=bool(chosen.get("encrypted", True)),
        snapshot_retention=call.count("snapshot_retention", 5),
        auto_backup_enabled=bool(chosen.get("auto_backup_enabled", True)),
    )
    return ok(volume_document(volume))


def _get(call: Call) -> Response:
    return ok(volume_document(_volume(call)))


def _update(call: Call) -> Response:
    volume = _volume(call)
    changes.update(
        volume,
        snapshot_retention=call.body.get("snapshot_retention"),
        auto_backup_enabled=call.body.get("auto_backup_enabled"),
    )
    return ok(volume_document(volume))


def _extend(call: Call) -> Response:
    volume = _volume(call)
    restart = changes.extend(volume, call.count("size_gb", 0))
    return ok({"volume": volume_document(volume), "needs_restart": restart})


def _delete(call: Call) -> Response:
    volume = _volume(call)
    changes.destroy(call.app, volume)
    return ok(volume_document(volume) | {"state": "pending_destroy"})


def _snapshots(call: Call) -> Response:
    return ok([snapshot_document(snapshot) for snapshot in _volume(call).snapshots])


def _snapshot(call: Call) -> Response:
    changes.snapshot(call.world, _volume(call))
    return nothing(200)
