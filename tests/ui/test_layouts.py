"""Sizes, themes and colours: the same words everywhere, and no key where there is no room."""

import pytest
from rich.text import Text

from flytui.finding import Status
from flytui.ui.screens.note import NoteScreen
from flytui.ui.screens.small import SmallScreen
from flytui.ui.widgets.rows import Row
from flytui.ui.words import legend, sign
from tests.ui.driving import driving
from tests.ui.fake_session import FakeSession, address, exposed, findings, identity

NAME = "storefront · acme"


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_tree_and_detail_stand_side_by_side(size: tuple[int, int]) -> None:
    async with driving(size=size) as d:
        await d.at("exposure")
        shown = d.screen()
        assert "Make sure" in shown
        assert "What we found" in shown
        assert shown.splitlines()[0].startswith(f" {NAME}   PRODUCTION")


@pytest.mark.parametrize("size", [(50, 20), (79, 30), (100, 23), (40, 10)])
async def test_one_column_reads_on_enter_and_comes_back_on_escape(size: tuple[int, int]) -> None:
    async with driving(size=size) as d:
        await d.at("exposure")
        assert "What we found" not in d.screen()
        assert "esc back" not in d.screen()
        await d.press("enter")
        assert "What we found" in d.screen()
        assert "esc back" in d.screen().splitlines()[-1]
        assert "Checklist" not in d.screen()
        assert NAME in d.screen()
        await d.press("escape")
        assert "Checklist" in d.screen()
        assert d.tree.place is not None
        assert d.tree.place.item == "exposure"


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20), (40, 10)])
async def test_the_app_and_its_marker_are_on_every_dialog(size: tuple[int, int]) -> None:
    async with driving(size=size) as d:
        for keys in (("f", "2"), ("f",), ("r",), ("x",), ("question_mark",)):
            await d.at("exposure")
            await d.press(*keys)
            assert d.app.screen is not d.main
            top = d.app.screen.query_one("TopLine").region
            assert 0 <= top.y < size[1]
            assert f"{NAME}   PRODUCTION" in d.screen()
            await d.press("escape")
            assert d.app.screen is d.main


async def test_a_long_name_leaves_the_marker_visible() -> None:
    session = FakeSession(identity=identity(app="a" * 200))
    async with driving(session, size=(50, 20)) as d:
        top = d.screen().splitlines()[0]
        assert "PRODUCTION" in top
        assert "…" in top


async def test_under_40_by_10_no_key_acts() -> None:
    async with driving(size=(39, 9)) as d:
        shown = d.screen()
        assert "flytui needs 40 × 10" in shown
        assert NAME in shown
        place = d.tree.place
        await d.press("n", "r", "f", "q", "R", "colon", "ctrl+p", "question_mark", "escape")
        assert isinstance(d.app.screen, SmallScreen)
        assert d.tree.place == place
        assert d.session.looks == 1
        assert d.app.return_code is None


async def test_a_window_made_small_and_large_again_keeps_the_dialog_and_what_was_typed() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", *"half")
        await d.resize(39, 9)
        assert isinstance(d.app.screen, SmallScreen)
        await d.press("q", "x")
        await d.resize(120, 36)
        assert d.on(NoteScreen)._draft.note == "half"


async def test_the_detail_stays_when_a_reading_window_grows() -> None:
    async with driving(size=(50, 20)) as d:
        await d.at("exposure")
        await d.press("enter")
        await d.resize(120, 36)
        assert "Checklist" in d.screen()
        assert "What we found" in d.screen()


async def test_every_theme_shows_the_same_words() -> None:
    async with driving() as d:
        await d.at("exposure")
        before = d.screen()
        for theme in ("textual-dark", "textual-light", "ansi-dark", "ansi-light"):
            d.app.theme = theme
            await d.settle()
            assert d.screen() == before


async def test_without_colours_the_words_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving() as d:
        await d.at("exposure")
        before = d.screen()
    monkeypatch.setenv("NO_COLOR", "1")
    async with driving() as d:
        await d.at("exposure")
        assert d.screen() == before


def test_every_status_has_a_glyph_and_a_word_of_its_own() -> None:
    signs = [sign(status) for status in (*Status, None)]
    assert len({s.glyph for s in signs}) == len(signs)
    assert len({s.word for s in signs}) == len(signs)
    assert len(legend()) == len(signs)
    assert all(len(s.glyph) == 1 for s in signs)


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (42, "Make sure private services are not exposed"),
        (40, "Make sure private services are not exposed"),
        (37, "Private services"),
        (8, "Private services"),
    ],
)
def test_a_title_that_would_lose_more_than_a_tenth_gives_way_to_its_short_one(
    room: int, shown: str
) -> None:
    row = Row("Make sure private services are not exposed", "Private services")
    assert row.fitting(room) == shown
    assert row.fitting(room, ["exposed"]) == row.title
    assert row.fitting(room, ["private"]) == shown
    assert Row("x" * 100).fitting(room) == "x" * 100


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_no_title_of_the_checklist_is_cut_beside_the_detail(size: tuple[int, int]) -> None:
    async with driving(size=size) as d:
        width = d.tree.region.width
        for item in d.main.board.checklist:
            await d.at(item.id)
            rows = [line[:width] for line in d.screen().splitlines()]
            assert not any("…" in row for row in rows), rows


async def test_long_and_wide_names_are_cut_and_break_nothing() -> None:
    found = findings(exposure=exposed(address("漢字" * 100), address("e\u0301" * 300)))
    async with driving(FakeSession(found), size=(80, 24)) as d:
        await d.at("exposure", resource=0)
        edges = {line.rstrip()[-1] for line in d.screen().splitlines()[1:-1]}
        assert edges <= set("╮│╯")
        assert all(Text(line).cell_len == 80 for line in d.screen().splitlines()[1:-1])
