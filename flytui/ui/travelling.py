"""From app to app without leaving flytui: each has a screen of its own, which stays as it was."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from flytui.ui.board import Board, Place
from flytui.ui.listing import Listing
from flytui.ui.screens.main import MainScreen

if TYPE_CHECKING:
    from flytui.estate import Estate
    from flytui.session import Session
    from flytui.ui.app import FlytuiApp
    from flytui.ui.screens.organization import OrganizationScreen


class Travels:
    """Opens apps beside each other.

    Invariant: an app has one screen, kept with its session, its drafts and its place in the tree
    until flytui ends. No screen is left while a command runs: the run covers it then.
    """

    def __init__(self, app: "FlytuiApp", make: "Callable[[], Estate] | None") -> None:
        self._app = app
        self._make = make
        self._made: Estate | None = None
        self._listing = Listing()
        self._screens: dict[str, MainScreen] = {}
        self._matrices: dict[str, OrganizationScreen] = {}
        self._began = ""
        """The app flytui was started with, once something of it was seen."""

    @property
    def possible(self) -> bool:
        """Whether there is anywhere to go from an app that was handed over alone."""
        return self._make is not None

    async def estate(self) -> "Estate":
        """Made in a thread, as it reads the checkout. Raises SettingsError when it cannot be."""
        if self._made is None and self._make is not None:
            self._made = await asyncio.to_thread(self._make)
        assert self._made is not None, "asked for where nothing is possible"  # noqa: S101 (narrows)
        return self._made

    async def arrived(self, first: MainScreen) -> None:
        """Something of the app was seen; the one flytui was started with counts as opened then.

        Those chosen from the list count as soon as they are chosen.
        """
        app = self._app.identity.app
        if self.possible and self._screens.get(app) is first and self._began != app:
            self._began = app
            estate = await self.estate()
            await asyncio.to_thread(estate.visited, app)

    @property
    def screens(self) -> tuple[MainScreen, ...]:
        """Of every app that was open."""
        return tuple(self._screens.values())

    async def close(self) -> None:
        """End what is under way in every session."""
        if self._made is not None:
            await self._made.close()

    async def choose(self, organization: str = "") -> None:
        """Let a person choose another app, of that organisation first, and go there."""
        from flytui.ui.screens.apps import AppsScreen  # noqa: PLC0415 (not in the first frame)

        main = self._app.main
        estate = await self.estate()
        recent = await asyncio.to_thread(estate.recent.names)
        identity = main.board.identity
        required = main.session is None
        screen = AppsScreen(
            *(identity, estate, self._listing, recent, main.clock()),
            required=required,
            typed=organization,
        )
        chosen = await self._app.push_screen_wait(screen)
        if chosen is not None:
            await self.go(*chosen)

    async def choose_first(self, organization: str | None = None) -> None:
        """Nobody named an app: take the only one the token sees, or let a person choose.

        With an organisation, of those it has. Raises SettingsError when there is no token to see
        anything with, and where the organisation has none to see.
        """
        from flytui.settings.error import NoOrganization  # noqa: PLC0415 (rarely needed)

        seen = asyncio.Event()

        def heard() -> None:
            if len(self._listing.of(organization)) > 1 or self._listing.done:
                seen.set()

        estate = await self.estate()
        await asyncio.to_thread(lambda: estate.ground)
        filling = asyncio.create_task(self._listing.fill(estate, heard))
        try:
            await seen.wait()
        finally:
            filling.cancel()
        choices = self._listing.of(organization)
        certain = self._listing.done and not self._listing.trouble
        if certain and len(choices) == 1:
            only = choices[0]
            await self.go(only.name, only.organization)
            where = f" of {organization}" if organization else ""
            words = f"No app was named. This token sees one{where}, {only.name}, so here it is."
            self._app.notify(words, timeout=8, markup=False)
        elif certain and organization and not choices:
            raise NoOrganization(organization, tuple(one.name for one in self._listing.choices))
        else:
            await self.choose(choices[0].organization if organization and choices else "")

    async def go(
        self, name: str, organization: str | None, place: Place | None = None, *, over: bool = False
    ) -> None:
        """Show the app, as it was left where it was open before.

        With `over`, above the screen there is; else in place of the app's there.
        """
        session = None if name in self._screens else await self._opened(name, organization)
        screen = self._screens.get(name)
        if screen is None:
            return
        if screen in self._app.screen_stack:
            while self._app.screen is not screen:
                await self._app.pop_screen()
        elif over or len(self._app.screen_stack) == 1:
            # The first screen stays below all others: Textual keeps its default one there.
            await self._app.push_screen(screen)
        else:
            await self._app.switch_screen(screen)
        if session is not None:
            screen.begin(
                session, look=any(i.id not in session.assessments for i in session.checklist)
            )
        if place is not None:
            screen.go_to(place)

    def here(self, name: str, screen: MainScreen) -> None:
        """From now on the screen is the app's."""
        self._screens[name] = screen
        screen.beside = partial(self._beside, name)
        if not self._app.is_screen_installed(screen):
            self._app.install_screen(screen, f"app {name}")

    def _beside(self, name: str, item: str) -> str:
        """What other apps have to do with the item, once another one was looked at."""
        estate = self._made
        return estate.inherited(name, item) if estate and len(estate.sessions) > 1 else ""

    async def home(self, first: MainScreen) -> None:
        """Back to the first screen, and nothing is known of any other app."""
        while self._app.screen_stack[1:]:
            await self._app.pop_screen()
        for screen in (*self._screens.values(), *self._matrices.values()):
            if screen is not first:
                self._app.uninstall_screen(screen)
                await screen.remove()
        self._screens.clear()
        self._matrices.clear()
        self._listing = Listing()
        await self.close()
        self._made = None

    async def _opened(self, name: str, organization: str | None) -> "Session | None":
        """The app's session, with a screen for it; None, and told, when there can be none."""
        from flytui.review_file import ReviewFileError  # noqa: PLC0415 (after the first frame)
        from flytui.settings import SettingsError  # noqa: PLC0415 (as above)

        estate = await self.estate()
        try:
            session = await asyncio.to_thread(estate.open, name, organization)
        except SettingsError as error:
            words = f"{error.cause} {error.cure}"
        except (ReviewFileError, ValueError) as error:
            words = f"{name} cannot be opened: {error}"
        else:
            await asyncio.to_thread(estate.visited, name)
            main = self._app.main
            board = Board(session.checklist, session.identity)
            self.here(name, type(main)(board, main.clock, main.outside))
            return session
        self._app.notify(words, severity="error", timeout=10, markup=False)
        return None

    async def matrix(self) -> None:
        """The organisation of the app that is shown; back to it where it is open below."""
        from flytui.ui.screens.organization import OrganizationScreen  # noqa: PLC0415 (not at first)

        main = self._app.main
        organization = main.board.identity.organization
        if organization is None or main.session is None:
            words = "The app's organisation is not known yet."
            self._app.notify(words, severity="warning", timeout=4, markup=False)
            return
        if self.above_matrix:
            await self._app.pop_screen()
            return
        estate = await self.estate()
        await asyncio.to_thread(estate.open, main.board.identity.app, organization)
        screen = self._matrices.get(organization)
        if screen is None:
            board = Board(main.board.checklist, main.board.identity)
            screen = OrganizationScreen(board, organization, estate, self, main.clock)
            self._matrices[organization] = screen
            self._app.install_screen(screen, f"organisation {organization}")
        await self._app.push_screen(screen)

    @property
    def above_matrix(self) -> bool:
        """Whether the app on the screen was opened from its organisation's matrix."""
        below = self._app.screen_stack[-2:-1]
        return bool(below) and below[0] in self._matrices.values()
