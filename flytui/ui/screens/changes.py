"""What changed since somebody last looked at this app."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flytui.ui.board import Board
from flytui.ui.keys import key
from flytui.ui.pages.lines import text
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import count, moment, sign

_MANY = 6


class ChangesScreen(ModalScreen[str | None]):
    """Gives the id of the item to go to; None when the person stays where they are."""

    CSS_PATH = "choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,C", "dismiss", "close", id="changes.close", tooltip="Back"),
        Binding("j", "step(1)", show=False, id="changes.down", tooltip="One down"),
        Binding("k", "step(-1)", show=False, id="changes.up", tooltip="One up"),
    ]

    def __init__(
        self, board: Board, changes: Mapping[str, tuple[str, ...]], since: datetime
    ) -> None:
        super().__init__()
        self._board = board
        self._changes = changes
        self._since = since
        self._items = [item for item in board.checklist if item.id in changes]

    def compose(self) -> ComposeResult:
        words = f"{count(len(self._items), 'item')} changed since {moment(self._since)}"
        with Vertical(classes="dialog"):
            yield TopLine(self._board.identity)
            yield Static(text(words, "bold"))
            yield OptionList(*(self._option(item.id, item.title) for item in self._items))
            close = f"{key('esc', 'changes.close')} close"
            yield Static(Content(f"enter go to it   {close}"), classes="hint")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._items[event.option_index].id)

    def action_step(self, step: int) -> None:
        rows = self.query_one(OptionList)
        rows.action_cursor_down() if step > 0 else rows.action_cursor_up()

    def _option(self, item: str, title: str) -> Option:
        known = self._board.get(item)
        how = sign(known.finding.status if known else None)
        head = Content("").join(
            [text(f"{how.glyph} {how.word}  ", f"${how.colour}"), text(title, "bold")]
        )
        told = self._changes[item]
        rows = [text(f"- {words}", limit=200).pad_left(2) for words in told[:_MANY]]
        if len(told) > _MANY:
            rows.append(text(f"… and {len(told) - _MANY} more").pad_left(2))
        return Option(Content("\n").join([head, *rows]))
