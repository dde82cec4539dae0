"""Addresses and certificates."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AliasChoices, AliasPath, BeforeValidator, Field

from flytui.fly.models.base import GraphModel, Model, Text, Time


class AddressKind(StrEnum):
    """GraphQL `IPAddressType`."""

    V4 = "v4"
    """Dedicated IPv4, $2 a month."""
    V6 = "v6"
    SHARED_V4 = "shared_v4"
    PRIVATE_V6 = "private_v6"
    """A Flycast address."""


class Address(Model):
    """An address of the app, from GraphQL or, where that is refused, from the Machines API."""

    address: Text
    kind: AddressKind
    region: Text | None = None
    created_at: Time | None = None
    """None for the shared IPv4 address: Fly.io does not say."""
    network: Text | None = None
    """For a Flycast address: the private network it is in; None for the app's own or unknown."""
    network_organization: Text | None = None

    @property
    def public(self) -> bool:
        """Whether the internet can reach it."""
        return self.kind is not AddressKind.PRIVATE_V6

    @property
    def words(self) -> str:
        """The kind in Fly.io's words."""
        return {
            AddressKind.V4: "dedicated IPv4",
            AddressKind.V6: "IPv6",
            AddressKind.SHARED_V4: "shared IPv4",
            AddressKind.PRIVATE_V6: "Flycast",
        }[self.kind]


class CertificateSummary(Model):
    """An entry of `GET /v1/apps/{app}/certificates`."""

    hostname: Text
    status: Text
    configured: bool
    """Fly.io's own DNS check passed."""
    acme_dns_configured: bool
    acme_alpn_configured: bool
    acme_http_configured: bool
    ownership_txt_configured: bool
    has_custom_certificate: bool
    has_fly_certificate: bool
    created_at: Time


def _words(value: object) -> object:
    return "" if value is None else value


class Issued(GraphModel):
    type: Text
    expires_at: Time


class ValidationError(GraphModel):
    """Why Fly.io could not validate a hostname."""

    error_code: Text | None
    message: Text
    remediation: Annotated[Text, BeforeValidator(_words)]
    """Empty where Fly.io has no advice."""


_ISSUED_NODES = AliasPath("issued", "nodes")
_ISSUED_FURTHER = AliasPath("issued", "pageInfo", "hasNextPage")


class Certificate(GraphModel):
    """GraphQL `app.certificates.nodes`: what the REST listing does not say."""

    hostname: Text
    client_status: Text
    is_configured: bool
    is_apex: bool
    is_wildcard: bool
    rate_limited_until: Time | None
    dns_validation_hostname: Text
    dns_validation_target: Text
    issued: tuple[Issued, ...] = Field(validation_alias=AliasChoices(_ISSUED_NODES, "issued"))
    further_issued: Literal[False] = Field(default=False, validation_alias=_ISSUED_FURTHER)
    """Never true: a list cut short is no answer."""
    validation_errors: tuple[ValidationError, ...]
