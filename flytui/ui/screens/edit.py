"""An edit of a file of the checkout, for a person to make: where, and what to write."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from flytui.assessment import Identity
from flytui.remedy import Edit
from flytui.ui.outside import Outside
from flytui.ui.pages.lines import BLANK, Line, say, whole
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine


class EditScreen(ModalScreen[None]):
    """Shows the snippet; `c` copies it. The file is not touched."""

    CSS_PATH = "edit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy", id="edit.copy", tooltip="Copy the lines to write"),
        Binding("escape,q,enter", "dismiss", "close", id="edit.close", tooltip="Back"),
    ]

    def __init__(self, identity: Identity, edit: Edit, outside: Outside) -> None:
        super().__init__()
        self._identity = identity
        self._edit = edit
        self._outside = outside

    def compose(self) -> ComposeResult:
        edit = self._edit
        with VerticalScroll(classes="dialog"):
            yield TopLine(self._identity)
            yield Page([say((edit.title, "bold")), BLANK, say(f"In {edit.path} write:")])
            yield Page([Line(whole(line)) for line in edit.snippet.splitlines()], classes="snippet")
            after = [say(edit.note)] if edit.note else []
            yield Page(
                [
                    say(edit.why),
                    *after,
                    BLANK,
                    Line(Content.styled("c copy   esc close", "$foreground-muted")),
                ]
            )

    def action_copy(self) -> None:
        self._outside.copy(self.app, self._edit.snippet)
