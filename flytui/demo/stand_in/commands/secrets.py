"""`secrets`: names out, values in by standard input, and the restart that makes them count."""

import copy
import sys
from datetime import datetime
from typing import Any

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, piped, say, say_json, table
from flytui.demo.stand_in.documents import APP, LATEST_IMAGE
from flytui.demo.stand_in.flags import JSON, Flag
from flytui.demo.stand_in.machines import (
    Machine,
    await_checks,
    configuration,
    launch_input,
    launched,
    leased,
    listed,
    metadata,
    wait,
)
from flytui.demo.stand_in.wire import Failure, Refusal

_LARGEST = 64 * 1024
_STAGED = (
    "Secrets have been staged, but not set on VMs. Deploy or update machines in this app for "
    "the secrets to take effect."
)


def _list(call: Invocation) -> None:
    secrets = call.wire.flaps("GET", f"/apps/{call.app}/secrets")["secrets"]
    machines = launched(listed(call))
    versions = {metadata(one).get("fly_release_version") for one in machines} - {None}
    released = _release_times(call, 2 * len(versions)) if versions else {}
    rows = [
        {"name": one["name"], "digest": one["digest"], "status": _state(one, machines, released)}
        for one in secrets
    ]
    if call.json:
        say_json(rows)
    else:
        table("", [tuple(row.values()) for row in rows], "NAME", "DIGEST", "STATUS")


def _release_times(call: Invocation, count: int) -> dict[str, datetime]:
    """When each release was made, by version; nothing where the releases cannot be read."""
    limit = min(max(count, 20), 200)
    try:
        answer = call.wire.uiex("GET", f"/apps/{call.app}/releases?limit={limit}")
    except Failure:
        return {}
    return {
        str(one["version"]): datetime.fromisoformat(one["created_at"]) for one in answer["releases"]
    }


def _state(secret: Any, machines: list[Machine], released: dict[str, datetime]) -> str:
    """Deployed where every Machine's release is younger than the secret."""
    if not machines:
        return "Staged"
    try:
        changed = datetime.fromisoformat(secret["updated_at"])
    except (KeyError, TypeError, ValueError):
        return "Unknown"
    versions = [str(metadata(one).get("fly_release_version")) for one in machines]
    updated = sum(version in released and changed <= released[version] for version in versions)
    return "Deployed" if updated == len(machines) else "Partial" if updated else "Staged"


def _set(call: Invocation) -> None:
    values = {}
    for argument in call.arguments:
        name, equals, value = argument.partition("=")
        if not equals:
            raise Failure(
                f"could not parse secrets: '{argument}': must be in the format NAME=VALUE"
            )
        values[name] = value
    app = _app(call)
    for name, value in values.items():
        if value == "-":
            values[name] = _standard_input(name)
    _change(call, app, values)


def _standard_input(name: str) -> str:
    if not piped():
        raise Failure(f"secret `{name}` expects standard input but none provided")
    text = sys.stdin.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise Failure(f"error reading stdin for '{name}': input is larger than 64 KiB")
    return text


def _import(call: Invocation) -> None:
    app = _app(call)
    values = parse_pairs(sys.stdin.read())
    if not values:
        raise Failure("requires at least one SECRET=VALUE pair")
    _change(call, app, values)


def parse_pairs(text: str) -> dict[str, str]:
    """NAME=VALUE lines; quotes around a value fall away, `\"\"\"` holds several lines."""
    values: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("#") or not line.strip():
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise Failure(
                "Failed to parse secrets from stdin: Secrets must be provided as NAME=VALUE "
                "pairs (a line is invalid)"
            )
        value = value.lstrip(" ")
        if value.startswith('"""'):
            values[name.strip()] = _block(value[3:], lines)
        else:
            values[name.strip()] = _unquoted(value)
    return values


def _block(first: str, lines: Any) -> str:
    """The text up to the closing quotes."""
    if first.endswith('"""'):
        return first[:-3]
    parts = [first]
    for line in lines:
        if line.endswith('"""'):
            parts.append(line[:-3])
            break
        parts.append(line)
    return "\n".join(parts)


def _unquoted(value: str) -> str:
    head, comment, _ = value.partition("#")
    if comment and head.count('"') % 2 == 0:
        value = value.rstrip(" ")
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _unset(call: Invocation) -> None:
    _change(call, _app(call), dict.fromkeys(call.arguments))


def _app(call: Invocation) -> dict[str, Any]:
    return dict(call.wire.graphql(APP, {"appName": call.app})["appcompact"])


def _change(call: Invocation, app: dict[str, Any], values: Any) -> None:
    try:
        call.wire.flaps("POST", f"/apps/{call.app}/secrets", {"values": values})
    except Refusal as error:
        raise Failure(f"update secrets: failed to update app secrets: {error}") from error
    if call.switch("stage"):
        say(_STAGED)
        return
    _deploy(call, app)


def _deploy_staged(call: Invocation) -> None:
    app = _app(call)
    if not app["deployed"] or not launched(listed(call)):
        raise Failure("no machines available to deploy", "Try 'fly deploy' first")
    _deploy(call, app)


def _deploy(call: Invocation, app: dict[str, Any]) -> None:
    """A release that restarts every Machine with the configuration it has."""
    if not launched(listed(call)) and not app["deployed"]:
        say("Secrets are staged for the first deployment")
        return
    definition = configuration(call)
    call.wire.flaps("GET", f"/apps/{call.app}")
    machines = launched(listed(call))
    if any(one["config"].get("mounts") for one in machines):
        call.wire.flaps("GET", f"/apps/{call.app}/volumes")
    image = call.wire.graphql(LATEST_IMAGE, {"appName": call.app}, "LatestImage")["app"]
    body = {
        "app_name": call.app,
        "build_id": 0,
        "definition": definition,
        "image": (image["currentReleaseUnprocessed"] or {}).get("imageRef") or "",
        "strategy": "ROLLING",
    }
    release = call.wire.uiex("POST", "/releases", body)["release"]
    _mark(call, release, "running")
    try:
        for machine in machines:
            _restart(call, machine, release, detached=call.switch("detach"))
    except Failure:
        _mark(call, release, "failed")
        raise
    _mark(call, release, "complete")


def _mark(call: Invocation, release: dict[str, Any], status: str) -> None:
    body = {"status": status, "metadata": None}
    call.wire.uiex("PATCH", f"/releases/{release['id']}", body)


def _restart(
    call: Invocation, machine: Machine, release: dict[str, Any], *, detached: bool
) -> None:
    with leased(call, [machine]) as nonces:
        config = copy.deepcopy(machine["config"])
        config["metadata"] = (config.get("metadata") or {}) | {
            "fly_release_id": release["id"],
            "fly_release_version": str(release["version"]),
        }
        skip = bool(config.get("standbys")) or machine["state"] in {"stopped", "suspended"}
        say(f"Updating machine {machine['id']}")
        path = f"/apps/{call.app}/machines/{machine['id']}"
        wanted = launch_input(config, machine["region"], skip=skip)
        updated = call.wire.flaps("POST", path, wanted, nonce=nonces.get(machine["id"], ""))
        if skip:
            return
        wait(call, machine["id"], "started")
        if not detached:
            await_checks(call, updated)


_SHARED = (
    *OF_APP,
    Flag("detach", kind="switch"),
    Flag("stage", kind="switch"),
    Flag("dns-checks", kind="switch"),
)
COMMANDS = (
    Command(("secrets", "list"), _list, "List secrets", (*OF_APP, JSON), aliases=("ls",)),
    Command(("secrets", "set"), _set, "Set secrets", _SHARED, least=1),
    Command(("secrets", "import"), _import, "Set secrets from standard input", _SHARED),
    Command(("secrets", "unset"), _unset, "Remove secrets", _SHARED, least=1),
    Command(
        ("secrets", "deploy"),
        _deploy_staged,
        "Deploy staged secrets",
        (*OF_APP, Flag("detach", kind="switch"), Flag("dns-checks", kind="switch")),
    ),
)
