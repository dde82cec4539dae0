"""A file is written only as it was shown and after a key for it; steps come in their order."""

from dataclasses import replace
from pathlib import Path

from textual.widgets import OptionList

from flytui.edits.operations import Put, Table
from flytui.finding import Evidence, Finding, Status
from flytui.remedy import Edit, Step, Steps
from flytui.ui.screens.card import CardScreen
from flytui.ui.screens.choice import ChoiceScreen
from flytui.ui.screens.edit import EditScreen
from flytui.ui.widgets.page import Page
from tests.ui.driving import driving
from tests.ui.fake_session import FakeSession, allocate, findings, identity, release

SWAP = Edit(
    "fly.toml",
    "Enable swap",
    "It carries the app over a peak.",
    "swap_size_mb = 512",
    operations=(Put(Table(), ("swap_size_mb",), 512),),
)


def with_swap(tmp_path: Path, **changes: object) -> FakeSession:
    finding = Finding(Status.ADVICE, "No swap.", remedies=(SWAP,))
    session = FakeSession(findings(custom_domain=finding), identity=identity(**changes))
    session.checkout = tmp_path
    (tmp_path / "fly.toml").write_text("app = 'storefront' # the shop\n")
    return session


async def test_the_difference_is_shown_and_only_w_writes_it(tmp_path: Path) -> None:
    async with driving(with_swap(tmp_path)) as d:
        await d.at("custom-domain")
        await d.press("f")
        d.on(EditScreen)
        assert "+swap_size_mb = 512" in d.screen()
        assert (tmp_path / "fly.toml").read_text() == "app = 'storefront' # the shop\n"
        await d.press("w")
        assert (tmp_path / "fly.toml").read_text().endswith("# the shop\nswap_size_mb = 512\n")
        assert "Written: fly.toml" in d.screen()
        assert "fly accepts the file." in d.screen()
        await d.press("w", "enter")
        assert d.app.screen is d.main


async def test_what_came_of_it_is_in_sight_on_a_small_screen(tmp_path: Path) -> None:
    async with driving(with_swap(tmp_path), size=(50, 12)) as d:
        await d.at("custom-domain")
        await d.press("f")
        assert "This would be written to fly.toml:" in d.screen()
        await d.press("w")
        assert "fly accepts the file." in d.screen()
        assert "would be written" not in d.on(EditScreen).query_one("#head", Page).plain
        assert "This was written to" in d.on(EditScreen).query_one("#head", Page).plain


async def test_an_item_that_is_as_it_was_is_no_news(tmp_path: Path) -> None:
    session = with_swap(tmp_path)
    async with driving(session) as d:
        await d.at("custom-domain")
        await d.press("f")
        before = session.assessments["sso"]
        screen = d.on(EditScreen)
        screen._before = dict(session.assessments)
        more = replace(before.finding, evidence=(Evidence("Members", "3", "members"),))
        screen._now(replace(before, finding=more))
        assert screen._outcome == []
        screen._now(replace(before, finding=replace(before.finding, summary="It is different.")))
        assert "It is different." in screen._outcome[0].everything.plain


async def test_read_only_shows_the_difference_and_writes_nothing(tmp_path: Path) -> None:
    async with driving(with_swap(tmp_path, read_only=True)) as d:
        await d.at("custom-domain")
        await d.press("f")
        assert "+swap_size_mb = 512" in d.screen()
        assert "w write" not in d.screen()
        await d.press("w")
        assert "swap" not in (tmp_path / "fly.toml").read_text()


async def test_an_edit_that_cannot_be_made_says_why_and_what_to_write(tmp_path: Path) -> None:
    session = with_swap(tmp_path)
    (tmp_path / "fly.toml").unlink()
    async with driving(session) as d:
        await d.at("custom-domain")
        await d.press("f")
        assert "By hand: There is no fly.toml here." in d.screen()
        assert "swap_size_mb = 512" in d.screen()


async def test_a_later_step_cannot_be_chosen_before_its_time() -> None:
    first, then = allocate(), release()
    steps = Steps(
        "Move it behind Flycast",
        "Nobody reaches it otherwise.",
        (Step(first, "a Flycast address", seen=False), Step(then, "no public address")),
    )
    found = Finding(Status.ACTION, "Public.", remedies=(first, then), steps=(steps,))
    async with driving(FakeSession(findings(exposure=found))) as d:
        await d.at("exposure")
        await d.press("f", "2")
        screen = d.on(ChoiceScreen)
        assert screen.query_one(OptionList).get_option_at_index(1).disabled
        assert "waits: first a Flycast address" in d.screen()
        await d.press("escape")
        done = replace(steps, steps=(replace(steps.steps[0], seen=True), steps.steps[1]))
        d.session.found["exposure"] = replace(found, steps=(done,))
        await d.press("R", "f", "2")
        d.on(CardScreen)


async def test_v_rehearses_and_leads_back_to_the_card() -> None:
    async with driving() as d:
        await d.at("exposure", resource=0)
        await d.press("f", "v")
        shown = d.screen()
        assert "nothing is sent to Fly.io" in shown
        assert "! Custom domain" in shown
        assert "It is down." in shown
        assert d.session.ran == []
        await d.press("escape")
        d.on(CardScreen)
