"""The row a key leads to comes first; the page beside it is made when the keys pause."""

import pytest

from flytui.ui.pace import PAUSE
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.note import NoteScreen
from tests.ui.driving import Driven, driving
from tests.ui.still import quiescent

MANY = 30


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The title of each page that is made."""
    made: list[str] = []
    draw = MainScreen.draw

    def noted(screen: MainScreen) -> None:
        draw(screen)
        made.append(str(screen.shown))

    monkeypatch.setattr(MainScreen, "draw", noted)
    return made


async def held(d: Driven, key: str, times: int) -> None:
    """A key held down: each of its presses is worked off, and no time passes between them."""
    for _ in range(times):
        d.app.simulate_key(key)
        await quiescent()


async def test_while_a_key_is_held_down_no_page_is_made(pages: list[str]) -> None:
    async with driving() as d:
        await d.press("1")
        await d.passing(2 * PAUSE)
        pages.clear()
        await held(d, "j", MANY)
        assert d.tree.cursor_line == MANY
        assert len(pages) <= 2
        assert d.main.shown != d.main.place


async def test_when_the_keys_pause_the_page_is_that_of_the_row(pages: list[str]) -> None:
    async with driving() as d:
        await d.press("1")
        await held(d, "j", MANY)
        await d.passing(2 * PAUSE)
        assert d.main.shown == d.main.place
        assert pages[-1] == str(d.main.place)


async def test_a_key_acts_on_its_row_while_the_page_is_behind() -> None:
    async with driving() as d:
        await d.press("1")
        await held(d, "j", 5)
        assert d.main.shown != d.main.place
        await d.press("r")
        d.on(NoteScreen)
        assert "Reviewed: Make sure private services are not exposed" in d.screen()
