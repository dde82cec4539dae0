"""The main screen: the checklist on the left, what there is to read about it on the right."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key, Resize
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer

from flytui.ui import keys
from flytui.ui.board import Board, Place
from flytui.ui.commands import Actions
from flytui.ui.drawn import hidden
from flytui.ui.messages import Chosen, Looked
from flytui.ui.outside import Outside
from flytui.ui.pace import Pace
from flytui.ui.pages.item import gone_page, item_page, resource_page
from flytui.ui.pages.lines import BLANK, Line, say
from flytui.ui.pages.section import section_page
from flytui.ui.reasons import DEPENDENT, READ_ONLY, Situation, left_out, reason
from flytui.ui.widgets.detail import Detail
from flytui.ui.widgets.keyline import KeyLine
from flytui.ui.widgets.notice import Notice
from flytui.ui.widgets.topline import TopLine
from flytui.ui.widgets.tree import ChecklistTree
from flytui.ui.words import count

if TYPE_CHECKING:
    from flytui.ui.ports import Session

FRAME = 0.1
"""Seconds between two drawings of what arrives by itself: nobody reads faster than that."""
PATIENCE = 0.5
"""The same while keys follow each other: they come first."""
TICK = 10.0
"""Seconds between two looks at the clock: ages are shown no finer than that."""


def key(key: str, action: str, words: str, tip: str, *, show: bool = False) -> Binding:
    name = action.split("(", maxsplit=1)[0]
    numbered = f"main.{name}" + (f"_{key}" if "(" in action else "")
    return Binding(key, action, words, tooltip=tip, show=show, id=numbered)


class MainScreen(Screen[None]):
    """Owns what is known; widgets below are shown it, and change nothing in the world.

    `DecidingScreen` adds the keys that can: under `--read-only` they do not exist.
    """

    COMMANDS = {Actions}  # noqa: RUF012 (Textual declares it as an instance's set)
    BINDINGS: ClassVar[list[BindingType]] = [
        key("o", "docs", "docs", "Open Fly.io's page about this item"),
        key("c", "copy", "copy", "Copy the command, snippet or address of a remedy"),
        key("D", "dashboard", "dashboard", "Open the app on Fly.io's dashboard"),
        key("t", "token", "token", "What the token in force can see, item by item"),
        key("R", "refresh", "refresh", "Look at everything again"),
        key("escape", "back", "back", "Go back to the checklist; clear the filter"),
    ]

    board: reactive[Board] = reactive[Board](None, init=False, repaint=False)  # type: ignore[arg-type]  # set in __init__
    shown: reactive[Place | None] = reactive(None, init=False, repaint=False)
    """What the pane shows; it follows the cursor a moment later, or when the keys pause."""
    decisions: reactive[int] = reactive(0, init=False, repaint=False)
    reading: reactive[bool] = reactive(False, init=False, repaint=False, toggle_class="-reading")

    def __init__(self, board: Board, clock: Callable[[], datetime], outside: Outside) -> None:
        super().__init__()
        self.set_reactive(MainScreen.board, board)
        self.clock = clock
        self.outside = outside
        self.session: Session | None = None
        self.beside: Callable[[str], str] = lambda _: ""
        """What other apps have to do with an item, in words; empty for nothing."""
        self._acting: tuple[bool, ...] = ()
        self._behind: Timer | None = None
        """Set while something is known that is not drawn yet."""
        self._caught_up = 0.0
        self._pace = Pace(self, self._follow)
        self._coming: Place | None = None
        """What the pane is about to show."""
        self._drawn: tuple[object, ...] = ()
        """What the page that is shown was made from."""
        self._tree: ChecklistTree | None = None
        """Asked for its place by every key there is, whenever one of them may come or go."""

    def compose(self) -> ComposeResult:
        yield TopLine(self.board.identity)
        with Horizontal():
            self._tree = ChecklistTree(self.board)
            yield self._tree
            yield Detail()
        yield Notice()
        yield KeyLine()

    def on_mount(self) -> None:
        tree = self.query_one(ChecklistTree)
        tree.border_title = "Checklist"
        tree.focus()
        self.set_interval(TICK, self.draw)
        # What arrived while the widgets were being mounted was not drawn then.
        self.call_after_refresh(self.watch_board)

    def on_screen_suspend(self) -> None:
        hidden(self)

    def begin(self, session: "Session", *, look: bool = True) -> None:
        """The session is there: show what it knows already, and look at everything."""
        self.session = session
        board = self.board.joined(session.checklist)
        board = replace(board, identity=session.identity, manual=session.manual, opened=True)
        for known in session.assessments.values():
            board = board.heard(known)
        self.board = board
        self._tell_of_the_token(session)
        if look:
            self.look(again=False)
        else:
            times = [known.at for known in board.assessments.values() if known.at is not None]
            self.board = replace(board, updated=min(times, default=None))

    def _tell_of_the_token(self, session: "Session") -> None:
        """Before any verdict: what this token cannot show."""
        from flytui.sight_words import narrowness  # noqa: PLC0415 (not in the first frame)

        if narrow := narrowness(session.sight()):
            self.notify(
                f"{narrow} Press {keys.key('t', 'main.token')} to see.", timeout=8, markup=False
            )

    @work(exclusive=True, group="look")
    async def look(self, *, again: bool) -> None:
        """Take in every verdict as it arrives."""
        from flytui.events import Assessed, Known  # noqa: PLC0415 (not in the first frame)

        session = self.session
        if session is None:
            return
        self.board = replace(self.board, pending=frozenset(i.id for i in self.board.checklist))
        async with aclosing(session.refresh() if again else session.assess()) as events:
            async for event in events:
                match event:
                    case Assessed(assessment):
                        self.board = self.board.heard(assessment)
                    case Known(identity):
                        self.board = replace(self.board, identity=identity)
        self.board = replace(self.board, pending=frozenset(), updated=self.clock())
        self.looked()

    def looked(self) -> None:
        """Everything has been looked at once more."""

    @property
    def place(self) -> Place | None:
        """Where the cursor is by now: a key means the row that it was moved to before."""
        return self._tree.place if self._tree is not None else None

    def situation(self) -> Situation:
        return Situation(self.board, self.place, self.decisions, self.reading)

    def watch_board(self) -> None:
        """Verdicts that arrive within one frame are drawn once; what a person does, at once."""
        if not self.is_mounted:
            return
        if not self.board.pending:
            self.catch_up()
        elif self._behind is None:
            # A timer of no time at all divides by it.
            frame = PATIENCE if self._pace.busy else FRAME
            wait = max(self._caught_up + frame - monotonic(), 0.001)
            self._behind = self.set_timer(wait, self.catch_up)

    def catch_up(self) -> None:
        """Draw what has become known since the last time."""
        if self._behind is not None:
            self._behind.stop()
            self._behind = None
        self.query_one(ChecklistTree).show(self.board)
        self._draw_lines()
        if self.shown is not None and not _same(self._drawn, self._rests_on(self.shown)):
            self._draw_page()
        self._refresh_keys()
        self._caught_up = monotonic()

    def _follow(self) -> None:
        """Show what there is to read where the cursor is, and which keys act there."""
        if self._coming is not None:
            self.shown = self._coming
        self.draw()
        self._refresh_keys()

    def watch_decisions(self) -> None:
        self._refresh_keys()

    def watch_reading(self) -> None:
        self._refresh_keys()

    def _refresh_keys(self) -> None:
        """Tell the line of keys, when one of them comes or goes."""
        situation = self.situation()
        acting = tuple(reason(action, situation) is None for action in DEPENDENT)
        if acting != self._acting:
            self._acting = acting
            self.refresh_bindings()

    def draw(self) -> None:
        """Bring the lines and the pane up to date with what is known and with the clock."""
        self._draw_lines()
        self._draw_page()

    def _draw_lines(self) -> None:
        top = self.query_one(TopLine)
        top.identity = self.board.identity
        top.now = self.clock()
        top.updated = self.board.updated
        top.tally = self.board.tally() if self.board.opened else None
        top.doing = self._doing()
        self.query_one(Notice).say(self._notice())

    def _draw_page(self) -> None:
        if self.shown is not None:
            self._drawn = self._rests_on(self.shown)
            title, lines = self._page(self.shown)
            self.query_one(Detail).show(self.shown, title, lines)

    def _rests_on(self, place: Place) -> tuple[object, ...]:
        """What the page about the place is made from, but for the clock; never changed in place."""
        items = [i.id for i in self.board.section(place.section).items]
        told = items if place.item is None else [place.item]
        return (place, *map(self.board.get, told), *map(self.board.recalled.get, told))

    def _doing(self) -> str:
        if not self.board.opened:
            return "starting"
        total = sum(1 for _ in self.board.checklist)
        waiting = len(self.board.pending)
        return f"looking {total - waiting}/{total}" if waiting else ""

    def _notice(self) -> str:
        """What went wrong and stays wrong until somebody does something."""
        problems = list(self.session.problems) if self.session else []
        if problems:
            return f"{count(len(problems), 'problem')}: {problems[0]}"
        old = [a for a in self.board.assessments.values() if a.outdated is not None]
        if old and old[0].outdated is not None:
            words = f"{count(len(old), 'item')} could not be looked at again"
            return f"{words}: {old[0].outdated.cause}"
        return ""

    def _page(self, place: Place) -> tuple[str, list[Line]]:
        if place.item is None:
            section = self.board.section(place.section)
            return section.title, section_page(self.board, section)
        item = self.board.checklist[place.item]
        remedies, now = self.board.remedies(place), self.clock()
        if place.resource is None:
            page = item_page(item, self.board.get(place.item), remedies, now)
            beside = self.beside(item.id)
            return item.title, [*page, BLANK, say(beside)] if beside else page
        one = self.board.resource(place)
        page = resource_page(item, one, remedies, now) if one else gone_page(item)
        return item.title, page

    def on_looked(self, message: Looked) -> None:
        self._coming = message.place
        self._pace.moved()

    def on_chosen(self, message: Chosen) -> None:
        self._coming = message.place
        self._pace.soon()
        if message.place.item is not None and self.one_column:
            self._read()
        else:
            self.query_one(ChecklistTree).toggle(message.place)

    def on_resize(self, event: Resize) -> None:
        del event
        if self.reading and not self.one_column:
            self.action_back()

    @property
    def one_column(self) -> bool:
        """Whether there is room for either the tree or the detail, not both."""
        return self.size.width < 80 or self.size.height < 24

    def _read(self) -> None:
        self.reading = True
        self.query_one(Detail).focus()

    def action_back(self) -> None:
        self.reading = False
        self.query_one(ChecklistTree).focus()

    def go_to(self, place: Place) -> None:
        """Show that place, wherever the cursor was."""
        self.action_back()
        self.query_one(ChecklistTree).reveal(place)

    def action_refresh(self) -> None:
        self.look(again=True)

    def action_docs(self) -> None:
        if self.place and self.place.item:
            links = self.board.checklist[self.place.item].links
            self.outside.open(self.app, links[0].url)

    def action_token(self) -> None:
        from flytui.ui.screens.token import TokenScreen  # noqa: PLC0415 (not in the first frame)

        seen = self.session.sight() if self.session else None
        if seen is not None:
            board = self.board
            screen = TokenScreen(board.identity, board.checklist, seen, self.clock())
            self.app.push_screen(screen)

    def action_dashboard(self) -> None:
        self.outside.open(self.app, self.outside.dashboard(self.board.identity.app))

    @work(exclusive=True, group="copy")
    async def action_copy(self) -> None:
        from flytui.remedy import what_to_copy  # noqa: PLC0415 (beside its only use)
        from flytui.ui.screens.choice import ChoiceScreen  # noqa: PLC0415 (not in the first frame)

        if selected := self.get_selected_text():
            self.outside.copy(self.app, selected)
            self.clear_selection()
            return
        remedies = self.board.remedies(self.place)
        chosen: int | None = 0
        if len(remedies) > 1:
            screen = ChoiceScreen(self.board.identity, "Copy which one?", remedies)
            chosen = await self.app.push_screen_wait(screen)
        if chosen is not None:
            self.outside.copy(self.app, what_to_copy(remedies[chosen]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that cannot act now stays visible, greyed; `on_key` says why when it is pressed."""
        if action == "section":
            number = parameters[0]
            return isinstance(number, int) and number <= len(self.board.checklist.sections)
        return None if self.why_not(action) else True

    def why_not(self, action: str) -> str | None:
        """Why the action cannot be done now, in a sentence."""
        name = "next_open" if action == "previous_open" else action.split("(", maxsplit=1)[0]
        return reason(name, self.situation())

    def meant(self, pressed: str) -> ActiveBinding | None:
        """What `active_bindings` has for the key, without asking about every other one."""
        for node, bindings in self._modal_binding_chain:
            for binding in bindings.key_to_bindings.get(pressed, ()):
                state = self.app._check_action_state(binding.action, node)  # noqa: SLF001 (as there)
                if state is not False:
                    return ActiveBinding(node, binding, bool(state), binding.tooltip)
        return None

    def on_key(self, event: Key) -> None:
        active = self.meant(event.key)
        if active is None and self.board.identity.read_only and event.key in left_out():
            self.notify(READ_ONLY, severity="warning", timeout=4, markup=False)
        if active is None or active.enabled or active.node is not self:
            return
        words = self.why_not(active.binding.action)
        if words and active.binding.action != "back":
            self.notify(words, severity="warning", timeout=4, markup=False)


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))
