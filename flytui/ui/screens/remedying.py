"""The main screen with what can be done about items, and what was done: `f` and `H`."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from flytui.assessment import Assessment
from flytui.ui.board import Board
from flytui.ui.outside import Outside
from flytui.ui.screens.main import MainScreen

if TYPE_CHECKING:
    from flytui.ui.ports import Session


class RemedyingScreen(MainScreen):
    """Shows cards and the history. Under `--read-only` nothing on them can be run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "fix", "fix", id="decide.fix", tooltip="See what can be done about it"),
        Binding(
            "H",
            "history",
            "history",
            show=False,
            id="main.history",
            tooltip="What was run on this app, and what takes it back",
        ),
    ]

    def __init__(self, board: Board, clock: Callable[[], datetime], outside: Outside) -> None:
        super().__init__(board, clock, outside)
        self.typed: dict[tuple[str, ...], dict[str, str]] = {}
        """Values typed into a command's blanks, by its argument list; no secrets."""

    def begin(self, session: "Session") -> None:
        """As always, and what an earlier flytui did not live to see is told."""
        from flytui.past_runs import startled  # noqa: PLC0415 (not in the first frame)

        super().begin(session)
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

    def heard(self, assessment: Assessment) -> None:
        """Take in an assessment that a decision or a run brought."""
        self.board = self.board.heard(assessment)
