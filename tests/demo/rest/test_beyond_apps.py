"""Organisations, regions, tokens, releases, logs and Managed Postgres over REST."""

from datetime import timedelta

from flytui.demo.state import LogLine
from tests.demo.rest.asking import Asker, asker, with_token

RELEASES = "/api/v1/apps/storefront/releases"


def macaroon(name: str = "storefront") -> Asker:
    asking = asker(name)
    asking.authorization = f"Bearer {asking.scenario.token}"
    return asking


async def test_regions_come_with_coordinates() -> None:
    answer = await asker().get("/v1/platform/regions")
    assert answer["nearest"]
    for region in answer["regions"]:
        assert -90 <= region["latitude"] <= 90
        assert -180 <= region["longitude"] <= 180


async def test_an_organisations_machines_tell_no_environment() -> None:
    asking = asker()
    seen: list[str] = []
    cursor = ""
    while True:
        page = await asking.get(f"/v1/orgs/acme/machines?limit=3&cursor={cursor}")
        assert all("env" not in one["config"] for one in page["machines"])
        seen += [one["id"] for one in page["machines"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert sorted(seen) == sorted(
        machine.id for app in asking.world.apps.values() for machine in app.machines.values()
    )


async def test_an_organisations_volumes_name_their_app() -> None:
    asking = asker()
    await asking.done("POST", "/v1/apps/storefront/volumes", {"name": "data", "region": "iad"})
    volumes = (await asking.get("/v1/orgs/acme/volumes"))["volumes"]
    assert "storefront" in {one["app_name"] for one in volumes}


async def test_a_token_tells_what_it_is_for() -> None:
    asking = with_token("storefront", one_app=True)
    [entry] = (await asking.get("/v1/tokens/current"))["tokens"]
    assert entry["org_slug"] == "acme"
    assert entry["apps"] == ["storefront"]


async def test_releases_come_newest_first_and_a_new_one_leads() -> None:
    asking = asker()
    before = (await asking.get(f"{RELEASES}?limit=2"))["releases"]
    assert len(before) == 2
    assert before[0]["version"] > before[1]["version"]
    body = {"app_name": "storefront", "build_id": 0, "definition": None, "strategy": "ROLLING"}
    made = (await asking.done("POST", "/api/v1/releases", body))["release"]
    assert made["version"] == before[0]["version"] + 1
    path = f"/api/v1/releases/{made['id']}"
    await asking.done("PATCH", path, {"status": "complete", "metadata": None})
    current = (await asking.get(f"{RELEASES}/current"))["release"]
    assert (current["id"], current["status"]) == (made["id"], "complete")


async def test_an_app_never_deployed_has_no_current_release() -> None:
    response = await asker("never-deployed").send("GET", "/api/v1/apps/prototype/releases/current")
    assert response.status_code == 404


async def test_organisations_say_their_real_slug() -> None:
    [organization] = (await asker("worker").get("/api/v1/organizations"))["organizations"]
    assert organization["personal"] is True
    assert organization["slug"] == "personal"
    assert organization["raw_slug"] != "personal"
    alias = macaroon("worker")
    assert await alias.status("GET", "/api/v1/organizations/personal/postgres") == 404
    path = f"/api/v1/organizations/{organization['raw_slug']}/postgres"
    assert await alias.status("GET", path) == 200


async def test_logs_are_read_on_from_where_they_were_left() -> None:
    asking = asker()
    asking.app.logs = [
        LogLine(f"{n:04}", asking.clock() + timedelta(seconds=n), f"line {n}", "info", "m", "iad")
        for n in range(3)
    ]
    first = await asking.get("/api/v1/apps/storefront/logs?next_token=")
    assert [one["attributes"]["message"] for one in first["data"]] == ["line 0", "line 1", "line 2"]
    token = first["meta"]["next_token"]
    again = await asking.get(f"/api/v1/apps/storefront/logs?next_token={token}")
    assert again == {"data": [], "meta": {"next_token": token}}
    assert (await asking.get("/api/v1/apps/storefront/logs?region=syd"))["data"] == []


async def test_an_older_token_sees_no_clusters_without_a_word() -> None:
    path = "/api/v1/organizations/acme/postgres"
    assert await asker().get(path) == {"data": []}
    [cluster] = (await macaroon().get(path))["data"]
    assert cluster["version"] in {1, 2}
    assert await asker().status("GET", f"/api/v1/postgresv2/{cluster['id']}") == 403


async def test_a_cluster_answers_on_the_route_of_its_generation_alone() -> None:
    asking = macaroon()
    [cluster] = asking.world.clusters.values()
    cluster.version = 2
    assert (await asking.get(f"/api/v1/postgresv2/{cluster.id}"))["data"]["engine"] == "postgres"
    assert await asking.status("GET", f"/api/v1/postgres/{cluster.id}") == 404
    cluster.version = 1
    assert await asking.status("GET", f"/api/v1/postgresv2/{cluster.id}") == 404
    assert (await asking.get(f"/api/v1/postgres/{cluster.id}"))["data"]["version"] == 1


async def test_a_backup_is_restored_into_a_new_cluster() -> None:
    asking = macaroon()
    [cluster] = asking.world.clusters.values()
    cluster.version = 2
    path = f"/api/v1/postgresv2/{cluster.id}"
    taken = (await asking.done("POST", f"{path}/backups", {"type": "incr"}))["data"]
    listed = (await asking.get(f"{path}/backups"))["data"]
    assert listed[0] == taken
    body = {"backup_id": taken["id"], "name": "again"}
    restored = (await asking.done("POST", f"{path}/restore", body))["data"]
    assert restored["id"] != cluster.id
    assert await asking.status("POST", f"{path}/restore", {"backup_id": "nobody"}) == 404
    assert await asking.status("POST", f"{path}/restore", {}) == 422


async def test_a_cluster_is_made_with_201_where_postgres_is_offered() -> None:
    asking = macaroon()
    path = "/api/v1/organizations/acme/postgresv2"
    regions = (await asking.get(f"{path}/regions"))["data"]
    offered = next(one["code"] for one in regions if one["available"])
    body = {"name": "new", "region": offered, "plan": "basic", "pg_major_version": "17"}
    made = await asking.send("POST", path, body)
    assert made.status_code == 201
    cluster_id = made.json()["data"]["id"]
    public = (await asking.get("/v1/postgres?org_slug=acme"))["data"]
    assert cluster_id in {one["id"] for one in public}
    await asking.done("DELETE", f"{path}/{cluster_id}")
    deleted = (await asking.get("/api/v1/organizations/acme/postgres/deleted"))["data"]
    assert [one["id"] for one in deleted] == [cluster_id]


async def test_users_databases_and_attachments_stay() -> None:
    asking = macaroon()
    [cluster] = asking.world.clusters.values()
    cluster.version = 2
    path = f"/api/v1/postgresv2/{cluster.id}"
    await asking.done("POST", f"{path}/users", {"username": "app", "role": "writer"})
    assert {"name": "app", "role": "writer"} in (await asking.get(f"{path}/users"))["data"]
    await asking.done("POST", f"{path}/databases", {"name": "orders"})
    assert {"name": "orders"} in (await asking.get(f"{path}/databases"))["data"]
    await asking.done("POST", f"{path}/attachments", {"app_name": "storefront"})
    attached = (await asking.get(path))["data"]["attached_apps"]
    assert "storefront" in {one["name"] for one in attached}
