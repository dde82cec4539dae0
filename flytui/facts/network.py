"""Facts of addresses and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flytui.facts.fact import Ask, fact
from flytui.fly import documents

if TYPE_CHECKING:
    from flytui.fly.models import Address, Certificate, CertificateSummary


@fact("GraphQL app.ipAddresses", query=documents.ADDRESSES)
async def addresses(ask: Ask) -> tuple[Address, ...]:
    """The app's addresses, the shared IPv4 among them; egress addresses are not."""
    return await ask.fly.addresses(ask.app)


@fact("Machines API /v1/apps/{app}/certificates")
async def certificates(ask: Ask) -> tuple[CertificateSummary, ...]:
    """The hostnames with a certificate or on the way to one."""
    return await ask.fly.certificates(ask.app)


@fact("GraphQL app.certificates", query=documents.CERTIFICATES)
async def certificate_details(ask: Ask) -> tuple[Certificate, ...]:
    """Expiry and validation errors of each hostname's certificate."""
    return await ask.fly.certificate_details(ask.app)
