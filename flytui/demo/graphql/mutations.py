"""GraphQL's mutations: each asks the gate, then lets `flytui.demo.changes` do it."""

import re
from datetime import timedelta
from typing import Any

from flytui.demo.changes import addresses, apps, releases, secrets, tokens
from flytui.demo.graphql.resolving import Fields, Info, access
from flytui.demo.problems import Invalid
from flytui.demo.state import App, Json


def _writable_app(info: Info, name_or_id: str | None) -> App:
    if not name_or_id:
        raise Invalid("appId is missing")
    app = access(info).app(name_or_id)
    access(info).writing()
    return app


def _echo(given: Json, **answer: Any) -> Json:
    return {"clientMutationId": given.get("clientMutationId"), **answer}


def _allocate(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    app = _writable_app(info, input["appId"])
    owner = input.get("organizationId")
    address = addresses.allocate(
        access(info).world,
        app,
        input["type"],
        region=input.get("region") or None,
        network=input.get("network"),
        network_organization=access(info).organization(owner).slug if owner else None,
        service_name=input.get("serviceName"),
    )
    shared = address.type == "shared_v4"
    return _echo(input, app=app, ipAddress=None if shared else address)


def _release(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    app = _writable_app(info, input.get("appId"))
    addresses.release(app, ip=input.get("ip"), address_id=input.get("ipAddressId"))
    return _echo(input, app=app)


def _allocate_egress(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    app = _writable_app(info, input["appId"])
    machine = app.machines.get(input.get("machineId") or "")
    region = addresses.egress_region(app, machine, input.get("region"))
    v4, v6 = addresses.allocate_egress(access(info).world, app, region)
    return _echo(input, v4=v4, v6=v6)


def _release_egress(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    app = _writable_app(info, input["appId"])
    gone = addresses.release_egress(app, input.get("ip") or "")
    return _echo(input, **{f"v{gone.version}": gone.ip})


def _create_token(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    organization = access(info).organization(input["organizationId"])
    access(info).writing()
    created = tokens.create(
        access(info).world,
        access(info).user,
        organization,
        name=input["name"],
        profile=input["profile"],
        profile_params=input.get("profileParams"),
        **_lifetime(input.get("expiry")),
    )
    return _echo(input, limitedAccessToken=created)


def _revoke_token(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    access(info).writing()
    given = {"token_id": input.get("id"), "value": input.get("token")}
    revoked = tokens.revoke(access(info).world, access(info).may_revoke, **given)
    return _echo(input, token=revoked.id)


def _invite(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    organization = access(info).organization(input["organizationId"])
    access(info).writing()
    return _echo(input, invitation=apps.invite(access(info).world, organization, input["email"]))


def _set_secrets(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    app = _writable_app(info, input["appId"])
    values: dict[str, str] = {one["key"]: one["value"] for one in input["secrets"]}
    world = access(info).world
    if input.get("replaceAll"):
        secrets.replace(world, app, values)
    else:
        secrets.change(world, app, values)
    release = (
        releases.create(world, app, access(info).user, reason="secrets") if app.release else None
    )
    return _echo(input, app=app, release=release)


def _create_add_on(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    app = _writable_app(info, input["appId"]) if input.get("appId") else None
    owner = app.organization if app else input.get("organizationId") or ""
    organization = access(info).organization(owner)
    access(info).writing()
    add_on = apps.add_extension(
        access(info).world,
        organization,
        input["type"],
        name=input.get("name") or None,
        app=app,
        region=input.get("primaryRegion"),
    )
    return _echo(input, addOn=add_on)


def _agree(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    access(info).writing()
    return _echo(input)


MUTATIONS: Fields = {
    "allocateEgressIpAddress": _allocate_egress,
    "allocateIpAddress": _allocate,
    "createAddOn": _create_add_on,
    "createExtensionTosAgreement": _agree,
    "createLimitedAccessToken": _create_token,
    "createOrganizationInvitation": _invite,
    "deleteLimitedAccessToken": _revoke_token,
    "releaseEgressIpAddress": _release_egress,
    "releaseIpAddress": _release,
    "setSecrets": _set_secrets,
}

_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def _lifetime(expiry: str | None) -> dict[str, timedelta]:
    """`720h0m0s` as Go writes it; nothing where Fly.io's own default applies."""
    if not expiry:
        return {}
    match = _DURATION.fullmatch(expiry)
    if match is None:
        raise Invalid(f"expiry {expiry} is not a duration")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return {"lifetime": timedelta(hours=hours, minutes=minutes, seconds=seconds)}
