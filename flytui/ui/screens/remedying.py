"""The main screen with what can be done about items, and what was done: `f` and `H`."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from flytui.assessment import Assessment
from flytui.ui.board import Board
from flytui.ui.messages import RemedyPicked
from flytui.ui.outside import Outside
from flytui.ui.screens.pointing import PointingScreen
from flytui.ui.screens.watching import WatchingScreen

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from flytui.ui.ports import Session
    from flytui.ui.screens.walk import WalkScreen


class RemedyingScreen(WatchingScreen, PointingScreen):
    """Shows cards and the history. Under `--read-only` nothing on them can be run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "fix", "fix", id="decide.fix", tooltip="See what can be done about it"),
        Binding(
            "w",
            "walk",
            "walkthrough",
            id="main.walk",
            tooltip="Go through the open items, one at a time",
        ),
        Binding(
            "H",
            "history",
            "history",
            show=False,
            id="main.history",
            tooltip="What was run on this app, and how to undo it",
        ),
        Binding(
            "h",
            "decisions",
            "decisions",
            show=False,
            id="main.decisions",
            tooltip="Who decided what about this item, and what was decided before",
        ),
        Binding(
            "p",
            "export",
            "export",
            show=False,
            id="main.export",
            tooltip="Write a report of what is known now to a file",
        ),
    ]

    def __init__(self, board: Board, clock: Callable[[], datetime], outside: Outside) -> None:
        super().__init__(board, clock, outside)
        self.typed: dict[tuple[str, ...], dict[str, str]] = {}
        """Values typed into a command's blanks, by its argument list; no secrets."""
        self._held: list[Callable[[], None]] = []
        """What is to be told once no dialog is read any more."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: "SeverityLevel" = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """At once; what would come over a dialog waits until it is closed."""
        tell = partial(
            super().notify, message, title=title, severity=severity, timeout=timeout, markup=markup
        )
        if self.app.screen.is_modal:
            self._held.append(tell)
        else:
            tell()

    def on_screen_resume(self) -> None:
        held, self._held = self._held, []
        for tell in held:
            tell()

    def begin(self, session: "Session", *, look: bool = True) -> None:
        """As always, and what an earlier flytui did not live to see is told."""
        from flytui.past_runs import startled  # noqa: PLC0415 (not in the first frame)

        super().begin(session, look=look)
        try:
            unknown = startled(session.history())
        except OSError:
            return  # Nothing runs either while it cannot be read; then that is told.
        if unknown:
            self.notify(unknown, severity="warning", timeout=30, markup=False)

    @work(exclusive=True, group="ask")
    async def action_fix(self) -> None:
        from flytui.ui.fixing import fix  # noqa: PLC0415 (not in the first frame)

        if self.session is not None and self.place is not None and self.place.item is not None:
            await fix(self, self.session, self.place.item, self.board.remedies(self.place))

    def action_walk(self) -> None:
        if self.session is not None:
            self.app.push_screen(self.walkthrough(self.session))

    def walkthrough(self, session: "Session") -> "WalkScreen":
        """The screen that goes through the open items."""
        from flytui.ui.screens.walk import WalkScreen  # noqa: PLC0415 (not in the first frame)

        return WalkScreen(self, session)

    @work(exclusive=True, group="ask")
    async def on_remedy_picked(self, message: RemedyPicked) -> None:
        from flytui.ui.fixing import fix  # noqa: PLC0415 (not in the first frame)

        page = self.shown  # where the remedy was read; the cursor may be further by now
        remedies = self.board.remedies(page)[message.number - 1 : message.number]
        if remedies and self.session is not None and page is not None and page.item is not None:
            await fix(self, self.session, page.item, remedies)

    @work(exclusive=True, group="ask")
    async def action_history(self) -> None:
        from flytui.ui.fixing import carry_out  # noqa: PLC0415 (not in the first frame)
        from flytui.ui.screens.history import HistoryScreen  # noqa: PLC0415 (not in the first frame)

        session = self.session
        if session is None:
            return
        try:
            entries = session.history()
            identity = self.board.identity
            screen = HistoryScreen(identity, entries, self.outside)
            entry = await self.app.push_screen_wait(screen)
            for seen in entries:
                if seen.unfinished:
                    session.acknowledge(seen)
            plan = None if entry is None else session.back(entry)
        except OSError as error:
            self.notify(f"The history cannot be read or kept: {error.strerror}.", markup=False)
            return
        if plan is not None:
            await carry_out(self, session, plan)
        elif entry is not None:
            self.notify("The item it was run for is still being looked at.", markup=False)

    def action_decisions(self) -> None:
        from flytui.ui.screens.decisions import DecisionsScreen  # noqa: PLC0415 (as above)

        known = self.board.get(self.place.item if self.place else None)
        if known is not None and self.session is not None:
            past = partial(self.session.past, known.item.id)
            self.app.push_screen(DecisionsScreen(self.board.identity, known, past))

    @work(exclusive=True, group="ask")
    async def action_export(self) -> None:
        from flytui.ui.screens.export import ExportScreen  # noqa: PLC0415 (as above)

        if self.session is not None:
            screen = ExportScreen(self.board.identity, self.session.export)
            written = await self.app.push_screen_wait(screen)
            if written is not None:
                self.notify(f"Written: {written}", timeout=8, markup=False)

    def heard(self, assessment: Assessment) -> None:
        """Take in an assessment that a decision or a run brought."""
        self.board = self.board.heard(assessment)
