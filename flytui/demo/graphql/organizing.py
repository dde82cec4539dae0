"""GraphQL's mutations of organisations: who is in them, what they allow, which apps they hold."""

from flytui.demo.changes import organizations
from flytui.demo.graphql.resolving import Fields, Info, access
from flytui.demo.state import Json, Organization


def _owned(info: Info, slug_or_id: str) -> Organization:
    access(info).writing()
    return access(info).organization(slug_or_id)


def _create(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    seen = access(info)
    seen.writing()
    return {"organization": organizations.create(seen.world, seen.user, input["name"])}


def _remove_member(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    organization = _owned(info, input["organizationId"])
    return {
        "organization": organization,
        "user": organizations.remove(organization, input["userId"]),
    }


def _move(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    app = access(info).app(input["appId"])
    organizations.move(app, _owned(info, input["organizationId"]))
    return {"app": app}


def _allow_replays(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    organization = _owned(info, input["organizationSlug"])
    organization.cross_network_replays = input["allow"]
    return {"organization": organization}


def _remove_sources(_: None, info: Info, input: Json) -> Json:  # noqa: A002 - Fly.io's argument
    organization = _owned(info, input["organizationSlug"])
    gone = set(input["orgSlugsToRemove"])
    organization.replay_sources = [one for one in organization.replay_sources if one not in gone]
    return {"organization": organization}


ORGANIZING: Fields = {
    "createOrganization": _create,
    "deleteOrganizationMembership": _remove_member,
    "moveApp": _move,
    "removeAllowedReplaySourceOrgs": _remove_sources,
    "setAllowAllCrossNetworkReplays": _allow_replays,
}
