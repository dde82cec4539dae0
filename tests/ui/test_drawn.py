"""A screen that was left leaves nothing of what it drew in memory."""

import gc
import weakref
from dataclasses import replace

import pytest
from rich.color import ColorSystem
from rich.style import Style as RichStyle
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets._toast import ToastHolder

from flytui.finding import Finding, Status
from flytui.ui import drawn
from flytui.ui.screens.help import HelpScreen
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.note import NoteScreen
from tests.ui.driving import driving


async def test_what_a_closed_screen_drew_is_gone() -> None:
    async with driving() as driven:
        for _ in range(2):
            await driven.press("question_mark")
            widgets = driven.on(HelpScreen).walk_children(Widget)
            lines = [weakref.ref(widget._styles_cache) for widget in widgets]
            del widgets
            await driven.press("escape")
        gc.collect()
        assert lines
        assert not [one() for one in lines if one() is not None]


async def test_where_a_note_was_written_is_gone() -> None:
    async with driving() as driven:
        await driven.at("sentry")
        areas = []
        for _ in range(3):
            await driven.press("r")
            areas.append(weakref.ref(driven.on(NoteScreen).query_one(TextArea)))
            await driven.press("n", "escape")
        gc.collect()
        assert [one() for one in areas] == [None, None, None]


async def test_nothing_stays_on_the_screen_around_a_notice_that_was_taken_away() -> None:
    async with driving() as driven:
        main = driven.main
        for _ in range(3):
            driven.app.notify("Something was said.")
            await driven.settle()
            assert driven.toasts == ["Something was said."]
            driven.app.clear_notifications()
            await driven.settle()
        assert not main.query(ToastHolder)


def test_the_colours_are_those_that_textual_finds() -> None:
    drawn.let_go()
    below, above = Color(10, 20, 30), Color(200, 100, 50, 0.5)
    found = StylesCache().get_inner_outer(below, above)
    assert found == (Style(background=below + above), Style(background=below))
    assert found is StylesCache().get_inner_outer(below, above)


def test_a_style_is_for_the_terminal_what_textual_makes_of_it_and_few_are_remembered() -> None:
    drawn.let_go()
    style = RichStyle(color="red", bold=True, meta={"offset": (1, 2)})
    assert Strip.render_ansi(style, ColorSystem.TRUECOLOR) == "1;31"
    for place in range(2 * drawn.STYLES):
        Strip.render_ansi(RichStyle(bold=True, meta={"offset": (0, place)}), ColorSystem.TRUECOLOR)
    assert drawn._few_remembered.cache_info().currsize == drawn.STYLES


async def test_neither_a_verdict_nor_a_key_paints_the_whole_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole: list[MainScreen] = []
    refresh = MainScreen.refresh

    def noted(screen: MainScreen, *regions: Region, **how: bool) -> MainScreen:
        whole.append(screen)
        return refresh(screen, *regions, **how)

    monkeypatch.setattr(MainScreen, "refresh", noted)
    async with driving() as driven:
        await driven.at("sentry")
        known = driven.session.assessments["metrics"]
        whole.clear()
        found = Finding(Status.ACTION, "It is not as it was.")
        driven.main.board = driven.main.board.heard(replace(known, finding=found))
        await driven.settle()
        await driven.press("j", "k")
        heard = driven.main.board.get("metrics")
        assert heard is not None
        assert heard.finding == found
        assert not whole
