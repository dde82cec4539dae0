"""Asks before a running command is left."""

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
