"""Apps beside each other: what they share is asked for once, and nothing is asked for twice."""

import re
from pathlib import Path

import pytest

from flytui.common import WIDE, whole
from flytui.demo.state import App as DemoApp
from flytui.estate import complete
from flytui.finding import Status
from flytui.fly.errors import FlyError
from flytui.recent import Recent
from flytui.review import Decision
from tests.organization.worlds import Measured, measured
from tests.simulated import found

ONCE = ("members", "thirdPartyConfigurations", "paidSupportEmail", "vmSizes", "accessTokens")
"""Fields of GraphQL that say the same of every app."""


async def looked(world: Measured, number: int) -> dict[str, int]:
    """How often each thing was asked for, once so many apps were looked at."""
    apps = await world.listed()
    for name in sorted(apps)[:number]:
        await world.look(apps[name])
    asked = world.asked
    counts = {field: sum(field in one for one in asked) for field in ONCE}
    counts["machines of all"] = sum(one.endswith("/orgs/acme/machines") for one in asked)
    counts["all"] = len(asked)
    return counts


async def test_what_apps_have_in_common_is_asked_for_once(tmp_path: Path) -> None:
    async with measured(tmp_path / "few", 12) as few:
        two = await looked(few, 2)
    async with measured(tmp_path / "many", 12) as many:
        six = await looked(many, 6)
    shared = {name: number for name, number in two.items() if name != "all"}
    assert {name: number for name, number in six.items() if name != "all"} == shared
    assert (six["all"] - two["all"]) / 4 <= 12


async def test_an_app_looked_at_again_asks_for_nothing(tmp_path: Path) -> None:
    async with measured(tmp_path, 4) as world:
        apps = await world.listed()
        session = await world.look(apps[world.app])
        before = len(world.asked)
        assert complete(world.estate.open(world.app, world.organization))
        assert world.estate.open(world.app) is session
        assert len(world.asked) == before


async def test_every_item_is_found_as_in_a_session_of_its_own(tmp_path: Path) -> None:
    async with measured(tmp_path / "estate") as world:
        apps = await world.listed()
        # Another app is the first, and so asks for what they share.
        await world.look(apps["acme-edge"])
        session = await world.look(apps[world.app])
        mine = {i: a.finding.status for i, a in session.assessments.items()}
    async with measured(tmp_path / "alone") as world:
        alone = await found(world.simulated.session())
        assert mine == {i: a.finding.status for i, a in alone.items()}


async def test_the_folder_of_another_app_says_nothing_about_this_one(tmp_path: Path) -> None:
    async with measured(tmp_path, 4) as world:
        apps = await world.listed()
        session = await world.look(apps["acme-edge"])
        resting = session.resting_on(["checkout"])
        finding = session.assessments["deploy-with-github-actions"].finding
        assert finding.status is Status.UNKNOWN
        assert finding.unseen is not None
        assert "does not name acme-edge" in finding.unseen.cause
        assert not [
            item
            for item in ("arcjet", "review-apps")
            if session.assessments[item].finding.status is Status.OK
        ]
        assert resting


async def test_the_items_of_the_organisation_rest_on_what_its_apps_share(tmp_path: Path) -> None:
    async with measured(tmp_path) as world:
        checks = world.estate.ground.everything.checks
        own = world.estate.shared_items
        assert own == {"sso", "email-support"}
        for item in own:
            assert whole(checks[item])
            assert {f.name for f in checks[item].facts} & WIDE


async def test_the_apps_are_told_page_by_page_to_the_end(tmp_path: Path) -> None:
    async with measured(tmp_path, 230) as world:
        pages = [page async for page in world.estate.apps()]
        assert [len(page) for page in pages] == [200, 30]
        names = {one.name for page in pages for one in page}
        assert len(names) == 230


async def test_an_app_is_told_with_what_helps_to_choose_it(tmp_path: Path) -> None:
    async with measured(tmp_path) as world:
        world.simulated.scenario.world.apps["acme-edge"].suspended = True
        builder = DemoApp("b", 1, "fly-builder-calm-1", "acme", world.simulated.scenario.world.now)
        world.simulated.scenario.world.apps[builder.name] = builder
        told = {one.name: one for page in [p async for p in world.estate.apps()] for one in page}
        assert told["acme-edge"].suspended
        assert told["storefront"].organization == "acme"
        assert told["storefront"].deployed_at is not None
        assert [name for name, one in told.items() if one.tooling] == [builder.name]
        assert builder.name not in await world.listed()


async def test_a_token_of_one_app_sees_that_app(tmp_path: Path) -> None:
    async with measured(tmp_path, scenario="scoped-token") as world:
        names = [one.name for page in [p async for p in world.estate.apps()] for one in page]
        assert names == [world.app]
        with pytest.raises(FlyError):
            await world.listed()


async def test_looking_anew_asks_once_more_for_what_is_shared(tmp_path: Path) -> None:
    async with measured(tmp_path, 4) as world:
        apps = await world.listed()
        for name in ("storefront", "acme-edge"):
            await world.look(apps[name])
        before = len(world.asked)
        world.estate.forget(world.organization)
        for name in ("storefront", "acme-edge"):
            await world.look(apps[name])
        again = world.asked[before:]
        assert sum(bool(re.search(r"\bpaidSupportEmail\b", one)) for one in again) == 1


def test_the_app_opened_last_is_the_first_of_the_recent_ones(tmp_path: Path) -> None:
    recent = Recent(tmp_path / "state" / "recent.json")
    for name in ("one", "two", "one"):
        recent.add(name)
    assert recent.names() == ("one", "two")
    assert [path.name for path in recent._path.parent.iterdir()] == ["recent.json"]


@pytest.mark.parametrize("text", ["", "{", '{"a": 1}', '["../x", 3, "good"]', "[" * 9_000])
def test_a_file_of_recent_apps_that_was_not_written_here_is_harmless(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "recent.json").write_text(text)
    assert set(Recent(tmp_path / "recent.json").names()) <= {"good"}


def test_recent_apps_that_cannot_be_kept_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    recent = Recent(tmp_path / "file" / "recent.json")
    recent.add("one")
    assert recent.names() == ()


async def test_a_decision_about_the_organisation_is_told_in_its_other_apps(tmp_path: Path) -> None:
    async with measured(tmp_path) as world:
        apps = await world.listed()
        one, other = await world.look(apps["storefront"]), await world.look(apps["acme-edge"])
        told = world.estate.inherited("acme-edge", "email-support")
        assert told == "It is the same for every app of acme, whose row counts it once."
        one.decide("email-support", Decision.REVIEWED, "Standard plan is enough.")
        told = world.estate.inherited("acme-edge", "email-support")
        assert f"{one.by} decided it in storefront: reviewed." in told
        assert not other.assessments["email-support"].settled
        assert world.estate.inherited("acme-edge", "exposure") == ""
