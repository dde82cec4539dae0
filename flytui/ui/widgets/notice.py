"""One line above the keys that says what went wrong, without a dialog."""

from textual.content import Content
from textual.widget import Widget

from flytui.ui.pages.lines import text


class Notice(Widget):
    """A line of text; there only while there is something to say."""

    DEFAULT_CSS = """
    Notice { height: 1; padding: 0 1; color: $text-warning; display: none; }
    Notice.-said { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def say(self, words: str) -> None:
        """Show the words; none take the line away."""
        self.set_class(bool(words), "-said")
        if words != self.words:
            self.words = words
            self.refresh()

    def render(self) -> Content:
        return text(self.words).truncate(max(self.content_size.width, 4), ellipsis=True)
