"""`/v1/apps/{app}/ip_assignments`: addresses as the Machines API knows them, without their kind."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import addresses as changes
from flytui.demo.problems import Invalid, Missing
from flytui.demo.rest.front import Call, Front, nothing, ok
from flytui.demo.rest.shapes.apps import address_document, shared_address_document
from flytui.demo.state import AddressType

_KINDS: dict[str, AddressType] = {
    "v4": "v4",
    "v6": "v6",
    "shared_v4": "shared_v4",
    "private_v6": "private_v6",
}
_EGRESS = {"egress_v4", "egress_v6", "egress_pair"}


def routes(front: Front) -> list[BaseRoute]:
    return [
        front.route("GET", "/apps/{app}/ip_assignments", _list),
        front.route("POST", "/apps/{app}/ip_assignments", _assign),
        front.route("DELETE", "/apps/{app}/ip_assignments/{ip}", _release),
    ]


def _list(call: Call) -> Response:
    app = call.app
    documents = [address_document(address) for address in app.addresses]
    if app.shared_address:
        documents.append(shared_address_document(app, app.shared_address))
    return ok({"ips": documents})


def _assign(call: Call) -> Response:
    app, kind = call.app, str(call.body.get("type"))
    if kind in _EGRESS:
        region = changes.egress_region(app, None, call.body.get("region"))
        ip, _ = changes.allocate_egress(call.world, app, region)
        return ok({"ip": ip, "region": region, "service_name": "", "shared": False})
    if kind not in _KINDS:
        raise Invalid(f"unknown IP address type {kind}")
    address = changes.allocate(
        call.world,
        app,
        _KINDS[kind],
        region=call.body.get("region"),
        network=call.body.get("network"),
        network_organization=call.body.get("org_slug"),
        service_name=call.body.get("service_name"),
    )
    return ok(address_document(address))


def _release(call: Call) -> Response:
    try:
        changes.release(call.app, ip=call.part("ip"))
    except Missing:
        raise Missing("ip not found") from None
    return nothing()
