"""Certificates in the words of the Machines API."""

from flytui.demo.changes import certificates as rules
from flytui.demo.rest.shapes import moment
from flytui.demo.state import App, Certificate, Json
from flytui.demo.world import World


def certificate_summary(world: World, app: App, certificate: Certificate) -> Json:
    return {
        "hostname": certificate.hostname,
        "status": rules.status(world, app, certificate),
        "dns_provider": certificate.dns_provider,
        "acme_dns_configured": rules.acme_dns_configured(app, certificate),
        "acme_alpn_configured": rules.acme_alpn_configured(app, certificate),
        "acme_http_configured": rules.acme_http_configured(app, certificate),
        "ownership_txt_configured": rules.ownership_txt_configured(app, certificate),
        "configured": rules.configured(app, certificate),
        "acme_requested": certificate.acme_requested,
        "has_custom_certificate": certificate.custom,
        "has_fly_certificate": bool(certificate.issued) and not certificate.custom,
        "created_at": moment(certificate.created_at),
        "updated_at": moment(certificate.updated_at),
    }


def certificate_detail(world: World, app: App, certificate: Certificate) -> Json:
    limited = certificate.rate_limited_until
    return {
        "hostname": certificate.hostname,
        "configured": rules.configured(app, certificate),
        "acme_requested": certificate.acme_requested,
        "status": rules.status(world, app, certificate),
        "dns_provider": certificate.dns_provider,
        "certificates": [_entry(world, app, certificate)],
        "validation": {
            "dns_configured": rules.acme_dns_configured(app, certificate),
            "alpn_configured": rules.acme_alpn_configured(app, certificate),
            "http_configured": rules.acme_http_configured(app, certificate),
            "ownership_txt_configured": rules.ownership_txt_configured(app, certificate),
        },
        "dns_requirements": _requirements(app, certificate),
        "validation_errors": [
            {
                "code": error.code,
                "message": error.message,
                "remediation": error.remediation,
                "timestamp": moment(error.timestamp),
            }
            for error in certificate.validation_errors
        ],
    } | ({"rate_limited_until": moment(limited)} if limited else {})


def certificate_check(world: World, app: App, certificate: Certificate) -> Json:
    """The detail with what DNS answered."""
    dns = certificate.dns
    records = {
        "a": dns.a,
        "aaaa": dns.aaaa,
        "cname": dns.cname,
        "resolved_addresses": [*dns.a, *dns.aaaa],
        "soa": "",
        "acme_challenge_cname": dns.acme_challenge_cname or "",
        "ownership_txt": dns.ownership_txt[0] if dns.ownership_txt else "",
    }
    return certificate_detail(world, app, certificate) | {"dns_records": records}


def _entry(world: World, app: App, certificate: Certificate) -> Json:
    entry: Json = {
        "source": "custom" if certificate.custom else "fly",
        "status": rules.status(world, app, certificate),
        "created_at": moment(certificate.created_at),
        "issuer": "Let's Encrypt" if certificate.issued else "",
        "issued": [
            {
                "type": one.type,
                "expires_at": moment(one.expires_at),
                "certificate_authority": one.authority,
            }
            for one in certificate.issued
        ],
    }
    if not certificate.issued:
        return entry
    return entry | {"expires_at": moment(min(one.expires_at for one in certificate.issued))}


def _requirements(app: App, certificate: Certificate) -> Json:
    v4 = [one.address for one in app.addresses if one.type == "v4"]
    if not v4 and app.shared_address:
        v4 = [app.shared_address]
    return {
        "a": v4,
        "aaaa": [one.address for one in app.addresses if one.type == "v6"],
        "cname": app.cname_target,
        "acme_challenge": {
            "name": rules.challenge_name(certificate),
            "target": rules.challenge_target(app, certificate),
        },
        "ownership": {
            "name": f"_fly-ownership.{certificate.hostname.removeprefix('*.')}",
            "app_value": rules.ownership_value(app),
            "org_value": f"org-{app.organization}",
        },
    }
