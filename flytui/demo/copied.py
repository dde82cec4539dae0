"""Records of the simulator made from what was seen of a real app."""

import re
import secrets
from datetime import datetime
from typing import Any

from flytui.demo.state import (
    Address,
    App,
    Certificate,
    DnsRecords,
    IssuedCertificate,
    Json,
    Machine,
    Release,
    Secret,
    Token,
    User,
    ValidationError,
    Volume,
)
from flytui.demo.state.people import Scope
from flytui.demo.world import World
from flytui.fly.models import Address as SeenAddress
from flytui.fly.models import AddressKind, CertificateSummary, LimitedAccessToken, ReleaseRecord
from flytui.fly.models import App as SeenApp
from flytui.fly.models import Certificate as Details
from flytui.fly.models import Machine as SeenMachine
from flytui.fly.models import Secret as SeenSecret
from flytui.fly.models import Volume as SeenVolume

_HARMLESS = re.compile(r"[a-z]{3}|true|false|[0-9]{1,5}")

_UNTOLD = {"registry": "registry.fly.io", "repository": "copy", "tag": "latest"}
"""What `fly` reads of an image and flytui does not: nothing of it is ever pulled."""


def address(world: World, seen: SeenAddress) -> Address:
    return Address(
        id=world.ids.prefixed("ip"),
        address=seen.address,
        type=seen.kind.value,
        created_at=seen.created_at or world.now,
        region=seen.region,
        network=seen.network,
        network_organization=seen.network_organization,
    )


def certificate(
    world: World, app: App, seen: CertificateSummary, told: Details | None
) -> Certificate:
    """With DNS that gives the answers Fly.io gave: where the hostname points, it does not say."""
    v4 = [one.address for one in app.addresses if one.type == "v4"]
    if app.shared_address:
        v4.append(app.shared_address)
    v6 = [one.address for one in app.addresses if one.type == "v6"]
    dns = DnsRecords(
        a=v4 if seen.configured else [],
        aaaa=v6 if seen.acme_alpn_configured else [],
    )
    made = Certificate(world.ids.slug(), seen.hostname, seen.created_at, world.now, dns)
    if seen.acme_dns_configured:
        dns.acme_challenge_cname = f"{seen.hostname.removeprefix('*.')}.{app.id}.flydns.net"
    if seen.ownership_txt_configured:
        dns.ownership_txt = [f"app-{app.id}"]
    made.custom = seen.has_custom_certificate
    if told is not None:
        made.issued = [
            IssuedCertificate("ecdsa" if one.type == "ecdsa" else "rsa", one.expires_at)
            for one in told.issued
        ]
        made.rate_limited_until = told.rate_limited_until
        made.validation_errors = [
            ValidationError(one.error_code or "", one.message, one.remediation, world.now)
            for one in told.validation_errors
        ]
    return made


def machine(world: World, seen: SeenMachine, host: str | None) -> Machine:
    """Without the values of its environment, except those that can be no secret."""
    told = seen.image_ref.model_dump(exclude_none=True) if seen.image_ref else {}
    return Machine(
        id=seen.id,
        name=seen.name,
        region=seen.region,
        config=_config(seen),
        instance_id=seen.instance_id or world.ids.ulid(),
        private_ip=seen.private_ip or "fdaa::1",
        created_at=seen.created_at,
        updated_at=seen.updated_at,
        host=host or world.ids.hexadecimal(4),
        state=seen.state,
        host_status=seen.host_status,
        image_ref=_UNTOLD | told,
        events=[_event(world, one) for one in seen.model_dump(mode="json")["events"]],
        checks=[
            one.model_dump(exclude_none=True) | {"updated_at": _rfc3339(seen.updated_at)}
            for one in seen.checks
        ],
        cordoned=seen.cordoned,
    )


def _config(seen: SeenMachine) -> Json:
    config: Json = seen.settings.model_dump(exclude_none=True, mode="json")
    return dict(_without_values(config))


def _without_values(value: Any) -> Any:
    match value:
        case dict():
            return {
                key: {name: _harmless(text) for name, text in inner.items()}
                if key == "env"
                else ""
                if key == "raw_value"
                else _without_values(inner)
                for key, inner in value.items()
            }
        case list():
            return [_without_values(each) for each in value]
        case _:
            return value


def _harmless(text: str) -> str:
    return text if _HARMLESS.fullmatch(text) else "(not copied)"


def _event(world: World, seen: Json) -> Json:
    told = datetime.fromisoformat(str(seen["timestamp"]))
    moment = int(told.timestamp() * 1000)
    return {"id": world.ids.ulid(), "source": "flyd", **seen, "timestamp": moment}


def _rfc3339(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def volume(seen: SeenVolume) -> Volume:
    return Volume(
        id=seen.id,
        name=seen.name,
        region=seen.region,
        size_gb=seen.size_gb,
        created_at=seen.created_at,
        state=seen.state,
        zone=seen.zone or "",
        encrypted=seen.encrypted,
        attached_machine_id=seen.attached_machine_id,
        snapshot_retention=seen.snapshot_retention or 5,
        auto_backup_enabled=seen.auto_backup_enabled is not False,
        host_status=seen.host_status or "ok",
    )


def secret(world: World, seen: SeenSecret) -> Secret:
    created = seen.created_at or world.now
    return Secret(seen.name, seen.digest, created, seen.updated_at or created)


def releases(app: SeenApp, seen: tuple[ReleaseRecord, ...], user: User) -> list[Release]:
    """Oldest first; only of the current one is the fly.toml known."""
    found = [
        Release(one.id, one.version, one.created_at, user, one.status)
        for one in sorted(seen, key=lambda one: one.version)
    ]
    now = app.current_release
    if now is None:
        return found
    current = Release(
        now.id,
        now.version,
        now.created_at,
        user,
        now.status,
        image_ref=now.image_ref,
        strategy=now.deployment_strategy or "ROLLING",
        definition=now.config_definition,
    )
    return [*(one for one in found if one.version < now.version), current]


def token(seen: LimitedAccessToken, scope: Scope, users: dict[str, User]) -> Token:
    """In the listing alone: its value was never seen, and what stands for it opens nothing."""
    return Token(
        id=seen.id,
        name=seen.name,
        value=f"not-copied-{secrets.token_hex(16)}",
        scope=scope,
        user=users.setdefault(seen.user_email, User(seen.user_email, seen.user_email, "")),
        created_at=seen.created_at,
        expires_at=seen.expires_at,
        profile=seen.profile,
        revoked_at=seen.revoked_at,
    )


def addresses(world: World, app: App, seen: tuple[SeenAddress, ...]) -> None:
    for one in seen:
        if one.kind is AddressKind.SHARED_V4:
            app.shared_address = one.address
        else:
            app.addresses.append(address(world, one))
