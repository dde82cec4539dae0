from typing import Any

import pytest

from flytui.checks.production_postgres import production_grade_postgres
from flytui.facts.postgres import Attached, Unmanaged
from flytui.finding import Finding, Status
from flytui.fly.models.postgres import Attachment
from flytui.remedy import Command
from tests.checks.builders import app, machine
from tests.checks.people import UNSEEN, cluster

GIVEN = (Attachment(database_name="storefront", environment_variable_name="DATABASE_URL"),)
MINE = cluster("acme-pg", "storefront")
USED = Attached((("storefront-db", GIVEN),))
NAMES = ("DATABASE_URL",)


def look(**more: Any) -> Finding:
    """An app with DATABASE_URL and nothing on record, unless something else is said."""
    definition = more.pop("definition", {"primary_region": "ams"})
    subject = app(role=more.pop("role", None), definition=definition)
    return production_grade_postgres(
        subject,
        more.get("names", NAMES),
        more.get("clusters", ()),
        more.get("apps", ()),
        more.get("attached", Attached(())),
        more.get("unmanaged"),
        more.get("machines", ()),
    )


def test_an_attached_cluster_that_is_ready_is_well() -> None:
    assert look(clusters=(MINE,)).status is Status.OK


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"status": "creating"}, "creating"),
        ({"replicas": 0}, "no replica"),
        ({"plan": "Basic"}, "plan Basic"),
        ({"plan": "starter"}, "plan starter"),
        ({"plan": "development"}, "plan development"),
        ({"region": "ord"}, "ord"),
    ],
)
def test_a_cluster_that_could_be_better_is_advice(more: dict[str, Any], word: str) -> None:
    found = look(clusters=(cluster("acme-pg", "storefront", **more),))
    assert found.status is Status.ADVICE
    assert word in found.summary


def test_postgres_that_one_runs_oneself_is_something_to_do() -> None:
    runs = Unmanaged("storefront-db", (machine(env={"FLY_SCALE_TO_ZERO": "1h"}),))
    found = look(apps=("storefront-db",), attached=USED, unmanaged=runs)
    assert found.status is Status.ACTION
    (row,) = found.resources
    assert ("Scaling", "scales to zero") in [(e.label, e.value) for e in row.evidence]


def test_it_is_something_to_do_beside_a_managed_cluster_too() -> None:
    assert look(clusters=(MINE,), apps=("storefront-db",), attached=USED).status is Status.ACTION


@pytest.mark.parametrize("definition", [None, {}])
@pytest.mark.parametrize(
    ("machines", "status"),
    [
        ((machine("1", region="ams"), machine("2", region="fra")), Status.OK),
        ((machine("1", region="fra"),), Status.ADVICE),
        ((machine("1", region="fra"), machine("2", group="fly_app_console")), Status.ADVICE),
        ((), Status.OK),
        (UNSEEN, Status.UNKNOWN),
    ],
)
def test_without_a_primary_region_the_machines_tell_where_the_app_is(
    definition: dict[str, Any] | None, machines: object, status: Status
) -> None:
    found = look(clusters=(MINE,), definition=definition, machines=machines)
    assert found.status is status


ROWS = [
    ("neither name nor attachment", {"names": ()}, Status.NOT_APPLICABLE),
    ("a cluster without attachment", {"clusters": (cluster(),)}, Status.ADVICE),
    ("a Postgres app without attachment", {"apps": ("storefront-db",)}, Status.MANUAL),
    (
        "a cluster and a Postgres app, neither attached",
        {"clusters": (cluster(),), "apps": ("storefront-db",)},
        Status.MANUAL,
    ),
    ("a name that leads elsewhere", {}, Status.MANUAL),
    ("Postgres apps not looked into", {"attached": Attached((), ("d", "e"))}, Status.UNKNOWN),
]


@pytest.mark.parametrize(("more", "status"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_without_an_attachment_on_record_nothing_is_said_to_be_well(
    more: dict[str, Any], status: Status
) -> None:
    assert look(**more).status is status


@pytest.mark.parametrize("hidden", ["clusters", "attached", "names"])
def test_what_is_not_seen_is_neither_well_nor_out_of_question(hidden: str) -> None:
    for names in (NAMES, ()):
        assert look(**{"names": names, hidden: UNSEEN}).status is Status.UNKNOWN


@pytest.mark.parametrize("hidden", ["attached"])
def test_a_managed_cluster_is_not_enough_while_an_unmanaged_one_may_hide(hidden: str) -> None:
    assert look(clusters=(MINE,), **{hidden: UNSEEN}).status is Status.UNKNOWN


def test_a_managed_cluster_is_not_enough_while_postgres_apps_were_not_looked_into() -> None:
    found = look(clusters=(MINE,), attached=Attached((), ("storefront-db",)))
    assert found.status is Status.UNKNOWN
    assert found.unseen


def test_the_cluster_of_another_app_is_not_held_against_this_one() -> None:
    other = cluster("billing-pg", "billing", replicas=0)
    assert look(clusters=(MINE, other)).status is Status.OK


@pytest.mark.parametrize(("name", "offered"), [("MPG_DATABASE_URL", False), ("DATABASE_URL", True)])
def test_a_cluster_is_offered_only_where_the_secret_it_sets_is_free(
    name: str, offered: bool
) -> None:
    found = look(names=(name,), clusters=(cluster(),))
    lines = [r.line for r in found.remedies if isinstance(r, Command)]
    assert any("mpg attach" in line for line in lines) is offered


def test_what_runs_an_unmanaged_database_is_said_even_if_clusters_are_hidden() -> None:
    found = look(clusters=UNSEEN, apps=("storefront-db",), attached=USED)
    assert found.status is Status.ACTION


@pytest.mark.parametrize(
    ("machines", "status"),
    [
        ((machine("1"), machine("2")), Status.ADVICE),
        ((machine("1"),), Status.ACTION),
        ((machine("1"), machine("2", group="fly_app_release_command")), Status.ACTION),
        ((), Status.ACTION),
        ((machine("1"), machine("2", env={"FLY_SCALE_TO_ZERO": "1h"})), Status.ACTION),
        (UNSEEN, Status.UNKNOWN),
    ],
)
def test_a_fly_postgres_app_has_a_profile_of_its_own(machines: object, status: Status) -> None:
    assert look(role="postgres_cluster", machines=machines).status is status


def test_a_builder_has_no_database() -> None:
    assert look(role="remote-docker-builder").status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(("region", "blanks"), [("ams", 0), ("otp", 1), ("", 1)])
def test_a_new_cluster_says_what_it_costs_and_keeps_its_secret(region: str, blanks: int) -> None:
    subject = app(definition={"primary_region": region})
    found = production_grade_postgres(subject, NAMES, (), ("storefront-db",), USED, None, ())
    (create,) = [r for r in found.remedies if isinstance(r, Command)]
    assert create.prints_secret
    assert create.cost_per_month_usd
    assert len(create.blanks) == blanks
