"""The line that says whose app this is, on every screen and dialog and at every width."""

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from flytui.assessment import Identity, Tally
from flytui.ui.pages.lines import text
from flytui.ui.words import age, markers, whose

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class TopLine(Widget):
    """App, organisation and markers on the left; on the right as much else as there is room for."""

    DEFAULT_CSS = """
    TopLine { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    identity: reactive[Identity | None] = reactive(None)
    tally: reactive[Tally | None] = reactive(None)
    updated: reactive[datetime | None] = reactive(None)
    now: reactive[datetime | None] = reactive(None)

    pulse: reactive[str] = reactive("")
    """What keeps it from being looked at again by itself."""
    doing: reactive[str] = reactive("")
    """What is pending, in a word or two; one cell turns meanwhile."""

    def __init__(self, identity: Identity) -> None:
        super().__init__()
        self.set_reactive(TopLine.identity, identity)
        self._frame = 0
        self._turning: Timer | None = None

    def watch_doing(self) -> None:
        """The spinner turns only while something is pending, and never without animations."""
        if self.doing and self._turning is None and self.app.animation_level != "none":
            self._turning = self.set_interval(0.1, self._turn)
        if not self.doing and self._turning is not None:
            self._turning.stop()
            self._turning = None

    def _turn(self) -> None:
        self._frame = (self._frame + 1) % len(_FRAMES)
        self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        marks = [
            Content.styled(f" {word} ", "bold reverse $text-warning")
            if word == "PRODUCTION"
            else Content.styled(f" {word} ", "bold reverse $text-accent")
            for word in (markers(self.identity) if self.identity else ())
        ]
        tail = Content(" ").join(marks)
        name = text(whose(self.identity) if self.identity else "", "bold")
        room = width - tail.cell_length - 2
        if name.cell_length > room:
            name = name.truncate(max(room, 8), ellipsis=True)
        left = Content("  ").join([name, tail]) if marks else name
        for right in self._right():
            gap = width - left.cell_length - len(right)
            if gap >= 2:
                return Content("").join([left, Content(" " * gap), Content.styled(right, "")])
        return left

    def _right(self) -> list[str]:
        """What the right end may say, the fullest first."""
        doing = f"{_FRAMES[self._frame]} {self.doing}" if self.doing else ""
        if self.tally is None:
            return [doing] if doing else []
        ready = f"ready {self.tally.settled}/{self.tally.applicable}"
        seen = f"seen {self.tally.observed}/{self.tally.observable}"
        versions = [f"{ready}   {seen}", ready]
        if self.pulse and not doing:
            return [*(f"{version}   {self.pulse}" for version in versions), self.pulse]
        if doing:
            return [f"{version}   {doing}" for version in versions] + [doing[:1]]
        if self.updated is not None and self.now is not None:
            versions.insert(0, f"{ready}   {seen}   updated {age(self.updated, self.now)}")
        return versions
