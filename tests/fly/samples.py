"""Answers of Fly.io's APIs with every field flytui needs, for tests to spoil one at a time."""

from typing import Any

from tests.fly.wire import connection

T = "2026-08-01T10:00:00Z"


def organization(**other: Any) -> dict[str, Any]:
    return {
        "id": "org1",
        "slug": "acme",
        "rawSlug": "acme",
        "name": "Acme",
        "type": "SHARED",
    } | other


def app(**other: Any) -> dict[str, Any]:
    return {
        "id": "shop",
        "name": "shop",
        "internalNumericId": 7,
        "hostname": "shop.fly.dev",
        "status": "deployed",
        "deployed": True,
        "platformVersion": "machines",
        "network": "default",
        "cnameTarget": "abc.shop.fly.dev",
        "organization": organization(),
        "role": {"name": "app"},
        "currentRelease": {
            "id": "r1",
            "version": 3,
            "status": "complete",
            "createdAt": T,
            "imageRef": "registry.fly.io/shop:1",
            "deploymentStrategy": "ROLLING",
            "configDefinition": {"app": "shop"},
        },
    } | other


def address(**other: Any) -> dict[str, Any]:
    return {
        "address": "203.0.113.7",
        "type": "v4",
        "region": "global",
        "createdAt": T,
        "network": None,
    } | other


def certificate(**other: Any) -> dict[str, Any]:
    return {
        "hostname": "shop.example",
        "clientStatus": "Ready",
        "isConfigured": True,
        "isApex": True,
        "isWildcard": False,
        "rateLimitedUntil": None,
        "dnsValidationHostname": "_acme-challenge.shop.example",
        "dnsValidationTarget": "shop.example.abc.flydns.net",
        "issued": {
            "nodes": [{"type": "rsa", "expiresAt": T}],
            "pageInfo": {"hasNextPage": False},
        },
        "validationErrors": [
            {"errorCode": "DNS_NOT_CONFIGURED", "message": "no A record", "remediation": None}
        ],
    } | other


def certificate_summary(**other: Any) -> dict[str, Any]:
    return {
        "hostname": "shop.example",
        "status": "active",
        "configured": True,
        "acme_dns_configured": False,
        "acme_alpn_configured": True,
        "acme_http_configured": True,
        "ownership_txt_configured": False,
        "has_custom_certificate": False,
        "has_fly_certificate": True,
        "created_at": T,
    } | other


def token(**other: Any) -> dict[str, Any]:
    return {
        "id": "t1",
        "name": "flyctl deploy token",
        "profile": "deploy",
        "createdAt": T,
        "expiresAt": T,
        "revokedAt": None,
        "user": {"email": "ann@example.com"},
    } | other


def machine(**other: Any) -> dict[str, Any]:
    return {
        "id": "e784",
        "name": "quiet-sun",
        "state": "started",
        "region": "ams",
        "host_status": "ok",
        "created_at": T,
        "updated_at": T,
        "image_ref": {"repository": "shop", "tag": "1", "labels": None},
        "config": {
            "env": None,
            "metadata": None,
            "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
            "services": [
                {
                    "protocol": "tcp",
                    "internal_port": 8080,
                    "autostop": True,
                    "ports": [{"port": 443, "handlers": ["tls", "http"]}],
                    "checks": None,
                }
            ],
        },
        "events": [{"type": "start", "status": "started", "timestamp": 1785578400000}],
        "checks": None,
    } | other


def volume(**other: Any) -> dict[str, Any]:
    return {
        "id": "vol_1",
        "name": "data",
        "state": "created",
        "size_gb": 1,
        "region": "ams",
        "encrypted": True,
        "created_at": T,
    } | other


def region(**other: Any) -> dict[str, Any]:
    return {"code": "ams", "name": "Amsterdam", "latitude": 52, "longitude": 4.9} | other


def of_app(field: str, *nodes: object, after: str | None = None) -> dict[str, Any]:
    """GraphQL's `app` with one connection."""
    return {field: connection(*nodes, after=after)}
