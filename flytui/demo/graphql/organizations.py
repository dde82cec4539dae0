"""GraphQL `Organization`, its people and what it bought."""

from typing import Any

from flytui.demo.graphql.pages import Page, page
from flytui.demo.graphql.resolving import Fields, Info, Resolver, access
from flytui.demo.state import AddOn, App, Invitation, Json, Member, Organization, User

_PROVIDERS = {
    "sentry": ("Sentry", "Sentry project", False),
    "arcjet": ("Arcjet", "Arcjet site", True),
    "upstash_redis": ("Upstash", "Upstash Redis database", False),
    "tigris": ("Tigris", "Tigris bucket", False),
}
"""Displayed name, what one is called, whether it is a beta."""


def _listed(resolve: Resolver) -> Resolver:
    """What only a token of the whole organisation may list."""

    def guarded(organization: Organization, info: Info, **arguments: Any) -> Any:
        access(info).organization(organization.slug)
        return resolve(organization, info, **arguments)

    return guarded


def _members(organization: Organization, _: Info, **paging: Any) -> Json:
    members = page(organization.members, **paging)
    return {
        "edges": [_edge(number, member) for number, member in enumerate(members.nodes)],
        "nodes": [member.user for member in members.nodes],
        "pageInfo": members.page_info,
        "totalCount": members.total_count,
    }


def _edge(number: int, member: Member) -> Json:
    return {
        "cursor": str(number + 1),
        "joinedAt": member.joined_at,
        "node": member.user,
        "role": member.role,
    }


def _viewer_role(organization: Organization, info: Info) -> str:
    user = access(info).user
    roles = {member.user.id: member.role for member in organization.members}
    return roles.get(user.id, "MEMBER").lower()


def _builder(organization: Organization, info: Info) -> App | None:
    return access(info).world.apps.get(organization.remote_builder or "")


def _add_ons(
    organization: Organization,
    info: Info,
    type: str | None = None,  # noqa: A002 - Fly.io's argument
    **paging: Any,
) -> Page:
    return page(access(info).world.add_ons_of(organization=organization, type_=type), **paging)


def _apps(organization: Organization, info: Info, **paging: Any) -> Page:
    return page(access(info).world.apps_of(organization), **paging)


def _nothing(*_: Any, **paging: Any) -> Page:
    return page([], **paging)


ORGANIZATION: Fields = {
    "addOnSsoLink": lambda *_: None,
    "addOns": _listed(_add_ons),
    "allowAllCrossNetworkReplays": lambda one, _: one.cross_network_replays,
    "allowedReplaySourceOrgSlugs": lambda one, _: one.replay_sources,
    "apps": _listed(_apps),
    "billable": lambda *_: True,
    "delegatedWireGuardTokens": _listed(_nothing),
    "extensionSsoLink": lambda *_, **__: None,
    "internalNumericId": lambda one, _: str(one.internal_numeric_id),
    "invitations": _listed(lambda one, _, **paging: page(one.invitations, **paging)),
    "isCreditCardSaved": lambda one, _: one.billing_status != "SOURCE_REQUIRED",
    "limitedAccessTokens": _listed(lambda one, _, **paging: page(one.tokens, **paging)),
    "members": _listed(_members),
    "paidSupportEmail": lambda one, _: one.support_email,
    "provisionsBetaExtensions": lambda *_: False,
    "remoteBuilderApp": _builder,
    "remoteBuilderImage": lambda *_: "flyio/rchab:sha-9346699",
    "thirdPartyConfigurations": _listed(lambda one, _, **paging: page(one.third_parties, **paging)),
    "viewerRole": _viewer_role,
    "wireGuardPeers": _listed(lambda one, _, **paging: page(one.peers, **paging)),
}


def _invited_to(invitation: Invitation, info: Info) -> Organization:
    organizations = access(info).world.organizations.values()
    return next(one for one in organizations if invitation in one.invitations)


INVITATION: Fields = {"organization": _invited_to, "inviter": lambda _, info: access(info).user}

USER: Fields = {
    "agreedToProviderTos": lambda *_, **__: True,
    "enablePaidHobby": lambda *_: True,
    "twoFactorProtection": lambda user, _: user.two_factor,
}


def principal(info: Info) -> User | Json:
    """A person where an OAuth token is shown; a macaroon alone is nobody in particular."""
    one = access(info)
    return one.user if one.person else {"email": f"{one.token.id}@tokens.fly.io"}


def principal_type(value: User | Json) -> str:
    return "User" if isinstance(value, User) else "Macaroon"


def provider(name: str) -> Json:
    """What Fly.io says about an extension's maker."""
    displayed, resource, beta = _PROVIDERS.get(name, (name.replace("_", " ").title(), name, False))
    return {
        "id": name,
        "name": name,
        "displayName": displayed,
        "resourceName": resource,
        "nameSuffix": name.replace("_", "-"),
        "beta": beta,
        "internal": False,
        "asyncProvisioning": False,
        "autoProvision": False,
        "detectPlatform": name == "sentry",
        "selectName": name != "sentry",
        "selectRegion": name == "upstash_redis",
        "selectReplicaRegions": name == "upstash_redis",
        "excludedRegions": [],
        "provisioningInstructions": None,
        "tosAgreement": f"Using {displayed} means accepting its terms.",
        "tosUrl": f"https://{name.replace('_', '-')}.example.com/terms",
    }


def _add_on_app(add_on: AddOn, info: Info) -> App | None:
    return access(info).world.apps.get(add_on.app or "")


def _add_on_owner(add_on: AddOn, info: Info) -> Organization:
    return access(info).world.organization(add_on.organization)


def _plan(add_on: AddOn, _: Info) -> Json | None:
    if add_on.plan is None:
        return None
    name = add_on.plan
    return {"id": name, "name": name, "displayName": name.title(), "description": f"{name} plan"}


ADD_ON: Fields = {
    "addOnPlan": _plan,
    "addOnProvider": lambda add_on, _: provider(add_on.type),
    "app": _add_on_app,
    "environment": lambda add_on, _: add_on.environment or None,
    "metadata": lambda *_: {},
    "options": lambda *_: {},
    "organization": _add_on_owner,
    "password": lambda *_: None,
    "privateIp": lambda *_: None,
    "publicUrl": lambda *_: None,
    "readRegions": lambda *_: [],
    "ssoLink": lambda *_: None,
}
