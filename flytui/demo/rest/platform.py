"""The Machines API beyond one app: regions, placements, organisations, the token itself."""

from collections.abc import Iterator

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.problems import Missing, Refused
from flytui.demo.rest.front import Call, Front, chosen, ok, page
from flytui.demo.rest.shapes import moment
from flytui.demo.rest.shapes.apps import volume_document
from flytui.demo.rest.shapes.machines import organization_machine
from flytui.demo.state import App, Json, Machine, Region, Volume

_PAGE = 1000
_ROOM = 25
"""How many Machines a region takes where nobody asks for a number."""


def routes(front: Front) -> list[BaseRoute]:
    return [
        front.route("GET", "/platform/regions", _regions),
        front.route("POST", "/platform/placements", _placements, reads=True),
        front.route("GET", "/orgs/{organization}/machines", _machines),
        front.route("GET", "/orgs/{organization}/volumes", _volumes),
        front.route("GET", "/tokens/current", _tokens),
    ]


def _regions(call: Call) -> Response:
    rows = [_region(region) for region in call.world.regions]
    return ok({"regions": rows, "nearest": rows[0]["code"] if rows else ""})


def _region(region: Region) -> Json:
    return {
        "code": region.code,
        "name": region.name,
        "latitude": region.latitude,
        "longitude": region.longitude,
        "gateway_available": region.gateway_available,
        "requires_paid_plan": region.requires_paid_plan,
        "deprecated": region.deprecated,
        "geo_region": _continent(region),
        "mpg_available": region.postgres,
    }


def _continent(region: Region) -> str:
    """Coarse, by coordinates: the platform has no other record of it."""
    if region.longitude < -30:
        return "north_america" if region.latitude > 12 else "south_america"
    if region.longitude > 60:
        return "asia_pacific"
    return "europe" if region.latitude > 36 else "africa"


def _placements(call: Call) -> Response:
    """Where Machines would go; a simulation that changes nothing."""
    call.access.organization(str(call.body.get("org_slug") or ""))
    count = call.count("count", 0) or _ROOM
    wanted = str(call.body.get("region") or "any").split(",")
    codes = [region.code for region in call.world.regions if not region.deprecated]
    if "any" not in wanted:
        codes = [code for code in codes if code in wanted]
    return ok({"regions": [{"region": code, "count": count, "concurrency": 4} for code in codes]})


def _owned_machines(call: Call) -> Iterator[tuple[App, Machine]]:
    for app in call.world.apps_of(call.organization):
        for machine in app.machines.values():
            if machine.alive or call.query("include_deleted") == "true":
                yield app, machine


def _machines(call: Call) -> Response:
    owners = {machine.id: app for app, machine in _owned_machines(call)}
    machines = [machine for _, machine in _owned_machines(call)]
    silent = call.organization.silent_regions
    machines = [machine for machine in machines if machine.region not in silent]
    machines = chosen(machines, call.query("region"), "region")
    machines = chosen(machines, call.query("state"), "state")
    shown, cursor = page(machines, call.query("cursor"), call.number("limit", _PAGE))
    answer: Json = {
        "machines": [organization_machine(owners[machine.id], machine) for machine in shown],
        "next_cursor": cursor,
        "error_regions": list(silent),
    }
    if shown:
        answer["last_machine_id"] = shown[-1].id
        answer["last_updated_at"] = moment(max(machine.updated_at for machine in shown))
    return ok(answer)


def _volumes(call: Call) -> Response:
    owned: list[tuple[App, Volume]] = [
        (app, volume)
        for app in call.world.apps_of(call.organization)
        for volume in app.volumes.values()
        if call.query("region") in {None, volume.region}
    ]
    shown, cursor = page(owned, call.query("cursor"), call.number("limit", _PAGE))
    volumes = [_organization_volume(app, volume) for app, volume in shown]
    return ok({"volumes": volumes, "next_cursor": cursor})


def _organization_volume(app: App, volume: Volume) -> Json:
    document = volume_document(volume)
    del document["host_dedication_id"]
    return document | {"app_name": app.name, "updated_at": moment(volume.created_at)}


def _tokens(call: Call) -> Response:
    """One entry for each organisation the token reaches."""
    token = call.access.token
    entries = []
    for slug in token.scope.organizations:
        try:
            organization = call.world.organization(slug)
        except Missing:
            raise Refused("unauthorized") from None
        entry: Json = {
            "token_id": token.id,
            "org_slug": organization.raw_slug,
            "organization": organization.slug,
            "user": token.user.email,
            "source_machine_id": "",
            "restricted_to_machine": "",
            "apps": list(token.scope.apps or ()),
        }
        entries.append(entry)
    return ok({"tokens": entries})
