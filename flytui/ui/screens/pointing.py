"""The main screen for whoever uses the mouse: links to click, and text to select and copy."""

from textual.actions import SkipAction

from flytui.ui.messages import LinkPicked
from flytui.ui.screens.seeking import SeekingScreen


class PointingScreen(SeekingScreen):
    """A click leads where a key leads, and never anywhere that text from outside says."""

    def on_link_picked(self, message: LinkPicked) -> None:
        item = self.shown.item if self.shown else None
        links = self.board.checklist[item].links if item else ()
        if 0 <= message.number < len(links):
            self.outside.open(self.app, links[message.number].url)

    def why_not(self, action: str) -> str | None:
        """As ever; but selected text can always be copied."""
        return None if action == "copy" and self.get_selected_text() else super().why_not(action)

    def action_copy_text(self) -> None:
        """What is selected goes where everything copied goes, and is told of."""
        selected = self.get_selected_text()
        if not selected:
            raise SkipAction
        self.outside.copy(self.app, selected)
        self.clear_selection()
