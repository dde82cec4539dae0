"""Commands that change something: what they send, what they print, and the world afterwards."""

import json

import pytest

from flytui.demo.state import App
from tests.flyctl.conftest import Fly

APP = "/v1/apps/storefront"
ONE = f"{APP}/machines/{{machine}}"
UPDATE_ONE = (
    f"POST {ONE}/lease?ttl=120",
    f"POST {ONE}",
    f"GET {ONE}/wait?state=settled&timeout=60",
    f"GET {ONE}",
    f"DELETE {ONE}/lease",
)


@pytest.fixture
def app(fly: Fly) -> App:
    return fly.world.apps["storefront"]


def asked(fly: Fly) -> list[str]:
    """With the two orders of a query string taken for one."""
    return [
        request.replace("?timeout=60&state=settled", "?state=settled&timeout=60").replace(
            "?state=started&timeout=60", "?state=started"
        )
        for request in fly.requests
    ]


def test_an_address_released_is_gone(fly: Fly, app: App) -> None:
    output = fly.done("ips", "release", "203.0.113.7", "-a", "storefront")
    assert output == "Released 203.0.113.7 from storefront\n"
    assert [address.address for address in app.addresses] == ["fdaa:0:18:0:1::7"]
    assert fly.requests == ["GraphQL releaseIpAddress"]
    sent = fly.served.bodies[0]
    assert isinstance(sent, dict)
    assert sent["variables"]["input"]["appId"] == "storefront"
    assert sent["variables"]["input"]["ip"] == "203.0.113.7"
    assert "operationName" not in sent


def test_release_knows_no_yes(fly: Fly, app: App) -> None:
    ended = fly.run("ips", "release", "203.0.113.7", "-a", "storefront", "--yes")
    assert ended.returncode == 1
    assert "Error: unknown flag: --yes" in ended.stderr
    assert fly.requests == []
    assert len(app.addresses) == 2


def test_release_stops_at_the_first_failure(fly: Fly, app: App) -> None:
    ended = fly.run("ips", "release", "203.0.113.7", "192.0.2.99", "-a", "storefront")
    assert ended.returncode == 1
    assert "Released 203.0.113.7 from storefront" in ended.stdout
    assert len(app.addresses) == 1


def test_an_address_that_is_none_is_never_sent(fly: Fly) -> None:
    ended = fly.run("ips", "release", "shop.example.com", "-a", "storefront")
    assert ended.returncode == 1
    assert "Invalid IP address: 'shop.example.com'" in ended.stderr
    assert fly.requests == []


def test_a_shared_address_is_allocated_without_a_question(fly: Fly, app: App) -> None:
    output = fly.done("ips", "allocate-v4", "--shared", "-a", "storefront")
    assert app.shared_address is not None
    assert app.shared_address in output
    assert fly.requests == ["GraphQL allocateIpAddress"]


def test_a_dedicated_address_costs_money_and_wants_yes(fly: Fly, app: App) -> None:
    before = len(app.addresses)
    assert fly.run("ips", "allocate-v4", "-a", "storefront").returncode == 1
    assert len(app.addresses) == before
    fly.done("ips", "allocate-v4", "-y", "-a", "storefront")
    assert [one.type for one in app.addresses].count("v4") == 2


def test_a_flycast_address_is_allocated_at_once(fly: Fly, app: App) -> None:
    output = fly.done("ips", "allocate-v6", "--private", "-a", "storefront")
    assert app.addresses[-1].type == "private_v6"
    assert app.addresses[-1].address in output


def test_allocate_v6_knows_no_yes(fly: Fly) -> None:
    ended = fly.run("ips", "allocate-v6", "-a", "storefront", "--yes")
    assert (ended.returncode, "unknown flag: --yes" in ended.stderr) == (1, True)


def test_scaling_up_adds_a_machine_like_the_first(fly: Fly, app: App) -> None:
    output = fly.done("scale", "count", "worker=2", "-a", "storefront", "--yes")
    workers = [one for one in fly.world.machines_of(app) if one.group == "worker"]
    assert len(workers) == 2
    assert workers[0].config["guest"] == workers[1].config["guest"]
    assert f"Created {workers[1].id}" in output
    assert fly.requests == [
        "GraphQL FlyctlConfigCurrentRelease",
        f"GET {APP}/machines",
        "GraphQL app",
        f"GET {APP}/volumes",
        f"POST {ONE}/lease?ttl=120",
        f"POST {APP}/machines",
        f"DELETE {ONE}/lease",
    ]


def test_scaling_down_takes_the_first_machine_of_the_region(fly: Fly, app: App) -> None:
    first = next(one for one in app.machines.values() if one.group == "web")
    fly.done("scale", "count", "web=1", "-a", "storefront", "--yes")
    assert first.state == "destroyed"
    assert f"DELETE {ONE}?kill=true" in fly.requests


def test_scaling_without_yes_changes_nothing_and_says_what_it_would(fly: Fly, app: App) -> None:
    ended = fly.run("scale", "count", "web=3", "-a", "storefront")
    assert ended.returncode == 1
    assert "--yes flag must be specified when not running interactively" in ended.stderr
    assert len(fly.world.machines_of(app)) == 3


def test_a_group_nobody_knows_is_not_scaled(fly: Fly) -> None:
    ended = fly.run("scale", "count", "3", "-a", "storefront", "--yes")
    assert ended.returncode == 1
    assert "unknown process groups [app]" in ended.stderr


def test_a_larger_size_reaches_every_machine_of_the_group(fly: Fly, app: App) -> None:
    fly.done("scale", "vm", "shared-cpu-2x", "-a", "storefront", "-g", "web")
    sizes = {one.group: one.config["guest"]["memory_mb"] for one in app.machines.values()}
    assert sizes == {"web": 512, "worker": 256}
    assert asked(fly) == [f"GET {APP}/machines", *UPDATE_ONE]


def test_without_a_group_scale_vm_reads_the_configuration_first(fly: Fly) -> None:
    ended = fly.run("scale", "vm", "shared-cpu-2x", "-a", "storefront")
    assert ended.returncode == 1
    assert "requires specifying a group" in ended.stderr
    assert fly.requests == ["GraphQL FlyctlConfigCurrentRelease"]


def test_scale_vm_asks_nothing_and_so_takes_no_yes(fly: Fly) -> None:
    ended = fly.run("scale", "vm", "shared-cpu-2x", "-a", "storefront", "-g", "web", "-y")
    assert ended.returncode == 1
    assert "unknown shorthand flag: 'y' in -y" in ended.stderr


def test_a_size_nobody_sells_is_refused_before_any_request(fly: Fly) -> None:
    ended = fly.run("scale", "vm", "shared-cpu-3x", "-a", "storefront", "-g", "web")
    assert ended.returncode == 1
    assert fly.requests == []


def test_autostop_is_changed_on_one_machine(fly: Fly, app: App) -> None:
    machine = next(one for one in app.machines.values() if one.group == "web")
    before = machine.instance_id
    fly.done("machine", "update", machine.id, "--autostop=suspend", "--yes", "-a", "storefront")
    assert machine.config["services"][0]["autostop"] == "suspend"
    assert machine.instance_id != before
    assert machine.lease is None
    # The Machine is read first, so its later reading is no new entry.
    lease, post, waiting, _, unlease = UPDATE_ONE
    assert asked(fly) == [f"GET {ONE}", lease, post, waiting, unlease]


def test_a_standby_is_made_for_its_source_and_not_started(fly: Fly, app: App) -> None:
    source = next(one for one in app.machines.values() if one.group == "worker")
    command = ["machine", "clone", source.id, "--standby-for", "source", "-a", "storefront"]
    fly.done(*command)
    clone = list(app.machines.values())[-1]
    assert clone.config["standbys"] == [source.id]
    assert clone.config["env"]["FLY_STANDBY_FOR"] == source.id
    assert clone.state == "created"
    assert fly.requests == [f"GET {ONE}", f"POST {APP}/machines"]


def test_a_clone_in_another_region_is_started(fly: Fly, app: App) -> None:
    source = next(one for one in app.machines.values() if one.group == "web")
    fly.done("machine", "clone", source.id, "--region", "fra", "-a", "storefront")
    clone = list(app.machines.values())[-1]
    assert (clone.region, clone.state) == ("fra", "started")


def test_a_cordoned_machine_gets_requests_again(fly: Fly, app: App) -> None:
    machine = next(iter(app.machines.values()))
    machine.cordoned = True
    fly.done("machine", "uncordon", machine.id, "-a", "storefront")
    assert machine.cordoned is False
    lease, *_, unlease = UPDATE_ONE
    assert fly.requests == [f"GET {ONE}", lease, f"POST {ONE}/uncordon", unlease]


def test_a_machine_is_told_whom_to_stand_by_for(fly: Fly, app: App) -> None:
    spare, watched, *_ = app.machines.values()
    command = ["machine", "update", spare.id, "--standby-for", watched.id, "-a", "storefront"]
    fly.done(*command, "--yes")
    assert spare.config["standbys"] == [watched.id]
    assert spare.state == "stopped"


def test_scaling_in_a_region_leaves_the_others_alone(fly: Fly, app: App) -> None:
    fly.done("scale", "count", "web=1", "--region", "fra", "-a", "storefront", "--yes")
    regions = [one.region for one in fly.world.machines_of(app) if one.group == "web"]
    assert sorted(regions) == ["fra", "iad", "iad"]


def test_a_running_machine_is_destroyed_by_force_alone(fly: Fly, app: App) -> None:
    machine = next(one for one in app.machines.values() if one.state == "started")
    assert fly.run("machine", "destroy", machine.id, "-a", "storefront").returncode == 1
    assert machine.alive
    fly.done("machine", "destroy", machine.id, "--force", "-a", "storefront")
    assert not machine.alive


def test_a_certificate_is_asked_for(fly: Fly, app: App) -> None:
    detail = json.loads(fly.done("certs", "add", "www.example.com", "-a", "storefront", "--json"))
    assert detail["hostname"] == "www.example.com"
    assert "www.example.com" in app.certificates
    assert fly.requests == [f"POST {APP}/certificates/acme"]


def test_checking_a_certificate_succeeds_whatever_its_state(fly: Fly) -> None:
    fly.done("certs", "add", "www.example.com", "-a", "storefront")
    fly.served.requests.clear()
    detail = json.loads(fly.done("certs", "check", "www.example.com", "-a", "storefront", "--json"))
    assert detail["configured"] is False
    assert fly.requests == [f"POST {APP}/certificates/www.example.com/check"]


def test_a_certificate_is_removed_with_yes_alone(fly: Fly, app: App) -> None:
    assert fly.run("certs", "remove", "shop.example.com", "-a", "storefront").returncode == 1
    assert "shop.example.com" in app.certificates
    fly.done("certs", "remove", "shop.example.com", "-y", "-a", "storefront")
    assert "shop.example.com" not in app.certificates


def test_a_secret_staged_from_standard_input_is_in_no_argument(fly: Fly, app: App) -> None:
    output = fly.done(
        "secrets", "set", "API_KEY=-", "--stage", "-a", "storefront", stdin="s3cret-value"
    )
    assert "API_KEY" in app.secrets
    assert "staged" in output
    assert "s3cret-value" not in output
    assert fly.requests == ["GraphQL app", f"POST {APP}/secrets"]


def test_imported_secrets_lose_their_quotes(fly: Fly, app: App) -> None:
    fly.done("secrets", "set", "PLAIN=-", "--stage", "-a", "storefront", stdin="one two")
    fly.done("secrets", "import", "--stage", "-a", "storefront", stdin='# c\nQUOTED="one two"\n')
    assert app.secrets["QUOTED"].digest == app.secrets["PLAIN"].digest


def test_unset_sends_null(fly: Fly, app: App) -> None:
    fly.done("secrets", "unset", "SEARCH_API_KEY", "--stage", "-a", "storefront")
    assert "SEARCH_API_KEY" not in app.secrets
    assert fly.served.bodies[1] == {"values": {"SEARCH_API_KEY": None}}


def test_staged_secrets_count_after_they_are_deployed(fly: Fly, app: App) -> None:
    before = len(app.releases)
    fly.done("secrets", "deploy", "--dns-checks=false", "-a", "storefront")
    assert len(app.releases) == before + 1
    assert app.releases[-1].status == "complete"
    assert {one.config["metadata"]["fly_release_version"] for one in app.machines.values()} == {
        str(app.releases[-1].version)
    }
    rows = json.loads(fly.done("secrets", "list", "-a", "storefront", "--json"))
    assert {row["status"] for row in rows} == {"Deployed"}


def test_deploying_secrets_makes_a_release_before_any_machine_is_touched(fly: Fly) -> None:
    fly.done("secrets", "deploy", "--dns-checks=false", "-a", "storefront")
    order = asked(fly)
    wanted = [
        "GraphQL app",
        f"GET {APP}/machines",
        "GraphQL FlyctlConfigCurrentRelease",
        f"GET {APP}",
        "GraphQL LatestImage",
        "POST /api/v1/releases",
        "PATCH /api/v1/releases/{release}",
        f"POST {ONE}",
        f"GET {ONE}/wait?state=started",
        f"DELETE {ONE}/lease",
    ]
    assert [request for request in order if request in wanted] == wanted


def test_a_token_is_made_for_one_app_and_revoked(fly: Fly, app: App) -> None:
    output = fly.done(
        "tokens", "create", "deploy", "-a", "storefront", "-x", "720h", "-n", "ci", "--json"
    )
    assert json.loads(output)["token"].startswith("FlyV1 fm2_")
    made = app.tokens[-1]
    assert made.name == "ci"
    assert (made.expires_at - made.created_at).days == 30
    assert fly.requests == ["GraphQL app", "GraphQL CreateLimitedAccessToken"]
    assert "1 tokens revoked" in fly.done("tokens", "revoke", made.id)
    assert made.revoked_at is not None


def test_revoking_exits_zero_even_when_nothing_was_revoked(fly: Fly) -> None:
    ended = fly.run("tokens", "revoke", "no-such-token")
    assert ended.returncode == 0
    assert "0 tokens revoked" in ended.stdout
    assert "failed to revoke token no-such-token" in ended.stderr


def test_a_read_only_token_is_made_for_an_organisation(fly: Fly) -> None:
    output = fly.done("tokens", "create", "readonly", "acme", "-x", "24h")
    assert output.startswith("FlyV1 fm2_")
    assert fly.requests == ["GraphQL organization", "GraphQL CreateLimitedAccessToken"]
    fly.environment["FLY_ACCESS_TOKEN"] = output.strip()
    fly.done("machine", "list", "-a", "storefront")
    assert fly.run("certs", "add", "www.example.com", "-a", "storefront").returncode == 1


def test_an_app_is_created_in_its_organisation(fly: Fly) -> None:
    fly.done("apps", "create", "storefront-two", "-o", "acme", "-y")
    assert fly.world.apps["storefront-two"].organization == "acme"
    assert fly.requests == [
        "GraphQL organizations",
        "POST /v1/apps?wait=true",
        "GET /v1/apps/storefront-two",
    ]


def test_a_name_somebody_has_is_refused(fly: Fly) -> None:
    ended = fly.run("apps", "create", "storefront", "-o", "acme")
    assert ended.returncode == 1
    assert "already been taken" in ended.stderr


def test_backups_are_made_on_the_clusters_own_generation(fly: Fly) -> None:
    cluster = next(iter(fly.world.clusters.values()))
    before = len(cluster.backups)
    fly.done("mpg", "backup", "create", cluster.id)
    assert len(cluster.backups) == before + 1
