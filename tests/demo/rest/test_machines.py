"""Machines over REST: what a change leaves behind, and who may make it."""

from flytui.demo.changes import machines as changes
from tests.demo.rest.asking import Asker, asker

ALL = "/v1/apps/storefront/machines"


def one(asking: Asker) -> str:
    return f"{ALL}/{asking.machine.id}"


async def test_a_listed_machine_carries_all_that_fly_reads() -> None:
    [first, *_] = await asker().get(ALL)
    assert {"id", "state", "region", "instance_id", "private_ip", "image_ref"} <= set(first)
    assert first["host_status"] == "ok"
    assert set(first["config"]["guest"]) >= {"cpu_kind", "cpus", "memory_mb"}
    metadata = first["config"]["metadata"]
    assert metadata["fly_platform_version"] == "v2"
    assert {"fly_process_group", "fly_release_id", "fly_release_version"} <= set(metadata)
    assert all(check["updated_at"] for check in first["checks"])


async def test_an_update_is_another_version_with_a_new_event_and_passing_checks() -> None:
    asking = asker()
    config = asking.machine.config | {"checks": {"alive": {"type": "tcp", "port": 8080}}}
    before, events = asking.machine.instance_id, len(asking.machine.events)
    answer = await asking.done("POST", one(asking), {"config": config})
    assert answer["instance_id"] != before
    assert len(answer["events"]) > events
    assert [check["status"] for check in answer["checks"]] == ["passing"]
    assert (await asking.get(one(asking)))["instance_id"] == answer["instance_id"]


async def test_an_update_replaces_the_whole_configuration() -> None:
    asking = asker()
    config = {"image": "registry.fly.io/storefront:next", "guest": asking.machine.config["guest"]}
    answer = await asking.done("POST", one(asking), {"config": config})
    assert "services" not in answer["config"]
    assert answer["image_ref"]["tag"] == "next"


async def test_autostop_is_answered_as_fly_answers_it() -> None:
    asking = asker()
    for given, answered in (("off", False), ("stop", True), ("suspend", "suspend")):
        services = [{"protocol": "tcp", "internal_port": 80, "autostop": given}]
        answer = await asking.done("POST", one(asking), {"config": {"services": services}})
        assert answer["config"]["services"][0]["autostop"] == answered


async def test_a_lease_keeps_everybody_else_out() -> None:
    asking = asker()
    lease = await asking.done("POST", f"{one(asking)}/lease?ttl=60")
    assert lease["status"] == "success"
    assert lease["data"]["version"] == asking.machine.instance_id
    conflict = await asking.send("POST", f"{one(asking)}/lease?ttl=60")
    assert conflict.status_code == 409
    assert "lease currently held" in conflict.json()["message"]
    config = {"config": asking.machine.config}
    assert await asking.status("POST", one(asking), config) == 409
    assert await asking.status("DELETE", one(asking)) == 409
    await asking.done("POST", one(asking), config, nonce=lease["data"]["nonce"])


async def test_the_holder_keeps_a_lease_and_gives_it_back() -> None:
    asking = asker()
    lease = f"{one(asking)}/lease"
    nonce = (await asking.done("POST", f"{lease}?ttl=60"))["data"]["nonce"]
    again = await asking.done("POST", f"{lease}?ttl=120", nonce=nonce)
    assert again["data"]["nonce"] == nonce
    assert (await asking.get(lease))["data"]["expires_at"] == again["data"]["expires_at"]
    assert (await asking.send("DELETE", lease)).status_code == 409
    await asking.done("DELETE", lease, nonce=nonce)
    response = await asking.send("GET", lease)
    assert (response.status_code, response.json()) == (404, {"error": "lease not found"})


async def test_a_lease_ends_by_itself() -> None:
    asking = asker()
    await asking.done("POST", f"{one(asking)}/lease?ttl=60")
    asking.clock.later(seconds=61)
    assert await asking.status("POST", f"{one(asking)}/lease?ttl=60") == 201


async def test_waiting_ends_at_once_either_way() -> None:
    asking = asker()
    assert (await asking.get(f"{one(asking)}/wait?state=settled&timeout=60"))["ok"] is True
    await asking.done("POST", f"{one(asking)}/stop", {})
    assert (await asking.get(f"{one(asking)}/wait?state=started&state=stopped"))["ok"] is True
    late = await asking.send("GET", f"{one(asking)}/wait?state=started")
    assert late.status_code == 408
    assert late.json()["error"] == (
        "machine failed to reach desired state, started, currently stopped"
    )


async def test_a_machine_is_stopped_suspended_and_started() -> None:
    asking = asker()
    for action, state in (("suspend", "suspended"), ("start", "started"), ("stop", "stopped")):
        await asking.done("POST", f"{one(asking)}/{action}")
        assert (await asking.get(one(asking)))["state"] == state
    answer = await asking.done("POST", f"{one(asking)}/start")
    assert answer["previous_state"] == "stopped"
    await asking.done("POST", f"{one(asking)}/restart")
    kinds = [event["type"] for event in await asking.get(f"{one(asking)}/events?limit=2")]
    assert kinds == ["start", "exit"]


async def test_a_running_machine_is_destroyed_by_force_alone() -> None:
    asking = asker()
    machine = asking.machine
    changes.start(asking.world, machine)
    assert await asking.status("DELETE", one(asking)) == 409
    await asking.done("DELETE", f"{one(asking)}?kill=true")
    assert machine.id not in {found["id"] for found in await asking.get(ALL)}
    deleted = await asking.get(f"{ALL}?include_deleted=true")
    assert machine.id in {found["id"] for found in deleted}


async def test_a_machine_is_launched_where_it_was_asked_for() -> None:
    asking = asker()
    body = {"region": "fra", "config": {"image": "registry.fly.io/storefront:a"}}
    made = await asking.done("POST", ALL, body | {"lease_ttl": 60})
    assert (made["region"], made["state"]) == ("fra", "started")
    assert made["config"]["guest"]["memory_mb"] == 256
    assert await asking.status("POST", f"{ALL}/{made['id']}", body) == 409
    await asking.done("POST", f"{ALL}/{made['id']}", body, nonce=made["nonce"])
    assert await asking.status("POST", ALL, {"region": "nowhere", "config": {}}) == 422


async def test_the_list_is_filtered_by_state_region_and_metadata() -> None:
    asking = asker()
    await asking.done("POST", f"{one(asking)}/stop", {})
    stopped = await asking.get(f"{ALL}?state=stopped")
    assert asking.machine.id in {found["id"] for found in stopped}
    assert all(found["state"] == "stopped" for found in stopped)
    assert await asking.get(f"{ALL}?region=syd") == []
    workers = await asking.get(f"{ALL}?metadata.fly_process_group=worker")
    assert len(workers) == 1
    summary = await asking.get(f"{ALL}?summary=true")
    assert not any("config" in found for found in summary)


async def test_what_an_unreachable_host_still_tells_is_called_incomplete() -> None:
    asking = asker()
    asking.machine.host_status = "unreachable"
    found = await asking.get(one(asking))
    assert found["config"] is None
    assert found["incomplete_config"]["guest"]


async def test_metadata_is_set_read_and_removed_key_by_key() -> None:
    asking = asker()
    key = f"{one(asking)}/metadata/team"
    await asking.done("POST", key, {"value": "shop"})
    assert await asking.get(key) == {"value": "shop"}
    assert (await asking.get(f"{one(asking)}/metadata"))["team"] == "shop"
    await asking.done("PATCH", f"{one(asking)}/metadata", {"metadata": {"stage": "live"}})
    await asking.done("DELETE", key)
    assert await asking.status("GET", key) == 404
    await asking.done("PUT", f"{one(asking)}/metadata", {"metadata": {"only": "this"}})
    assert await asking.get(f"{one(asking)}/metadata") == {"only": "this"}


async def test_a_cordoned_machine_says_so() -> None:
    asking = asker()
    await asking.done("POST", f"{one(asking)}/cordon")
    assert (await asking.get(one(asking)))["cordoned"] is True
    await asking.done("POST", f"{one(asking)}/uncordon")
    assert "cordoned" not in await asking.get(one(asking))


async def test_a_process_listens_where_its_services_say() -> None:
    asking = asker()
    changes.start(asking.world, asking.machine)
    [process] = await asking.get(f"{one(asking)}/ps")
    addresses = [socket["address"] for socket in process["listen_sockets"]]
    assert addresses == ["[::]:8080"]


async def test_an_unknown_machine_is_missing() -> None:
    response = await asker().send("GET", f"{ALL}/nobody")
    assert (response.status_code, response.json()) == (404, {"error": "machine not found"})
