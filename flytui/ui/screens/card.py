"""The consequence card: everything a person must know before a command runs."""

import time
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from flytui.consequences import rows
from flytui.events import Plan
from flytui.rehearsed import Rehearsal
from flytui.remedy import Command
from flytui.ui.keys import key
from flytui.ui.outside import Outside
from flytui.ui.pages.lines import BLANK, Line, say, table, text, whole
from flytui.ui.widgets.dialog import Dialog
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine

QUIET = 0.5
"""Seconds without a press that Run needs before it counts one: a key held down never confirms."""


class RunButton(Button, inherit_bindings=False):
    """Enter does nothing here; the space bar or a click does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "press", "run", show=False, id="card.run", tooltip="Run the command"),
    ]

    def action_press(self) -> None:
        """Every repetition of a held key counts, so that none of them finds the button rested."""
        self.press()


class CardScreen(ModalScreen[bool]):
    """Gives True only for a deliberate Run. The plan is frozen; what is shown is what runs."""

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "#cancel"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="card.cancel", tooltip="Back; nothing runs"),
        Binding("v", "rehearse", "rehearse", id="card.rehearse", tooltip="Try it on a copy"),
        Binding("c", "copy", "copy", id="card.copy", tooltip="Copy the command"),
    ]

    def __init__(
        self,
        plan: Plan,
        hindrance: str | None,
        outside: Outside,
        clock: Callable[[], float] = time.monotonic,
        *,
        rehearse: Callable[[Plan], Awaitable[Rehearsal]] | None = None,
    ) -> None:
        """`hindrance` says why nothing can be run from here; None when it can."""
        super().__init__()
        self._plan = plan
        self._hindrance = hindrance
        self._outside = outside
        self._rehearse = rehearse
        self._clock = clock
        self._armed_at = clock() + QUIET

    def compose(self) -> ComposeResult:
        command = self._plan.command
        with Dialog():
            yield TopLine(self._plan.identity)
            yield Page(card(command))
            with Vertical(classes="foot"):
                if self._asks_name:
                    yield Label(text(f"Type {self._plan.identity.app} to run it:"))
                    yield Input(id="name", compact=True, select_on_focus=False)
                yield Static(classes="hint")
                with Horizontal(classes="buttons"):
                    yield Button("Cancel", id="cancel")
                    yield RunButton("Run", id="run", variant="error", disabled=not self._ready)

    @property
    def _asks_name(self) -> bool:
        return not self._plan.command.reversible and self._hindrance is None

    @property
    def _ready(self) -> bool:
        """Whether Run may be pressed at all."""
        if self._hindrance is not None:
            return False
        return not self._asks_name or self._typed == self._plan.identity.app

    @property
    def _typed(self) -> str:
        return "" if self._field is None else self._field.value

    @property
    def _field(self) -> Input | None:
        """The field for the name, when one is asked for."""
        return next(iter(self.query("#name").results(Input)), None)

    def _hint(self) -> Content:
        if self._hindrance is not None:
            return Content("\n").join(
                [
                    text(self._hindrance, "$text-warning"),
                    Content(f"enter cancels   {key('c', 'card.copy')} copies it"),
                ]
            )
        rehearses = f"   {key('v', 'card.rehearse')} rehearses"
        trial = rehearses if self._rehearse is not None else ""
        trial += "   ↑ ↓ scroll" if self.query_one(Dialog).max_scroll_y > 0 else ""
        runs = f"{key('the space bar', 'card.run')} runs it"
        if self._asks_name:
            return Content(f"enter cancels{trial}   type the name, then {runs}")
        copies = f"{key('c', 'card.copy')} copies"
        return Content(f"enter cancels   {copies}{trial}   tab to Run, then {runs}")

    def on_key(self, event: Key) -> None:
        """What is typed is the app's name, in the order typed: the focus moves once it is whole.

        A field with the focus consumes its letters itself; those that come here went past it.
        """
        if event.key == "backspace" and self._field is not None:
            self._field.action_delete_left()
        elif event.character and event.is_printable and self._belongs(event.character):
            self._type(event.character)
        else:
            return
        event.stop()

    def on_paste(self, event: Paste) -> None:
        if self._field is not None:
            self._type(event.text.strip())
            event.stop()

    def _belongs(self, letter: str) -> bool:
        """Whether the letter is meant for the name; `c` and `v` may be keys of their own."""
        if self._field is None or letter == " ":
            return False
        begun = bool(self._field.value) or self._plan.identity.app.startswith(letter)
        return begun or letter not in {key("c", "card.copy"), key("v", "card.rehearse")}

    def _type(self, letters: str) -> None:
        if self._field is not None:
            self._field.insert_text_at_cursor(letters)

    def action_copy(self) -> None:
        self._outside.copy(self.app, self._plan.command.line)

    def action_rehearse(self) -> None:
        if self._rehearse is not None:
            from flytui.ui.screens.rehearsal import RehearsalScreen  # noqa: PLC0415 (seldom seen)

            self.app.push_screen(RehearsalScreen(self._plan, self._rehearse))

    def on_input_changed(self) -> None:
        run = self.query_one(RunButton)
        run.disabled = not self._ready
        if self._ready:
            run.focus()
        elif not isinstance(self.focused, Input):
            self.query_one("#cancel").focus()

    def on_input_submitted(self) -> None:
        """Enter never runs: it moves on to Run, which Enter does not press either."""
        if self._ready:
            self.query_one(RunButton).focus()

    def on_resize(self) -> None:
        """Whether all of it is in sight depends on the terminal: the hint says how to see more."""
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        self.query_one(".hint", Static).update(self._hint())

    def on_descendant_focus(self) -> None:
        self._armed_at = self._clock() + QUIET

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id != "run":
            self.dismiss(False)
        elif self._ready and self._clock() >= self._armed_at:
            self.dismiss(True)
        else:
            self._armed_at = self._clock() + QUIET
            self.query_one(".hint", Static).update(text("Let go, then press once more to run it."))

    def action_cancel(self) -> None:
        self.dismiss(False)


def card(command: Command) -> list[Line]:
    """The command in full, and what it means, a row each."""
    told = rows(command)
    labels = [label for label, _ in told]
    # One heading over several sentences.
    shown = ("" if label in labels[:n][-1:] else label for n, label in enumerate(labels))
    return [
        say((command.title, "bold")),
        Line(whole(command.line, "$text-primary bold"), indent=2, hang=2),
        BLANK,
        *table((label, text(words)) for label, (_, words) in zip(shown, told, strict=True)),
        BLANK,
    ]
