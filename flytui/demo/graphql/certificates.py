"""GraphQL `AppCertificate`: what the Machines API's listing does not say."""

from dataclasses import dataclass
from typing import Any

from flytui.demo.changes import certificates as rules
from flytui.demo.graphql.pages import Page, page
from flytui.demo.graphql.resolving import Fields, Info, access
from flytui.demo.state import App, Certificate, Json


@dataclass(frozen=True)
class CertificateOf:
    """A certificate with the app it belongs to, which its validation depends on."""

    app: App
    certificate: Certificate


def _own(of: CertificateOf, info: Info) -> Any:
    names = {"createdAt": "created_at", "dnsProvider": "dns_provider"}
    names["rateLimitedUntil"] = "rate_limited_until"
    return getattr(of.certificate, names.get(info.field_name, info.field_name))


def _client_status(of: CertificateOf, info: Info) -> str:
    return rules.client_status(access(info).world, of.app, of.certificate)


def _instructions(of: CertificateOf, _: Info) -> str:
    name = rules.challenge_name(of.certificate)
    return f"CNAME {name} => {rules.challenge_target(of.app, of.certificate)}"


def _issued(
    of: CertificateOf,
    info: Info,
    includeExpired: bool | None = None,  # noqa: N803 - Fly.io's argument
    **paging: Any,
) -> Page:
    now = access(info).world.now
    nodes: list[Json] = [
        {
            "id": f"{of.certificate.id}-{one.type}",
            "hostname": of.certificate.hostname,
            "type": one.type,
            "expiresAt": one.expires_at,
        }
        for one in of.certificate.issued
        if includeExpired or one.expires_at > now
    ]
    return page(nodes, **paging)


def _errors(of: CertificateOf, _: Info) -> list[Json]:
    return [
        {
            "errorCode": error.code,
            "message": error.message,
            "remediation": error.remediation,
            "timestamp": error.timestamp,
        }
        for error in of.certificate.validation_errors
    ]


CERTIFICATE: Fields = {
    "clientStatus": _client_status,
    "createdAt": _own,
    "dnsProvider": _own,
    "dnsValidationHostname": lambda of, _: rules.challenge_name(of.certificate),
    "dnsValidationInstructions": _instructions,
    "dnsValidationTarget": lambda of, _: rules.challenge_target(of.app, of.certificate),
    "hostname": _own,
    "id": _own,
    "isAcmeAlpnConfigured": lambda of, _: rules.acme_alpn_configured(of.app, of.certificate),
    "isAcmeDnsConfigured": lambda of, _: rules.acme_dns_configured(of.app, of.certificate),
    "isAcmeHttpConfigured": lambda of, _: rules.acme_http_configured(of.app, of.certificate),
    "isApex": lambda of, _: of.certificate.hostname.count(".") == 1,
    "isConfigured": lambda of, _: rules.configured(of.app, of.certificate),
    "isWildcard": lambda of, _: of.certificate.hostname.startswith("*."),
    "issued": _issued,
    "rateLimitedUntil": _own,
    "source": lambda of, _: "custom" if of.certificate.custom else "fly",
    "validationErrors": _errors,
}
