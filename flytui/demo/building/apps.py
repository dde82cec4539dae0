"""Apps with their addresses, secrets, releases, volumes, Machines and certificates."""

import tomli

from flytui.demo.building.machines import build_machine, deployed_image
from flytui.demo.building.people import at, build_token, user
from flytui.demo.changes import secrets
from flytui.demo.moments import moment
from flytui.demo.state import (
    Address,
    App,
    Attachment,
    Certificate,
    DeploymentSource,
    DnsRecords,
    HostIssue,
    IssuedCertificate,
    Json,
    LogLine,
    Organization,
    Release,
    Secret,
    Snapshot,
    ValidationError,
    Volume,
)
from flytui.demo.world import World


def build_app(world: World, table: Json, organization: Organization) -> App:
    app = App(
        id=world.ids.slug(),
        internal_numeric_id=world.ids.number(),
        name=table["name"],
        organization=organization.slug,
        created_at=at(world, table, "created", "200 days ago"),
        network=table.get("network", "default"),
        role=table.get("role"),
        shared_address=table.get("shared_address"),
    )
    world.apps[app.name] = app
    app.addresses = [_address(world, one, app) for one in table.get("addresses", [])]
    app.secrets = {
        name: _secret(world, name, words) for name, words in table.get("secrets", {}).items()
    }
    app.tokens = [build_token(world, one, organization, app) for one in table.get("tokens", [])]
    app.releases = _releases(world, table)
    app.volumes = {one.id: one for one in (_volume(world, v) for v in table.get("volumes", []))}
    for one in table.get("machines", []):
        for _ in range(one.get("count", 1)):
            build_machine(world, app, one, table)
    _surroundings(world, app, table)
    return app


def _surroundings(world: World, app: App, table: Json) -> None:
    for one in table.get("certificates", []):
        app.certificates[one["hostname"]] = _certificate(world, one)
    app.host_issues = [_host_issue(world, one) for one in table.get("host_issues", [])]
    app.attachments = [Attachment(world.ids.slug(), **one) for one in table.get("attachments", [])]
    if source := table.get("deployment_source"):
        app.deployment_source = DeploymentSource(**source)
    _talk(world, app, table.get("logs", ["info Ready for requests", "info Listening"]))


def _address(world: World, table: Json, app: App) -> Address:
    private = table["type"] == "private_v6"
    return Address(
        id=world.ids.prefixed("ip"),
        address=table["address"],
        type=table["type"],
        created_at=at(world, table, "created", "190 days ago"),
        region=table.get("region", "global"),
        network=table.get("network", app.network) if private else None,
        network_organization=table.get("organization", app.organization) if private else None,
    )


def _secret(world: World, name: str, words: str) -> Secret:
    """A scenario knows a secret's name and when it was set, never a value."""
    set_at = moment(words, world.now)
    return Secret(name, secrets.digest(name), set_at, set_at)


def _releases(world: World, table: Json) -> list[Release]:
    """Version 1 first; all of them deployed the same fly.toml."""
    definition = tomli.loads(table["config"]) if "config" in table else None
    return [
        Release(
            id=world.ids.slug(),
            version=number,
            created_at=at(world, one, "created", "10 days ago"),
            user=user(world, one.get("user")),
            status=one.get("status", "complete"),
            description=one.get("description", "Release"),
            image_ref=deployed_image(table, number),
            strategy=one.get("strategy", "ROLLING"),
            definition=definition,
        )
        for number, one in enumerate(table.get("releases", []), 1)
    ]


def _volume(world: World, table: Json) -> Volume:
    """A volume; `snapshots` are the times they were taken."""
    volume = Volume(
        id=world.ids.prefixed("vol"),
        name=table.get("name", "data"),
        region=table.get("region", "iad"),
        size_gb=table.get("size_gb", 1),
        created_at=at(world, table, "created", "180 days ago"),
        zone=world.ids.hexadecimal(4),
        snapshot_retention=table.get("snapshot_retention", 5),
        auto_backup_enabled=table.get("auto_backup_enabled", True),
    )
    for number, words in enumerate(table.get("snapshots", [])):
        name, size = f"vs_{volume.name}{number}", volume.size_gb * 104_857_600
        taken = moment(words, world.now)
        digest = volume.id.encode().hex()
        volume.snapshots.append(Snapshot(name, taken, size, volume.size_gb * 1024**3, digest))
    return volume


def _certificate(world: World, table: Json) -> Certificate:
    created = at(world, table, "created", "78 days ago")
    expires = at(world, table, "expires", "in 60 days")
    issued = [IssuedCertificate("rsa", expires), IssuedCertificate("ecdsa", expires)]
    errors = [ValidationError(**one, timestamp=world.now) for one in table.get("errors", [])]
    dns = DnsRecords(a=table.get("a", []), aaaa=table.get("aaaa", []), cname=table.get("cname", []))
    return Certificate(
        id=world.ids.slug(),
        hostname=table["hostname"],
        created_at=created,
        updated_at=created,
        dns=dns,
        issued=issued if table.get("issued", True) else [],
        validation_errors=errors,
        custom=table.get("custom", False),
    )


def _host_issue(world: World, table: Json) -> HostIssue:
    began = at(world, table, "created", "2 hours ago")
    resolved = at(world, table, "resolved", "now") if "resolved" in table else None
    return HostIssue(world.ids.slug(8), table["message"], began, began, resolved)


def _talk(world: World, app: App, lines: list[str]) -> None:
    """An app's last words, `level message` each, a minute apart, from its Machines in turn."""
    speakers = list(app.machines.values())
    for number, line in enumerate(lines if speakers else []):
        speaker = speakers[number % len(speakers)]
        spoken = moment(f"{len(lines) - number} minutes ago", world.now)
        level, _, message = line.partition(" ")
        app.logs.append(
            LogLine(world.ids.slug(), spoken, message, level, speaker.id, speaker.region)
        )
