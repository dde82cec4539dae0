"""An app's volumes, secrets, addresses and certificates over REST."""

from tests.demo.rest.asking import Asker, asker

APP = "/v1/apps/storefront"


async def volume(asking: Asker) -> str:
    made = await asking.done("POST", f"{APP}/volumes", {"name": "data", "region": "iad"})
    return f"{APP}/volumes/{made['id']}"


async def test_an_app_is_created_once_and_deleted() -> None:
    asking = asker()
    body = {"name": "fresh", "org_slug": "acme"}
    made = await asking.done("POST", "/v1/apps?wait=true", body)
    assert made["status"] == "pending"
    assert made["organization"]["slug"] == "acme"
    taken = await asking.send("POST", "/v1/apps", body)
    assert taken.status_code == 422
    assert taken.json()["status"] == "name_taken"
    await asking.done("DELETE", "/v1/apps/fresh")
    assert await asking.status("GET", "/v1/apps/fresh") == 404


async def test_apps_are_listed_by_role() -> None:
    asking = asker()
    listed = await asking.get("/v1/apps?org_slug=acme")
    assert listed["total_apps"] == len(asking.world.apps)
    databases = await asking.get("/v1/apps?org_slug=acme&app_role=postgres_cluster")
    assert [one["name"] for one in databases["apps"]] == ["storefront-db"]
    assert await asking.status("GET", "/v1/apps") == 400


async def test_a_volume_grows_and_never_shrinks() -> None:
    asking = asker()
    path = await volume(asking)
    grown = await asking.done("PUT", f"{path}/extend", {"size_gb": 5})
    assert grown["volume"]["size_gb"] == 5
    assert await asking.status("PUT", f"{path}/extend", {"size_gb": 2}) == 422


async def test_a_volumes_snapshots_are_taken_and_listed() -> None:
    asking = asker()
    path = await volume(asking)
    assert await asking.get(f"{path}/snapshots") == []
    await asking.done("POST", f"{path}/snapshots")
    [taken] = await asking.get(f"{path}/snapshots")
    assert taken["created_at"] == "2026-06-01T12:00:00Z"


async def test_a_volume_is_changed_and_deleted_while_nothing_uses_it() -> None:
    asking = asker()
    path = await volume(asking)
    await asking.done("PUT", path, {"snapshot_retention": 14})
    assert (await asking.get(path))["snapshot_retention"] == 14
    asking.app.volumes[path.rpartition("/")[2]].attached_machine_id = asking.machine.id
    assert await asking.status("DELETE", path) == 409
    asking.app.volumes[path.rpartition("/")[2]].attached_machine_id = None
    await asking.done("DELETE", path)
    assert await asking.status("GET", path) == 404


async def test_null_removes_a_secret_and_every_change_counts() -> None:
    asking = asker()
    path = f"{APP}/secrets"
    first = await asking.done("POST", path, {"values": {"NEW": "value", "SEARCH_API_KEY": None}})
    names = {one["name"] for one in first["secrets"]}
    assert "NEW" in names
    assert "SEARCH_API_KEY" not in names
    second = await asking.done("POST", f"{path}/NEW", {"value": "other"})
    assert second["version"] == first["version"] + 1
    await asking.done("DELETE", f"{path}/NEW")
    assert await asking.status("GET", f"{path}/NEW") == 404


async def test_no_secrets_value_is_ever_answered() -> None:
    asking = asker()
    path = f"{APP}/secrets"
    made = await asking.send("POST", path, {"values": {"NEW": "do-not-tell"}})
    read = await asking.send("GET", f"{path}?show_secrets=true")
    assert "do-not-tell" not in made.text + read.text


async def test_addresses_have_no_kind_here_but_say_whether_they_are_shared() -> None:
    asking = asker()
    await asking.done("POST", f"{APP}/ip_assignments", {"type": "shared_v4"})
    listed = (await asking.get(f"{APP}/ip_assignments"))["ips"]
    assert [one["shared"] for one in listed] == [False, False, True]
    assert not any("type" in one for one in listed)


async def test_a_released_address_is_gone_and_a_second_release_finds_nothing() -> None:
    asking = asker()
    path = f"{APP}/ip_assignments/203.0.113.7"
    await asking.done("DELETE", path)
    assert [one.type for one in asking.app.addresses] == ["private_v6"]
    assert await asking.status("DELETE", path) == 404


async def test_a_certificate_is_issued_once_dns_leads_to_the_app() -> None:
    asking = asker()
    path = f"{APP}/certificates"
    made = await asking.done("POST", f"{path}/acme", {"hostname": "www.example.com"})
    assert made["configured"] is False
    assert made["dns_requirements"]["a"] == ["203.0.113.7"]
    asking.app.certificates["www.example.com"].dns.a = ["203.0.113.7"]
    checked = await asking.done("POST", f"{path}/www.example.com/check")
    assert checked["configured"] is True
    assert checked["status"] == "active"
    assert {one["type"] for one in checked["certificates"][0]["issued"]} == {"rsa", "ecdsa"}
    assert checked["dns_records"]["a"] == ["203.0.113.7"]


async def test_certificates_come_in_pages() -> None:
    asking = asker()
    path = f"{APP}/certificates"
    for number in range(3):
        await asking.done("POST", f"{path}/acme", {"hostname": f"h{number}.example.org"})
    first = await asking.get(f"{path}?limit=3")
    assert (len(first["certificates"]), first["total_count"]) == (3, 4)
    last = await asking.get(f"{path}?limit=3&cursor={first['next_cursor']}")
    assert (len(last["certificates"]), last["next_cursor"]) == (1, "")
    found = await asking.get(f"{path}?filter=h1.")
    assert [one["hostname"] for one in found["certificates"]] == ["h1.example.org"]


async def test_a_wildcard_survives_being_escaped() -> None:
    asking = asker()
    path = f"{APP}/certificates"
    await asking.done("POST", f"{path}/acme", {"hostname": "*.example.org"})
    detail = await asking.get(f"{path}/%2A.example.org")
    assert detail["dns_requirements"]["acme_challenge"]["name"] == "_acme-challenge.example.org"
    await asking.done("DELETE", f"{path}/%2A.example.org")
    assert await asking.status("GET", f"{path}/%2A.example.org") == 404


async def test_an_uploaded_certificate_is_a_custom_one() -> None:
    asking = asker()
    path = f"{APP}/certificates"
    body = {"hostname": "own.example.org", "fullchain": "pem", "private_key": "pem"}
    made = await asking.done("POST", f"{path}/custom", body)
    assert made["certificates"][0]["source"] == "custom"
    kept = await asking.done("DELETE", f"{path}/own.example.org/custom")
    assert kept["certificates"][0]["source"] == "fly"
    assert await asking.status("POST", f"{path}/custom", {"hostname": "x.example.org"}) == 422
