"""A list of remedies to choose one from."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flytui.assessment import Identity
from flytui.remedy import Remedy, Steps, too_early
from flytui.ui.keys import key
from flytui.ui.pages.lines import text
from flytui.ui.pages.remedies import order_lines, remedy_lines
from flytui.ui.widgets.topline import TopLine


class ChoiceScreen(ModalScreen[int | None]):
    """Gives the number of the remedy chosen, from 0; None when none was."""

    CSS_PATH = "choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "cancel", id="choice.cancel", tooltip="Choose none"),
        *(
            Binding(
                str(n),
                f"take({n})",
                show=False,
                id=f"choice.take_{n}",
                tooltip=f"Choose number {n}",
            )
            for n in range(1, 10)
        ),
        Binding("j", "down", show=False, id="choice.down", tooltip="One down"),
        Binding("k", "up", show=False, id="choice.up", tooltip="One up"),
    ]

    def __init__(
        self,
        identity: Identity,
        question: str,
        remedies: Sequence[Remedy],
        steps: Sequence[Steps] = (),
    ) -> None:
        """A remedy whose turn has not come says what it waits for, and cannot be chosen."""
        super().__init__()
        self._identity = identity
        self._question = question
        self._remedies = remedies
        self._steps = steps

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield TopLine(self._identity)
            yield Static(text(self._question, "bold"))
            yield OptionList(*(self._option(n, r) for n, r in enumerate(self._remedies, 1)))
            yield Static(
                Content(f"enter choose   {key('esc', 'choice.cancel')} cancel"), classes="hint"
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_take(self, number: int) -> None:
        if number > len(self._remedies):
            return
        if early := too_early(self._remedies[number - 1], self._steps):
            self.notify(early, severity="warning", markup=False)
        else:
            self.dismiss(number - 1)

    def action_down(self) -> None:
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(OptionList).action_cursor_up()

    def _option(self, number: int, remedy: Remedy) -> Option:
        title = Content("").join([Content(f"{number} "), text(remedy.title, "bold")])
        rows = [*order_lines(remedy, self._steps), *remedy_lines(remedy)]
        words = Content("\n").join([title, *(line.everything.pad_left(2) for line in rows)])
        return Option(words, disabled=bool(too_early(remedy, self._steps)))
