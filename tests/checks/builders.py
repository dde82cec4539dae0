"""Facts with defaults, so that a test of a check states only what matters."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flytui.fly.models import (
    Address,
    AddressKind,
    App,
    Certificate,
    CertificateSummary,
    Issued,
    Machine,
    MachineConfig,
    Organization,
    Port,
    Release,
    ReleaseRecord,
    Role,
    Secret,
    Service,
    ValidationError,
)
from flytui.repo import Checkout, Manifest
from flytui.settings import Preferences

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


def ago(**span: float) -> datetime:
    """So long before `NOW`: `ago(days=3)`."""
    return NOW - timedelta(**span)


def ahead(**span: float) -> datetime:
    """So long after `NOW`."""
    return NOW + timedelta(**span)


def app(
    name: str = "storefront",
    *,
    organization: str = "acme",
    role: str | None = None,
    deployed: bool = True,
    definition: dict[str, Any] | None = None,
    released: bool = True,
    cname_target: str | None = "abcdef.storefront.fly.dev",
) -> App:
    """An app deployed once; `released=False` for one that never was."""
    release = Release(
        id="rel_1",
        version=7,
        status="complete",
        created_at=ago(days=2),
        config_definition=definition,
    )
    return App(
        id="app_1",
        name=name,
        internal_numeric_id=42,
        hostname=f"{name}.fly.dev",
        status="deployed" if deployed else "pending",
        deployed=deployed,
        platform_version="machines",
        network="default",
        cname_target=cname_target,
        organization=Organization(
            id="org_1", slug=organization, raw_slug=organization, name=organization, type="SHARED"
        ),
        role=Role(name=role) if role else None,
        current_release=release if released else None,
    )


def machine(
    machine_id: str = "148e001",
    *,
    state: str = "started",
    region: str = "ams",
    services: tuple[Service, ...] = (),
    group: str = "app",
    release: int | None = 7,
    metadata: dict[str, str] | None = None,
    host_status: str = "ok",
    image: str | None = "storefront",
    unreadable: bool = False,
    **config: Any,
) -> Machine:
    """A started Machine of `fly deploy`; further settings go to its configuration."""
    known = {"fly_platform_version": "v2", "fly_process_group": group}
    if release is not None:
        known["fly_release_version"] = str(release)
    settings = MachineConfig(services=services, metadata={**known, **(metadata or {})}, **config)
    return Machine.model_validate(
        {
            "id": machine_id,
            "name": f"name-{machine_id}",
            "state": state,
            "region": region,
            "config": None if unreadable else settings,
            "incomplete_config": settings if unreadable else None,
            "host_status": host_status,
            "image_ref": {"repository": image} if image else None,
            "created_at": ago(days=30),
            "updated_at": ago(days=2),
        }
    )


def port(number: int, *handlers: str, force_https: bool | None = None) -> Port:
    return Port(port=number, handlers=handlers, force_https=force_https)


def service(
    *ports: Port, protocol: str = "tcp", internal_port: int = 8080, **settings: Any
) -> Service:
    """An `[http_service]` on 80 and 443 unless ports are given."""
    web = (port(80, "http", force_https=True), port(443, "http", "tls"))
    return Service(protocol=protocol, internal_port=internal_port, ports=ports or web, **settings)


def raw_service(number: int = 5432, *handlers: str, internal_port: int | None = None) -> Service:
    """A TCP service without HTTP."""
    return service(port(number, *handlers), internal_port=internal_port or number)


def address(
    ip: str = "203.0.113.7", kind: AddressKind | str = AddressKind.V4, **more: Any
) -> Address:
    return Address(
        address=ip,
        kind=AddressKind(kind),
        region=more.pop("region", "global"),
        created_at=more.pop("created_at", ago(days=300)),
        **more,
    )


def ipv6(ip: str = "2001:db8::1") -> Address:
    return address(ip, AddressKind.V6)


def shared_ipv4(ip: str = "198.51.100.9") -> Address:
    return address(ip, AddressKind.SHARED_V4, created_at=None)


def flycast(ip: str = "fdaa:0:1::2", **more: Any) -> Address:
    return address(ip, AddressKind.PRIVATE_V6, **more)


def summary(
    hostname: str = "shop.example.com", *, status: str = "Ready", **flags: Any
) -> CertificateSummary:
    """The Machines API's entry of a hostname that is well."""
    known: dict[str, Any] = {
        "configured": True,
        "acme_dns_configured": False,
        "acme_alpn_configured": True,
        "acme_http_configured": True,
        "ownership_txt_configured": False,
        "has_custom_certificate": False,
        "has_fly_certificate": True,
        "created_at": ago(days=100),
    }
    return CertificateSummary(hostname=hostname, status=status, **{**known, **flags})


def certificate(
    hostname: str = "shop.example.com", *, days: float = 60, **more: Any
) -> Certificate:
    """GraphQL's entry of a hostname whose certificate ends in so many days."""
    issued = (Issued(type="rsa", expires_at=ahead(days=days)),)
    known: dict[str, Any] = {
        "client_status": "Ready",
        "is_configured": True,
        "is_apex": hostname.count(".") == 1,
        "is_wildcard": hostname.startswith("*."),
        "rate_limited_until": None,
        "dns_validation_hostname": f"_acme-challenge.{hostname.removeprefix('*.')}",
        "dns_validation_target": f"{hostname.removeprefix('*.')}.abcdef.flydns.net",
        "issued": issued,
        "validation_errors": (),
    }
    return Certificate(hostname=hostname, **{**known, **more})


def validation_error(message: str = "No A record.", remediation: str = "") -> ValidationError:
    return ValidationError(error_code="DNS", message=message, remediation=remediation)


def secret(name: str = "DATABASE_URL", *, updated_at: datetime | None = None) -> Secret:
    """A secret set long before the release that all Machines run."""
    return Secret(
        name=name, digest="0123abcd", created_at=ago(days=90), updated_at=updated_at or ago(days=90)
    )


def release(version: int = 7, *, created_at: datetime | None = None) -> ReleaseRecord:
    return ReleaseRecord(
        id=f"rel_{version}",
        version=version,
        status="complete",
        created_at=created_at or ago(days=2),
    )


def checkout(*manifests: Manifest, **more: Any) -> Checkout:
    return Checkout(root=Path("app"), config=more.pop("config", None), manifests=manifests, **more)


def manifest(
    *dependencies: str, path: str = "package.json", language: str = "javascript"
) -> Manifest:
    return Manifest(path, language, frozenset(dependencies))


def preferences(**more: Any) -> Preferences:
    return Preferences(**more)
