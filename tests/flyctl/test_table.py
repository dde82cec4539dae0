"""Run through flytui, commands have the effect that another look shows."""

from pathlib import Path

import pytest

from flytui.demo.stand_in import install
from flytui.finding import Status
from tests.flyctl.serving import serving
from tests.flyctl.table import Row, carried, opened, run_one, told
from tests.flyctl.walking import offers_of


async def ran(place: str, item: str, verb: str, folder: Path) -> list[Row]:
    """The item's first command with that word, and what takes it back."""
    (folder / "bin").mkdir()
    (folder / "home").mkdir()
    with serving() as served:
        session = await opened(place, folder / "home", served, install(folder / "bin"))
        every = offers_of(session.assessments)
        offer = next(o for o in every if o.item == item and verb in o.command.argv)
        rows = [await run_one(session, offer, place)]
        back = session.back(session.history()[-1])
        if back is not None:
            rows.append(await carried(session, back, place))
        await session.close()
    return rows


@pytest.mark.parametrize(
    ("place", "item", "verb", "verdicts"),
    [
        ("storefront", "exposure", "release", [Status.OK, Status.ACTION]),
        ("no attachment on record", "production-grade-postgres", "attach", [Status.OK]),
        ("private-api", "test-backups", "enable", [Status.MANUAL]),
    ],
)
async def test_the_verdict_afterwards_is_what_it_should_be(
    place: str, item: str, verb: str, verdicts: list[Status], tmp_path: Path
) -> None:
    rows = await ran(place, item, verb, tmp_path)
    assert [(row.code, row.after.status) for row in rows] == [(0, one) for one in verdicts]
    assert not [row.wrong for row in rows if row.wrong]
    assert any("not offered: fly ext sentry create" in line for line in told(rows))


async def test_a_restored_cluster_is_seen_though_no_app_is_attached_to_it(tmp_path: Path) -> None:
    (row,) = await ran("storefront", "test-backups", "restore", tmp_path)
    assert row.effect
    copies = [e.value for e in row.after.evidence if e.label == "Copies made for practice"]
    assert copies == ["storefront-pg-drill"]


async def test_a_setting_beside_a_volume_is_an_effect(tmp_path: Path) -> None:
    rows = await ran("one-office", "test-backups", "--scheduled-snapshots=true", tmp_path)
    assert rows[0].effect


async def test_an_address_allocated_in_place_of_another_is_taken_back_by_its_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "home").mkdir()
    with serving() as served:
        session = await opened("storefront", tmp_path / "home", served, install(tmp_path / "bin"))
        every = offers_of(session.assessments)
        offer = next(o for o in every if o.item == "exposure" and "release" in o.command.argv)
        await run_one(session, offer, "storefront")
        back = session.back(session.history()[-1])
        assert back is not None
        await carried(session, back, "storefront")
        again = session.back(session.history()[-1])
        addresses = {one.id for one in session.assessments["exposure"].finding.resources}
        await session.close()
    assert again is not None
    assert again.command.argv[:3] == ("fly", "ips", "release")
    assert again.command.argv[3] in addresses
