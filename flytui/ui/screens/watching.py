"""The main screen kept up to date with the world: what fails, what changed, what is looked at."""

from dataclasses import replace
from typing import TYPE_CHECKING

from flytui.finding import Status
from flytui.ui.board import Board
from flytui.ui.messages import Blind, Seen
from flytui.ui.screens.main import MainScreen

if TYPE_CHECKING:
    from flytui.assessment import Assessment
    from flytui.outage import Outage


class WatchingScreen(MainScreen):
    """Tells once what keeps all items from being seen, and what changed since the last time."""

    outage: "Outage | None" = None

    def forget(self) -> None:
        """Everything about the session goes; another one may begin."""
        self.workers.cancel_node(self)
        self.session = None
        self.outage = None
        board = self.board
        self.board = Board(board.checklist, replace(board.identity, organization=None))

    def entitle(self, app: str) -> None:
        """Show which app it is going to be about."""
        self.board = replace(self.board, identity=replace(self.board.identity, app=app))

    def looked(self) -> None:
        """Tell when nothing was seen; everything has been looked at once more."""
        from flytui.outage import outage  # noqa: PLC0415 (not in the first frame)

        board = self.board
        self.outage = outage(board.assessments.values(), board.manual, board.identity)
        if self.outage is None:
            self.post_message(Seen())
        elif self.is_current and not self._something_stands_here():
            self.post_message(Blind(self.outage))
        self.draw()

    def _something_stands_here(self) -> bool:
        """Whether there is anything to read that was once seen."""
        known = self.board.assessments.values()
        return any(a.finding.status is not Status.UNKNOWN for a in known if not self._manual(a))

    def _manual(self, known: "Assessment") -> bool:
        return known.item.id in self.board.manual

    def _notice(self) -> str:
        """What was seen earlier and stands here still says by itself that it is old."""
        return super()._notice() or (self.outage.headline if self.outage else "")
