"""What is shown when there is no room: a line that asks for more, and no key that acts."""

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from flytui.assessment import Identity
from flytui.ui.pages.lines import text
from flytui.ui.words import markers, whose


class SmallScreen(ModalScreen[None]):
    """Covers everything; has nothing to press."""

    CSS_PATH = "small.tcss"

    def __init__(self, identity: Identity) -> None:
        super().__init__()
        self._identity = identity

    def compose(self) -> ComposeResult:
        names = " ".join((whose(self._identity), *markers(self._identity)))
        yield Static(text(names, "bold"))
        yield Static(text("flytui needs 40 × 10: make the window larger."))
