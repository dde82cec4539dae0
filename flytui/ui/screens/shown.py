"""Text that could not be copied, in full, to be selected by hand."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from flytui.ui.keys import key
from flytui.ui.pages.lines import Line, text, whole
from flytui.ui.screens.main import MainScreen
from flytui.ui.widgets.dialog import Dialog
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine


class ShownScreen(ModalScreen[None]):
    """Every character of it, as nothing else would carry it out of the terminal."""

    CSS_PATH = "shown.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", "close", id="shown.close", tooltip="Back"),
        Binding("j,down", "scroll(1)", show=False, id="shown.down", tooltip="Down"),
        Binding("k,up", "scroll(-1)", show=False, id="shown.up", tooltip="Up"),
    ]

    def __init__(self, shown: str, reason: str) -> None:
        super().__init__()
        self._shown = shown
        self._reason = reason

    def compose(self) -> ComposeResult:
        mains = [screen for screen in self.app.screen_stack if isinstance(screen, MainScreen)]
        with Dialog():
            if mains:
                yield TopLine(mains[-1].board.identity)
            yield Static(text(f"Not copied. {self._reason}"), classes="error")
            lines = [Line(whole(line)) for line in self._shown.splitlines()]
            yield Page(lines, classes="text")
            close = f"{key('esc', 'shown.close')} close"
            hint = f"shift and the mouse select text in most terminals   {close}"
            yield Static(Content(hint), classes="hint")

    def action_scroll(self, step: int) -> None:
        self.query_one(Dialog).scroll_relative(y=step, animate=False)
