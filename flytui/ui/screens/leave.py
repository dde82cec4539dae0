"""Asks before something is left that would be lost: a running command, a note not saved."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from flytui.assessment import Identity
from flytui.ui.pages.lines import text, whole
from flytui.ui.widgets.dialog import Dialog
from flytui.ui.widgets.topline import TopLine


class LeaveScreen(ModalScreen[bool]):
    """Gives True when the command is to be stopped."""

    AUTO_FOCUS = "#wait"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "wait", "wait", id="leave.wait", tooltip="Let it go on"),
    ]

    def __init__(self, identity: Identity, command: str) -> None:
        super().__init__()
        self._identity = identity
        self._command = command

    def compose(self) -> ComposeResult:
        with Dialog():
            yield TopLine(self._identity)
            yield Static(text("This command is still running:", "bold"))
            yield Static(whole(self._command))
            yield Static(text("Stopped half-way, what it has done already stays done."))
            with Horizontal(classes="buttons"):
                yield Button("Let it go on", id="wait")
                yield Button("Stop it", id="stop", variant="error")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "stop")

    def action_wait(self) -> None:
        self.dismiss(False)


class DraftsScreen(ModalScreen[bool]):
    """Gives True when flytui is to be left although that loses what was typed."""

    AUTO_FOCUS = "#stay"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stay", "stay", id="drafts.stay", tooltip="Keep what was typed"),
    ]

    def __init__(self, identity: Identity, items: tuple[str, ...]) -> None:
        super().__init__()
        self._identity = identity
        self._items = items

    def compose(self) -> ComposeResult:
        with Dialog():
            yield TopLine(self._identity)
            yield Static(text("Quitting loses what you typed and did not save:", "bold"))
            yield from (Static(text(f"  {item}")) for item in self._items)
            yield Static(text("The key that began the note opens it again."), classes="hint")
            with Horizontal(classes="buttons"):
                yield Button("Stay", id="stay")
                yield Button("Quit", id="quit", variant="error")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "quit")

    def action_stay(self) -> None:
        self.dismiss(False)
