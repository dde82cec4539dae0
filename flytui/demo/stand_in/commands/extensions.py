"""`ext` and `volumes` that change: an Arcjet site, scheduled snapshots, a snapshot now."""

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say
from flytui.demo.stand_in.documents import APP, CREATE_ADD_ON, SET_SECRETS
from flytui.demo.stand_in.flags import JSON, YES, Flag, truth


def _arcjet(call: Invocation) -> None:
    """Makes the site and sets its key, which it prints."""
    app = call.wire.graphql(APP, {"appName": call.app})["appcompact"]
    owner = app["organization"]["id"]
    call.confirm("yes flag must be specified when not running interactively")
    asked = {"appId": app["id"], "organizationId": owner, "type": "arcjet"}
    asked |= {"name": call.text("name")} if call.given("name") else {}
    made = call.wire.graphql(CREATE_ADD_ON, {"input": asked})["createAddOn"]["addOn"]
    secrets = [{"key": key, "value": value} for key, value in (made["environment"] or {}).items()]
    call.wire.graphql(SET_SECRETS, {"input": {"appId": app["id"], "secrets": secrets}})
    say(f"Your Arcjet site ({made['name']}) is ready.")
    say(f"Setting the following secrets on {app['name']}:")
    for secret in secrets:
        say(f"{secret['key']}: {secret['value']}")


def _update(call: Invocation) -> None:
    volume = call.arguments[0]
    wanted: dict[str, object] = {}
    if call.given("scheduled-snapshots"):
        wanted["auto_backup_enabled"] = truth(call.text("scheduled-snapshots"))
    if call.given("snapshot-retention"):
        wanted["snapshot_retention"] = call.number("snapshot-retention")
    call.wire.flaps("PUT", f"/apps/{call.app}/volumes/{volume}", wanted)
    say(f"Updated {volume}")


def _snapshot(call: Invocation) -> None:
    volume = call.arguments[0]
    call.wire.flaps("POST", f"/apps/{call.app}/volumes/{volume}/snapshots")
    say(f"Scheduled to snapshot volume {volume}")


COMMANDS = (
    Command(
        ("ext", "arcjet", "create"),
        _arcjet,
        "Provision an Arcjet site",
        (*OF_APP, YES, Flag("name", "n")),
        most=0,
    ),
    Command(
        ("volumes", "update"),
        _update,
        "Update a volume",
        (
            *OF_APP,
            JSON,
            Flag("scheduled-snapshots", kind="switch"),
            Flag("snapshot-retention", kind="whole"),
        ),
        least=1,
        most=1,
    ),
    Command(
        ("volumes", "snapshots", "create"),
        _snapshot,
        "Snapshot a volume",
        (*OF_APP, JSON),
        least=1,
        most=1,
    ),
)
