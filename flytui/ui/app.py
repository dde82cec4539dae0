"""The Textual app: paints the checklist, then opens the session, and leaves the terminal whole."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segments
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Resize
from textual.filter import LineFilter
from textual.screen import Screen

from flytui.assessment import Identity
from flytui.checklist import Checklist
from flytui.exit_code import ExitCode
from flytui.ui.board import Board
from flytui.ui.dressed import PLAIN, Dress, DressedApp
from flytui.ui.inert import Inert
from flytui.ui.keys import key
from flytui.ui.messages import Blind
from flytui.ui.outside import Outside
from flytui.ui.screens.deciding import DecidingScreen
from flytui.ui.screens.remedying import RemedyingScreen

if TYPE_CHECKING:
    from flytui.settings.error import Named
    from flytui.trouble import Trouble, Way
    from flytui.ui.ports import Session
    from flytui.ui.ways import Ways

AFTER_FIRST_FRAME = 0.03
"""Seconds between the first frame and the heavy imports, which would otherwise hold it up."""
SMALLEST = (40, 10)
"""Columns and rows below which no key acts."""


def run(  # noqa: PLR0913 (what the screen is about arrives by name)
    opening: "Callable[[], Session]",
    identity: Identity,
    checklist: Checklist,
    *,
    read_only: bool = False,
    ways: "Ways | None" = None,
    dress: Dress = PLAIN,
) -> int:
    """Show the checklist until the person quits. The exit code: 0 only if there was one to show."""
    app = FlytuiApp(opening, identity, checklist, read_only=read_only, ways=ways, dress=dress)
    app.run()
    if app.return_code == 128 + signal.SIGHUP:
        _let_go()
    return app.return_code or app.failure


def _let_go() -> None:
    """The terminal is gone: what is still to be written at the end goes nowhere, and fails not."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _driver() -> type[Driver] | None:
    """The driver for this system's terminals; None leaves the choice to Textual."""
    if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
        return None
    from flytui.ui.driver import PatientDriver  # noqa: PLC0415 (there is none for Windows)

    return PatientDriver


class FlytuiApp(DressedApp, inherit_bindings=False):
    """Invariant: nothing heavy is imported before the first frame is on the screen."""

    CSS_PATH = ["app.tcss", "screens/main.tcss"]  # noqa: RUF012 (Textual types it)
    TITLE = "flytui"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]  # noqa: RUF012 (Textual types it)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012 (Textual types it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="app.help", tooltip="Keys, and what they do"),
        Binding("q", "quit", "quit", id="app.quit", tooltip="Leave flytui"),
        Binding(
            "colon",
            "command_palette",
            "palette",
            id="app.palette",
            tooltip="Every action and item, by name",
            show=False,
        ),
        Binding("ctrl+c", "help_quit", "", id="app.interrupt", show=False, system=True),
    ]

    def __init__(  # noqa: PLR0913 (what a test gives it arrives by name)
        self,
        opening: "Callable[[], Session]",
        identity: Identity,
        checklist: Checklist,
        *,
        read_only: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        outside: Outside | None = None,
        delay: float = AFTER_FIRST_FRAME,
        ways: "Ways | None" = None,
        dress: Dress = PLAIN,
    ) -> None:
        super().__init__(dress, _driver())
        self._ways = ways
        self.failure = int(ExitCode.USAGE)
        """What flytui ends with when nothing more is said: not 0 before anything could be shown."""
        self._delay = delay
        self._opening = opening
        self._session: Session | None = None
        kind = RemedyingScreen if read_only else DecidingScreen
        board = Board(checklist, replace(identity, read_only=identity.read_only or read_only))
        self._main = kind(board, clock, outside or Outside())
        self._inert = Inert()

    def get_default_screen(self) -> Screen[None]:
        return self._main

    @property
    def identity(self) -> Identity:
        """Whose app this is, as far as it is known by now."""
        return self._main.board.identity

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._inert]

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._end, number)
        self.call_after_refresh(self.set_timer, self._delay, self._open_soon)

    def _end(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def _open_soon(self) -> None:
        self.run_worker(self._open(), group="open", exclusive=True)

    async def _open(self) -> None:
        """Build the session in a thread: it imports what the first frame must not wait for."""
        # Imported here for the same reason; by now the frame is painted.
        from flytui.fly.errors import FlyError  # noqa: PLC0415
        from flytui.review_file import ReviewFileError  # noqa: PLC0415
        from flytui.settings import SettingsError  # noqa: PLC0415

        try:
            self._session = await asyncio.to_thread(self._opening)
        except (FlyError, SettingsError, ReviewFileError) as error:
            from flytui.trouble import beginning  # noqa: PLC0415 (rarely needed)

            await self.trouble(beginning(error))
        else:
            self.failure = 0
            self._main.begin(self._session)

    async def trouble(self, what: "Trouble") -> None:
        """Tell what is the matter, and take the way out that the person chooses."""
        from flytui.ui.screens.trouble import TroubleScreen  # noqa: PLC0415 (rarely needed)

        self.failure = int(what.code)
        look = self._main.session is not None
        screen = TroubleScreen(self.identity, what, self._ways, self._main.outside, look=look)
        await self.push_screen(screen, self._way_out)

    async def on_blind(self, message: Blind) -> None:
        """Nothing at all could be seen: say so in full, not only on the line of notices."""
        from flytui.trouble import blind  # noqa: PLC0415 (rarely needed)

        session = self._main.session
        if session is None:
            return
        names = await session.near() if message.why.kind == "missing" else ()
        what = blind(message.why, self.identity.app, session.outlived())
        await self.trouble(what.meaning(names))

    def on_seen(self) -> None:
        self.failure = 0

    def _way_out(self, chosen: "Way | Named | None") -> None:
        from flytui.settings.error import Named  # noqa: PLC0415 (as above)
        from flytui.trouble import Way  # noqa: PLC0415 (as above)

        match chosen:
            case Named(app=app) if self._ways is not None:
                self._ways.about(app)
                self._main.entitle(app)
            case Way.LOGIN if self._ways is not None:
                if replaced := self._ways.logged_in():
                    self.notify(replaced, timeout=10, markup=False)
            case Way.QUIT:
                self.exit()
        if chosen not in {None, Way.LOOK, Way.QUIT}:
            self.run_worker(self.begin_again(), group="open", exclusive=True)

    async def begin_again(self) -> None:
        """Another session instead of this one, opened from things as they are now."""
        former, self._session = self._session, None
        self._main.forget()
        if former is not None:
            await former.close()
        await self._open()

    async def on_unmount(self) -> None:
        if self._session is not None:
            await self._session.close()

    def on_resize(self, event: Resize) -> None:
        self._mind_the_room(event.size.width, event.size.height)

    def _mind_the_room(self, width: int, height: int) -> None:
        small = width < SMALLEST[0] or height < SMALLEST[1]
        if not small and len(self.screen_stack) < 2:
            return
        from flytui.ui.screens.small import SmallScreen  # noqa: PLC0415 (rarely needed)

        covers = [screen for screen in self.screen_stack if isinstance(screen, SmallScreen)]
        if small and not covers:
            self.push_screen(SmallScreen(self.identity))
        elif not small:
            for cover in covers:
                cover.dismiss()

    def action_help(self) -> None:
        from flytui.ui.screens.help import HelpScreen  # noqa: PLC0415 (not in the first frame)

        self.push_screen(HelpScreen(self._main))

    def action_help_quit(self) -> None:
        self.notify(f"Press {key('q', 'app.quit')} to leave flytui.", markup=False)

    def _fatal_error(self) -> None:
        """Show where it went wrong without the values of that moment: a token may be among them."""
        from rich.traceback import Traceback  # noqa: PLC0415 (a third of all imports together)

        self.bell()
        traceback = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(
            Segments(self.console.render(traceback, self.console.options))
        )
        self._close_messages_no_wait()
