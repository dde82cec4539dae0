"""From app to app, and over the organisation's: on the simulator, in one process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from flytui.assessment import Identity
from flytui.checklist import load
from flytui.demo.faults import Fault
from flytui.settings.error import NoApp
from flytui.ui.app import FlytuiApp
from flytui.ui.board import Place
from flytui.ui.ports import Session
from flytui.ui.screens.apps import AppsScreen
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.organization import OrganizationScreen
from flytui.ui.screens.trouble import TroubleScreen
from flytui.ui.widgets.keyline import KeyLine
from flytui.ui.widgets.matrix import MatrixView
from flytui.ui.widgets.notice import Notice
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine
from flytui.ui.widgets.tree import ChecklistTree
from tests.organization.worlds import Measured, measured
from tests.ui.driving import NEVER, Noted
from tests.ui.test_trouble import Fork


@dataclass
class Travelled:
    """A running app that may go from app to app."""

    app: FlytuiApp
    pilot: Pilot[None]
    world: Measured

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for it, as a person would."""
        async with asyncio.timeout(30):
            while not holds():
                await self.pilot.pause(0.01)

    async def on(self, app: str) -> MainScreen:
        """The app's own screen, once everything on it has been looked at."""
        await self.until(lambda: self.top(MainScreen) and self.app.identity.app == app)
        screen = self.app.main
        await self.until(lambda: screen.board.updated and not screen.board.pending)
        return screen

    async def matrix(self) -> OrganizationScreen:
        """The organisation's screen, once all its apps have been looked at."""
        await self.until(lambda: self.top(OrganizationScreen))
        screen = self.app.screen
        assert isinstance(screen, OrganizationScreen)
        await self.until(
            lambda: (
                screen.query(TopLine) and screen.rows() and all(row.seen for row in screen.rows())
            )
        )
        await self.until(lambda: not screen.query_one(TopLine).doing)
        # What is known is drawn a moment later.
        await self.until(lambda: len(screen.query(MatrixView).first().rows) == len(screen.rows()))
        return screen

    def top(self, kind: type[object]) -> bool:
        return isinstance(self.app.screen, kind)

    async def pick(self, text: str) -> None:
        """Type into the list of apps and take the first."""
        await self.until(lambda: self.top(AppsScreen))
        screen = self.app.screen
        assert isinstance(screen, AppsScreen)
        await self.until(lambda: screen._listing.done)
        await self.pilot.press(*text, "enter")

    @property
    def asked(self) -> int:
        return len(self.world.asked)

    @property
    def toasts(self) -> list[str]:
        return [str(n.message) for n in self.app._notifications]


@asynccontextmanager
async def travelling(
    folder: Path,
    apps: int = 0,
    scenario: str = "storefront",
    *,
    named: bool = True,
    organization: str | None = None,
    size: tuple[int, int] = (120, 36),
) -> AsyncIterator[Travelled]:
    async with measured(folder, apps, scenario) as world:

        def opening() -> Session:
            if not named:
                raise NoApp("No app was named.", "Name it.")
            return world.estate.open(world.app, picked=False)

        name = world.app if named else "no app yet"
        app = FlytuiApp(
            opening,
            Identity(name, None, production=False),
            load(),
            outside=Noted(),
            delay=NEVER,
            estate=lambda: world.estate,
            ways=Fork([], organization=organization) if organization else None,
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            app._open_soon()
            travelled = Travelled(app, pilot, world)
            if named:
                await travelled.on(world.app)
            yield travelled


async def test_another_app_is_opened_and_the_first_is_as_it_was_left(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        first = gone.app.main
        first.go_to(Place("monitoring", "sentry"))
        await gone.pilot.press("a")
        await gone.pick("acme-edge")
        second = await gone.on("acme-edge")
        assert second.place != first.place
        assert second.board.identity.organization == "acme"
        before = gone.asked
        await gone.pilot.press("a")
        await gone.pick("storefront")
        assert await gone.on("storefront") is first
        assert first.place == Place("monitoring", "sentry")
        await gone.pilot.press("a")
        await gone.pick("acme-edge")
        assert await gone.on("acme-edge") is second
        assert gone.asked == before


async def test_the_apps_opened_last_come_first(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        for name in ("storefront-staging", "acme-edge"):
            await gone.pilot.press("a")
            await gone.pick(name)
            await gone.on(name)
        await gone.pilot.press("a")
        await gone.until(lambda: gone.top(AppsScreen) and gone.app.screen.query(OptionList))
        options = gone.app.screen.query_one(OptionList)
        await gone.until(lambda: options.option_count > 2)
        assert [options.get_option_at_index(n).id for n in (0, 1)] == [
            "acme-edge",
            "storefront-staging",
        ]


async def test_the_app_of_the_start_counts_as_opened(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        await gone.until(lambda: gone.world.estate.recent.names() == ("storefront",))


async def test_the_app_typed_in_full_is_the_one_opened(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        gone.world.estate.visited("storefront-db")
        await gone.pilot.press("a")
        await gone.pick("acme-edge")
        await gone.on("acme-edge")
        await gone.pilot.press("a")
        await gone.pick("storefront")
        await gone.on("storefront")


async def test_what_cannot_be_listed_is_told_in_place_and_asked_for_again(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        gone.world.simulated.faults.add(Fault("403", "/graphql", times=1))
        await gone.pilot.press("a")
        await gone.until(lambda: gone.top(AppsScreen) and gone.app.screen.query("#told"))
        told = gone.app.screen.query_one("#told", Static)
        await gone.until(lambda: "may not" in str(told.content))
        await gone.pilot.press("enter")
        await gone.until(lambda: "that this token sees" in str(told.content))


async def test_an_app_that_is_not_listed_is_opened_by_its_name(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        await gone.pilot.press("a")
        await gone.pick("not-there")
        await gone.until(lambda: gone.app.identity.app == "not-there")
        await gone.until(lambda: gone.top(TroubleScreen))
        assert "There is no app not-there" in gone.app.screen.query(Page).first().plain


async def test_leaving_the_list_stays_with_the_app_and_forgets_what_was_typed_first(
    tmp_path: Path,
) -> None:
    async with travelling(tmp_path) as gone:
        await gone.pilot.press("a")
        await gone.until(lambda: gone.top(AppsScreen) and gone.app.screen.query(Input))
        await gone.pilot.press(*"edge")
        await gone.pilot.press("escape")
        assert gone.app.screen.query_one(Input).value == ""
        await gone.pilot.press("escape")
        await gone.until(lambda: gone.top(MainScreen))
        assert gone.app.identity.app == "storefront"


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (50, 20)])
async def test_the_keys_of_the_list_stay_in_sight_and_tell_what_escape_does(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with travelling(tmp_path, 60, size=size) as gone:
        await gone.pilot.press("a")
        await gone.until(lambda: gone.top(AppsScreen) and gone.app.screen.query("#keys"))
        screen = gone.app.screen
        assert isinstance(screen, AppsScreen)
        await gone.until(lambda: screen._listing.done)
        await gone.pilot.pause()
        keys, rows = screen.query_one("#keys", Static), screen.query_one(OptionList)
        assert screen.region.contains_region(keys.region)
        assert rows.region.bottom <= keys.region.y
        assert "esc cancel" in str(keys.content)
        await gone.pilot.press("s")
        assert "esc whole list" in str(keys.content)


async def test_without_a_name_the_only_app_is_taken_and_said(tmp_path: Path) -> None:
    async with travelling(tmp_path, scenario="scoped-token", named=False) as gone:
        await gone.on(gone.world.app)
        assert any("This token sees one" in words for words in gone.toasts)


async def test_without_a_name_one_of_several_is_chosen(tmp_path: Path) -> None:
    async with travelling(tmp_path, named=False) as gone:
        await gone.pick("acme-edge")
        await gone.on("acme-edge")


async def test_without_a_name_leaving_the_list_leaves_flytui(tmp_path: Path) -> None:
    async with travelling(tmp_path, named=False) as gone:
        await gone.until(lambda: gone.top(AppsScreen))
        await gone.pilot.press("escape")
        await gone.until(lambda: not gone.app.is_running)


async def test_an_app_is_opened_from_the_matrix_and_left_again_without_asking(
    tmp_path: Path,
) -> None:
    async with travelling(tmp_path) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        view = matrix.query(MatrixView).first()
        before = gone.asked
        await gone.pilot.press("down", "right", "enter")
        assert view.row is not None
        opened = await gone.on(view.row.name)
        section = matrix.board.checklist.sections[1]
        await gone.until(lambda: opened.place == Place(section.id, section.items[0].id))
        await gone.pilot.press("escape")
        await gone.until(lambda: gone.app.screen is matrix)
        await gone.pilot.press("enter")
        await gone.on(view.row.name)
        await gone.pilot.press("O")
        await gone.until(lambda: gone.app.screen is matrix)
        await gone.pilot.press("O")
        await gone.until(lambda: gone.app.identity.app == "storefront")
        assert gone.asked == before


async def test_the_organisations_items_stand_in_a_row_of_their_own(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        assert [cell.applicable for cell in matrix.whole().cells] == [1, 0, 0, 0, 0, 0, 0, 1]
        row = next(row for row in matrix.rows() if row.name == "storefront")
        assert row.total.heard == 22


async def test_a_paused_survey_begins_nothing(tmp_path: Path) -> None:
    async with travelling(tmp_path, 12) as gone:
        await gone.pilot.press("O")
        await gone.until(lambda: gone.top(OrganizationScreen))
        await gone.pilot.press("p")
        screen = gone.app.screen
        assert isinstance(screen, OrganizationScreen)
        await gone.until(lambda: not screen._survey.under_way and screen._listed)
        before, left = gone.asked, screen._survey.left
        await gone.until(lambda: "paused" in screen.query_one(TopLine).doing or not left)
        assert gone.asked == before
        await gone.pilot.press("p")
        await gone.matrix()


async def test_the_cursor_stays_on_its_app_when_rows_are_sorted_anew(tmp_path: Path) -> None:
    async with travelling(tmp_path, 18, size=(80, 16)) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        view = matrix.query(MatrixView).first()
        await gone.pilot.press("end", "up", "up")
        assert view.row is not None
        name, line = view.row.name, view._at - view.scroll_offset.y
        view.show([row for row in view.rows if row.name != view.rows[0].name])
        await gone.pilot.pause()
        assert view.row.name == name
        assert view._at - view.scroll_offset.y == line


async def test_rows_are_filtered_by_name(tmp_path: Path) -> None:
    async with travelling(tmp_path, 10) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        await gone.pilot.press("slash", *"edge")
        view = matrix.query(MatrixView).first()
        await gone.until(lambda: [row.name for row in view.rows] == ["acme-edge"])
        assert "1 of 10 apps" in matrix.query_one(Notice).words
        await gone.pilot.press("enter", "enter")
        await gone.on("acme-edge")


async def test_a_filter_puts_the_cursor_on_its_first_match(tmp_path: Path) -> None:
    async with travelling(tmp_path, 40) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        view = matrix.query(MatrixView).first()
        await gone.pilot.press("down", "down", "down", "down")
        await gone.pilot.press("slash", *"stor")
        await gone.until(lambda: len(view.rows) == 3)
        assert view.row is view.rows[0]
        keys = str(matrix.query_one(KeyLine).render())
        assert "to the matches" in keys
        assert "all apps" in keys
        await gone.pilot.press("enter", "down")
        chosen = view.rows[1].name
        await gone.pilot.press("slash", "end", "e")
        await gone.until(lambda: matrix._text == "store")
        assert view.row is not None
        assert view.row.name == chosen
        await gone.pilot.press("backspace", "backspace")
        await gone.pilot.press("escape")
        await gone.until(lambda: len(view.rows) == 40)


async def test_the_matrix_fits_every_width(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        view = matrix.query(MatrixView).first()
        for width in (120, 80, 50):
            await gone.pilot.resize_terminal(width, 24)
            await gone.until(partial(lambda wide: matrix.size.width == wide, width))
            rows = [view.render_line(n).text for n in range(len(view.rows))]
            assert all(row.count("✗") + row.count("~") + row.count("!") >= 2 for row in rows)
            assert {len(row) for row in rows} == {view.size.width}


async def test_looking_at_all_again_asks_anew(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        await gone.pilot.press("O")
        matrix = await gone.matrix()
        before = gone.asked
        await gone.pilot.press("R")
        await gone.until(lambda: gone.asked > before + 10)
        await gone.until(lambda: not matrix._survey.left)


async def test_the_tree_of_another_app_begins_at_its_top(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        gone.app.main.go_to(Place("support", "community"))
        await gone.pilot.press("a")
        await gone.pick("acme-edge")
        opened = await gone.on("acme-edge")
        first = opened.board.checklist.sections[0]
        assert opened.query_one(ChecklistTree).place == Place(first.id, first.items[0].id)
