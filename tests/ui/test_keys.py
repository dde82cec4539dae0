"""Each key of the main screen, and what it says when it cannot act."""

import pytest
from textual.binding import Binding

from flytui.finding import Status
from flytui.ui.board import Place
from flytui.ui.reasons import left_out
from flytui.ui.screens.deciding import DecidingScreen
from flytui.ui.screens.help import HelpScreen
from flytui.ui.widgets.page import Page
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import FakeSession, address, exposed, findings, identity

BY_TEXTUAL = {"tab", "shift+tab", "ctrl+c", "super+c", "ctrl+p"}


async def test_n_goes_round_the_open_items_only() -> None:
    async with driving() as d:
        seen = set()
        for _ in range(40):
            await d.press("n")
            assert d.tree.place is not None
            seen.add(d.tree.place.item)
        open_ = {a.item.id for a in d.session.assessments.values() if a.open}
        assert seen == open_
        assert "secrets" not in seen


async def test_capital_n_goes_back() -> None:
    async with driving() as d:
        await d.at("exposure")
        await d.press("n", "N")
        assert d.tree.place == Place("security", "exposure")


async def test_a_digit_goes_to_a_section() -> None:
    async with driving() as d:
        for number, section in enumerate(d.main.board.checklist.sections, 1):
            await d.press(str(number))
            assert d.tree.place == Place(section.id)


async def test_arrows_and_letters_move_open_and_close() -> None:
    async with driving() as d:
        await d.press("1", "j")
        assert d.tree.place == Place("security", "sso")
        await d.press("k")
        assert d.tree.place == Place("security")
        await d.press("left")
        assert not d.tree.cursor_node.is_expanded  # type: ignore[union-attr]  # the cursor is there
        await d.press("right", "right")
        assert d.tree.place == Place("security", "sso")
        await d.press("left")
        assert d.tree.place == Place("security")


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_and_space_open_and_close(key: str) -> None:
    async with driving() as d:
        await d.at("exposure")
        node = d.tree.cursor_node
        assert node is not None
        await d.press(key)
        assert node.is_expanded
        await d.press(key)
        assert not node.is_expanded


async def test_a_collapsed_section_takes_the_cursor_to_itself() -> None:
    async with driving() as d:
        await d.at("secrets")
        d.tree.toggle(Place("security"))
        await d.settle()
        assert d.tree.place == Place("security")


async def test_o_shows_the_address_where_there_is_no_browser() -> None:
    async with driving() as d:
        await d.at("exposure")
        await d.press("o")
        url = d.main.board.checklist["exposure"].links[0].url
        assert d.outside.copied == [url]
        assert url in d.toasts


async def test_o_opens_a_browser_that_has_a_window_of_its_own() -> None:
    async with driving(graphical=True) as d:
        await d.at("exposure")
        await d.press("o")
        assert d.outside.opened == [d.main.board.checklist["exposure"].links[0].url]
        assert d.outside.copied == []


async def test_capital_d_goes_to_the_dashboard_of_the_app() -> None:
    async with driving() as d:
        await d.press("D")
        assert d.outside.opened == ["https://fly.io/apps/storefront"]


async def test_c_copies_the_command_of_the_resource() -> None:
    async with driving() as d:
        await d.at("exposure", resource=0)
        await d.press("c")
        assert d.outside.copied == ["fly ips release 203.0.113.7 -a storefront"]
        assert d.toasts == ["fly ips release 203.0.113.7 -a storefront"]


async def test_c_asks_which_one_when_there_are_several() -> None:
    async with driving() as d:
        await d.at("exposure")
        await d.press("c", "3")
        assert d.outside.copied == ["fly ips release 2001:db8::1 -a storefront"]


async def test_capital_r_looks_again() -> None:
    async with driving() as d:
        await d.press("R")
        assert d.session.looks == 2


@pytest.mark.parametrize(
    ("at", "key", "words"),
    [
        ("sso", "f", "flytui knows no remedy for this."),
        ("sso", "c", "flytui knows no remedy for this."),
        (
            "sso",
            "u",
            ("No decision of this session is left; `flytui reviews remove` removes an older one."),
        ),
        ("sso", "e", "There is no review to edit: press r or x to make one."),
        (None, "r", "Choose an item first: this is a section."),
        (None, "f", "Choose an item first: this is a section."),
        (None, "o", "Choose an item first: this is a section."),
    ],
)
async def test_a_key_that_cannot_act_says_why(at: str | None, key: str, words: str) -> None:
    async with driving() as d:
        if at:
            await d.at(at)
        else:
            await d.press("1")
        await d.press(key)
        assert d.toasts == [words]
        assert d.app.screen is d.main


async def test_before_the_session_is_there_keys_say_that_flytui_is_starting() -> None:
    async with driving(begin=False) as d:
        await d.press("r", "R")
        assert d.toasts == ["flytui is still starting.", "flytui is still starting."]


async def test_help_keeps_every_key_with_the_reason_it_cannot_act() -> None:
    async with driving() as d:
        await d.press("question_mark")
        words = d.on(HelpScreen).query_one(Page).plain
        assert "Go to the next open item" in words
        assert "now: No decision of this session is left" in words
        assert "Nowhere to go back to yet" in words
        assert "status:   action, advice, ok, manual, unknown" in words
        assert "Shift and drag selects as the terminal does" in words
        for status in Status:
            assert status.replace("_", " ").lower() in words.lower()
        await d.press("escape")
        assert d.app.screen is d.main


async def test_every_key_of_ours_has_an_id_and_a_tooltip() -> None:
    async with driving() as d:
        for active in d.main.active_bindings.values():
            if active.node in (d.main, d.app) and active.binding.key not in BY_TEXTUAL:
                assert active.binding.id, active.binding
                assert active.binding.tooltip, active.binding


async def test_read_only_has_no_key_that_changes_anything() -> None:
    async with driving(read_only=True) as d:
        await d.at("exposure")
        await d.press("r", "x", "u", "e")
        assert d.app.screen is d.main
        assert not {"r", "x", "u", "e"} & set(d.main.active_bindings)
        assert "reviewed" not in d.screen().splitlines()[-1]


def test_the_keys_that_are_left_out_are_those_that_decide() -> None:
    decide = (binding for binding in DecidingScreen.BINDINGS if isinstance(binding, Binding))
    assert left_out() == {binding.key for binding in decide}


@pytest.mark.parametrize("flag", [True, False])
async def test_where_nothing_can_be_decided_its_keys_say_so(flag: bool) -> None:
    async with driving(FakeSession(identity=identity(read_only=True)), read_only=flag) as d:
        await d.at("exposure")
        await d.press("r")
        assert d.toasts == ["READ-ONLY: nothing is decided or changed here."]
        assert d.app.screen is d.main


async def test_the_palette_finds_items_and_actions() -> None:
    async with driving() as d:
        await d.press("colon")
        await d.press(*"flycast")
        await d.app.workers.wait_for_complete()
        await d.settle()
        assert "Set up Flycast for private apps" in d.screen()


async def palette(d: Driven, typed: str) -> str:
    """The screen with the palette open and that typed into it."""
    await d.press("colon")
    await d.press(*typed)
    await d.app.workers.wait_for_complete()
    await d.settle()
    return d.screen()


async def test_the_palette_finds_resources_with_the_name_of_their_item() -> None:
    async with driving() as d:
        shown = await palette(d, "2001:db8")
        assert "2001:db8::1  address" in shown
        assert "In Make sure private services are not exposed" in shown
        await d.press("down", "enter")
        await d.settle()
        assert d.tree.place == Place("security", "exposure", ("address", "2001:db8::1", 0))


async def test_the_palette_calls_sections_by_their_names() -> None:
    async with driving() as d:
        shown = await palette(d, "networking")
        assert "Networking (5)" in shown
        assert "Section 5" not in shown


async def test_the_palette_says_why_an_action_cannot_be_done() -> None:
    async with driving() as d:
        assert "No decision of this session is left" in await palette(d, "undo")


@pytest.mark.parametrize("text", ["[/etc]", "[@click=app.quit]x[/]", "a [b c] d [/"])
async def test_the_palette_shows_names_from_outside_literally(text: str) -> None:
    found = findings(exposure=exposed(address(text)))
    async with driving(FakeSession(found)) as d:
        assert f"{text}  address" in await palette(d, text)


async def test_q_ends_with_zero() -> None:
    async with driving() as d:
        await d.press("q")
        assert (d.app.return_code or 0) == 0


async def test_n_says_when_nothing_is_open() -> None:
    ok = findings()["secrets"]
    async with driving(FakeSession(dict.fromkeys(findings(), ok))) as d:
        await d.press("n")
        assert d.toasts == ["No other item is open."]
