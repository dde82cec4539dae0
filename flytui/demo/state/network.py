"""Addresses and certificates."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

AddressType = Literal["v4", "v6", "shared_v4", "private_v6"]


@dataclass
class Address:
    id: str
    address: str
    type: AddressType
    created_at: datetime
    region: str | None = None
    service_name: str | None = None
    network: str | None = None
    """For a Flycast address: the private network it is in."""
    network_organization: str | None = None


@dataclass
class EgressAddress:
    id: str
    ip: str
    version: Literal[4, 6]
    region: str
    updated_at: datetime


@dataclass
class IssuedCertificate:
    type: Literal["rsa", "ecdsa"]
    expires_at: datetime
    authority: str = "lets_encrypt"


@dataclass
class DnsRecords:
    """What the world's resolvers say about a hostname."""

    a: list[str] = field(default_factory=list)
    aaaa: list[str] = field(default_factory=list)
    cname: list[str] = field(default_factory=list)
    acme_challenge_cname: str | None = None
    ownership_txt: list[str] = field(default_factory=list)


@dataclass
class ValidationError:
    code: str
    message: str
    remediation: str
    timestamp: datetime


@dataclass
class Certificate:
    id: str
    hostname: str
    created_at: datetime
    updated_at: datetime
    dns: DnsRecords = field(default_factory=DnsRecords)
    issued: list[IssuedCertificate] = field(default_factory=list)
    validation_errors: list[ValidationError] = field(default_factory=list)
    acme_requested: bool = True
    custom: bool = False
    """The certificate was uploaded, not issued by Fly.io."""
    dns_provider: str = "example"
    rate_limited_until: datetime | None = None
