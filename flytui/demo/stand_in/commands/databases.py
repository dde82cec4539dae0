"""What joins databases and apps: `mpg attach`, and the backups of the unmanaged kind."""

from typing import Any

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say, warn
from flytui.demo.stand_in.commands.postgres import root
from flytui.demo.stand_in.documents import APP, APP_BASIC, CREATE_ADD_ON
from flytui.demo.stand_in.flags import Flag
from flytui.demo.stand_in.machines import Machine, listed
from flytui.demo.stand_in.wire import Failure, Refusal

_ARCHIVE = "S3_ARCHIVE_CONFIG"
_LEAST_MEMORY = 512


def _attach(call: Invocation) -> None:
    """Sets the secret without a deploy, puts the attachment on record, and prints the string."""
    app = call.wire.graphql(APP_BASIC, {"appName": call.app})["appbasic"]
    path = root(call)
    answer: Any = call.wire.uiex("GET", path)
    owner = answer["data"]["organization"]["slug"]
    if app["organization"]["rawSlug"] != owner:
        raise Failure(
            f"app {call.app} is in organization {app['organization']['rawSlug']}, but cluster"
            f" {call.arguments[0]} is in organization {owner}. They must be in the same"
            " organization to attach"
        )
    name = call.text("variable-name", "DATABASE_URL")
    if name in _secrets(call):
        raise Failure(
            f"app {call.app} already has {name} set. Use 'fly secrets unset {name}' to remove it"
            " first"
        )
    uri = str(answer["credentials"]["pgbouncer_uri"])
    call.wire.flaps("POST", f"/apps/{call.app}/secrets", {"values": {name: uri}})
    try:
        call.wire.uiex("POST", f"{path}/attachments", {"app_name": call.app})
    except Refusal as error:
        warn(f"Warning: failed to create attachment record: {error}")
    say(f"\nPostgres cluster {call.arguments[0]} is being attached to {call.app}")
    say(f"The following secret was added to {call.app}:\n  {name}={uri}")


def _secrets(call: Invocation) -> set[str]:
    answer = call.wire.flaps("GET", f"/apps/{call.app}/secrets")
    return {one["name"] for one in answer["secrets"]}


def _enable(call: Invocation) -> None:
    """Makes a bucket and stages its key; the cluster restarts when the secrets are deployed."""
    app = call.wire.graphql(APP, {"appName": call.app})["appcompact"]
    if _ARCHIVE in _secrets(call):
        raise Failure("backups are already enabled")
    leader = _leader(call)
    asked = {"organizationId": app["organization"]["id"], "type": "tigris"}
    asked["name"] = f"{call.app}-postgres"
    made = call.wire.graphql(CREATE_ADD_ON, {"input": asked})["createAddOn"]["addOn"]
    key = f"https://demo:demo@fly.storage.tigris.dev/{made['name']}/{leader['id']}"
    call.wire.flaps("POST", f"/apps/{call.app}/secrets", {"values": {_ARCHIVE: key}})
    say(
        f"Backups enabled. Run `fly secrets deploy -a {call.app}` to restart the cluster with the"
        " new configuration."
    )


def _create(call: Invocation) -> None:
    if _ARCHIVE not in _secrets(call):
        raise Failure(
            f"backups are not enabled. Run `fly pg backup enable -a {call.app}` to enable them"
        )
    leader = _leader(call)
    path = f"/apps/{call.app}/machines/{leader['id']}/exec"
    done: Any = call.wire.flaps("POST", path, {"cmd": "flexctl backup create"})
    say(done["stdout"])


def _leader(call: Invocation) -> Machine:
    """The first Machine that runs and has the memory that a backup takes."""
    machines = [one for one in listed(call) if one["state"] == "started"]
    if not machines:
        raise Failure("No active machines")
    leader = machines[0]
    if leader["config"]["guest"]["memory_mb"] < _LEAST_MEMORY:
        raise Failure(
            f"backup creation requires at least 512MB of memory. Use `fly m update"
            f" {leader['id']} --vm-memory 512` to scale up."
        )
    return leader


COMMANDS = (
    Command(
        ("mpg", "attach"),
        _attach,
        "Attach a Managed Postgres cluster to an app",
        (*OF_APP, Flag("variable-name"), Flag("database", "d"), Flag("username", "u")),
        least=1,
        most=1,
    ),
    Command(("postgres", "backup", "enable"), _enable, "Make a bucket for backups", OF_APP, most=0),
    Command(
        ("postgres", "backup", "create"),
        _create,
        "Take a base backup",
        (*OF_APP, Flag("name", "n"), Flag("immediate-checkpoint", "i", kind="switch")),
        most=0,
    ),
)
