"""Organisations and Postgres as they come over the wire: complete, or an error that says why."""

import json
from typing import Any

import httpx
import pytest

from flytui.demo.macaroons import unrestricted
from flytui.fly.errors import FlyError, Refused, Unexpected
from flytui.fly.models.postgres import Cluster
from tests.fly.wire import connection, data, ok, talking

EDGE = {"role": "ADMIN", "joinedAt": "2026-01-01T00:00:00Z", "node": {"email": "ada@example.com"}}
CLUSTER: dict[str, Any] = {
    "id": "c1",
    "name": "acme-pg",
    "version": 2,
    "region": "ams",
    "status": "ready",
    "plan": "basic",
    "replicas": 0,
    "attached_apps": [{"name": "shop", "id": 1}],
}
BACKUP = {"id": "b1", "status": "completed", "type": "full", "start": "2026-01-01T00:00:00Z"}


async def test_members_are_read_with_their_roles() -> None:
    async with talking(data(organization={"members": connection(EDGE)})) as (fly, _):
        (member,) = await fly.people.members("acme")
    assert (member.email, member.admin) == ("ada@example.com", True)


@pytest.mark.parametrize("lost", ["role", "node", "joinedAt"])
async def test_a_member_without_a_field_is_no_member(lost: str) -> None:
    edge = {key: value for key, value in EDGE.items() if key != lost}
    async with talking(data(organization={"members": connection(edge)})) as (fly, _):
        with pytest.raises(Unexpected):
            await fly.people.members("acme")


@pytest.mark.parametrize(
    "ask", ["members", "second_factors", "third_parties", "replays", "tokens", "billing"]
)
async def test_an_organisation_that_comes_back_as_null_is_not_empty(ask: str) -> None:
    async with talking(data(organization=None)) as (fly, _):
        with pytest.raises(FlyError, match="none that this token can see"):
            await getattr(fly.people, ask)("acme")


async def test_a_refusal_names_a_token_of_the_organisation() -> None:
    refused = {"errors": [{"message": "No.", "extensions": {"code": "UNAUTHORIZED"}}], "data": None}
    async with talking(ok(refused)) as (fly, _):
        with pytest.raises(Refused) as caught:
            await fly.people.tokens("acme")
    assert "fly tokens create readonly acme" in caught.value.cure


async def test_apps_beside_the_app_are_told_with_role_and_network() -> None:
    nodes = (
        {"name": "db", "status": "deployed", "network": None, "role": {"name": "postgres_cluster"}},
        {"name": "shop", "status": "deployed", "network": "dark", "role": {"name": ""}},
    )
    answer = data(app={"organization": {"apps": connection(*nodes)}})
    async with talking(answer) as (fly, _):
        found = await fly.neighbours("shop")
    assert [(a.name, a.network, a.app_role) for a in found] == [
        ("db", "default", "postgres_cluster"),
        ("shop", "dark", None),
    ]


async def test_clusters_are_asked_for_by_the_real_slug() -> None:
    async with talking(ok({"data": [CLUSTER]}), token=unrestricted()) as (fly, server):
        (found,) = await fly.postgres.clusters("acme")
    assert found.attached("shop")
    assert server.asked[0].url.path == "/api/v1/organizations/acme/postgres"


async def test_an_old_token_does_not_even_ask_for_clusters() -> None:
    async with talking(ok({"data": []}), token="fo1_old") as (fly, server):
        with pytest.raises(Refused, match="older"):
            await fly.postgres.clusters("acme")
    assert server.asked == []


@pytest.mark.parametrize("lost", ["attached_apps", "status", "plan", "replicas", "version"])
async def test_a_cluster_without_a_field_is_no_cluster(lost: str) -> None:
    cluster = {key: value for key, value in CLUSTER.items() if key != lost}
    async with talking(ok({"data": [cluster]}), token=unrestricted()) as (fly, _):
        with pytest.raises(Unexpected, match=lost):
            await fly.postgres.clusters("acme")


@pytest.mark.parametrize(("version", "route"), [(1, "postgres"), (2, "postgresv2")])
async def test_backups_are_asked_for_on_the_route_of_the_generation(
    version: int, route: str
) -> None:
    cluster = Cluster.model_validate_json(json.dumps({**CLUSTER, "version": version}))

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/deleted"):
            return httpx.Response(403, json={"errors": {"detail": "no"}})
        return ok({"data": [{**BACKUP, "stop": ""}]})

    async with talking(answer, token=unrestricted()) as (fly, server):
        (taken,), deleted = await fly.postgres.history((cluster,), "acme")
    assert f"/api/v1/{route}/c1/backups" in {request.url.path for request in server.asked}
    assert not isinstance(taken, FlyError)
    assert [backup.finished for backup in taken] == [False]
    assert isinstance(deleted, Refused)


async def test_one_volume_that_does_not_answer_leaves_the_others() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if "/vol_2/" in request.url.path:
            return httpx.Response(404, json={"error": "volume not found"})
        return ok([{"id": "vs", "status": "created", "created_at": "2026-01-01T00:00:00Z"}])

    async with talking(answer) as (fly, _):
        first, second = await fly.postgres.snapshots("shop", ("vol_1", "vol_2"))
    assert not isinstance(first, FlyError)
    assert isinstance(second, FlyError)


async def test_attachments_are_told_by_postgres_app() -> None:
    node = {"databaseName": "shop", "environmentVariableName": "DATABASE_URL"}
    async with talking(data(postgresAttachments=connection(node))) as (fly, _):
        found = await fly.postgres.attachments("shop", ("db",))
    assert [a.environment_variable_name for a in found["db"]] == ["DATABASE_URL"]
