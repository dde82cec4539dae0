"""Asks in which form, and into which file, a report of what is known now is written."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from flytui.assessment import Identity
from flytui.outputs import SUFFIXES, proposed
from flytui.settings import SettingsError
from flytui.ui.pages.lines import text
from flytui.ui.widgets.dialog import Dialog
from flytui.ui.widgets.pick import Pick
from flytui.ui.widgets.topline import TopLine

_FORMS = tuple(SUFFIXES)


class ExportScreen(ModalScreen[str | None]):
    """Gives the path that was written; None when it was left. What was typed outlives a refusal."""

    CSS_PATH = "values.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "cancel", id="export.cancel", tooltip="Back; nothing is kept"),
    ]

    def __init__(self, identity: Identity, write: Callable[[str, str], str]) -> None:
        """`write` is given form and file, gives the whole path, and may raise SettingsError."""
        super().__init__()
        self._identity = identity
        self._write = write
        self._form = _FORMS[0]

    def compose(self) -> ComposeResult:
        with Dialog():
            yield TopLine(self._identity)
            yield Static(text("Export a report of what is known now", "bold"))
            yield Label("Form")
            yield Pick(_FORMS, 0)
            yield Label("File")
            yield Input(proposed(self._identity.app, self._form), id="file")
            yield Static(Content("A file that is there is not written over."), classes="hint")
            yield Static(classes="error")
            with Horizontal(classes="buttons"):
                yield Button("Cancel", id="cancel")
                yield Button("Write", id="write", variant="primary")

    def on_pick_picked(self, event: Pick.Picked) -> None:
        """The proposed name follows the form; a name of one's own stays."""
        app, field = self._identity.app, self.query_one(Input)
        before, self._form = self._form, _FORMS[event.number]
        if field.value == proposed(app, before):
            field.value = proposed(app, self._form)

    def on_input_changed(self) -> None:
        self.query_one(".error", Static).update("")

    def on_input_submitted(self) -> None:
        self._go_on()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "write":
            self._go_on()
        else:
            self.dismiss(None)

    def _go_on(self) -> None:
        name = self.query_one(Input).value.strip()
        error = self.query_one(".error", Static)
        if not name:
            error.update("Give the file a name.")
            return
        try:
            written = self._write(self._form, name)
        except SettingsError as refused:
            error.update(text(f"{refused.cause} {refused.cure}"))
        else:
            self.dismiss(written)
