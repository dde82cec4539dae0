"""`/v1/apps/{app}/certificates`: hostnames, their certificates and checks."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import certificates as changes
from flytui.demo.problems import Invalid, Missing
from flytui.demo.rest.front import Call, Front, nothing, ok, page
from flytui.demo.rest.shapes.certificates import (
    certificate_check,
    certificate_detail,
    certificate_summary,
)
from flytui.demo.state import Certificate

_ALL = "/apps/{app}/certificates"
_ONE = "/apps/{app}/certificates/{hostname}"
_PAGE, _LARGEST_PAGE = 25, 500


def routes(front: Front) -> list[BaseRoute]:
    return [
        front.route("GET", _ALL, _list),
        front.route("POST", f"{_ALL}/acme", _request),
        front.route("POST", f"{_ALL}/custom", _upload),
        front.route("GET", _ONE, _get),
        front.route("POST", f"{_ONE}/check", _check),
        front.route("DELETE", _ONE, _remove),
        front.route("DELETE", f"{_ONE}/acme", _stop_issuing),
        front.route("DELETE", f"{_ONE}/custom", _remove_custom),
    ]


def _certificate(call: Call) -> Certificate:
    try:
        return call.app.certificates[call.part("hostname")]
    except KeyError:
        raise Missing("certificate not found") from None


def _list(call: Call) -> Response:
    app, wanted = call.app, call.query("filter") or ""
    matching = [one for one in app.certificates.values() if wanted in one.hostname]
    limit = min(call.number("limit", _PAGE), _LARGEST_PAGE)
    shown, cursor = page(matching, call.query("cursor"), limit)
    summaries = [certificate_summary(call.world, app, one) for one in shown]
    answer = {"certificates": summaries, "next_cursor": cursor, "total_count": len(matching)}
    return ok(answer)


def _request(call: Call) -> Response:
    certificate = changes.add(call.world, call.app, _hostname(call))
    return ok(certificate_detail(call.world, call.app, certificate), 201)


def _upload(call: Call) -> Response:
    """Takes any PEM: what is inside is nobody's business here."""
    if not call.body.get("fullchain") or not call.body.get("private_key"):
        raise Invalid("fullchain and private_key are required")
    certificate = changes.add(call.world, call.app, _hostname(call), custom=True)
    return ok(certificate_detail(call.world, call.app, certificate), 201)


def _get(call: Call) -> Response:
    return ok(certificate_detail(call.world, call.app, _certificate(call)))


def _check(call: Call) -> Response:
    certificate = _certificate(call)
    changes.check(call.world, call.app, certificate)
    return ok(certificate_check(call.world, call.app, certificate))


def _remove(call: Call) -> Response:
    changes.remove(call.app, call.part("hostname"))
    return nothing()


def _stop_issuing(call: Call) -> Response:
    certificate = _certificate(call)
    certificate.acme_requested = False
    certificate.issued = []
    return ok(certificate_detail(call.world, call.app, certificate))


def _remove_custom(call: Call) -> Response:
    certificate = _certificate(call)
    certificate.custom = False
    return ok(certificate_detail(call.world, call.app, certificate))


def _hostname(call: Call) -> str:
    return str(call.body.get("hostname") or "").strip().lower()
