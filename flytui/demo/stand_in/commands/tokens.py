"""`tokens`: list, create and revoke."""

import re
from typing import Any

from flytui.demo.stand_in.command import OF_APP, Command, Invocation, say, say_json, table, warn
from flytui.demo.stand_in.commands.accounts import organization
from flytui.demo.stand_in.documents import (
    APP,
    APP_TOKENS,
    CREATE_LIMITED_ACCESS,
    DELETE_LIMITED_ACCESS,
    ORGANIZATION_TOKENS,
)
from flytui.demo.stand_in.flags import JSON, ORG, Flag, UsageError
from flytui.demo.stand_in.wire import Failure

_TWENTY_YEARS = "175200h"
_UNITS = {"h": 3600, "m": 60, "s": 1}


def _list(call: Invocation) -> None:
    scope = call.text("scope")
    if scope not in {"", "app", "org"}:
        raise Failure('Please provide a valid scope: "app" or "org".')
    of_app = call.given("app") or call.given("config") or scope == "app"
    if not of_app and (call.organization or scope == "org"):
        slug = organization(call, _slug(call))["slug"]
        data = call.wire.graphql(ORGANIZATION_TOKENS, {"slug": slug})["orgLimitedAccessTokens"]
        title = f'Tokens for organization "{slug}":'
    else:
        data = call.wire.graphql(APP_TOKENS, {"appName": call.app})["appLimitedAccessTokens"]
        title = f'Tokens for app "{call.app}":'
    rows = [_row(one) for one in data["limitedAccessTokens"]["nodes"]]
    table(title, rows, "ID", "NAME", "CREATED BY", "EXPIRES AT", "REVOKED AT")


def _row(token: dict[str, Any]) -> tuple[str, ...]:
    return (
        token["id"],
        token["name"],
        token["user"]["email"],
        token["expiresAt"],
        token["revokedAt"] or "",
    )


def _slug(call: Invocation) -> str:
    slug = call.organization or (call.arguments[0] if call.arguments else "")
    if not slug:
        raise Failure("slug argument must be specified when not running interactively")
    return slug


def _create_deploy(call: Invocation) -> None:
    try:
        app = call.wire.graphql(APP, {"appName": call.app})["appcompact"]
    except Failure as error:
        raise Failure(f"failed retrieving app {call.app}: {error}") from error
    owner, parameters = app["organization"]["id"], {"app_id": app["id"]}
    _tell(call, _made(call, owner, "deploy", parameters, "flyctl deploy token"))


def _create_for_organization(call: Invocation) -> None:
    owner = organization(call, _slug(call))["id"]
    _tell(call, _made(call, owner, "deploy_organization", {}, "Org deploy token"))


def _create_for_reading(call: Invocation) -> None:
    """An organisation's token, narrowed on this side."""
    from flytui.demo.macaroons import reading_only  # noqa: PLC0415 - msgpack, for this alone

    owner = organization(call, _slug(call))["id"]
    header = _made(call, owner, "deploy_organization", {}, "Read-only org token")
    _tell(call, f"FlyV1 {reading_only(header.removeprefix('FlyV1 '))}")


def _made(call: Invocation, owner: str, profile: str, parameters: dict[str, str], name: str) -> str:
    variables = {
        "name": call.text("name") or name,
        "organizationId": owner,
        "profile": profile,
        "profileParams": parameters,
        "expiry": duration(call.text("expiry", _TWENTY_YEARS)),
    }
    try:
        data = call.wire.graphql(CREATE_LIMITED_ACCESS, variables, "CreateLimitedAccessToken")
    except Failure as error:
        raise Failure(f"failed creating token: {error}") from error
    return str(data["createLimitedAccessToken"]["limitedAccessToken"]["tokenHeader"])


def _tell(call: Invocation, token: str) -> None:
    if call.json:
        say_json({"token": token})
    else:
        say(token)


def duration(text: str) -> str:
    """As Go writes a duration: `720h` becomes `720h0m0s`."""
    parts = re.fullmatch(r"(?:\d+[hms])+", text)
    if parts is None:
        raise UsageError(
            f'invalid argument "{text}" for "-x, --expiry" flag: time: invalid duration "{text}"'
        )
    found = re.findall(r"(\d+)([hms])", text)
    seconds = sum(int(count) * _UNITS[unit] for count, unit in found)
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}h{rest // 60}m{rest % 60}s"
    return f"{rest // 60}m{rest % 60}s" if rest >= 60 else f"{rest}s"


def _revoke(call: Invocation) -> None:
    """Exit 0 whatever happens: only the count says how many are gone."""
    if not call.arguments:
        raise Failure("no token IDs; please provide IDs as positional arguments")
    revoked = 0
    for token in call.arguments:
        try:
            call.wire.graphql(DELETE_LIMITED_ACCESS, {"input": {"id": token}})
        except Failure as error:
            warn(f"failed to revoke token {token}: {error}")
        else:
            say(f"Revoked {token}")
            revoked += 1
    say(f"{revoked} tokens revoked")


_MAKING = (JSON, Flag("name", "n"), Flag("expiry", "x"))
COMMANDS = (
    Command(
        ("tokens", "list"),
        _list,
        "List tokens",
        (*OF_APP, ORG, Flag("scope", "s")),
        aliases=("ls",),
    ),
    Command(
        ("tokens", "create", "deploy"),
        _create_deploy,
        "Create a deploy token",
        (*OF_APP, *_MAKING),
    ),
    Command(
        ("tokens", "create", "org"),
        _create_for_organization,
        "Create an organisation's token",
        (*_MAKING, ORG),
    ),
    Command(
        ("tokens", "create", "readonly"),
        _create_for_reading,
        "Create an organisation's token that reads",
        (*_MAKING, ORG),
    ),
    Command(("tokens", "revoke"), _revoke, "Revoke tokens"),
)
