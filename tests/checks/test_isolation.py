from typing import Any

import pytest

from flytui.checks.isolation import isolation
from flytui.facts.organization import Sibling
from flytui.finding import Finding, Status
from flytui.fly.claims import Permission
from flytui.remedy import Command
from tests.checks.builders import app, flycast
from tests.checks.people import (
    UNSEEN,
    claims,
    member,
    neighbour,
    organization,
    permission,
    replays,
)

OWN, STAGING = organization("acme"), organization("acme-staging")
TEAM = (member("ada@example.com", admin=True), member("ben@example.com"))


def look(*apps: Any, **more: Any) -> Finding:
    """A production app with a staging organisation apart, unless something else is said."""
    name = more.pop("name", "storefront")
    subject = app(name).model_copy(update={"organization": more.pop("own", OWN)})
    return isolation(
        subject,
        more.get("claims", claims()),
        more.get("apps", (neighbour(name), *apps)),
        more.get("organizations", (OWN, STAGING)),
        more.get("siblings", (Sibling(STAGING, TEAM[:1]),)),
        more.get("members", TEAM),
        more.get("replays", replays()),
        more.get("addresses", ()),
    )


def test_production_apart_from_staging_is_well() -> None:
    assert look(neighbour("storefront-db", role="postgres_cluster")).status is Status.OK


@pytest.mark.parametrize(
    "name",
    ["shop-staging", "shop_dev", "qa.shop", "preview-shop", "pr-12-acme-shop", "sandbox", "test"],
)
def test_a_name_of_staging_or_testing_does_not_belong_beside_production(name: str) -> None:
    found = look(neighbour(name))
    assert found.status is Status.ACTION
    assert name in found.summary


@pytest.mark.parametrize("name", ["developers", "latest-prices", "pr-office", "contest"])
def test_parts_of_words_say_nothing(name: str) -> None:
    assert look(neighbour(name)).status is Status.OK


def test_on_another_network_it_is_advice() -> None:
    assert look(neighbour("shop-staging", network="apart")).status is Status.ADVICE


@pytest.mark.parametrize(
    "made",
    [
        neighbour("fly-builder-dev"),
        neighbour("flyctl-interactive-shells-dev"),
        neighbour("cool-test-12", role="remote-docker-builder"),
    ],
)
def test_apps_that_fly_made_for_itself_do_not_count(made: Any) -> None:
    assert look(made).status is Status.OK


def test_beside_a_staging_app_it_is_production_that_is_out_of_place() -> None:
    found = look(neighbour("shop-production"), neighbour("shop-dev"), name="shop-staging")
    rows = {r.id: r.status for r in found.resources if r.kind == "app"}
    assert rows == {"shop-production": Status.ACTION, "shop-dev": Status.OK}


def test_a_fly_postgres_app_is_not_offered_to_be_moved() -> None:
    found = look(neighbour("staging-db", role="postgres_cluster"))
    assert found.status is Status.ACTION
    assert not [r for r in found.remedies if isinstance(r, Command) and "move" in r.argv]


def test_moving_an_app_tells_what_fly_leaves_behind() -> None:
    found = look(neighbour("staging-shop"))
    moves = [r for r in found.remedies if isinstance(r, Command) and "move" in r.argv]
    assert moves
    assert all("agent" in r.changes and "WireGuard peer" in r.changes for r in moves)


ROWS = [
    ("replays from every network", {"replays": replays(everywhere=True)}, Status.ADVICE),
    ("replays from staging", {"replays": replays("acme-staging")}, Status.ADVICE),
    ("replays from production", {"replays": replays("acme-edge")}, Status.OK),
    (
        "a Flycast address elsewhere",
        {"addresses": (flycast(network="default", network_organization="other"),)},
        Status.ADVICE,
    ),
    (
        "a Flycast address at home",
        {"addresses": (flycast(network="default", network_organization="acme"),)},
        Status.OK,
    ),
    (
        "everybody an admin",
        {"members": tuple(m.model_copy(update={"role": "ADMIN"}) for m in TEAM)},
        Status.ADVICE,
    ),
    ("the same members as staging", {"siblings": (Sibling(STAGING, TEAM),)}, Status.ADVICE),
    ("a personal organisation", {"own": organization(personal=True)}, Status.ADVICE),
    ("no staging to be seen", {"organizations": (OWN,), "siblings": ()}, Status.MANUAL),
]


@pytest.mark.parametrize(("more", "status"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_what_crosses_the_line_is_advice(more: dict[str, Any], status: Status) -> None:
    assert look(**more).status is status


@pytest.mark.parametrize(
    ("of", "status"),
    [
        (permission(asked=False), Status.UNKNOWN),
        (Permission((), (), None, read_only=False, agreements=()), Status.MANUAL),
    ],
)
def test_a_token_of_one_organisation_leaves_open_where_staging_is(
    of: Permission, status: Status
) -> None:
    narrow = claims(of, person=False)
    found = look(claims=narrow, organizations=(OWN,), siblings=())
    assert found.status is status


@pytest.mark.parametrize(
    "hidden", ["apps", "organizations", "siblings", "members", "replays", "addresses"]
)
def test_what_is_not_seen_is_never_well(hidden: str) -> None:
    found = look(**{hidden: UNSEEN})
    assert found.status is Status.UNKNOWN
    assert found.unseen == UNSEEN


@pytest.mark.parametrize("hidden", ["organizations", "siblings", "members", "replays"])
def test_what_is_found_is_said_whatever_else_is_hidden(hidden: str) -> None:
    found = look(neighbour("shop-staging"), **{hidden: UNSEEN})
    assert found.status is Status.ACTION


def test_among_a_great_many_apps_those_out_of_place_have_rows_first() -> None:
    fine = [neighbour(f"app-{n}") for n in range(80)]
    wrong = [neighbour(f"app-{n}-staging") for n in range(60)]
    few, many = look(*fine, *wrong[:20]), look(*fine, *wrong)
    rows = [row for row in few.resources if row.kind == "app"]
    assert [len(rows), sum(row.status is Status.ACTION for row in rows)] == [50, 20]
    assert few.summary.startswith("20 apps")
    assert many.summary.startswith("At least 50 apps")
    told = {each.label: each.value for each in many.evidence}
    assert told["Not listed below"] == "90 more apps, 10 of them out of place"
