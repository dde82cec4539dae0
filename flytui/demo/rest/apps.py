"""`/v1/apps`: list, create, look at and delete apps."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import apps as changes
from flytui.demo.problems import Invalid, Missing, Refused
from flytui.demo.rest.front import Call, Front, Malformed, nothing, ok
from flytui.demo.rest.shapes.apps import app_document
from flytui.demo.state import Organization


def routes(front: Front) -> list[BaseRoute]:
    return [
        front.route("GET", "/apps", _list),
        front.route("POST", "/apps", _create),
        front.route("GET", "/apps/{app}", _get),
        front.route("DELETE", "/apps/{app}", _delete),
    ]


def _list(call: Call) -> Response:
    role = call.query("app_role")
    apps = call.world.apps_of(_organization(call, call.query("org_slug")))
    documents = [app_document(call.world, app) for app in apps if role in {None, "", app.role}]
    return ok({"total_apps": len(documents), "apps": documents})


def _create(call: Call) -> Response:
    name = str(call.body.get("name") or call.body.get("app_name") or "")
    if not name:
        raise Invalid("Name can't be blank")
    organization = _organization(call, call.body.get("org_slug"))
    app = changes.create(call.world, organization, name, str(call.body.get("network") or ""))
    return ok(app_document(call.world, app), 201)


def _get(call: Call) -> Response:
    return ok(app_document(call.world, call.app))


def _delete(call: Call) -> Response:
    changes.destroy(call.world, call.app)
    return nothing(202)


def _organization(call: Call, slug: object) -> Organization:
    """The organisation asked for; one that nobody has is refused like somebody else's."""
    if not isinstance(slug, str) or not slug:
        raise Malformed("org_slug is required")
    try:
        return call.access.organization(slug)
    except Missing:
        raise Refused("unauthorized") from None
