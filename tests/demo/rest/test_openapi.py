"""The answers of `/v1` hold to the published specification of the Machines API, where it is."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.routing import Route

from flytui.demo.changes import machines as changes
from flytui.demo.rest import routes
from flytui.demo.state import LogLine
from tests.demo.rest.asking import Asker, asker

SPECIFICATION = Path(__file__).parents[4] / "shared" / "fly" / "machines-openapi.json"

pytestmark = pytest.mark.skipif(
    not SPECIFICATION.exists(), reason="the specification is not beside the project"
)

NOT_SIMULATED = {
    "/apps/{app_name}/deploy_token",
    "/apps/{app_name}/machines/{machine_id}/memory/reclaim",
    "/apps/{app_name}/machines/{machine_id}/versions",
    "/apps/{app_name}/secretkeys",
    "/apps/{app_name}/secretkeys/{secret_name}",
    "/apps/{app_name}/secretkeys/{secret_name}/decrypt",
    "/apps/{app_name}/secretkeys/{secret_name}/encrypt",
    "/apps/{app_name}/secretkeys/{secret_name}/generate",
    "/apps/{app_name}/secretkeys/{secret_name}/sign",
    "/apps/{app_name}/secretkeys/{secret_name}/verify",
    "/tokens/authenticate",
    "/tokens/authorize",
    "/tokens/kms",
    "/tokens/oidc",
}
"""What neither the checklist nor fly's commands for it ask."""

BEYOND = {
    "App": {"cname_target", "app_role"},
    "Machine": {"version", "cordoned"},
    "Volume": {"host_dedication_id"},
    "main.regionRow": {"mpg_available"},
}
"""What fly's own client reads and the specification leaves out."""

BOTH_WAYS = {"Lease": {"status", "data"}}
"""Fly.io wraps a lease; the specification shows only what is inside."""


@cache
def document() -> Any:
    """The specification, made strict: only the keys it names, and null where Go leaves one out."""
    loaded = json.loads(SPECIFICATION.read_text("utf-8"))
    for name, schema in loaded["components"]["schemas"].items():
        _strict(schema, BEYOND.get(name, set()) | BOTH_WAYS.get(name, set()))
    service = loaded["components"]["schemas"]["fly.MachineService"]["properties"]
    # The specification names the words of the request; Fly.io answers booleans.
    service["autostop"] = {"enum": [False, True, "suspend"]}
    return loaded


def _strict(schema: Any, beyond: set[str]) -> None:
    if isinstance(schema, list):
        for one in schema:
            _strict(one, set())
        return
    if not isinstance(schema, dict):
        return
    for one in list(schema.values()):
        _strict(one, set())
    properties = schema.get("properties")
    if isinstance(properties, dict):
        schema.setdefault("additionalProperties", False)
        properties.update({name: {} for name in beyond})
    if isinstance(schema.get("type"), str) and schema["type"] != "object":
        schema["type"] = [schema["type"], "null"]


def check(schema: Any, answer: Any) -> None:
    whole = copy.copy(schema) | {"components": document()["components"]}
    jsonschema.Draft7Validator(whole).validate(answer)


APP = "/apps/{app_name}"
MACHINE = f"{APP}/machines/{{machine_id}}"
VOLUME = f"{APP}/volumes/{{volume_id}}"
HOST = f"{APP}/certificates/{{hostname}}"
SECRET = f"{APP}/secrets/{{secret_name}}"
PEM = {"hostname": "own.example.org", "fullchain": "pem", "private_key": "pem"}
LAUNCH = {"region": "iad", "config": {"image": "registry.fly.io/storefront:a"}}
PLACES = {"org_slug": "acme", "count": 2}
CALLS: tuple[tuple[str, str, Any], ...] = (
    ("GET", "/apps?org_slug=acme", None),
    ("POST", "/apps", {"name": "fresh", "org_slug": "acme"}),
    ("GET", APP, None),
    ("GET", f"{APP}/certificates", None),
    ("POST", f"{APP}/certificates/acme", {"hostname": "www.example.com"}),
    ("POST", f"{APP}/certificates/custom", PEM),
    ("GET", HOST, None),
    ("POST", f"{HOST}/check", None),
    ("DELETE", f"{HOST}/acme", None),
    ("DELETE", f"{HOST}/custom", None),
    ("DELETE", HOST, None),
    ("GET", f"{APP}/ip_assignments", None),
    ("POST", f"{APP}/ip_assignments", {"type": "v6"}),
    ("DELETE", f"{APP}/ip_assignments/{{ip}}", None),
    ("GET", f"{APP}/machines", None),
    ("POST", f"{APP}/machines", LAUNCH),
    ("GET", MACHINE, None),
    ("POST", MACHINE, LAUNCH),
    ("POST", f"{MACHINE}/cordon", None),
    ("POST", f"{MACHINE}/uncordon", None),
    ("GET", f"{MACHINE}/events", None),
    ("POST", f"{MACHINE}/lease", {"ttl": 60}),
    ("GET", f"{MACHINE}/lease", None),
    ("DELETE", f"{MACHINE}/lease", None),
    ("GET", f"{MACHINE}/memory", None),
    ("GET", f"{MACHINE}/metadata", None),
    ("PUT", f"{MACHINE}/metadata", {"metadata": {"key": "value"}}),
    ("PATCH", f"{MACHINE}/metadata", {"metadata": {"key": "value"}}),
    ("GET", f"{MACHINE}/metadata/{{key}}", None),
    ("POST", f"{MACHINE}/metadata/{{key}}", {"value": "other"}),
    ("DELETE", f"{MACHINE}/metadata/{{key}}", None),
    ("POST", f"{MACHINE}/exec", {"cmd": "true"}),
    ("GET", f"{MACHINE}/ps", None),
    ("POST", f"{MACHINE}/restart", None),
    ("POST", f"{MACHINE}/signal", {"signal": "SIGTERM"}),
    ("POST", f"{MACHINE}/start", None),
    ("POST", f"{MACHINE}/stop", {}),
    ("POST", f"{MACHINE}/suspend", None),
    ("GET", f"{MACHINE}/wait?state=settled", None),
    ("DELETE", f"{MACHINE}?force=true", None),
    ("GET", f"{APP}/secrets", None),
    ("POST", f"{APP}/secrets", {"values": {"NEW": "value"}}),
    ("GET", SECRET, None),
    ("POST", SECRET, {"value": "other"}),
    ("DELETE", SECRET, None),
    ("GET", f"{APP}/volumes", None),
    ("POST", f"{APP}/volumes", {"name": "data", "region": "iad"}),
    ("GET", VOLUME, None),
    ("PUT", VOLUME, {"snapshot_retention": 7}),
    ("PUT", f"{VOLUME}/extend", {"size_gb": 9}),
    ("POST", f"{VOLUME}/snapshots", None),
    ("GET", f"{VOLUME}/snapshots", None),
    ("DELETE", VOLUME, None),
    ("GET", "/orgs/{org_slug}/machines", None),
    ("GET", "/orgs/{org_slug}/volumes", None),
    ("POST", "/platform/placements", PLACES),
    ("GET", "/platform/regions", None),
    ("GET", "/tokens/current", None),
    ("DELETE", APP, None),
)


async def prepared() -> tuple[Asker, dict[str, str]]:
    """A world in which every path has something behind it."""
    asking = asker()
    made = await asking.done(
        "POST", "/v1/apps/storefront/volumes", {"name": "data", "region": "iad"}
    )
    machine = asking.machine
    changes.start(asking.world, machine)
    changes.set_metadata(asking.world, machine, "key", "value")
    changes.lease(asking.world, machine, nonce=None, seconds=60, owner="ada@example.com")
    asking.app.logs.append(LogLine("1", asking.clock(), "hello", "info", machine.id, "iad"))
    filled = {
        "app_name": "storefront",
        "machine_id": machine.id,
        "volume_id": made["id"],
        "hostname": "shop.example.com",
        "secret_name": "DATABASE_URL",
        "key": "key",
        "ip": "203.0.113.7",
        "org_slug": "acme",
    }
    return asking, filled


@pytest.mark.parametrize(("method", "path", "body"), CALLS, ids=[f"{m} {p}" for m, p, _ in CALLS])
async def test_an_answer_holds_to_the_specification(method: str, path: str, body: Any) -> None:
    asking, filled = await prepared()
    held = asking.machine.lease
    nonce = held.nonce if held else None
    url = "/v1" + path.format_map(filled)
    response = await asking.send(method, url, body, nonce=nonce)
    operation = document()["paths"][path.partition("?")[0]][method.lower()]
    stated = operation["responses"].get(str(response.status_code))
    assert stated is not None, f"{response.status_code} is not among {list(operation['responses'])}"
    for content in stated.get("content", {}).values():
        check(content.get("schema", {}), response.json())


def test_every_path_of_the_specification_is_asked_or_named_as_missing() -> None:
    asked = {path.partition("?")[0] for _, path, _ in CALLS}
    assert asked | NOT_SIMULATED == set(document()["paths"])
    assert not asked & NOT_SIMULATED


def test_what_is_named_as_missing_is_not_served() -> None:
    served = {
        route.path.removeprefix("/v1")
        .replace("{app}", "{app_name}")
        .replace("{machine}", "{machine_id}")
        .replace("{secret}", "{secret_name}")
        for route in routes(asker().world)
        if isinstance(route, Route)
    }
    assert "/apps/{app_name}/machines/{machine_id}/lease" in served
    assert not served & NOT_SIMULATED


def test_the_check_notices_a_wrong_answer() -> None:
    with pytest.raises(jsonschema.ValidationError):
        check({"$ref": "#/components/schemas/Machine"}, {"id": 1})
    with pytest.raises(jsonschema.ValidationError):
        check({"$ref": "#/components/schemas/Machine"}, {"unheard_of": "key"})
