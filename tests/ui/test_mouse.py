"""The mouse does what the keys do, and a click on somebody else's text does nothing."""

import pytest
from textual.events import MouseScrollDown
from textual.widget import Widget

from flytui.ui.board import Place
from flytui.ui.screens.card import CardScreen
from flytui.ui.screens.help import HelpScreen
from flytui.ui.widgets.detail import Detail
from flytui.ui.widgets.page import Page
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import FakeSession, exposed, findings

EXPOSURE = Place("security", "exposure")


def at(d: Driven, words: str, *, beyond: int = 0) -> tuple[int, int]:
    """Where on the screen those words stand, right of so many columns; the first of them."""
    for y, line in enumerate(d.screen().splitlines()):
        x = line.find(words, beyond)
        if x >= 0:
            return x, y
    raise AssertionError(f"{words!r} is not on the screen:\n{d.screen()}")


async def click(d: Driven, words: str, *, beyond: int = 0, right: int = 0) -> None:
    x, y = at(d, words, beyond=beyond)
    await d.pilot.click(offset=(x + right, y))
    await d.settle()


async def wheel(d: Driven, over: Widget) -> None:
    """Turn the wheel down with the pointer over the middle of the widget."""
    x, y = over.region.center
    for _ in range(3):
        event = MouseScrollDown(over, int(x), int(y), 0, 1, 0, False, False, False, int(x), int(y))
        d.app.post_message(event)
    await d.settle()


async def test_a_click_on_a_row_selects_it_and_opens_nothing() -> None:
    async with driving() as d:
        await click(d, "Make sure private")
        assert d.tree.place == EXPOSURE
        node = d.tree.cursor_node
        assert node is not None
        assert not node.is_expanded
        assert "2 public addresses" in d.detail


async def test_a_second_click_on_the_row_enters_it() -> None:
    async with driving() as d:
        await click(d, "▸ ✗ Make sure private", right=6)
        await click(d, "▸ ✗ Make sure private", right=6)
        assert "203.0.113.7  address" in d.screen()


async def test_a_click_on_the_sign_opens_and_closes_and_leaves_the_cursor() -> None:
    async with driving() as d:
        here = d.tree.place
        await click(d, "▸ ✗ Make sure private")
        assert "203.0.113.7  address" in d.screen()
        assert d.tree.place == here
        await click(d, "▾ ✗ Make sure private")
        assert "203.0.113.7  address" not in d.screen()


async def test_in_one_column_a_second_click_reads() -> None:
    async with driving(size=(50, 20)) as d:
        await click(d, "Make sure private")
        assert "What we found" not in d.screen()
        await click(d, "Make sure private")
        assert "What we found" in d.screen()


async def test_the_wheel_scrolls_the_pane_under_the_pointer_and_moves_no_cursor() -> None:
    async with driving(size=(100, 24)) as d:
        await d.at("exposure")
        here, pane = d.tree.place, d.main.query_one(Detail)
        top = d.tree.scroll_offset.y
        await wheel(d, pane)
        assert pane.scroll_offset.y > 0
        assert d.tree.scroll_offset.y == top
        read = pane.scroll_offset.y
        await wheel(d, d.tree)
        assert d.tree.scroll_offset.y > top
        assert pane.scroll_offset.y == read
        assert d.tree.place == here


async def test_a_click_on_a_remedy_opens_its_card() -> None:
    async with driving() as d:
        await d.at("exposure")
        await click(d, "Release 2001:db8::1", beyond=50)
        card = d.on(CardScreen)
        assert "fly ips release 2001:db8::1 -a storefront" in card.query_one(Page).plain
        await d.press("escape")
        assert d.session.ran == []


async def test_a_click_on_the_page_opens_a_link_of_the_checklist() -> None:
    async with driving(graphical=True, size=(120, 60)) as d:
        await d.at("exposure")
        url = d.main.board.checklist["exposure"].links[0].url
        await click(d, url[:30], beyond=50)
        assert d.outside.opened == [url]


async def test_a_click_on_text_from_outside_does_nothing() -> None:
    text = "[@click=app.quit]x[/] https://evil.example"
    found = findings(exposure=exposed())
    session = FakeSession(found)
    session.found["exposure"] = type(found["exposure"])(found["exposure"].status, text)
    async with driving(session, graphical=True) as d:
        await d.at("exposure")
        await click(d, "x[/]", beyond=50)
        await click(d, "https://evil.example", beyond=50)
        assert d.app.return_code is None
        assert d.app.screen is d.main
        assert d.outside.opened == []


async def test_the_keys_in_the_last_line_can_be_clicked() -> None:
    async with driving() as d:
        await click(d, "? help")
        d.on(HelpScreen)


@pytest.mark.parametrize("key", ["c", "ctrl+c"])
async def test_selected_text_is_what_is_copied(key: str) -> None:
    async with driving() as d:
        await d.at("exposure")
        x, y = at(d, "2 public addresses", beyond=50)
        await d.pilot.mouse_down(offset=(x, y))
        await d.pilot.hover(offset=(x + 17, y))
        await d.pilot.mouse_up(offset=(x + 17, y))
        await d.press(key)
        assert d.outside.copied == ["2 public addresses"]
        await d.press("ctrl+c")
        assert d.toasts[-1] == "Press Ctrl+C again, or q, to leave flytui."


async def test_a_selection_that_ends_on_a_remedy_opens_nothing() -> None:
    async with driving() as d:
        await d.at("exposure")
        start, end = at(d, "What to do", beyond=50), at(d, "Release 2001:db8::1", beyond=50)
        await d.pilot.mouse_down(offset=start)
        await d.pilot.hover(offset=end)
        await d.pilot.mouse_up(offset=end)
        await d.settle()
        assert d.app.screen is d.main


async def test_the_filter_can_be_cleared_and_gone_on_with_by_clicks() -> None:
    async with driving() as d:
        await d.press("slash", *"section:data", "enter")
        await click(d, "/ section:data")
        assert "enter keep" in d.screen()
        await click(d, "esc clear")
        assert "section:data" not in d.screen()
        assert len([p for p in d.tree._by_place if p.item]) > 2
