from typing import Any

import pytest

from flytui.checks.backups import test_backups as decide
from flytui.facts.fact import Unseen
from flytui.facts.postgres import Attached, Backups, History, Kept, Snapshots
from flytui.finding import Finding, Status
from flytui.fly.models.postgres import Backup
from flytui.remedy import Command
from flytui.review import basis
from tests.checks.builders import NOW, ago, app, preferences
from tests.checks.people import UNSEEN, backup, cluster, snapshot, volume

MINE = cluster("acme-pg", "storefront")
FRESH = (backup(ago(hours=3), kind="incr"), backup(ago(days=2)))
NOTHING = Kept("storefront", ())


def of_cluster(*taken: Backup, **more: Any) -> History:
    return History((Backups(MINE, taken),), **more)


NONE = History(())


def look(history: History | Unseen = NONE, **more: Any) -> Finding:
    """An app with DATABASE_URL and no volumes, unless something else is said."""
    return decide(
        app(),
        history,
        more.get("attached", Attached(())),
        more.get("unmanaged"),
        more.get("own", NOTHING),
        more.get("names", ("DATABASE_URL",)),
        more.get("at", NOW),
        preferences(),
    )


def kept(*taken: object, app_name: str = "storefront", scheduled: bool | None = True) -> Kept:
    return Kept(app_name, (Snapshots(volume(scheduled=scheduled), taken),))  # type: ignore[arg-type]  # snapshots


def test_fresh_backups_leave_the_drill_to_a_person() -> None:
    found = look(of_cluster(*FRESH))
    assert found.status is Status.MANUAL
    assert "180 days" in found.summary


@pytest.mark.parametrize(
    ("taken", "status"),
    [
        ((), Status.ACTION),
        ((backup(ago(hours=25)),), Status.MANUAL),
        ((backup(ago(hours=27)),), Status.ACTION),
        ((backup(ago(hours=3), status="failed"),), Status.ACTION),
        ((backup(ago(hours=3), status="in_progress"),), Status.ACTION),
        ((backup(ago(hours=3), status="a word of tomorrow"),), Status.MANUAL),
        ((backup(ago(hours=3), kind="incr"),), Status.ADVICE),
        ((backup(ago(hours=3), kind="incr"), backup(ago(days=9))), Status.ADVICE),
    ],
)
def test_backups_have_to_be_fresh(taken: tuple[Backup, ...], status: Status) -> None:
    assert look(of_cluster(*taken)).status is status


def test_a_backup_under_way_has_no_end() -> None:
    found = Backup.model_validate_json(
        '{"id": "b", "status": "running", "type": "full", "start": "2026-09-01T11:00:00Z",'
        ' "stop": ""}'
    )
    assert not found.finished


@pytest.mark.parametrize(
    ("own", "status"),
    [
        (kept(snapshot(ago(hours=5))), Status.MANUAL),
        (kept(snapshot(ago(hours=30))), Status.ACTION),
        (kept(), Status.ACTION),
        (kept(snapshot(ago(hours=5), status="failed")), Status.ACTION),
        (kept(snapshot(ago(hours=5), status="")), Status.ACTION),
        (kept(snapshot(ago(hours=5), status="pending")), Status.ACTION),
        (kept(snapshot(ago(hours=5)), scheduled=False), Status.ACTION),
        (kept(snapshot(ago(hours=5)), scheduled=None), Status.UNKNOWN),
        (Kept("storefront", (Snapshots(volume(), UNSEEN),)), Status.UNKNOWN),
        (Kept("storefront", (Snapshots(volume(created_at=ago(hours=2)), ()),)), Status.ADVICE),
    ],
)
def test_volumes_have_to_have_snapshots(own: Kept, status: Status) -> None:
    assert look(own=own, names=()).status is status


@pytest.mark.parametrize(("archived", "status"), [(True, Status.MANUAL), (False, Status.ADVICE)])
def test_backups_of_fly_postgres_should_leave_its_volumes(archived: bool, status: Status) -> None:
    own = Kept("db", (Snapshots(volume(), (snapshot(ago(hours=5)),)),), archived=archived)
    assert look(unmanaged=own).status is status


ROWS = [
    ("nothing to back up", {"names": ()}, Status.NOT_APPLICABLE),
    ("a database elsewhere", {}, Status.MANUAL),
    ("clusters hidden", {"history": UNSEEN}, Status.UNKNOWN),
    ("attachments hidden", {"attached": UNSEEN, "names": ()}, Status.UNKNOWN),
    ("unmanaged hidden", {"unmanaged": UNSEEN, "names": ()}, Status.UNKNOWN),
    ("volumes hidden", {"own": UNSEEN, "names": ()}, Status.UNKNOWN),
    ("names hidden", {"names": UNSEEN}, Status.UNKNOWN),
    (
        "one cluster's backups hidden",
        {"history": History((Backups(MINE, UNSEEN),))},
        Status.UNKNOWN,
    ),
]


@pytest.mark.parametrize(("more", "status"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_what_is_hidden_is_neither_well_nor_out_of_question(
    more: dict[str, Any], status: Status
) -> None:
    assert look(**more).status is status


def test_a_cluster_that_nothing_leads_to_does_not_count() -> None:
    other = History((Backups(cluster("other-pg"), ()),))
    assert look(other, names=()).status is Status.NOT_APPLICABLE
    assert look(other).status is Status.ACTION


def test_clusters_that_were_not_looked_at_are_named() -> None:
    found = look(of_cluster(*FRESH, skipped=(cluster("third-pg"),)))
    assert [r.status for r in found.resources if "third-pg" in r.id] == [Status.MANUAL]


def test_copies_made_for_practice_are_shown() -> None:
    copies = (cluster("acme-pg-restore"), cluster("old-pg"))
    found = look(of_cluster(*FRESH, destroyed=copies))
    assert "acme-pg-restore, destroyed" in [each.value for each in found.evidence]


def test_a_review_of_a_drill_holds_while_backups_come_and_go() -> None:
    today = look(of_cluster(*FRESH))
    later = (backup(ago(hours=1), kind="incr"), backup(ago(hours=30)))
    assert basis(look(of_cluster(*later))) == basis(today)


def test_a_drill_never_touches_the_source() -> None:
    found = look(of_cluster(*FRESH))
    (drill,) = [r for r in found.remedies if isinstance(r, Command)]
    assert drill.argv[:4] == ("fly", "mpg", "restore", MINE.id)
    assert drill.cost_per_month_usd
    assert "never of the source" in drill.undo
