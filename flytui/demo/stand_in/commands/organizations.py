"""`orgs` that change: create, invite and remove people, replays; and `apps move` between them."""

from flytui.demo.stand_in.command import Command, Invocation, say, say_json
from flytui.demo.stand_in.commands.accounts import organization
from flytui.demo.stand_in.documents import (
    ALLOW_REPLAYS,
    APP,
    CREATE_ORGANIZATION,
    INVITE,
    MOVE_APP,
    ORGANIZATION_DETAILS,
    REMOVE_MEMBER,
    REMOVE_REPLAY_SOURCES,
)
from flytui.demo.stand_in.flags import JSON, ORG, YES, Flag
from flytui.demo.stand_in.wire import Failure


def _create(call: Invocation) -> None:
    if not call.arguments:
        raise Failure("name argument must be specified when not running interactively")
    variables = {"input": {"name": call.arguments[0]}}
    made = call.wire.graphql(CREATE_ORGANIZATION, variables)["createOrganization"]["organization"]
    if call.json:
        say_json(made)
    else:
        say(f"{made['name']:<20} {made['slug']:<20} {made['type']:<10}".rstrip())


def _invite(call: Invocation) -> None:
    """Ends well even where no such organisation is to be seen: so does fly."""
    slug, email = (call.organization or call.arguments[0]), call.arguments[-1]
    try:
        owner = organization(call, slug)
    except Failure:
        return
    asked = {"input": {"organizationId": owner["id"], "email": email}}
    try:
        made = call.wire.graphql(INVITE, asked)["createOrganizationInvitation"]["invitation"]
    except Failure as error:
        raise Failure(f"failed inviting {email} to {slug}: {error}") from error
    say(f"{made['organization']['slug']:<20} {made['email']:<20} {str(made['redeemed']).lower()}")


def _remove(call: Invocation) -> None:
    """Ends well even where nobody of that address is in the organisation: so does fly."""
    slug, email = (call.organization or call.arguments[0]), call.arguments[-1]
    data = call.wire.graphql(ORGANIZATION_DETAILS, {"slug": slug})["organizationdetails"]
    people = [edge["node"] for edge in data["members"]["edges"]]
    user = next((one for one in people if one["email"] == email), None)
    if user is None:
        return
    call.wire.graphql(
        REMOVE_MEMBER, {"input": {"userId": user["id"], "organizationId": data["id"]}}
    )
    say(f"Successfully removed {email}")


def _disable_replays(call: Invocation) -> None:
    slug = organization(call, call.organization)["rawSlug"]
    call.confirm("yes flag must be specified when not running interactively")
    call.wire.graphql(ALLOW_REPLAYS, {"input": {"organizationSlug": slug, "allow": False}})
    say(f"Cross-network replays disabled for organization {slug}")


def _remove_sources(call: Invocation) -> None:
    slug = organization(call, call.organization)["rawSlug"]
    call.confirm("yes flag must be specified when not running interactively")
    gone = {"organizationSlug": slug, "orgSlugsToRemove": call.arguments}
    call.wire.graphql(REMOVE_REPLAY_SOURCES, {"input": gone})
    say(f"Removed {', '.join(call.arguments)} from the replay sources of {slug}")


def _move(call: Invocation) -> None:
    app = call.wire.graphql(APP, {"appName": call.arguments[0]})["appcompact"]
    owner = organization(call, call.organization)
    call.confirm("yes flag must be specified when not running interactively")
    call.wire.graphql(MOVE_APP, {"input": {"appId": app["id"], "organizationId": owner["id"]}})
    say(f"successfully moved {app['name']} to {owner['slug']}")


COMMANDS = (
    Command(("orgs", "create"), _create, "Create an organization", (JSON,), most=1),
    Command(("orgs", "invite"), _invite, "Invite somebody", (JSON,), least=2, most=2),
    Command(("orgs", "remove"), _remove, "Remove a member", least=2, most=2),
    Command(
        ("orgs", "cross-network-replays", "disable"),
        _disable_replays,
        "Disallow replays between networks",
        (ORG, YES),
        most=0,
    ),
    Command(
        ("orgs", "replay-sources", "remove"),
        _remove_sources,
        "Remove organizations that may replay requests",
        (ORG, YES),
    ),
    Command(
        ("apps", "move"),
        _move,
        "Move an app to another organization",
        (ORG, YES, Flag("skip-health-checks", kind="switch")),
        least=1,
        most=1,
    ),
)
