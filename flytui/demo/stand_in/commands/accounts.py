"""Who is signed in, and the organisations: `auth`, `orgs`, `version`."""

import json

from flytui.demo.stand_in.command import Command, Invocation, say, say_json, warn
from flytui.demo.stand_in.documents import (
    ORGANIZATION,
    ORGANIZATION_DETAILS,
    ORGANIZATIONS,
    VIEWER,
)
from flytui.demo.stand_in.flags import JSON, ORG, Flag
from flytui.demo.stand_in.wire import Failure

VERSION = "flytui demo stand-in for fly: it plays fly for flytui's simulated Fly.io, nothing else"


def organization(call: Invocation, slug: str) -> dict[str, str]:
    """The organisation with this slug."""
    try:
        found = call.wire.graphql(ORGANIZATION, {"slug": slug})["organization"]
    except Failure as error:
        raise Failure(f"failed retrieving organization with slug {slug}: {error}") from error
    return dict(found)


def _whoami(call: Invocation) -> None:
    email = call.wire.graphql(VIEWER, {})["viewer"]["email"]
    if call.json:
        say_json({"email": email})
    else:
        say(email)


def _token(call: Invocation) -> None:
    if not call.switch("quiet"):
        warn("The 'flyctl auth token' command is deprecated. Use 'flyctl tokens create' instead.")
    if call.json:
        say_json({"token": call.wire.token})
    else:
        say(call.wire.token)


def _organizations(call: Invocation) -> None:
    found = call.wire.graphql(ORGANIZATIONS, {"admin": False})["organizations"]["nodes"]
    if call.json:
        say_json({one["slug"]: one["name"] for one in found})
        return
    for words in (("Name", "Slug", "Type"), ("----", "----", "----")):
        say(f"{words[0]:<20} {words[1]:<20} {words[2]:<10}".rstrip())
    for one in found:
        say(f"{one['name']:<20} {one['slug']:<20} {one['type']:<10}".rstrip())


def _organization(call: Invocation) -> None:
    slug = call.organization or (call.arguments[0] if call.arguments else "")
    if not slug:
        raise Failure("slug argument must be specified when not running interactively")
    slug = organization(call, slug)["slug"]
    data = call.wire.graphql(ORGANIZATION_DETAILS, {"slug": slug})["organizationdetails"]
    members = data["members"]["edges"]
    if call.json:
        say_json(_details(data))
        return
    say("Organization")
    for label, key in (("Name", "name"), ("Slug", "slug"), ("Type", "type")):
        say(f"{label:<20}: {data[key]}")
    say()
    say(f"{'Name':<20} {'Email':<30} {'Role':<10}".rstrip())
    for edge in members:
        say(f"{edge['node']['name']:<20} {edge['node']['email']:<30} {edge['role']:<10}".rstrip())


def _details(data: dict[str, object]) -> dict[str, object]:
    """With the names of fly's own fields."""
    members = data["members"]
    edges = members["edges"] if isinstance(members, dict) else []
    return {
        "ID": data["id"],
        "InternalNumericID": data["internalNumericId"],
        "Name": data["name"],
        "Slug": data["slug"],
        "Type": data["type"],
        "ViewerRole": data["viewerRole"],
        "Members": {
            "Edges": [
                {
                    "Cursor": edge["cursor"],
                    "Node": {
                        "ID": edge["node"]["id"],
                        "Name": edge["node"]["name"],
                        "Email": edge["node"]["email"],
                    },
                    "Role": edge["role"],
                    "JoinedAt": edge["joinedAt"],
                }
                for edge in edges
            ]
        },
    }


def _version(call: Invocation) -> None:
    if call.json:
        say(json.dumps({"Name": "fly", "Version": VERSION, "Environment": "demo"}))
    else:
        say(VERSION)


COMMANDS = (
    Command(("auth", "whoami"), _whoami, "Show who is signed in", (JSON,), most=0),
    Command(
        ("auth", "token"), _token, "Print the token", (JSON, Flag("quiet", "q", "switch")), most=0
    ),
    Command(("orgs", "list"), _organizations, "List organizations", (JSON,), aliases=("ls",)),
    Command(("orgs", "show"), _organization, "Show an organization", (JSON, ORG), most=1),
    Command(("version",), _version, "Say what this program is", (JSON,), most=0),
)
