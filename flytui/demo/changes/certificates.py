"""Certificates, and what Fly.io concludes from a hostname's DNS."""

from datetime import timedelta

from flytui.demo.problems import Invalid, Missing
from flytui.demo.state import App, Certificate, IssuedCertificate
from flytui.demo.world import World

_LIFETIME = timedelta(days=90)


def add(world: World, app: App, hostname: str, *, custom: bool = False) -> Certificate:
    """Asks for a certificate, or takes an uploaded one; nothing points here yet."""
    if not hostname or "." not in hostname:
        raise Invalid("hostname is invalid")
    if hostname in app.certificates and not custom:
        return app.certificates[hostname]
    certificate = app.certificates.get(hostname) or Certificate(
        id=world.ids.slug(),
        hostname=hostname,
        created_at=world.now,
        updated_at=world.now,
        acme_requested=not custom,
    )
    certificate.custom = certificate.custom or custom
    app.certificates[hostname] = certificate
    return certificate


def check(world: World, app: App, certificate: Certificate) -> None:
    """Looks at DNS again and issues what can be issued."""
    certificate.updated_at = world.now
    if certificate.custom or not certificate.acme_requested or not validated(app, certificate):
        return
    certificate.validation_errors = []
    if not any(one.expires_at > world.now for one in certificate.issued):
        until = world.now + _LIFETIME
        certificate.issued = [IssuedCertificate("rsa", until), IssuedCertificate("ecdsa", until)]


def remove(app: App, hostname: str) -> Certificate:
    try:
        return app.certificates.pop(hostname)
    except KeyError:
        raise Missing("certificate not found") from None


def validated(app: App, certificate: Certificate) -> bool:
    """Whether any way of proving the hostname is open."""
    return (
        acme_dns_configured(app, certificate)
        or acme_alpn_configured(app, certificate)
        or acme_http_configured(app, certificate)
    )


def configured(app: App, certificate: Certificate) -> bool:
    """Whether the hostname leads to the app: Fly.io's own DNS check."""
    return points_here(app, certificate)


def points_here(app: App, certificate: Certificate) -> bool:
    """Whether the hostname's addresses, or its CNAME, are the app's."""
    dns = certificate.dns
    return bool(_leads(app, certificate) or _public(app) & {*dns.a, *dns.aaaa})


def acme_dns_configured(app: App, certificate: Certificate) -> bool:
    return certificate.dns.acme_challenge_cname == challenge_target(app, certificate)


def acme_alpn_configured(app: App, certificate: Certificate) -> bool:
    """TLS-ALPN needs the hostname's IPv6 address to be the app's."""
    public = {one.address for one in app.addresses if one.type == "v6"}
    return bool(public & set(certificate.dns.aaaa)) or (_leads(app, certificate) and bool(public))


def acme_http_configured(app: App, certificate: Certificate) -> bool:
    return not certificate.hostname.startswith("*.") and points_here(app, certificate)


def ownership_txt_configured(app: App, certificate: Certificate) -> bool:
    return ownership_value(app) in certificate.dns.ownership_txt


def status(world: World, app: App, certificate: Certificate) -> str:
    """The word of the Machines API."""
    if certificate.custom or any(one.expires_at > world.now for one in certificate.issued):
        return "active"
    return "pending_validation" if points_here(app, certificate) else "pending_ownership"


def client_status(world: World, app: App, certificate: Certificate) -> str:
    """The words GraphQL uses for the same."""
    if not points_here(app, certificate):
        return "Awaiting configuration"
    ready = status(world, app, certificate) == "active"
    return "Ready" if ready else "Awaiting certificates"


def challenge_name(certificate: Certificate) -> str:
    return f"_acme-challenge.{certificate.hostname.removeprefix('*.')}"


def challenge_target(app: App, certificate: Certificate) -> str:
    return f"{certificate.hostname.removeprefix('*.')}.{app.id}.flydns.net"


def ownership_value(app: App) -> str:
    return f"app-{app.id}"


def _leads(app: App, certificate: Certificate) -> bool:
    return bool({app.hostname, app.cname_target} & set(certificate.dns.cname))


def _public(app: App) -> set[str]:
    public = {one.address for one in app.addresses if one.type in {"v4", "v6"}}
    return public | ({app.shared_address} if app.shared_address else set())
