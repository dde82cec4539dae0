"""Facts of the app as a whole, from GraphQL, the releases API and the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flytui.facts.fact import Ask, Needs, fact
from flytui.fly import documents
from flytui.fly.errors import Refused

if TYPE_CHECKING:
    from flytui.fly.models import (
        AddOn,
        App,
        DeploymentSource,
        HostIssue,
        LimitedAccessToken,
        OrganizationApp,
        ReleaseRecord,
        VmSize,
    )


@fact("GraphQL app", query=documents.APP)
async def app(ask: Ask) -> App:
    """The app, its organisation and its current release."""
    return await ask.fly.app(ask.app)


@fact("GraphQL app.hostIssues", query=documents.HOST_ISSUES)
async def host_issues(ask: Ask) -> tuple[HostIssue, ...]:
    """Trouble Fly.io knows of on hosts that this app has Machines on."""
    return await ask.fly.host_issues(ask.app)


@fact("GraphQL app.addOns(type: sentry)", query=documents.ADD_ONS)
async def sentry_add_ons(ask: Ask) -> tuple[AddOn, ...]:
    """Sentry projects provisioned through Fly.io in the past."""
    return await ask.fly.add_ons(ask.app, "sentry")


@fact("GraphQL app.deploymentSource", query=documents.DEPLOYMENT_SOURCE)
async def deployment_source(ask: Ask) -> DeploymentSource | None:
    """Fly.io's own GitHub integration; None when the app does not use it."""
    return await ask.fly.deployment_source(ask.app)


@fact("GraphQL app.limitedAccessTokens", query=documents.APP_TOKENS)
async def app_tokens(ask: Ask) -> tuple[LimitedAccessToken, ...]:
    """The app's own tokens, without their values."""
    return await ask.fly.app_tokens(ask.app)


@fact("releases API /api/v1/apps/{app}/releases")
async def releases(ask: Ask) -> tuple[ReleaseRecord, ...]:
    """The newest releases, newest first."""
    return await ask.fly.releases(ask.app)


@fact(
    "GraphQL app.organization.apps",
    needs=Needs.ORGANIZATION,
    query=documents.ORGANIZATION_APPS,
)
async def organization_apps(ask: Ask) -> tuple[OrganizationApp, ...]:
    """The apps of the app's organisation."""
    try:
        return await ask.fly.neighbours(ask.app)
    except Refused:
        # Both APIs tell the same; which tokens each of them takes is not documented.
        owner = (await ask.get(app)).organization
    return await ask.fly.organization_apps(owner.raw_slug)


@fact("GraphQL platform.vmSizes", needs=Needs.SIGNED_IN, query=documents.VM_SIZES)
async def vm_sizes(ask: Ask) -> tuple[VmSize, ...]:
    """Fly.io's presets with their prices in US dollars a month."""
    return await ask.fly.vm_sizes()
