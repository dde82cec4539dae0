"""Commands that only look: what they ask, in which order, and that their JSON is JSON."""

import json

import pytest

from tests.flyctl.conftest import Fly

APP = "/v1/apps/storefront"
READING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("auth whoami --json", ("GraphQL viewer",)),
    ("orgs list --json", ("GraphQL organizations",)),
    ("orgs show acme --json", ("GraphQL organization",)),
    ("apps list --json", ("GraphQL apps",)),
    ("apps list --json -o acme", ("GraphQL organization", "GraphQL apps")),
    ("status -a storefront --json", ("GraphQL app", f"GET {APP}/machines")),
    ("releases -a storefront --json", ("GraphQL app",)),
    ("config show -a storefront", ("GraphQL FlyctlConfigCurrentRelease",)),
    ("checks list -a storefront --json", (f"GET {APP}/machines",)),
    ("machine list -a storefront --json", (f"GET {APP}/machines",)),
    ("scale show -a storefront --json", (f"GET {APP}/machines",)),
    ("ips list -a storefront --json", ("GraphQL app",)),
    ("certs list -a storefront --json", (f"GET {APP}/certificates?limit=50",)),
    (
        "secrets list -a storefront --json",
        (
            f"GET {APP}/secrets",
            f"GET {APP}/machines",
            "GET /api/v1/apps/storefront/releases?limit=20",
        ),
    ),
    ("volumes list -a storefront --json", ("GraphQL app", f"GET {APP}/volumes")),
    (
        "mpg list -o acme --json",
        (
            "GraphQL organization",
            "GraphQL GetOrganization",
            "GET /api/v1/organizations/acme/postgres",
        ),
    ),
)


@pytest.mark.parametrize(("command", "requests"), READING, ids=[row[0] for row in READING])
def test_a_reading_command_asks_what_fly_asks_and_prints_json(
    fly: Fly, command: str, requests: tuple[str, ...]
) -> None:
    output = fly.done(*command.split())
    assert tuple(fly.requests) == requests
    json.loads(output)


def test_whoami_tells_the_token_of_a_macaroon_and_the_person_of_a_login(fly: Fly) -> None:
    parts = fly.environment["FLY_ACCESS_TOKEN"].removeprefix("FlyV1 ").split(",")
    fly.environment["FLY_ACCESS_TOKEN"] = ",".join(p for p in parts if p.startswith("fm2_"))
    assert fly.done("auth", "whoami").endswith("@tokens.fly.io\n")
    fly.environment["FLY_ACCESS_TOKEN"] = "fo1_simulator"
    assert json.loads(fly.done("auth", "whoami", "--json"))["email"] == "ada@example.com"


def test_organisations_are_listed_by_slug(fly: Fly) -> None:
    assert json.loads(fly.done("orgs", "list", "--json"))["acme"] == "Acme"


def test_the_machine_list_is_the_worlds(fly: Fly) -> None:
    listed = json.loads(fly.done("machine", "list", "-a", "storefront", "--json"))
    assert {one["id"] for one in listed} == set(fly.world.apps["storefront"].machines)


def test_scale_show_counts_each_process_group(fly: Fly) -> None:
    rows = json.loads(fly.done("scale", "show", "-a", "storefront", "--json"))
    assert {row["Process"]: row["Count"] for row in rows} == {"web": 2, "worker": 1}


def test_a_secret_set_after_the_last_release_is_staged(fly: Fly) -> None:
    rows = json.loads(fly.done("secrets", "list", "-a", "storefront", "--json"))
    states = {row["name"]: row["status"] for row in rows}
    assert states["SEARCH_API_KEY"] == "Staged"
    assert states["DATABASE_URL"] == "Deployed"


def test_tokens_are_listed_without_their_values(fly: Fly) -> None:
    output = fly.done("tokens", "list", "-a", "storefront")
    assert "github-actions" in output
    assert "fm2_" not in output


def test_the_newest_log_lines_are_read_once(fly: Fly) -> None:
    output = fly.done("logs", "--no-tail", "-a", "storefront")
    assert fly.requests == ["GET /api/v1/apps/storefront/logs?next_token="]
    assert all(line.message in output for line in fly.world.apps["storefront"].logs)


def test_an_unknown_app_ends_with_one_and_says_so(fly: Fly) -> None:
    ended = fly.run("status", "-a", "no-such-app")
    assert ended.returncode == 1
    assert 'Could not find App "no-such-app"' in ended.stderr


def test_a_token_nobody_knows_ends_with_one(fly: Fly) -> None:
    fly.environment["FLY_ACCESS_TOKEN"] = "fo1_nobody"
    assert fly.run("auth", "whoami").returncode == 1


def test_managed_postgres_wants_a_macaroon(fly: Fly) -> None:
    fly.environment["FLY_ACCESS_TOKEN"] = "fo1_simulator"
    ended = fly.run("mpg", "list", "-o", "acme")
    assert ended.returncode == 1
    assert "older-style tokens" in ended.stderr
