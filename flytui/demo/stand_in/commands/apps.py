"""Apps and what is told about them: `apps`, `status`, `releases`, `checks`, `config`, `volumes`."""

import tomllib
from pathlib import Path
from typing import Any

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say, say_json, table
from flytui.demo.stand_in.commands.accounts import organization
from flytui.demo.stand_in.documents import (
    APP,
    APP_BASIC,
    APP_VERSION,
    APPS,
    ORGANIZATIONS,
    RELEASES,
)
from flytui.demo.stand_in.flags import JSON, ORG, YES, Flag
from flytui.demo.stand_in.machines import active, configuration, group, launched, listed
from flytui.demo.stand_in.wire import Failure

_LEAVING = {
    "scheduling_destroy",
    "fork_cleanup",
    "waiting_for_detach",
    "pending_destroy",
    "destroying",
}


def _list(call: Invocation) -> None:
    owner = organization(call, call.organization)["id"] if call.organization else None
    apps, after = [], None
    while True:
        variables = {"org": owner} if owner else {}
        page = call.wire.graphql(APPS, variables | ({"after": after} if after else {}))["apps"]
        apps += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    if call.json:
        say_json([_document(app) for app in apps])
    elif call.switch("quiet"):
        for app in apps:
            say(app["name"])
    elif not apps:
        say("No apps found")
    else:
        rows = [(app["name"], app["organization"]["slug"], app["status"]) for app in apps]
        table("", rows, "NAME", "OWNER", "STATUS")


def _document(app: dict[str, Any]) -> dict[str, Any]:
    return {
        "ID": app["id"],
        "Name": app["name"],
        "Status": app["status"],
        "Deployed": app["deployed"],
        "Hostname": app["hostname"] or "",
        "PlatformVersion": app["platformVersion"] or "",
        "Network": app["network"] or "",
        "Organization": {
            "Slug": app["organization"]["slug"],
            "Name": app["organization"].get("name", ""),
        },
    }


def _create(call: Invocation) -> None:
    name = call.arguments[0] if call.arguments else call.text("name")
    if not name:
        raise Failure("name argument or flag must be specified when not running interactively")
    known = call.wire.graphql(ORGANIZATIONS, {"admin": False})["organizations"]["nodes"]
    slug = call.organization
    if not slug:
        raise Failure("org slug must be specified when not running interactively")
    if all(one["slug"] != slug for one in known):
        raise Failure(f"organization {slug} not found")
    body = {"name": name, "org_slug": slug, "network": call.text("network"), "app_role_id": ""}
    created = call.wire.flaps("POST", "/apps?wait=true", body)
    call.wire.flaps("GET", f"/apps/{created['name']}")
    if call.json:
        say_json({"ID": created["id"], "Name": created["name"], "Status": created["status"]})
    else:
        say(f"New app created: {created['name']}")


def _status(call: Invocation) -> None:
    app = call.wire.graphql(APP, {"appName": call.app})["appcompact"]
    machines = launched(listed(call))
    if call.json:
        release = call.wire.graphql(APP_VERSION, {"appName": call.app})["app"]["currentRelease"]
        say_json(
            {
                "ID": app["id"],
                "Name": app["name"],
                "Status": app["status"],
                "Deployed": app["deployed"],
                "Hostname": app["hostname"],
                "AppURL": app["appUrl"],
                "Version": release["version"] if release else 0,
                "PlatformVersion": app["platformVersion"],
                "Organization": {"Slug": app["organization"]["slug"]},
                "Machines": machines,
            }
        )
        return
    say("App")
    for label, value in (
        ("Name", app["name"]),
        ("Owner", app["organization"]["slug"]),
        ("Hostname", app["hostname"]),
    ):
        say(f"  {label:<8} = {value}")
    say()
    rows = [(group(one) or "app", one["id"], one["region"], one["state"]) for one in machines]
    table("Machines", rows, "PROCESS", "ID", "REGION", "STATE")


def _releases(call: Invocation) -> None:
    variables = {"appName": call.app, "limit": 25, "status": ""}
    releases = call.wire.graphql(RELEASES, variables)["app"]["releases"]["nodes"]
    releases.sort(key=lambda one: one["version"], reverse=True)
    if call.json:
        names = {"id": "ID", "imageRef": "ImageRef", "createdAt": "CreatedAt"}
        say_json([{names.get(key, key.capitalize()): one[key] for key in one} for one in releases])
        return
    rows = [
        (
            f"v{one['version']}",
            one["status"],
            one["description"],
            (one["user"] or {}).get("email", ""),
            one["createdAt"],
            *((one["imageRef"] or "",) if call.switch("image") else ()),
        )
        for one in releases
    ]
    image = ("DOCKER IMAGE",) if call.switch("image") else ()
    table("", rows, "VERSION", "STATUS", "DESCRIPTION", "USER", "DATE", *image)


def _checks(call: Invocation) -> None:
    machines = sorted(active(listed(call)), key=lambda one: str(one["id"]))
    if call.json:
        say_json({one["id"]: one.get("checks") or [] for one in machines})
        return
    say(f"Health Checks for {call.app}")
    wanted = call.text("check-name")
    rows = [
        (check["name"], check["status"], one["id"], check["updated_at"], check.get("output", ""))
        for one in machines
        for check in one.get("checks") or []
        if wanted in {"", check["name"]}
    ]
    table("", rows, "NAME", "STATUS", "MACHINE", "LAST UPDATED", "OUTPUT")


def _show(call: Invocation) -> None:
    if call.switch("local"):
        say_json(_local(call))
        return
    deployed = configuration(call)
    if deployed is None:
        listed(call)
        deployed = {"app": call.app}
    say_json({"app": call.app} | deployed)


def _validate(call: Invocation) -> None:
    """Only whether the file can be read: the demo keeps no list of keys."""
    path = _path(call)
    _local(call)
    say(f"Validating {path}")
    say("✓ Configuration is valid")


def _path(call: Invocation) -> Path:
    path = Path(call.text("config") or call.folder / "fly.toml")
    return path / "fly.toml" if path.is_dir() else path


def _local(call: Invocation) -> dict[str, Any]:
    path = _path(call)
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Failure(f"failed loading app config from {path}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise Failure(f"failed loading app config from {path}: {error}") from error


def _volumes(call: Invocation) -> None:
    app = call.wire.graphql(APP_BASIC, {"appName": call.app})["appbasic"]["name"]
    volumes = call.wire.flaps("GET", f"/apps/{app}/volumes")
    if not call.switch("all"):
        volumes = [one for one in volumes if one["state"] not in _LEAVING]
    if call.json:
        say_json(volumes)
        return
    rows = [
        (
            one["id"],
            one["state"],
            one["name"],
            f"{one['size_gb']}GB",
            one["region"],
            one["zone"],
            str(one["encrypted"]).lower(),
            one["attached_machine_id"] or "",
            one["created_at"],
        )
        for one in volumes
    ]
    columns = ("ID", "STATE", "NAME", "SIZE", "REGION", "ZONE", "ENCRYPTED", "ATTACHED VM")
    table("", rows, *columns, "CREATED AT")


def _snapshots(call: Invocation) -> None:
    volume = call.arguments[0]
    snapshots = call.wire.flaps("GET", f"/apps/{call.app}/volumes/{volume}/snapshots")
    snapshots.sort(key=lambda one: str(one["created_at"]))
    if call.json:
        say_json(snapshots)
        return
    rows = [
        (one["id"], one["status"], one["size"], one["created_at"], one["retention_days"])
        for one in snapshots
    ]
    table("Snapshots", rows, "ID", "STATUS", "SIZE", "CREATED AT", "RETENTION DAYS")


_QUIET = Flag("quiet", "q", "switch")
COMMANDS = (
    Command(("apps", "list"), _list, "List applications", (JSON, ORG, _QUIET), aliases=("ls",)),
    Command(
        ("apps", "create"),
        _create,
        "Create an application",
        (JSON, ORG, YES, Flag("name"), Flag("network"), Flag("generate-name", kind="switch")),
        most=1,
    ),
    Command(("status",), _status, "Show app status", (*OF_APP, JSON), most=0),
    Command(
        ("releases",),
        _releases,
        "List app releases",
        (*OF_APP, JSON, Flag("image", kind="switch")),
        most=0,
    ),
    Command(
        ("checks", "list"),
        _checks,
        "List health checks",
        (*OF_APP, JSON, Flag("check-name")),
        aliases=("ls",),
    ),
    Command(
        ("config", "show"),
        _show,
        "Show an app's configuration",
        (*OF_APP, Flag("local", kind="switch")),
        most=0,
        aliases=("display",),
    ),
    Command(("config", "validate"), _validate, "Validate fly.toml", OF_APP, most=0),
    Command(
        ("volumes", "list"),
        _volumes,
        "List volumes",
        (*OF_APP, JSON, Flag("all", kind="switch")),
        aliases=("ls",),
    ),
    Command(
        ("volumes", "snapshots", "list"),
        _snapshots,
        "List a volume's snapshots",
        (*OF_APP, JSON),
        least=1,
        most=1,
        aliases=("ls",),
    ),
)
