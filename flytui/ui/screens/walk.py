"""The walkthrough: one open item at a time, full width, and what came of it at the end."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Key
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from flytui.assessment import Assessment
from flytui.journey.model import Journey, Outcome
from flytui.journey.words import progress
from flytui.review import Decision
from flytui.ui.board import Board, Place
from flytui.ui.commands import WalkKeys
from flytui.ui.pages.item import waiting_page, walk_page
from flytui.ui.pages.lines import Line, text
from flytui.ui.pages.summary import summary_page
from flytui.ui.ports import Session
from flytui.ui.reasons import LOOKING, reason
from flytui.ui.widgets.keyblock import KeyBlock
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine

if TYPE_CHECKING:
    from flytui.ui.screens.remedying import RemedyingScreen

Decide = Callable[[Assessment, Decision], Awaitable[Assessment | None]]
TakeBack = Callable[[], Assessment | None]

_AT_AN_ITEM = frozenset({"fix", "decide", "skip", "copy", "docs"})
_CHANGING = frozenset({"decide", "undo"})


def _key(key: str, action: str, words: str, tip: str, *, show: bool = True) -> Binding:
    name = action.replace("('", "_").removesuffix("')")
    return Binding(key, action, words, tooltip=tip, show=show, id=f"walk.{name}")


class WalkScreen(Screen[None]):
    """Goes on by itself after a decision, and never away from an item that is being read.

    What is known is the main screen's; what is decided and run goes the same way as from there.
    """

    CSS_PATH = "walk.tcss"
    COMMANDS = {WalkKeys}  # noqa: RUF012 (Textual declares it as an instance's set)
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("f", "fix", "fix", "See what can be done about it"),
        _key("r", "decide('reviewed')", "reviewed", "Note that this was reviewed"),
        _key(
            "x",
            "decide('not_applicable')",
            "not applicable",
            "Note that this does not concern the app, and why",
        ),
        _key("s", "skip", "skip", "Leave it open, and go to the next open item"),
        _key("b", "back", "back", "Go back to the item before"),
        _key("w", "again", "go on", "Go on where you stopped; at the end, through what is open"),
        _key("escape", "stop", "stop", "Stop here; the next walkthrough goes on from this item"),
        _key("question_mark", "help", "help", "Keys, and what they do"),
        # The arrows are the frame's own, and what a stranger looks for.
        Binding(
            "j",
            "read(1)",
            "read on",
            key_display="↑ ↓",
            id="walk.read(1)",
            tooltip="Read on, and back; so do j and k",
        ),
        _key(
            "X",
            "decide('accepted_risk')",
            "accepted risk",
            "Note that it stays as it is, and why somebody answers for that",
        ),
        _key("u", "undo", "undo", "Undo the last decision", show=False),
        _key("c", "copy", "copy", "Copy the command, snippet or address", show=False),
        _key("o", "docs", "docs", "Open Fly.io's page about this item", show=False),
        Binding("n", "skip", show=False, id="walk.next", tooltip="As s does"),
        Binding("p", "back", show=False, id="walk.previous", tooltip="As b does"),
        _key("k", "read(-1)", "", "Read back", show=False),
    ]

    journey: reactive[Journey] = reactive[Journey](None, init=False, repaint=False)  # type: ignore[arg-type]  # set in __init__
    stopped: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether the summary is shown although it is not the end."""

    def __init__(
        self,
        main: "RemedyingScreen",
        session: Session,
        decide: Decide | None = None,
        take_back: TakeBack | None = None,
    ) -> None:
        """Without the means to decide there are no keys for it."""
        super().__init__()
        self._main = main
        self._session = session
        self._decide = decide
        self._take_back = take_back
        self._unkept = False
        """Whether the person was told that the place cannot be kept."""
        self._read_at: str | None = None
        journey = session.bookmark.load(item.id for item in session.checklist)
        self.set_reactive(WalkScreen.journey, journey.look(main.board.assessments))
        self._resumed_at = journey.at if journey.deeds else None
        """Where an earlier walkthrough stopped."""

    def compose(self) -> ComposeResult:
        yield TopLine(self._main.board.identity)
        yield Static(text(self._progress()), id="progress")
        with VerticalScroll():
            yield Page(self._page())
        yield KeyBlock()

    def on_mount(self) -> None:
        self.watch_journey()
        self.watch(self._main, "board", self._news, init=False)
        # What arrived while the widgets were being mounted was not drawn then.
        self.call_after_refresh(self._news)
        self.set_interval(10.0, self._draw)

    @property
    def board(self) -> Board:
        """What is known: the main screen's picture of it."""
        return self._main.board

    @property
    def summing_up(self) -> bool:
        """Whether there is no item on the screen, but what came of all of them."""
        return self.stopped or self.journey.ended

    def _news(self) -> None:
        """Something was heard: an item that is being read changes in place, and stays."""
        self.journey = self.journey.look(self.board.assessments)
        self._draw()

    def watch_journey(self) -> None:
        self._keep()
        if not self.summing_up and self.journey.at is not None:
            item = self.board.checklist[self.journey.at]
            self._main.go_to(Place(item.section, item.id))
        self._draw()

    def watch_stopped(self) -> None:
        self._draw()

    def _keep(self) -> None:
        try:
            self._session.bookmark.keep(self.journey)
        except OSError as error:
            if not self._unkept:
                words = f"Where you are cannot be kept for the next start: {error.strerror}."
                self.notify(words, severity="warning", markup=False)
            self._unkept = True

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        top = self.query_one(TopLine)
        top.identity, top.tally = self.board.identity, self.board.tally()
        self.query_one("#progress", Static).update(text(self._progress()))
        self.query_one(Page).show(self._page())
        at = None if self.summing_up else self.journey.at
        if at != self._read_at:
            self._read_at = at
            self.query_one(VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _progress(self) -> str:
        if self.summing_up or self.journey.at is None:
            return "walkthrough: what came of it"
        section = self.board.section(self.board.checklist[self.journey.at].section)
        again = ("stopped here last time",) if self._resumed_at == self.journey.at else ()
        words = progress(self.journey, self.board.assessments)
        return " · ".join((words, *again, section.title))

    def _page(self) -> list[Line]:
        at = self.journey.at
        if self.summing_up or at is None:
            return summary_page(self.journey, self.board)
        item, known = self.board.checklist[at], self.board.get(at)
        if known is None:
            return waiting_page(item)
        remedies = self.board.remedies(Place(item.section, at))
        return walk_page(known, remedies, self._main.clock())

    @work(exclusive=True, group="ask")
    async def action_decide(self, decision: str) -> None:
        known = self.board.get(self.journey.at)
        if known is None or self._decide is None:
            return
        saved = await self._decide(known, Decision(decision))
        if saved is not None:
            self._did(saved.item.id, Outcome(decision))
            self._go_on()

    @work(exclusive=True, group="ask")
    async def action_fix(self) -> None:
        from flytui.ui.fixing import fix  # noqa: PLC0415 (few walks come to that)

        item = self.journey.at
        if item is None:
            return
        place = Place(self.board.checklist[item].section, item)
        if not await fix(self._main, self._session, item, self.board.remedies(place)):
            return
        known = self.board.get(item)
        still_open = known is None or known.open
        self._did(item, Outcome.TRIED if still_open else Outcome.FIXED)
        if not still_open:
            self._go_on()

    def _did(self, item: str, outcome: Outcome) -> None:
        now = self._main.clock()
        self.journey = self.journey.did(item, outcome, self._session.by, now)

    def _go_on(self) -> None:
        self.journey = self.journey.next(self.board.assessments)

    def action_skip(self) -> None:
        if self.journey.at is not None:
            self._did(self.journey.at, Outcome.SKIPPED)
            self._go_on()

    def action_back(self) -> None:
        if self.stopped:
            self.stopped = False
            return
        earlier = self.journey.back(self.board.assessments)
        if earlier == self.journey:
            self.notify("This is the first one.", timeout=4, markup=False)
        self.journey = earlier

    def action_again(self) -> None:
        """On from where it stopped; what was skipped is met again after the last item."""
        if self.stopped and not self.journey.ended:
            self.stopped = False
            return
        self.stopped = False
        self.journey = self.journey.again(self.board.assessments)

    def action_stop(self) -> None:
        """Back to the checklist; first what came of the way, where there is something to tell."""
        if self.summing_up or not self.journey.deeds:
            self.dismiss(None)
        else:
            self.stopped = True

    def action_undo(self) -> None:
        undone = self._take_back() if self._take_back is not None else None
        if undone is not None:
            self.stopped = False
            self.journey = self.journey.undone(undone.item.id).to(undone.item.id)

    def action_copy(self) -> None:
        self._main.action_copy()

    def action_docs(self) -> None:
        self._main.action_docs()

    def action_read(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False, immediate=True)

    def action_help(self) -> None:
        from flytui.ui.screens.help import HelpScreen  # noqa: PLC0415 (as on the main screen)

        identity = self.board.identity
        self.app.push_screen(HelpScreen(self, identity, (), why_not=self.why_not))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would change something are not there where nothing may be."""
        del parameters
        may_decide = self._decide is not None and not self.board.identity.read_only
        if action in _CHANGING and not may_decide:
            return False
        if action in _AT_AN_ITEM and self.summing_up:
            return False
        if action == "again" and not self.summing_up:
            return False
        return None if self.why_not(action) else True

    def why_not(self, action: str) -> str | None:
        """Why the action cannot be done now, in a sentence."""
        name = action.split("(", maxsplit=1)[0]
        if name in {"fix", "decide", "copy"} and self.journey.waiting(self.board.assessments):
            return LOOKING
        if name in {"fix", "copy", "docs", "undo"}:
            return reason(name, self._main.situation())
        return None

    def on_key(self, event: Key) -> None:
        active = self.active_bindings.get(event.key)
        if active is None or active.enabled or active.node is not self:
            return
        if words := self.why_not(active.binding.action):
            self.notify(words, severity="warning", timeout=4, markup=False)
