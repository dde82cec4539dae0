"""The pane on the right: what there is to read about the place the cursor is on."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from flytui.ui.board import Place
from flytui.ui.pages.lines import Line, text
from flytui.ui.widgets.page import Page


class Detail(VerticalScroll):
    """A page that keeps its reading position for as long as the place stays the same."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False, id="detail.down", tooltip="Scroll down"),
        Binding("k", "scroll_up", "Up", show=False, id="detail.up", tooltip="Scroll up"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._place: Place | None = None

    def compose(self) -> ComposeResult:
        yield Page()

    def show(self, place: Place, title: str, lines: Sequence[Line]) -> None:
        """Put the page up; only another place begins at its top again."""
        self.border_title = text(title, limit=200)
        self.query_one(Page).show(lines)
        if place != self._place:
            self._place = place
            self.scroll_home(animate=False)
