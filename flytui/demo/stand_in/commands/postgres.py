"""`mpg`: Managed Postgres, its clusters and backups; `postgres`: the unmanaged kind."""

from typing import Any

from flytui.demo.stand_in.command import Command, Invocation, say, say_json, table
from flytui.demo.stand_in.commands.accounts import organization
from flytui.demo.stand_in.documents import APPS_OF_ROLE, FULL_ORGANIZATION
from flytui.demo.stand_in.flags import JSON, ORG, REGION, Flag
from flytui.demo.stand_in.wire import Failure, Refusal

_OUTDATED = (
    "MPG commands require updated tokens but found older-style tokens. "
    "Please upgrade your authentication by running:\n  flyctl auth logout\n  flyctl auth login"
)


def _modern(call: Invocation) -> None:
    if not call.wire.has_macaroon:
        raise Failure(_OUTDATED)


def _list(call: Invocation) -> None:
    _modern(call)
    if not call.organization:
        raise Failure("slug argument must be specified when not running interactively")
    slug = organization(call, call.organization)["slug"]
    full = call.wire.graphql(FULL_ORGANIZATION, {"slug": slug}, "GetOrganization")["organization"]
    deleted = call.switch("deleted")
    path = f"/organizations/{full['rawSlug']}/postgres{'/deleted' if deleted else ''}"
    clusters = call.wire.uiex("GET", path)["data"]
    if not clusters:
        word = "deleted managed" if deleted else "managed"
        say(f"No {word} postgres clusters found in organization {slug}")
    elif call.json:
        say_json(clusters)
    else:
        rows = [
            (
                one["id"],
                one["name"],
                one["organization"]["slug"],
                one["region"],
                one["status"],
                one["plan"],
                ", ".join(app["name"] for app in one["attached_apps"]) or "<no attached apps>",
            )
            for one in clusters
        ]
        table("", rows, "ID", "NAME", "ORG", "REGION", "STATUS", "PLAN", "ATTACHED APPS")


def root(call: Invocation) -> str:
    """The route of the cluster, by its generation: the second is asked for first."""
    _modern(call)
    if not call.arguments:
        raise Failure("cluster ID must be specified when not running interactively")
    cluster = call.arguments[0]
    for generation in ("postgresv2", "postgres"):
        try:
            found: Any = call.wire.uiex("GET", f"/{generation}/{cluster}")
        except Refusal:
            continue
        if generation == "postgres" or found["data"]["mpgd_cluster_id"]:
            return f"/{generation}/{cluster}"
    raise Failure(f'managed postgres cluster "{cluster}" not found')


def _backups(call: Invocation) -> None:
    backups = call.wire.uiex("GET", f"{root(call)}/backups")["data"]
    if not backups:
        say(f"No backups found for cluster {call.arguments[0]}")
    elif call.json:
        say_json(backups)
    else:
        rows = [(one["id"], one["start"], one["status"], one["type"]) for one in backups]
        table("", rows, "ID", "START", "STATUS", "TYPE")


def _back_up(call: Invocation) -> None:
    kind = call.text("type", "full")
    taken = call.wire.uiex("POST", f"{root(call)}/backups", {"type": kind})["data"]
    say(f"Backup {taken['id']} queued for cluster {call.arguments[0]}")


def _restore(call: Invocation) -> None:
    if not call.text("backup-id") and not call.text("pitr-time"):
        raise Failure("one of --backup-id or --pitr-time must be specified")
    body = {
        "backup_id": call.text("backup-id"),
        "name": call.text("name"),
        "pitr_time": call.text("pitr-time"),
    }
    given = {key: value for key, value in body.items() if value}
    made = call.wire.uiex("POST", f"{root(call)}/restore", given)["data"]
    say(f"Restore initiated, new cluster: {made['id']} ({made['name']})")


def _unmanaged(call: Invocation) -> None:
    """The apps that are unmanaged Postgres clusters, whoever owns them."""
    found: list[dict[str, Any]] = []
    variables = {"role": "postgres_cluster"}
    after: dict[str, str] = {}
    while True:
        page = call.wire.graphql(APPS_OF_ROLE, variables | after)["apps"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = {"after": page["pageInfo"]["endCursor"]}
    if not found:
        say("No postgres clusters found")
    elif call.json:
        say_json(found)
    else:
        rows = [(one["name"], one["organization"]["slug"], one["status"]) for one in found]
        table("", rows, "NAME", "OWNER", "STATUS")


def _create(call: Invocation) -> None:
    """Prints the connection string, as fly does: this one opens nothing."""
    _modern(call)
    owner = call.wire.graphql(
        FULL_ORGANIZATION,
        {"slug": organization(call, call.organization)["slug"]},
        "GetOrganization",
    )["organization"]
    asked = {
        "name": call.text("name"),
        "region": call.text("region"),
        "plan": call.text("plan", "basic").lower(),
        "storage_in_gb": call.number("volume-size", 10),
    }
    made = call.wire.uiex("POST", f"/organizations/{owner['rawSlug']}/postgresv2", asked)["data"]
    say("Managed Postgres cluster created successfully!")
    say(f"  ID: {made['id']}")
    say(f"  Name: {made['name']}")
    say(f"  Connection string: postgresql://fly-user:demo-only@{made['id']}.flympg.net/fly-db")


COMMANDS = (
    Command(
        ("mpg", "create"),
        _create,
        "Create a Managed Postgres cluster",
        (ORG, REGION, Flag("name", "n"), Flag("plan"), Flag("volume-size", kind="whole")),
        most=0,
    ),
    Command(
        ("postgres", "list"),
        _unmanaged,
        "List unmanaged Postgres clusters",
        (JSON,),
        aliases=("ls",),
    ),
    Command(
        ("mpg", "list"),
        _list,
        "List Managed Postgres clusters",
        (JSON, ORG, Flag("deleted", kind="switch")),
        aliases=("ls",),
    ),
    Command(
        ("mpg", "backup", "list"),
        _backups,
        "List a cluster's backups",
        (JSON, Flag("all", kind="switch")),
        most=1,
        aliases=("ls",),
    ),
    Command(("mpg", "backup", "create"), _back_up, "Back a cluster up", (Flag("type"),), most=1),
    Command(
        ("mpg", "restore"),
        _restore,
        "Restore a backup into a new cluster",
        (Flag("backup-id"), Flag("pitr-time"), Flag("name", "n")),
        most=1,
    ),
)
