"""One line above the keys: what is being done, and what went wrong, without a dialog."""

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from flytui.ui.pages.lines import text

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class Notice(Widget):
    """A line of text; while something is pending, one cell of it turns."""

    DEFAULT_CSS = """
    Notice { height: 1; padding: 0 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._frame = 0
        self._turning: Timer | None = None

    def say(self, words: str, *, busy: bool = False) -> None:
        """Show the words. The spinner turns only while `busy`, and never without animations."""
        if busy and self._turning is None and self.app.animation_level != "none":
            self._turning = self.set_interval(0.1, self._turn)
        if not busy and self._turning is not None:
            self._turning.stop()
            self._turning = None
        if words != self._words:
            self._words = words
            self.refresh()

    def _turn(self) -> None:
        self._frame = (self._frame + 1) % len(_FRAMES)
        self.refresh()

    def render(self) -> Content:
        spinner = f"{_FRAMES[self._frame]} " if self._turning else ""
        width = max(self.content_size.width, 4)
        return text(spinner + self._words).truncate(width, ellipsis=True)
