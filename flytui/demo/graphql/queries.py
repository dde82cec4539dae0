"""GraphQL's entry points for reading."""

from typing import Any

from flytui.demo.graphql.organizations import principal, provider
from flytui.demo.graphql.pages import Page, page
from flytui.demo.graphql.resolving import Fields, Info, access
from flytui.demo.problems import Invalid, Missing
from flytui.demo.state import (
    AddOn,
    App,
    Attachment,
    Json,
    Machine,
    Organization,
    Region,
    VmSize,
    Volume,
)


def _app(_: None, info: Info, name: str | None = None) -> App:
    return access(info).app(name or "")


def _apps(
    _: None,
    info: Info,
    organizationId: str | None = None,  # noqa: N803 - Fly.io's argument
    role: str | None = None,
    type: str | None = None,  # noqa: A002 - Fly.io's argument
    **paging: Any,
) -> Page:
    del type  # every app is a "container"
    seen = access(info)
    owner = seen.organization(organizationId) if organizationId else None
    apps = seen.world.apps_of(owner) if owner else seen.apps()
    return page([app for app in apps if role in {None, app.role}], **paging)


def _organization(
    _: None,
    info: Info,
    slug: str | None = None,
    id: str | None = None,  # noqa: A002 - Fly.io's argument
) -> Organization:
    return access(info).organization(slug or id or "")


def _organizations(_: None, info: Info, admin: bool | None = None, **paging: Any) -> Page:
    seen = access(info)
    owned = {
        organization.slug
        for organization in seen.world.organizations.values()
        for member in organization.members
        if member.user is seen.user and member.role == "ADMIN"
    }
    return page([one for one in seen.organizations() if not admin or one.slug in owned], **paging)


def _machine(_: None, info: Info, machineId: str) -> Machine:  # noqa: N803 - Fly.io's argument
    app, machine = access(info).world.machine(machineId)
    access(info).app(app.name)
    return machine


def _volume(_: None, info: Info, id: str) -> Volume:  # noqa: A002 - Fly.io's argument
    app, volume = access(info).world.volume(id)
    access(info).app(app.name)
    return volume


def _add_on(_: None, info: Info, name: str | None = None, provider: str | None = None) -> AddOn:
    for add_on in _visible_add_ons(info, provider):
        if name in {add_on.name, add_on.id}:
            return add_on
    raise Missing(f'Could not find AddOn "{name}"')


def _add_ons(_: None, info: Info, type: str | None = None, **paging: Any) -> Page:  # noqa: A002 - Fly.io's argument
    return page(_visible_add_ons(info, type), **paging)


def _visible_add_ons(info: Info, type_: str | None) -> list[AddOn]:
    visible = {app.name for app in access(info).apps()}
    whole = set() if access(info).one_app else set(access(info).token.scope.organizations)
    return [
        add_on
        for add_on in access(info).world.add_ons_of(type_=type_)
        if add_on.app in visible or add_on.organization in whole
    ]


def _attachments(
    _: None,
    info: Info,
    postgresAppName: str,  # noqa: N803 - Fly.io's argument
    appName: str | None = None,  # noqa: N803 - Fly.io's argument
    **paging: Any,
) -> Page:
    postgres = access(info).app(postgresAppName)
    apps = [access(info).app(appName)] if appName else access(info).apps()
    found: list[Attachment] = [one for app in apps for one in app.attachments]
    return page([one for one in found if one.postgres == postgres.name], **paging)


def _latest_image(_: None, info: Info, image: str, flyVersion: str | None = None) -> Json:  # noqa: N803 - Fly.io's argument
    del flyVersion
    for app in access(info).apps():
        for machine in app.machines.values():
            reference = machine.image_ref
            if f"{reference['repository']}:{reference['tag']}" == image:
                return {**reference, "version": "N/A"}
    raise Invalid("Unknown repository")


def _platform(_: None, info: Info) -> Json:
    world = access(info).world
    return {
        "regions": world.regions,
        "requestRegion": world.request_region,
        "vmSizes": world.vm_sizes,
    }


def _nearest(_: None, info: Info, wireguardGateway: bool | None = None) -> Region:  # noqa: N803 - Fly.io's argument
    """Where whoever asks is: every region of the demo has a gateway."""
    del wireguardGateway
    world = access(info).world
    return next(one for one in world.regions if one.code == world.request_region)


def _personal_tokens(_: None, info: Info, type: str = "pat", **paging: Any) -> Page:  # noqa: A002 - Fly.io's argument
    """Those of whoever asks; a macaroon alone is nobody who could have any."""
    seen = access(info)
    own = seen.user.personal_tokens if seen.person else []
    return page([one for one in own if type in {"all", one.type}], **paging)


QUERIES: Fields = {
    "accessTokens": _personal_tokens,
    "addOn": _add_on,
    "addOnProvider": lambda *_, name: provider(name),
    "addOns": _add_ons,
    "app": _app,
    "apps": _apps,
    "latestImageDetails": _latest_image,
    "machine": _machine,
    "nearestRegion": _nearest,
    "organization": _organization,
    "organizations": _organizations,
    "platform": _platform,
    "postgresAttachments": _attachments,
    "userOnlyToken": lambda _, info: not access(info).macaroon,
    "viewer": lambda _, info: principal(info),
    "volume": _volume,
}

ATTACHMENT: Fields = {
    "databaseName": lambda one, _: one.database,
    "databaseUser": lambda one, _: one.user,
    "environmentVariableName": lambda one, _: one.variable,
}

_SECONDS_A_MONTH = 30 * 24 * 3600


def _largest_memory(size: VmSize) -> int:
    return size.cpus * (2048 if size.cpu_kind == "shared" else 8192)


def _memory_steps(size: VmSize, _: Info) -> list[int]:
    step = 256 if size.cpu_kind == "shared" else 2048
    return list(range(size.memory_mb, _largest_memory(size) + 1, step))


VM_SIZE: Fields = {
    "cpuCores": lambda size, _: float(size.cpus),
    "maxMemoryMb": lambda size, _: _largest_memory(size),
    "memoryGb": lambda size, _: size.memory_mb / 1024,
    "memoryIncrementsMb": _memory_steps,
    "priceSecond": lambda size, _: size.price_month / _SECONDS_A_MONTH,
}
