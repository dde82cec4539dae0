"""The Textual app: paints the checklist, then opens the session, and leaves the terminal whole."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segments
from textual import work
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Key, Resize
from textual.filter import LineFilter
from textual.screen import Screen

from flytui.assessment import Identity
from flytui.checklist import Checklist
from flytui.exit_code import ExitCode
from flytui.ui import drawn, frames
from flytui.ui.board import Board
from flytui.ui.dressed import PLAIN, Dress, DressedApp
from flytui.ui.inert import Inert
from flytui.ui.messages import Blind
from flytui.ui.outside import Outside
from flytui.ui.screens.deciding import DecidingScreen
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.remedying import RemedyingScreen
from flytui.ui.travelling import Travels

if TYPE_CHECKING:
    from flytui.estate import Estate
    from flytui.settings.error import Named
    from flytui.trouble import Trouble, Way
    from flytui.ui.ports import Session
    from flytui.ui.ways import Ways

AFTER_FIRST_FRAME = 0.03
"""Seconds between the first frame and the heavy imports, which would otherwise hold it up."""
SMALLEST = (40, 10)
"""Columns and rows below which no key acts."""

_ENDING = (signal.SIGTERM, signal.SIGHUP)


def run(  # noqa: PLR0913 (what the screen is about arrives by name)
    opening: "Callable[[], Session]",
    identity: Identity,
    checklist: Checklist,
    *,
    read_only: bool = False,
    ways: "Ways | None" = None,
    dress: Dress = PLAIN,
    estate: "Callable[[], Estate] | None" = None,
) -> int:
    """Show the checklist until the person quits. The exit code: 0 only if there was one to show."""
    app = FlytuiApp(
        opening,
        identity,
        checklist,
        read_only=read_only,
        ways=ways,
        dress=dress,
        estate=estate,
    )
    with _heeded_as_before():
        app.run()
    if app.return_code == 128 + signal.SIGHUP:
        _let_go()
    return app.return_code or app.failure


@contextmanager
def _heeded_as_before() -> Iterator[None]:
    """The signals that the app's loop takes for itself, and gives back as if nobody had them."""
    former = {number: signal.getsignal(number) for number in _ENDING}
    try:
        yield
    finally:
        for number, how in former.items():
            signal.signal(number, how)


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
            tooltip="Every action, section, item and resource, by name",
            show=False,
        ),
        Binding(
            "a", "apps", "another app", id="app.apps", tooltip="Look at another app", show=False
        ),
        Binding(
            "O",
            "organization",
            "organisation",
            id="app.organization",
            tooltip="All apps of the organisation against the checklist's sections",
            show=False,
        ),
        # Textual adds it only where no other key does the same.
        Binding("ctrl+p", "command_palette", "", id="app.palette_too", show=False, system=True),
        Binding("escape", "to_matrix", "", id="app.to_matrix", show=False),
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
        estate: "Callable[[], Estate] | None" = None,
    ) -> None:
        """With an `estate`, other apps than the one that is opened can be looked at."""
        drawn.let_go()
        frames.frugal()
        super().__init__(dress, _driver())
        self._ways = ways
        self._placed = False
        """Whether it is known that the app is the one that was meant."""
        self.failure = int(ExitCode.USAGE)
        """What flytui ends with when nothing more is said: not 0 before anything could be shown."""
        self._delay = delay
        self._opening = opening
        self._session: Session | None = None
        kind = RemedyingScreen if read_only else DecidingScreen
        board = Board(checklist, replace(identity, read_only=identity.read_only or read_only))
        self._main = kind(board, clock, outside or Outside())
        self._inert = Inert()
        self._interrupted_at: float | None = None
        self._interrupted = signal.getsignal(signal.SIGINT)
        self._travels = Travels(self, estate)

    def get_default_screen(self) -> Screen[None]:
        return self._main

    @property
    def identity(self) -> Identity:
        """Whose app this is, as far as it is known by now."""
        return self.main.board.identity

    @property
    def main(self) -> MainScreen:
        """The screen of the app that is looked at; the one opened first where none is shown."""
        shown = (one for one in reversed(self.screen_stack) if isinstance(one, MainScreen))
        return next(shown, self._main)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._inert]

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _ENDING:
            loop.add_signal_handler(number, self._end, number)
        # Not through the loop: it would hear Ctrl+C also while a command has the terminal.
        interrupt = partial(loop.call_soon_threadsafe, self._end, signal.SIGINT)
        signal.signal(signal.SIGINT, lambda *_: interrupt())
        self.call_after_refresh(self.set_timer, self._delay, self._open_soon)

    def _end(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def _open_soon(self) -> None:
        self.run_worker(self._open(), group="open", exclusive=True)

    async def _open(self) -> None:
        """Build the session in a thread: it imports what the first frame must not wait for."""
        # Imported here for the same reason; by now the frame is painted.
        from flytui import garbage  # noqa: PLC0415
        from flytui.fly.errors import FlyError  # noqa: PLC0415
        from flytui.review_file import ReviewFileError  # noqa: PLC0415
        from flytui.settings import SettingsError  # noqa: PLC0415

        try:
            await self._opened()
        except (FlyError, SettingsError, ReviewFileError) as error:
            from flytui.trouble import beginning  # noqa: PLC0415 (rarely needed)

            await self.trouble(beginning(error))
        else:
            self.failure = 0
        finally:
            garbage.resume()

    async def _opened(self) -> None:
        """The app that was named; where none was, one that the token sees."""
        from flytui.settings.error import NoApp  # noqa: PLC0415 (as above)

        try:
            self._session = await asyncio.to_thread(self._opening)
        except NoApp as error:
            if not self._travels.possible or type(error) is not NoApp:
                raise
            meant = self._ways.organization if self._ways else None
            await self._travels.choose_first(meant)
        else:
            self._travels.here(self._session.identity.app, self._main)
            self._main.begin(self._session)

    async def trouble(self, what: "Trouble") -> None:
        """Tell what is the matter, and take the way out that the person chooses."""
        from flytui.ui.screens.trouble import TroubleScreen  # noqa: PLC0415 (rarely needed)

        self.failure = int(what.code)
        # What was said about a look that saw nothing covers nothing.
        self.clear_notifications()
        look = self.main.session is not None
        screen = TroubleScreen(self.identity, what, self._ways, self._main.outside, look=look)
        await self.push_screen(screen, self._way_out)

    async def on_blind(self, message: Blind) -> None:
        """Nothing at all could be seen: say so in full, not only on the line of notices."""
        from flytui.trouble import blind  # noqa: PLC0415 (rarely needed)

        session = self.main.session
        if session is None:
            return
        names = await session.near() if message.why.kind == "missing" else ()
        what = blind(message.why, self.identity.app, session.outlived())
        await self.trouble(what.meaning(names))

    async def on_seen(self) -> None:
        self.failure = 0
        await self._travels.arrived(self._main)
        if self._ways is None or self._placed:
            return
        self._placed = True
        if error := await self._ways.astray():
            from flytui.trouble import astray  # noqa: PLC0415 (rarely needed)

            await self.trouble(astray(error))

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
                self._quit()
        if chosen not in {None, Way.LOOK, Way.QUIT}:
            self.run_worker(self.begin_again(), group="open", exclusive=True)

    async def begin_again(self) -> None:
        """Another session instead of this one, opened from things as they are now."""
        former, self._session, self._placed = self._session, None, False
        await self._travels.home(self._main)
        self._main.forget()
        if former is not None:
            await former.close()
        await self._open()

    async def on_unmount(self) -> None:
        signal.signal(signal.SIGINT, self._interrupted or signal.default_int_handler)
        await self._travels.close()
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

    async def action_quit(self) -> None:
        self._quit()

    def _quit(self) -> None:
        """At once, unless what was typed would be lost with it."""
        screens = dict.fromkeys((self._main, *self._travels.screens))
        kept = (screen.unsaved for screen in screens if isinstance(screen, DecidingScreen))
        unsaved = tuple(chain.from_iterable(kept))
        if not unsaved:
            self.exit()
            return
        from flytui.ui.screens.leave import DraftsScreen  # noqa: PLC0415 (rarely needed)

        self.push_screen(DraftsScreen(self.identity, unsaved), self._quit_after_all)

    def _quit_after_all(self, sure: bool | None) -> None:
        if sure:
            self.exit()

    def action_help(self) -> None:
        from flytui.ui.screens.help import HelpScreen  # noqa: PLC0415 (not in the first frame)

        main = self.main
        self.push_screen(HelpScreen(main, main.board.identity, why_not=main.why_not))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """From an app to another one leads only its own screen: what covers it has its own keys."""
        if action in {"apps", "organization", "to_matrix"}:
            above = action != "to_matrix" or self._travels.above_matrix
            return self._travels.possible and isinstance(self.screen, MainScreen) and above
        return super().check_action(action, parameters)

    @work(exclusive=True, group="travel")
    async def action_apps(self) -> None:
        await self._travels.choose()

    @work(exclusive=True, group="travel")
    async def action_organization(self) -> None:
        await self._travels.matrix()

    async def action_to_matrix(self) -> None:
        await self._travels.matrix()

    def copy_to_clipboard(self, text: str) -> None:
        """Whatever is selected anywhere goes the way of everything copied; no secret goes it."""
        field = self.focused
        if getattr(field, "password", False) and text == getattr(field, "selected_text", None):
            self.notify("What is typed unseen is not copied.", severity="warning", markup=False)
            return
        self._clipboard = text
        self._main.outside.copy(self._main.app, text)

    def on_key(self, event: Key) -> None:
        """From a dialog, no key of the app's own comes but this one."""
        if event.key == "ctrl+c" and self.screen.is_modal:
            self.action_help_quit()

    def action_help_quit(self) -> None:
        from flytui.ui.interrupting import heard  # noqa: PLC0415 (rarely needed)

        self._interrupted_at = heard(self, self._interrupted_at, self._quit)

    def _fatal_error(self) -> None:
        """Show where it went wrong without the values of that moment: a token may be among them."""
        from rich.traceback import Traceback  # noqa: PLC0415 (a third of all imports together)

        self.bell()
        traceback = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(
            Segments(self.console.render(traceback, self.console.options))
        )
        self._close_messages_no_wait()
