"""Managed Postgres: the two generations of `/api/v1` and the public projection of `/v1`."""

from collections.abc import Callable

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.changes import postgres as changes
from flytui.demo.problems import Invalid, Missing, Refused
from flytui.demo.rest.front import Call, Front, Malformed, ok
from flytui.demo.rest.shapes import moment
from flytui.demo.rest.shapes.uiex import (
    backup_document,
    cluster_document,
    credentials_document,
    listed_cluster_document,
    public_cluster_document,
)
from flytui.demo.state import Json, Organization, PostgresCluster

_GENERATIONS = ("postgres", "postgresv2")
_ROLES = {"schema_admin", "writer", "reader"}


def routes(front: Front) -> list[BaseRoute]:
    """The routes of `/api/v1`."""
    mine = "/organizations/{organization}"
    listing = [
        front.route("GET", f"{mine}/postgres", _listed(deleted=False)),
        front.route("GET", f"{mine}/postgres/deleted", _listed(deleted=True)),
        front.route("GET", f"{mine}/postgresv2/regions", _regions),
        front.route("POST", f"{mine}/postgresv2", _create),
    ]
    return listing + [
        route for generation in _GENERATIONS for route in _cluster_routes(front, generation)
    ]


def _cluster_routes(front: Front, generation: str) -> list[BaseRoute]:
    one = f"/{generation}/{{cluster}}"
    return [
        front.route("GET", f"/organizations/{{organization}}{one}", _get),
        front.route("DELETE", f"/organizations/{{organization}}{one}", _destroy),
        front.route("GET", one, _get),
        front.route("GET", f"{one}/backups", _backups),
        front.route("POST", f"{one}/backups", _back_up),
        front.route("POST", f"{one}/restore", _restore),
        front.route("GET", f"{one}/users", _users),
        front.route("POST", f"{one}/users", _add_user),
        front.route("GET", f"{one}/databases", _databases),
        front.route("POST", f"{one}/databases", _add_database),
        front.route("POST", f"{one}/attachments", _attach),
    ]


def public_routes(front: Front) -> list[BaseRoute]:
    """The routes of `/v1`."""
    return [
        front.route("GET", "/postgres", _public_list),
        front.route("GET", "/postgres/{cluster}", _public_get),
    ]


def _owner(call: Call) -> Organization:
    """The organisation by its real slug: this API does not know the alias `personal`."""
    organization = call.organization
    if call.part("organization") not in {organization.raw_slug, organization.id}:
        raise Missing("not_found")
    return organization


def _cluster(call: Call) -> PostgresCluster:
    """The cluster, for a macaroon of its organisation, on the route of its generation."""
    cluster = call.world.cluster(call.part("cluster"))
    call.access.organization(cluster.organization)
    if not call.access.macaroon:
        raise Refused("access denied")
    version = 2 if "/postgresv2/" in call.request.url.path else 1
    if cluster.version != version:
        raise Missing("not_found")
    return cluster


def _listed(*, deleted: bool) -> Callable[[Call], Response]:
    def answer(call: Call) -> Response:
        """Nothing at all for an older token, without a word: so does Fly.io."""
        owner = _owner(call)
        if not call.access.macaroon:
            return ok({"data": []})
        clusters = call.world.clusters_of(owner, deleted=deleted)
        return ok({"data": [listed_cluster_document(call.world, one) for one in clusters]})

    return answer


def _get(call: Call) -> Response:
    cluster = _cluster(call)
    document = cluster_document(call.world, cluster)
    if cluster.version == 1:
        document = listed_cluster_document(call.world, cluster)
    return ok({"data": document, "credentials": credentials_document(cluster)})


def _destroy(call: Call) -> Response:
    changes.destroy(_cluster(call))
    return ok({"data": {"message": "deleted"}})


def _regions(call: Call) -> Response:
    _owner(call)
    regions = [{"code": one.code, "available": one.postgres} for one in call.world.regions]
    return ok({"data": regions})


def _create(call: Call) -> Response:
    owner = _owner(call)
    if not call.access.macaroon:
        raise Refused("access denied")
    cluster = changes.create(
        call.world,
        owner,
        name=str(call.body.get("name") or f"{owner.raw_slug}-pg"),
        region=str(call.body.get("region") or ""),
        plan=str(call.body.get("plan") or "basic"),
        disk_gb=call.count("storage_in_gb", 10),
        pg_major_version=call.count("pg_major_version", 17),
    )
    document = cluster_document(call.world, cluster)
    extra = {"environment": None, "postgis_enabled": bool(call.body.get("postgis_enabled"))}
    return ok({"ok": True, "errors": {}, "data": document | extra}, 201)


def _backups(call: Call) -> Response:
    return ok({"data": [backup_document(backup) for backup in _cluster(call).backups]})


def _back_up(call: Call) -> Response:
    taken = changes.back_up(call.world, _cluster(call), str(call.body.get("type") or "full"))
    return ok({"data": backup_document(taken)}, 201)


def _restore(call: Call) -> Response:
    backup, moment_ = call.body.get("backup_id"), call.body.get("pitr_time")
    if not backup and not moment_:
        raise Invalid("backup_id or pitr_time is required")
    restored = changes.restore(
        call.world, _cluster(call), backup_id=backup, name=call.body.get("name")
    )
    return ok({"data": cluster_document(call.world, restored)}, 201)


def _users(call: Call) -> Response:
    users = _cluster(call).users
    return ok({"data": [{"name": name, "role": role} for name, role in users.items()]})


def _add_user(call: Call) -> Response:
    """`username` is the second generation's word for it, `user_name` the first's."""
    cluster = _cluster(call)
    name = call.body.get("username") or call.body.get("user_name")
    role = call.body.get("role", "writer")
    if not isinstance(name, str) or role not in _ROLES:
        raise Invalid("a user needs a name and a role")
    cluster.users[name] = role
    return ok({"data": {"name": name, "role": role}}, 201)


def _databases(call: Call) -> Response:
    return ok({"data": [{"name": name} for name in _cluster(call).databases]})


def _add_database(call: Call) -> Response:
    cluster, name = _cluster(call), call.body.get("name")
    if not isinstance(name, str) or not name:
        raise Invalid("name is required")
    if name not in cluster.databases:
        cluster.databases.append(name)
    return ok({"data": {"name": name}}, 201)


def _attach(call: Call) -> Response:
    cluster = _cluster(call)
    app = call.access.app(str(call.body.get("app_name") or ""))
    changes.attach(cluster, app)
    attachment: Json = {
        "id": 1,
        "app_id": app.internal_numeric_id,
        "managed_service_id": 1,
        "attached_at": moment(call.world.now),
    }
    return ok({"data": attachment}, 201)


def _public_list(call: Call) -> Response:
    slug = call.query("org_slug")
    if not slug:
        raise Malformed("org_slug is required")
    clusters = call.world.clusters_of(call.access.organization(slug))
    return ok({"data": [public_cluster_document(call.world, one) for one in clusters]})


def _public_get(call: Call) -> Response:
    cluster = call.world.cluster(call.part("cluster"))
    call.access.organization(cluster.organization)
    return ok({"data": public_cluster_document(call.world, cluster)})
