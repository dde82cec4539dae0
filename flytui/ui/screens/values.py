"""Asks for the values a command needs before it can be shown whole."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label, Static

from flytui.assessment import Identity
from flytui.remedy import Command
from flytui.ui.pages.lines import Line, say, text, whole
from flytui.ui.widgets.dialog import Dialog
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine


class ValuesScreen(ModalScreen[dict[str, str] | None]):
    """Gives values the command accepts; None when it was left. Nothing runs from here.

    A secret is masked, handed on once and forgotten, also when the screen is left.
    """

    CSS_PATH = "values.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "cancel", id="values.cancel", tooltip="Back; nothing runs"),
    ]

    def __init__(self, identity: Identity, command: Command, known: dict[str, str]) -> None:
        super().__init__()
        self._identity = identity
        self._command = command
        self._known = known
        """What was typed before; kept up to date, so that leaving loses nothing."""

    def compose(self) -> ComposeResult:
        with Dialog():
            yield TopLine(self._identity)
            yield Page([say((self._command.title, "bold")), Line(whole(self._command.line), 2)])
            for blank in self._command.blanks:
                yield Label(text(blank.label))
                offered = tuple(dict.fromkeys(blank.suggestions))
                yield Input(
                    self._known.get(blank.name, ""),
                    name=blank.name,
                    suggester=SuggestFromList(offered) if offered else None,
                    password=blank.secret,
                )
                if offered:
                    hint = "known: " + ", ".join(offered)
                    yield Static(
                        Content("").join([text(hint, limit=300), Content("   → completes")]),
                        classes="hint",
                    )
            yield Static(classes="error")
            with Horizontal(classes="buttons"):
                yield Button("Cancel", id="cancel")
                yield Button("Go on", id="go", variant="primary")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one(".error", Static).update("")
        if event.input.name and not event.input.password:
            self._known[event.input.name] = event.value

    def on_input_submitted(self) -> None:
        self._go_on()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "go":
            self._go_on()
        else:
            self.dismiss(None)

    def _go_on(self) -> None:
        values = {
            i.name: i.value if i.password else i.value.strip() for i in self.query(Input) if i.name
        }
        try:
            self._command.fill(values)
        except ValueError as error:
            self.query_one(".error", Static).update(text(str(error)))
        else:
            self.dismiss(values)
