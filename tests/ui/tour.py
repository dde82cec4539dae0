"""A tour of the app: every screen there is, one after the other, as a person comes to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from textual.widgets import Input, TextArea

from flytui.events import Declined
from flytui.remedy import Command, Edit
from flytui.settings.personal import Personal
from flytui.ui.listing import Listing
from flytui.ui.screens.apps import AppsScreen
from flytui.ui.screens.changes import ChangesScreen
from flytui.ui.screens.edit import EditScreen
from flytui.ui.screens.note import NoteScreen
from flytui.ui.screens.organization import OrganizationScreen
from flytui.ui.screens.run import RunScreen
from flytui.ui.screens.shown import ShownScreen
from flytui.ui.screens.trouble import TroubleScreen
from flytui.ui.screens.walk import WalkScreen
from flytui.ui.screens.watching import WatchingScreen
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import NOW
from tests.ui.world import World

Seen = Callable[[str], Awaitable[None]]
"""Called with the name of the screen that is in front."""


@asynccontextmanager
async def touring(
    world: World, size: tuple[int, int], theme: str = "dark"
) -> AsyncIterator["Tour"]:
    async with driving(
        world.session,
        size=size,
        checklist=world.checklist,
        begin=False,
        preferences=Personal(theme=theme),
    ) as d:
        yield Tour(d, world)


class Tour:
    """Goes from screen to screen; each begins and ends on the main one."""

    def __init__(self, driven: Driven, world: World) -> None:
        self.d = driven
        self.world = world
        self._see: Seen

    async def go(self, see: Seen) -> None:
        """Through all of it."""
        self._see = see
        for part in (
            self._main,
            self._finding,
            self._reading,
            self._cards,
            self._notes,
            self._edits,
            self._runs,
            self._records,
            self._walk,
            self._elsewhere,
            self._troubles,
            self._small,
        ):
            await part()
            await self.home()

    async def home(self) -> None:
        """Leave whatever covers the main screen."""
        while self.d.app.screen is not self.d.main:
            self.d.app.screen.dismiss(None)
            await self.d.settle()

    async def see(self, name: str, *keys: str) -> None:
        """Press these, and look; what was told in passing is seen where it is looked for."""
        await self.d.press(*keys)
        if not name.startswith("notices"):
            self.d.app.clear_notifications()
        for field in self.d.app.screen.query("Input, TextArea"):
            if isinstance(field, Input | TextArea):
                field.cursor_blink = False
        await self.d.settle()
        await self._see(name)

    async def _main(self) -> None:
        await self.see("starting")
        await self.d.app._open()
        await self.d.app.workers.wait_for_complete()
        await self.see("main, at first")
        await self.d.at("exposure")
        await self.see("main, opened", "right")
        await self.d.at("exposure", resource=0)
        await self.see("main, a resource")
        await self.d.at("flycast")
        await self.see("main, not seen")
        await self.see("main, section", "4")
        await self.see("notices", "f", "x")

    async def _finding(self) -> None:
        await self.see("filter, being typed", "slash", *"exp")
        await self.see("filter, kept", "enter")
        await self.d.press("escape")
        await self.see("filter, nothing found", "slash", *"status:ok xyz")
        await self.d.press("escape")
        await self.d.press("colon", *"rel")
        await self.d.app.workers.wait_for_complete()
        await self.see("palette")

    async def _reading(self) -> None:
        await self.d.at("exposure")
        await self.see("reading", "enter" if self.d.main.one_column else "tab")
        self.d.main.action_back()
        await self.see("help", "question_mark")
        await self.see("help, its end", "end")
        await self.home()
        await self.see("token", "t")
        await self.home()
        main = self.d.main
        assert isinstance(main, WatchingScreen)
        changes = main.changes or {"custom-domain": ("it had a certificate",)}
        self.d.app.push_screen(ChangesScreen(main.board, changes, NOW))
        await self.see("changes")
        await self.home()
        self.d.app.push_screen(ShownScreen("fly ips list -a storefront", "It takes no copies."))
        await self.see("shown, as it could not be copied")

    async def _cards(self) -> None:
        await self.d.at("exposure")
        await self.see("choice", "f")
        await self.see("card", "1")
        await self.see("rehearsal", "v")
        await self.home()
        await self.d.at("exposure", resource=0)
        await self.see("card, cannot be undone", "f")
        await self.see("card, named", *self.world.session.identity.app[:20])
        await self.home()
        self.world.session.runner_path = None
        await self.see("card, without fly", "f")
        self.world.session.runner_path = "/usr/bin/fly"
        await self.home()
        await self.d.at("custom-domain")
        await self.see("values", "f", "1")
        await self.see("values, refused", *"no way", "enter")

    async def _notes(self) -> None:
        await self.d.at("flycast")
        await self.see("note", "x")
        self.d.on(NoteScreen)._save()
        await self.see("note, without a reason")
        await self.see("note, written", *"No network yet.", "tab", "right")
        await self.d.press("escape")
        await self.home()
        await self.see("note, about to be lost", "q")
        await self.home()
        await self.d.at("flycast")
        await self.d.press("x")
        self.d.on(NoteScreen).query_one(TextArea).text = ""
        await self.d.press("escape")
        await self.d.at("sso")
        await self.see("note, of one there is", "e")

    async def _edits(self) -> None:
        await self.d.at("custom-domain")
        await self.see("edit, by hand", "f", "2")
        await self.home()
        edits = (r for r in self.d.main.board.remedies(self.d.main.place) if isinstance(r, Edit))
        screen = EditScreen(self.world.session, next(edits), self._heard, self.d.outside)
        screen.set_reactive(EditScreen.plan, self.world.change(screen._edit))
        screen._reason = ""
        screen._shown = screen._difference()
        self.d.app.push_screen(screen)
        await self.see("edit")

    def _heard(self, *_: object) -> None:
        """What an edit or a run brings is no part of the pictures after it."""

    async def _runs(self) -> None:
        session = self.world.session
        offered = session.found["exposure"].resources[0].remedies[0]
        assert isinstance(offered, Command)
        session._hold = asyncio.Event()
        await self._run(offered)
        await self.see("run, under way")
        await self.see("run, about to be left", "escape")
        await self.d.press("escape")
        session._hold.set()
        await self.see("run, finished")
        await self.home()
        session._hold = None
        session._declined = Declined(
            "What this rests on has changed since the card was shown.",
            ("address 203.0.113.7: gone", "address 198.51.100.1: new, action"),
        )
        await self._run(offered)
        await self.see("run, declined")

    async def _run(self, command: Command) -> None:
        """Confirm its card, with a clock that stands."""
        session = self.world.session
        plan = session.plan("exposure", command)
        run = RunScreen(session, plan, self._heard, self.d.outside, clock=lambda: 0.0)
        self.d.app.push_screen(run)
        await self.d.settle()

    async def _records(self) -> None:
        await self.see("history, empty", "H")
        await self.home()
        self.world.session.entries = list(self.world.entries)
        await self.see("history", "H")
        await self.see("history, of a failure", "down")
        await self.home()
        await self.d.at("exposure")
        await self.d.press("h")
        await self.d.app.workers.wait_for_complete()
        await self.see("decisions")
        await self.home()
        await self.see("export", "p")

    async def _walk(self) -> None:
        await self.see("walk", "w")
        await self.see("walk, help", "question_mark")
        await self.d.press("escape")
        walk = self.d.on(WalkScreen)
        while walk.journey.at != "custom-domain":
            walk.action_skip()
        await self.see("walk, an item with remedies")
        await self.see("walk, summary", "escape")

    async def _elsewhere(self) -> None:
        d, estate = self.d, self.world.estate
        identity, listing = d.main.board.identity, Listing()
        recent = ("storefront-staging",)
        d.app.push_screen(AppsScreen(identity, estate, listing, recent, NOW))
        await d.settle()
        await self.see("apps")
        await self.see("apps, none of them", *"zz")
        await self.home()
        board, travels = d.main.board, d.app._travels
        owner = self.world.listed[0].organization
        matrix = OrganizationScreen(board, owner, estate, travels, lambda: NOW)
        d.app.push_screen(matrix)
        await d.settle()
        matrix._draw()
        await self.see("organisation", "right", "down")
        matrix.workers.cancel_all()

    async def _troubles(self) -> None:
        for name, trouble in self.world.troubles.items():
            screen = TroubleScreen(self.d.main.board.identity, trouble, None, self.d.outside)
            self.d.app.push_screen(screen)
            await self.see(f"trouble, {name}")
            await self.home()

    async def _small(self) -> None:
        size = self.d.app.size
        await self.d.resize(39, 9)
        await self.see("small")
        await self.d.resize(*size)
