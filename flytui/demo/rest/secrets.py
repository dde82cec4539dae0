"""`/v1/apps/{app}/secrets`: names and digests go out, values come in and are forgotten."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import secrets as changes
from flytui.demo.problems import Invalid, Missing
from flytui.demo.rest.front import Call, Front, ok
from flytui.demo.rest.shapes.apps import secret_document
from flytui.demo.state import Secret

_ONE = "/apps/{app}/secrets/{secret}"


def routes(front: Front) -> list[BaseRoute]:
    return [
        front.route("GET", "/apps/{app}/secrets", _list),
        front.route("POST", "/apps/{app}/secrets", _change),
        front.route("GET", _ONE, _get),
        front.route("POST", _ONE, _set),
        front.route("DELETE", _ONE, _delete),
    ]


def _secret(call: Call) -> Secret:
    try:
        return call.app.secrets[call.part("secret")]
    except KeyError:
        raise Missing("secret not found") from None


def _list(call: Call) -> Response:
    return ok({"secrets": [secret_document(secret) for secret in call.app.secrets.values()]})


def _get(call: Call) -> Response:
    return ok(secret_document(_secret(call)))


def _change(call: Call) -> Response:
    """Sets what has a value and removes what is null; the version counts every change."""
    values = call.body.get("values")
    if not isinstance(values, dict) or not all(_text_or_none(one) for one in values.values()):
        raise Invalid("values must map names to strings or null")
    version = changes.change(call.world, call.app, values)
    secrets = [secret_document(secret) for secret in call.app.secrets.values()]
    return ok({"secrets": secrets, "version": version, "Version": version})


def _set(call: Call) -> Response:
    value = call.body.get("value")
    if not isinstance(value, str):
        raise Invalid("value is required")
    version = changes.change(call.world, call.app, {call.part("secret"): value})
    return ok(secret_document(_secret(call)) | {"version": version, "Version": version}, 201)


def _delete(call: Call) -> Response:
    secret = _secret(call)
    version = changes.change(call.world, call.app, {secret.name: None})
    return ok({"version": version, "Version": version})


def _text_or_none(value: object) -> bool:
    return value is None or isinstance(value, str)
