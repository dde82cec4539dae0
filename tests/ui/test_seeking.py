"""The filter and the way back, on the screen: nothing typed acts, nothing read is lost."""

import asyncio

import pytest
from textual.events import Paste

from flytui.finding import Finding, Status
from flytui.settings.personal import Personal
from flytui.ui.board import Place
from flytui.ui.screens.seeking import SeekingScreen
from flytui.ui.widgets.filterline import FilterLine
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import FakeSession, exposed, findings

EXPOSURE = Place("security", "exposure")


def shown(d: Driven) -> list[str]:
    """Ids of the items whose rows can be seen or scrolled to."""
    lines = [d.tree.get_node_at_line(n) for n in range(d.tree.last_line + 1)]
    places = [node.data for node in lines if node is not None and node.data is not None]
    return [p.item for p in places if p.item is not None and p.resource is None]


async def test_rows_that_do_not_match_go_and_their_sections_stay() -> None:
    async with driving() as d:
        await d.press("slash", *"section:data")
        assert shown(d) == ["production-grade-postgres", "test-backups"]
        assert "▾ Databases" in d.screen()
        assert "▾ Security" not in d.screen()
        assert "2 of 24 items match" in d.screen()


async def test_no_letter_of_a_filter_acts_however_fast_it_is_typed() -> None:
    async with driving() as d:
        d.app.simulate_key("slash")
        for letter in "nextrq":
            d.app.simulate_key(letter)
        await d.settle()
        assert d.app.screen is d.main
        assert d.app.return_code is None
        assert d.main.query_one(FilterLine).line.text == "nextrq"


async def test_escape_puts_the_tree_back_as_it_was() -> None:
    async with driving(size=(100, 24)) as d:
        await d.at("sentry")
        d.tree.toggle(Place("databases"))
        await d.settle()
        before = (d.tree.place, d.tree.scroll_offset, shown(d))
        await d.press("slash", *"203.0.113.7")
        assert shown(d) == ["exposure"]
        assert "203.0.113.7  address" in d.screen()
        await d.press("escape")
        assert (d.tree.place, d.tree.scroll_offset, shown(d)) == before
        assert not d.main.query(FilterLine)


async def test_enter_keeps_the_filter_and_n_goes_round_the_matches() -> None:
    async with driving() as d:
        await d.press("slash", *"status:ok,action", "enter")
        seen = []
        for _ in range(3):
            seen.append(d.tree.place.item if d.tree.place else None)
            await d.press("n")
        assert seen == ["secrets", "exposure", "secrets"]
        assert "2 of 24 items match" in d.screen()
        assert "esc clear" in d.screen()


async def test_escape_after_enter_clears_the_filter_and_stays_at_what_was_found() -> None:
    async with driving() as d:
        await d.press("slash", *"flycast", "enter")
        here = d.tree.place
        await d.press("escape")
        assert d.tree.place == here
        assert len(shown(d)) == 24
        await d.press("left_square_bracket")
        assert d.tree.place == Place("security", "sso")


async def test_ready_and_seen_do_not_change() -> None:
    async with driving() as d:
        before = d.screen().splitlines()[0]
        await d.press("slash", *"status:ok")
        assert d.screen().splitlines()[0] == before


async def test_a_verdict_that_arrives_joins_the_matches_and_leaves_the_cursor() -> None:
    gate = asyncio.Event()
    session = FakeSession(findings(), gates={"exposure": gate})
    async with driving(session) as d:
        await d.press("slash", *"status:action", "enter")
        assert "0 of 24 items match, 1 not known yet" in d.screen()
        await d.press("escape")
        await d.press("slash", *"status:ok,action", "enter")
        assert shown(d) == ["secrets"]
        cursor = d.tree.cursor_node
        gate.set()
        await d.settle()
        assert shown(d) == ["secrets", "exposure"]
        assert d.tree.cursor_node is cursor
        assert "2 of 24 items match" in d.screen()


async def test_an_item_that_matches_no_more_stays_until_the_cursor_leaves_it() -> None:
    session = FakeSession()
    async with driving(session) as d:
        await d.press("slash", *"status:action,ok", "enter")
        await d.at("exposure")
        session.found["exposure"] = Finding(Status.ADVICE, "Hardly exposed.")
        await d.press("R")
        assert "1 of 24 items matches" in d.screen()
        assert d.tree.place == EXPOSURE
        await d.press("n")
        assert shown(d) == ["secrets"]


async def test_enter_does_not_leave_a_filter_that_finds_nothing_or_makes_no_sense() -> None:
    async with driving() as d:
        for typed in ("qqq", "status:foo"):
            await d.press("slash", *typed, "enter")
            assert "enter keep" in d.screen()
            await d.press("escape")


async def test_a_word_that_is_not_known_is_answered_on_the_screen() -> None:
    async with driving(size=(50, 20)) as d:
        await d.press("slash", *"status:foo")
        assert "it knows action" in d.screen()
        assert "/ status:foo" in d.screen()


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20), (40, 10)])
async def test_the_filter_and_its_clearing_are_in_sight_at_every_width(
    size: tuple[int, int],
) -> None:
    async with driving(size=size) as d:
        await d.press("slash", *"status:action")
        assert "esc clear" in d.screen()
        assert "/ status:action" in d.screen()
        await d.press("enter")
        assert "/ status:action" in d.screen()
        assert "esc clear" in d.screen()


async def test_a_filter_longer_than_the_screen_shows_where_it_is_typed() -> None:
    async with driving(size=(40, 10)) as d:
        await d.press("slash", *("word " * 12), *"end")
        assert "end" in d.screen()
        assert "esc clear" in d.screen()


async def test_slash_again_goes_on_with_the_filter() -> None:
    async with driving() as d:
        await d.press("slash", *"section:data", "enter", "slash", *" disaster")
        assert shown(d) == ["test-backups"]
        await d.press("ctrl+u")
        assert len(shown(d)) == 24


async def test_what_is_pasted_goes_into_the_filter() -> None:
    async with driving() as d:
        await d.press("slash")
        d.app.post_message(Paste("203.0.\n113"))
        await d.settle()
        assert d.main.query_one(FilterLine).line.text == "203.0. 113"


async def test_matches_are_marked_in_rows_and_in_the_text_without_colour_alone() -> None:
    async with driving() as d:
        await d.press("slash", *"postgres")
        strips = d.app.screen._compositor.render_strips()
        marked = {s.text for strip in strips for s in strip if s.style and s.style.underline}
        assert "Postgres" in marked


async def test_the_arrows_move_among_the_matches_while_typing() -> None:
    async with driving() as d:
        await d.press("slash", *"section:data", "down")
        assert d.tree.place == Place("databases", "test-backups")


async def test_a_place_the_filter_hides_is_shown_when_one_goes_there() -> None:
    async with driving() as d:
        await d.press("slash", *"section:data", "enter")
        await d.at("exposure")
        assert d.tree.place == EXPOSURE
        assert "✗ Make sure" in d.screen()
        await d.press("3")
        assert d.toasts[-1] == "No item of App performance matches the filter."


async def test_jumps_can_be_gone_back_from_and_single_steps_leave_no_trace() -> None:
    async with driving() as d:
        await d.press("3", "j", "j", "5")
        await d.press("left_square_bracket")
        assert d.tree.place == Place("performance", "fine-tune-app")
        await d.press("left_square_bracket")
        assert d.tree.place == Place("security", "sso")
        await d.press("left_square_bracket")
        assert "Nowhere to go back to yet" in d.toasts[-1]
        await d.press("right_square_bracket", "right_square_bracket")
        assert d.tree.place == Place("networking")
        await d.press("right_square_bracket")
        assert "nothing to go forward to" in d.toasts[-1]


async def test_back_passes_over_a_resource_that_is_gone() -> None:
    session = FakeSession()
    async with driving(session) as d:
        await d.at("exposure", resource=0)
        await d.press("5")
        session.found["exposure"] = exposed()
        session.found["exposure"] = Finding(Status.OK, "No address is public.")
        await d.press("R", "left_square_bracket")
        assert d.tree.place == Place("security", "sso")


async def test_hostile_letters_are_shown_as_they_are() -> None:
    async with driving() as d:
        await d.press("slash", *"[red]x[/")
        assert "/ [red]x[/" in d.screen()


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_beside_a_filter_that_finds_nothing_stands_that_nothing_matches(
    size: tuple[int, int],
) -> None:
    async with driving(size=size) as d:
        await d.at("exposure")
        before = d.detail
        await d.press("slash", *"xyz")
        assert "Nothing matches" in d.detail
        assert "xyz" in d.detail
        assert "public addresses" not in d.detail
        await d.press("escape")
        assert d.detail == before


async def test_the_filter_names_the_key_that_a_person_has_for_leaving_it() -> None:
    keys = {"main.back": "z"}
    async with driving(preferences=Personal(keys=keys)) as d:
        await d.press("slash", *"exp")
        assert "esc clear" in d.screen()
        await d.press("enter")
        assert "z clear" in d.screen()
        await d.press("z")
        assert "z clear" not in d.screen()


async def test_rows_are_whole_again_beside_the_scrollbar_once_a_filter_is_gone() -> None:
    async with driving(size=(80, 24)) as d:
        before = d.screen().splitlines()[1:20]
        await d.press("slash", *"section:data")
        d.on(SeekingScreen).clear_filter(back=True)
        assert d.tree.last_line > 20
        d.screen()  # drawn once before there is a scrollbar
        await d.settle()
        assert d.screen().splitlines()[1:20] == before
