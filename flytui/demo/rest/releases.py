"""`/api/v1`: releases, organisations and logs."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import releases as changes
from flytui.demo.problems import Invalid, Missing
from flytui.demo.rest.front import Call, Front, ok
from flytui.demo.rest.shapes import moment
from flytui.demo.rest.shapes.uiex import organization_document, release_document
from flytui.demo.state import Json, LogLine

_LINES = 100


def routes(front: Front) -> list[BaseRoute]:
    return [
        front.route("GET", "/apps/{app}/releases", _list),
        front.route("GET", "/apps/{app}/releases/current", _current),
        front.route("GET", "/releases/all_current", _all_current),
        front.route("POST", "/releases", _create),
        front.route("PATCH", "/releases/{release}", _finish),
        front.route("GET", "/organizations", _organizations),
        front.route("GET", "/organizations/{organization}", _organization),
        front.route("GET", "/apps/{app}/logs", _logs),
    ]


def _list(call: Call) -> Response:
    newest = list(reversed(call.app.releases))[: call.number("limit", 25)]
    return ok({"releases": [release_document(release) for release in newest]})


def _current(call: Call) -> Response:
    release = call.app.release
    if release is None:
        raise Missing("not_found")
    return ok({"release": release_document(release)})


def _all_current(call: Call) -> Response:
    current = {app.name: app.release for app in call.access.apps()}
    return ok({name: moment(one.created_at) for name, one in current.items() if one})


def _create(call: Call) -> Response:
    app = call.access.app(str(call.body.get("app_name") or ""))
    definition = call.body.get("definition")
    release = changes.create(
        call.world,
        app,
        call.access.user,
        image=call.body.get("image"),
        strategy=str(call.body.get("strategy") or "ROLLING"),
        definition=definition if isinstance(definition, dict) else None,
    )
    return ok({"release": release_document(release)}, 201)


def _finish(call: Call) -> Response:
    app, release = call.world.release(call.part("release"))
    call.access.app(app.name)
    status = call.body.get("status")
    if not isinstance(status, str):
        raise Invalid("status is required")
    changes.finish(release, status)
    return ok({"release": release_document(release)})


def _organizations(call: Call) -> Response:
    documents = [organization_document(one) for one in call.access.organizations()]
    return ok({"organizations": documents})


def _organization(call: Call) -> Response:
    return ok({"organization": organization_document(call.organization)})


def _logs(call: Call) -> Response:
    """The newest lines; a token given back reads on from there, until nothing is left."""
    app, machine, region = call.app, call.query("instance"), call.query("region")
    lines = [
        line
        for line in app.logs
        if machine in {None, "", line.machine} and region in {None, "", line.region}
    ]
    after = call.query("next_token")
    if after:
        lines = [line for line in lines if line.id > after]
    lines = lines[-_LINES:]
    token = lines[-1].id if lines else after or ""
    return ok({"data": [_log_line(line) for line in lines], "meta": {"next_token": token}})


def _log_line(line: LogLine) -> Json:
    return {
        "id": line.id,
        "type": "log",
        "attributes": {
            "timestamp": moment(line.timestamp),
            "message": line.message,
            "level": line.level,
            "instance": line.machine,
            "region": line.region,
            "meta": {
                "instance": line.machine,
                "region": line.region,
                "event": {"provider": "app"},
            },
        },
    }
