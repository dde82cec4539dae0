"""Starts the app on a given session and reads its screen."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from textual.app import App
from textual.pilot import Pilot

from flytui.checklist import Checklist
from flytui.checklist import load as load_checklist
from flytui.settings.personal import Personal
from flytui.ui.app import FlytuiApp
from flytui.ui.board import Place
from flytui.ui.dressed import Dress
from flytui.ui.outside import Outside
from flytui.ui.ports import Session
from flytui.ui.screens.main import MainScreen
from flytui.ui.ways import Ways
from flytui.ui.widgets.detail import Detail
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.tree import ChecklistTree
from tests.ui.fake_session import NOW, FakeSession
from tests.ui.still import Frames, passing, settled, still

NEVER = 3600.0
"""Seconds: the tests open the session themselves, when they say so."""


class Noted(Outside):
    """Keeps what was copied and opened."""

    def __init__(self, *, graphical: bool = False) -> None:
        super().__init__({"DISPLAY": ":0"} if graphical else {}, "linux")
        self.copied: list[str] = []
        self.opened: list[str] = []

    def copy(self, app: App[object], text: str) -> None:
        self.copied.append(text)
        super().copy(app, text)

    def open(self, app: App[object], url: str) -> None:
        self.opened.append(url)
        if not self.graphical:
            super().open(app, url)


S = TypeVar("S")


@dataclass
class Driven:
    """A running app with the means to press and to read."""

    app: FlytuiApp
    pilot: Pilot[None]
    session: FakeSession
    outside: Noted
    drawn: int = -1
    """How many frames had been made when the screen was looked at last."""

    @property
    def main(self) -> MainScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, MainScreen))

    def on(self, kind: type[S]) -> S:
        """The screen on top, which is one of that kind."""
        top = self.app.screen
        assert isinstance(top, kind), top
        return top

    @property
    def tree(self) -> ChecklistTree:
        return self.main.query_one(ChecklistTree)

    @property
    def detail(self) -> str:
        return self.main.query_one(Detail).query_one(Page).plain

    @property
    def toasts(self) -> list[str]:
        return [str(n.message) for n in self.app._notifications]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Everything that can go on has gone on, also what was put off for a moment."""
        await settled(self.app)

    async def passing(self, seconds: float) -> None:
        """Let so much time pass for what goes by timers."""
        await passing(self.app, seconds)

    async def resize(self, width: int, height: int) -> None:
        """Another size, once the screen has taken it in."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def at(self, item: str, resource: int | None = None) -> None:
        """Put the cursor on an item, or on one of its resources."""
        section = self.main.board.checklist[item].section
        place = Place(section, item)
        if resource is not None:
            key = [p for p in self.tree._rows if p.item == item and p.resource][resource]
            place = key
        self.main.go_to(place)
        await self.settle()

    def screen(self) -> str:
        """What the terminal shows, row by row."""
        self.drawn = Frames.made
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)


@asynccontextmanager
async def driving(
    session: FakeSession | None = None,
    *,
    size: tuple[int, int] = (120, 36),
    read_only: bool = False,
    opening: Callable[[], Session] | None = None,
    graphical: bool = False,
    checklist: Checklist | None = None,
    begin: bool = True,
    ways: Ways | None = None,
    clock: Callable[[], datetime] = lambda: NOW,
    preferences: Personal | None = None,
    keep_theme: Callable[[str], object] = str,
) -> AsyncIterator[Driven]:
    """The app on a session, looked at in full unless `begin` is False."""
    session = session or FakeSession()
    outside = Noted(graphical=graphical)
    app = FlytuiApp(
        opening or (lambda: session),
        session.identity,
        checklist or load_checklist(),
        read_only=read_only,
        clock=clock,
        outside=outside,
        delay=NEVER,
        ways=ways,
        dress=Dress(preferences or Personal(), keep_theme),
    )
    with still():
        async with app.run_test(size=size, notifications=True) as pilot:
            driven = Driven(app, pilot, session, outside)
            if begin:
                await app._open()
            await driven.settle()
            yield driven
            # What the test left on the screen can be drawn, whether it looked or not.
            if driven.drawn != Frames.made:
                driven.screen()
