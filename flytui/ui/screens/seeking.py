"""The main screen with what finds things again: the filter, and the way back to where one was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.events import Key, Paste
from textual.reactive import reactive

from flytui.ui.board import Board, Place
from flytui.ui.line_edit import TypedLine
from flytui.ui.outside import Outside
from flytui.ui.pages.lines import Line
from flytui.ui.reasons import Situation
from flytui.ui.screens.main import MainScreen, key
from flytui.ui.trail import Trail
from flytui.ui.widgets.notice import Notice
from flytui.ui.widgets.tree import ChecklistTree

if TYPE_CHECKING:
    from flytui.ui.filtering import Found
    from flytui.ui.widgets.filterline import FilterLine

NEXT = "Go to the next open item; with a filter, to the next that matches"
PREVIOUS = "Go to the previous open item; with a filter, to the one before that matches"
FILTER_TIP = "Show only what matches: words, status:action, section:networking, review:none"


class SeekingScreen(MainScreen):
    """While a filter is typed every letter is the filter's, in the order typed: no key acts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "next_open", "next open", NEXT, show=True),
        key("N", "previous_open", "previous open", PREVIOUS),
        key("slash", "filter", "filter", FILTER_TIP, show=True),
        key("left_square_bracket", "earlier", "back to before", "Go back to before the last jump"),
        key("right_square_bracket", "later", "forward again", "Go forward again after going back"),
        *(key(f"{n}", f"section({n})", f"section {n}", f"Go to section {n}") for n in range(1, 10)),
    ]

    typing: reactive[bool] = reactive(False, init=False, repaint=False, toggle_class="-typing")
    trail: reactive[Trail] = reactive(Trail(), init=False, repaint=False)

    def __init__(self, board: Board, clock: Callable[[], datetime], outside: Outside) -> None:
        super().__init__(board, clock, outside)
        self.found: Found | None = None
        """What the filter leaves; None without one."""
        self._line = TypedLine()
        self._origin: Place | None = None
        """Where the cursor was when the filter was begun."""
        self._now: Situation | None = None
        self._rests: tuple[object, ...] = ()
        """What the situation rests on; all of it is replaced, never changed."""

    def situation(self) -> Situation:
        """As it is; worked out once for all the keys that are asked about in the same one."""
        trail, here = self.trail, self.place
        rests = (self.board, here, self.decisions, self.reading, self.found, trail)
        if self._now is None or any(a is not b for a, b in zip(self._rests, rests, strict=True)):
            self._rests = rests
            self._now = replace(
                super().situation(),
                matches=None if self.found is None else self.found.items,
                earlier=trail.earlier(here, self.board.has) is not None,
                later=trail.later(here, self.board.has) is not None,
            )
        return self._now

    def watch_board(self) -> None:
        if self.found is not None and self.is_mounted:
            self.found = self._search(self._line.text)
            self.query_one(ChecklistTree).heard(self.found)
            self._tell()
        super().watch_board()

    def watch_trail(self) -> None:
        self._refresh_keys()

    def _search(self, typed: str) -> "Found":
        from flytui.ui.filtering import search  # noqa: PLC0415 (not in the first frame)

        return search(typed, self.board)

    def action_filter(self) -> None:
        from flytui.ui.widgets.filterline import FilterLine  # noqa: PLC0415 (as above)

        if self.reading:
            self.action_back()
        if self.found is None:
            self._origin = self.place
            self.mount(FilterLine(), before=self.query_one(Notice))
        self.query_one(ChecklistTree).focus()
        self.typing = True
        self._type(self._line)

    def _type(self, line: TypedLine) -> None:
        self._line = line
        self.found = self._search(line.text)
        self.query_one(ChecklistTree).filter(self.found)
        self._tell()
        self._pace.moved()  # The words that the page shows underlined are others now.

    def _tell(self) -> None:
        """Say how much matches, in the line and on the edge of the tree."""
        found = self.found
        self.query_one(ChecklistTree).border_subtitle = found.says if found else ""
        if found is not None:
            from flytui.ui.widgets.filterline import FilterLine  # noqa: PLC0415 (as above)

            for line in self.query(FilterLine):
                line.show(self._line, found, typing=self.typing)

    def _keep(self) -> None:
        """Enter: the filter stays, and the keys are the checklist's again."""
        if self.found is None or not self._line.text.strip():
            self.clear_filter(back=True)
        elif not self.found.problem and self.found.items:
            self.typing = False
            self.trail = self.trail.jumped(self._origin, self.place)
            self._tell()

    def clear_filter(self, *, back: bool) -> None:
        """All rows again; the cursor goes `back` where it was, or stays where it is."""
        self.typing = False
        self.found = None
        self._line = TypedLine()
        self.query("FilterLine").remove()
        self.query_one(ChecklistTree).unfilter(back=back)
        self._tell()
        self.draw()
        self._refresh_keys()

    def on_filter_line_pressed(self, message: "FilterLine.Pressed") -> None:
        if message.clear:
            self.clear_filter(back=self.typing)
        else:
            self.action_filter()

    def on_key(self, event: Key) -> None:
        """Keys come here before any of them acts, and in the order typed."""
        if self.typing:
            event.prevent_default()
            self._typed(event)
            return
        active = self.meant(event.key)
        if active is not None and active.binding.action == "filter":
            # At once, for the letters that follow may already be on their way.
            event.stop()
            self.action_filter()

    def _typed(self, event: Key) -> None:
        edited = self._line.pressed(event.key)
        if edited is None and event.character and event.is_printable:
            edited = self._line.insert(event.character)
        if edited is not None:
            self._type(edited)
        elif event.key == "escape":
            self.clear_filter(back=True)
        elif event.key in {"enter", "tab"}:
            self._keep()
        else:
            return
        event.stop()

    def on_paste(self, event: Paste) -> None:
        if self.typing:
            event.stop()
            self._type(self._line.insert(event.text))

    def action_back(self) -> None:
        if not self.reading and self.found is not None:
            self.clear_filter(back=False)
        super().action_back()

    def go_to(self, place: Place) -> None:
        self.trail = self.trail.jumped(self.place, place)
        self._show(place)

    def _show(self, place: Place) -> None:
        self.reading = False
        tree = self.query_one(ChecklistTree)
        tree.focus()
        tree.reveal(place)

    def action_next_open(self) -> None:
        self._go(1)

    def action_previous_open(self) -> None:
        self._go(-1)

    def action_section(self, number: int) -> None:
        section = self.board.checklist.sections[number - 1]
        if self.query_one(ChecklistTree).hides(Place(section.id)):
            words = f"No item of {section.title} matches the filter."
            self.notify(words, severity="warning", timeout=4, markup=False)
        else:
            self.go_to(Place(section.id))

    def _go(self, step: int) -> None:
        """The next open item, or the next that matches while there is a filter."""
        here = self.place.item if self.place else None
        matches = None if self.found is None else self.found.items
        item = self.board.open_after(here, step, matches)
        if item is not None:
            self.trail = self.trail.jumped(self.place, Place(item.section, item.id))
            self.query_one(ChecklistTree).reveal(Place(item.section, item.id))

    def action_earlier(self) -> None:
        if found := self.trail.earlier(self.place, self.board.has):
            place, self.trail = found
            self._show(place)

    def action_later(self) -> None:
        if found := self.trail.later(self.place, self.board.has):
            place, self.trail = found
            self._show(place)

    def _rests_on(self, place: Place) -> tuple[object, ...]:
        return (*super()._rests_on(place), self.found)

    def _page(self, place: Place) -> tuple[str, list[Line]]:
        if self.found is not None and not self.found.items:
            from flytui.ui.pages.nothing import nothing_page  # noqa: PLC0415 (as above)

            return "No match", nothing_page(self.found, self._line.text, typing=self.typing)
        title, lines = super()._page(place)
        words = self.found.words if self.found else ()
        return title, [line.highlighted(words) for line in lines] if words else lines
