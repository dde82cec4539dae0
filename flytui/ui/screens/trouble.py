"""What is shown when flytui cannot begin: what is missing, and what would cure it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from flytui.assessment import Identity
from flytui.ui.pages.lines import BLANK, Line, heading, say, whole
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine


class TroubleScreen(ModalScreen[None]):
    """Cause and cure; the only way on is out."""

    CSS_PATH = "trouble.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,enter", "app.quit", "quit", id="trouble.quit", tooltip="Leave flytui"),
    ]

    def __init__(self, identity: Identity, cause: str, cure: str) -> None:
        super().__init__()
        self._identity = identity
        self._cause = cause
        self._cure = cure

    def compose(self) -> ComposeResult:
        yield TopLine(self._identity)
        with VerticalScroll():
            yield Page(self.page())

    def page(self) -> list[Line]:
        """The cause, the cure, and the two things that always help."""
        return [
            say(("flytui cannot look at this app.", "bold")),
            BLANK,
            Line(whole(self._cause)),
            *heading("What to do"),
            Line(whole(self._cure), indent=2),
            BLANK,
            say(("fly auth login", "bold"), "   logs in to Fly.io and keeps a token", indent=2),
            say(("flytui demo", "bold"), "      shows flytui on a simulated app", indent=2),
            BLANK,
            say(("q  quit", "$foreground-muted")),
        ]
