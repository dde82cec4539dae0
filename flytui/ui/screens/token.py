"""What the token in force can see, item by item; told without asking Fly.io."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from flytui.assessment import Identity
from flytui.checklist import Checklist
from flytui.sight import ItemSight, Sight, Verdict
from flytui.sight_words import MARKS, cure, facts, reasons, summary
from flytui.ui.keys import key
from flytui.ui.pages.lines import BLANK, Line, heading, say, table, text, whole
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine

_COLOURS = {
    Verdict.CAN: "$text-success",
    Verdict.IN_PART: "$text-warning",
    Verdict.CANNOT: "$text-error",
    Verdict.PERSON: "$text-accent",
}


class TokenScreen(ModalScreen[None]):
    """The same table as `flytui token`. It never holds the token."""

    CSS_PATH = "token.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,t,enter",
            "dismiss",
            "close",
            id="token.close",
            tooltip="Back to the checklist",
        ),
    ]

    def __init__(
        self, identity: Identity, checklist: Checklist, seen: Sight, now: datetime
    ) -> None:
        super().__init__()
        self._identity = identity
        self._checklist = checklist
        self._seen = seen
        self._now = now

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield TopLine(self._identity)
            yield Page(self.page())
            close = key("esc", "token.close")
            yield Static(Content(f"{close} close   ↑ ↓ scroll"), classes="keys")

    def page(self) -> list[Line]:
        """The token first, then the items by section."""
        told = [(word, text(said)) for word, said in facts(self._seen, self._now)]
        lines = [say(("The token", "bold")), *table(told), BLANK, say(summary(self._seen))]
        for section in self._checklist.sections:
            lines += heading(section.title)
            for one in self._seen.items:
                if one.item.section == section.id:
                    lines += _item(one)
        return lines


def _item(one: ItemSight) -> Iterator[Line]:
    glyph, word = MARKS[one.verdict]
    head = Content.styled(f"{glyph} {word:<10}  ", _COLOURS[one.verdict])
    yield Line(Content("").join([head, text(one.item.title)]), indent=2, hang=14)
    for words in reasons(one.hidden):
        yield say((words, "$foreground-muted"), indent=16, hang=2)
    for better in one.cures:
        # Uncut: half a command is another command.
        yield Line(Content("").join([Content("with  "), whole(cure(better))]), indent=16, hang=6)
