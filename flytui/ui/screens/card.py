"""The consequence card: everything a person must know before a command runs."""

import time
from collections.abc import Awaitable, Callable
from textwrap import wrap
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

ROOMY = 32
"""Rows of the terminal below which no line of a card is left blank."""
MORE = "there is more to read: page down"

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
    """Gives True only for a deliberate Run. The plan is frozen; what is shown is what runs.

    Invariant: Run cannot be pressed before the last row of the text was in sight.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "#cancel"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="card.cancel", tooltip="Back; nothing runs"),
        Binding("v", "rehearse", "rehearse", id="card.rehearse", tooltip="Try it on a copy"),
        Binding("c", "copy", "copy", id="card.copy", tooltip="Copy the command"),
        Binding("down", "read('down')", show=False, id="card.down", tooltip="Read on"),
        Binding("up", "read('up')", show=False, id="card.up", tooltip="Read back"),
        Binding(
            "pagedown", "read('page_down')", show=False, id="card.page_down", tooltip="A page on"
        ),
        Binding("pageup", "read('page_up')", show=False, id="card.page_up", tooltip="A page back"),
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
        self._read = False
        """Whether all of the text was in sight by now."""
        self._answered: str | None = None
        """What was typed when the space bar was told why nothing ran."""

    def compose(self) -> ComposeResult:
        self._fit()
        with Dialog():
            yield TopLine(self._plan.identity)
            yield Page(card(self._plan.command, blanks=self._roomy))
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
        if self._hindrance is not None or not self._read:
            return False
        return not self._asks_name or self._typed == self._plan.identity.app

    @property
    def _typed(self) -> str:
        return "" if self._field is None else self._field.value

    @property
    def _field(self) -> Input | None:
        """The field for the name, when one is asked for."""
        return next(iter(self.query("#name").results(Input)), None)

    @property
    def _roomy(self) -> bool:
        return self.app.size.height >= ROOMY

    def _fit(self) -> None:
        self.set_class(not self._roomy, "-close")
        self.set_class(self._hindrance is not None, "-hindered")

    def _hint(self) -> Content:
        cancels = "enter cancels" if self._on_cancel else f"{key('esc', 'card.cancel')} cancels"
        scrolls = ["↑ ↓ pgdn scroll"] if self.query_one(Dialog).max_scroll_y > 0 else []
        copies = f"{key('c', 'card.copy')} copies"
        if self._hindrance is not None:
            keys = "   ".join([cancels, f"{copies} it", *scrolls])
            return Content("\n").join([text(self._hindrance, "$text-warning"), Content(keys)])
        if not self._read:
            return self._fitting([cancels, MORE.replace("page down", "↓ or pgdn")])
        run = self.query_one(RunButton)
        if run.has_focus:
            return self._fitting([f"{key('space', 'card.run')} runs it", cancels, *scrolls])
        rehearses = [f"{key('v', 'card.rehearse')} rehearses"] if self._rehearse else []
        runs = f"{key('the space bar', 'card.run')} runs it"
        if self._asks_name:
            return self._fitting([cancels, f"type the name, then {runs}", *rehearses, *scrolls])
        return self._fitting([cancels, f"tab to Run, then {runs}", copies, *rehearses, *scrolls])

    @property
    def _on_cancel(self) -> bool:
        return self.focused is None or self.focused.id == "cancel"

    def _fitting(self, phrases: list[str]) -> Content:
        """As many of them as there is room for, from the first: the lines below never move."""
        size = self.query_one(".hint").size
        width = max(size.width, 20)
        while len(phrases) > 1 and len(wrap("   ".join(phrases), width)) > size.height:
            phrases = phrases[:-1]
        return Content("   ".join(phrases))

    def on_key(self, event: Key) -> None:
        """What is typed is the app's name, in the order typed: the focus moves once it is whole.

        A field with the focus consumes its letters itself; those that come here went past it.
        """
        if event.key == "backspace" and self._field is not None:
            self._field.action_delete_left()
        elif event.character and event.is_printable and self._belongs(event.character):
            self._type(event.character)
        elif event.key == "space" and self._asks_name and self._typed and not self._ready:
            self._say_what_is_missing()
        else:
            return
        event.stop()

    def _say_what_is_missing(self) -> None:
        """To the space bar, where Run cannot be pressed yet."""
        named = self._typed == self._plan.identity.app
        words = MORE if named else f"{self._typed} is not {self._plan.identity.app}."
        self._answered = self._typed
        self.query_one(".hint", Static).update(text(f"Nothing ran: {words}", "$text-warning"))

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

    def action_read(self, way: str) -> None:
        """The text moves wherever the focus is, also where there is none."""
        dialog = self.query_one(Dialog)
        match way:
            case "page_down":
                dialog.action_page_down()
            case "page_up":
                dialog.action_page_up()
            case _:
                dialog.scroll_relative(y=1 if way == "down" else -1, animate=False)

    def on_mount(self) -> None:
        self.watch(self.query_one(Dialog), "scroll_y", self._scrolled, init=False)

    def _scrolled(self) -> None:
        """Once all of the text was in sight, it counts as read."""
        self._read = self._read or self.query_one(Dialog).at_end
        if self._field is not None:
            self._field.placeholder = "" if self._read else MORE
        self.on_input_changed()

    def on_input_changed(self) -> None:
        run = self.query_one(RunButton)
        run.disabled = not self._ready
        if self._ready and self._asks_name:
            run.focus()
        elif run.has_focus:
            self.query_one("#cancel").focus()
        if self._ready or self._typed != self._answered:
            self._tell()

    def on_input_submitted(self) -> None:
        """Enter never runs: it moves on to Run, which Enter does not press either."""
        if self._ready:
            self.query_one(RunButton).focus()

    def on_resize(self) -> None:
        """Whether all of it is in sight depends on the terminal: the hint says how to see more."""
        self._fit()
        self.query_one(Page).show(card(self._plan.command, blanks=self._roomy))
        self.call_after_refresh(self._scrolled)

    def _tell(self) -> None:
        self.query_one(".hint", Static).update(self._hint())

    def on_descendant_focus(self) -> None:
        self._armed_at = self._clock() + QUIET
        self._tell()

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


def card(command: Command, *, blanks: bool = True) -> list[Line]:
    """The command in full, and what it means, a row each."""
    told = rows(command)
    labels = [label for label, _ in told]
    # One heading over several sentences.
    shown = ("" if label in labels[:n][-1:] else label for n, label in enumerate(labels))
    space = [BLANK] if blanks else []
    return [
        say((command.title, "bold")),
        Line(whole(command.line, "$text-primary bold"), indent=2, hang=2),
        *space,
        *table((label, text(words)) for label, (_, words) in zip(shown, told, strict=True)),
        *space,
    ]
