"""GraphQL `App` and what hangs from it, read from the world."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zlib import crc32

from flytui.demo.graphql.certificates import CertificateOf
from flytui.demo.graphql.pages import Page, page
from flytui.demo.graphql.resolving import Fields, Info, access
from flytui.demo.state import Address, App, Json, Organization, Release, Token

_ROLES = {"postgres_cluster", "remote-docker-builder"}


def _organization(app: App, info: Info) -> Organization:
    return access(info).world.organization(app.organization)


def _add_ons(app: App, info: Info, type: str | None = None, **paging: Any) -> Page:  # noqa: A002 - Fly.io's argument
    return page(access(info).world.add_ons_of(app=app, type_=type), **paging)


def _certificate(app: App, _: Info, hostname: str) -> CertificateOf | None:
    found = app.certificates.get(hostname)
    return CertificateOf(app, found) if found else None


def _certificates(app: App, _: Info, filter: str | None = None, **paging: Any) -> Page:  # noqa: A002 - Fly.io's argument
    found = [CertificateOf(app, one) for name, one in app.certificates.items()]
    return page([one for one in found if (filter or "") in one.certificate.hostname], **paging)


def _machines(app: App, info: Info, active: bool | None = None, **paging: Any) -> Page:
    del active  # destroyed Machines are in no listing
    return page(access(info).world.machines_of(app), **paging)


def _releases(app: App, _: Info, status: str | None = None, **paging: Any) -> Page:
    """Newest first. Fly.io does not filter by the `status` flyctl sends along."""
    del status
    return page(app.releases[::-1], **paging)


def _regions(app: App, info: Info) -> list[Any]:
    world = access(info).world
    used = {machine.region for machine in world.machines_of(app)}
    return [region for region in world.regions if region.code in used]


def _services(app: App, info: Info) -> list[Json]:
    """The services of all Machines, each once."""
    found: dict[str, Json] = {}
    for service in _configured(app, info):
        ports = service.get("ports") or []
        words = "/".join(str(port.get("port")) for port in ports)
        description = f"{service['protocol'].upper()} {words} => {service['internal_port']}"
        found[description] = {
            "description": description,
            "internalPort": service["internal_port"],
            "protocol": service["protocol"].upper(),
            "ports": [_port(port) for port in ports],
        }
    return list(found.values())


def _configured(app: App, info: Info) -> Iterator[Json]:
    for machine in access(info).world.machines_of(app):
        yield from machine.config.get("services") or []


def _port(port: Json) -> Json:
    return {
        "port": port.get("port"),
        "startPort": port.get("start_port"),
        "endPort": port.get("end_port"),
        "handlers": [name.upper() for name in port.get("handlers") or []],
    }


def _image(app: App, info: Info) -> Json | None:
    machines = access(info).world.machines_of(app)
    return {**machines[0].image_ref, "version": "N/A"} if machines else None


def _definition(app: App, _: Info) -> Json:
    definition = app.release.definition if app.release else None
    return {"definition": definition or {}}


def _role(app: App, _: Info) -> Json:
    return {"name": app.role or ""}


def _network_id(app: App, info: Info) -> int:
    """The same for the same network: names are an organisation's own."""
    owner = access(info).world.organization(app.organization)
    return crc32(f"{owner.id}/{app.network}".encode()) & 0xFFFFF


def role_type(role: Json) -> str:
    """Which `AppRole` it is; Fly.io calls an ordinary app's the empty one."""
    if role["name"] not in _ROLES:
        return "EmptyAppRole"
    return "PostgresClusterAppRole" if "postgres" in role["name"] else "RemoteDockerBuilderAppRole"


APP: Fields = {
    "addOns": _add_ons,
    "appUrl": lambda app, _: f"https://{app.hostname}" if app.releases else None,
    "certificate": _certificate,
    "certificates": _certificates,
    "config": _definition,
    "currentRelease": lambda app, _: app.release,
    "currentReleaseUnprocessed": lambda app, _: app.release,
    "deployed": lambda app, _: app.status != "pending",
    "egressIpAddresses": lambda app, _, **paging: page(app.egress, **paging),
    "hasDeploymentSource": lambda app, _: app.deployment_source is not None,
    "hostIssues": lambda app, _, **paging: page(app.host_issues, **paging),
    "imageDetails": _image,
    "ipAddresses": lambda app, _, **paging: page(app.addresses, **paging),
    "limitedAccessTokens": lambda app, _, **paging: page(app.tokens, **paging),
    "machines": _machines,
    "networkId": _network_id,
    "organization": _organization,
    "platformVersion": lambda app, _: "machines" if app.status != "pending" else None,
    "regions": _regions,
    "releasesUnprocessed": _releases,
    "role": _role,
    "secrets": lambda app, _: list(app.secrets.values()),
    "services": _services,
    "sharedIpAddress": lambda app, _: app.shared_address,
    "state": lambda app, _: app.status.upper(),
    "version": lambda app, _: app.release.version if app.release else 0,
    "volumes": lambda app, _, **paging: page(list(app.volumes.values()), **paging),
}


def _network(address: Address, info: Info) -> Json | None:
    if address.network_organization is None:
        return None
    owner = access(info).world.organization(address.network_organization)
    return {"name": address.network or "default", "organization": owner}


ADDRESS: Fields = {"network": _network}

SECRET: Fields = {"id": lambda secret, _: secret.name}

_FINISHED = {"complete", "succeeded", "failed", "dead", "interrupted"}

RELEASE: Fields = {
    "deploymentStrategy": lambda release, _: release.strategy.upper(),
    "evaluationId": lambda *_: None,
    "inProgress": lambda release, _: _in_progress(release),
}

RELEASE_UNPROCESSED: Fields = RELEASE | {
    "configDefinition": lambda release, _: release.definition,
    "revertedTo": lambda *_: None,
}


def _in_progress(release: Release) -> bool:
    return release.status not in _FINISHED


def _token_organization(token: Token, info: Info) -> Organization:
    return access(info).world.organization(token.scope.organizations[0])


TOKEN: Fields = {
    "organization": _token_organization,
    "revokedBy": lambda *_: None,
    "token": lambda token, _: token.value,
    "tokenHeader": lambda token, _: f"FlyV1 {token.value}",
}


def instant(milliseconds: int, like: datetime) -> datetime:
    """A Machine event's time, in the zone of the world's clock."""
    return datetime.fromtimestamp(milliseconds / 1000, like.tzinfo)
