"""The line in which a filter is typed, and that tells of it for as long as it holds."""

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from flytui.ui.filtering import Found
from flytui.ui.keys import key
from flytui.ui.line_edit import TypedLine
from flytui.ui.pages.lines import text

LEAST = 12
"""Cells of what was typed that stay visible, however narrow the screen."""


class FilterLine(Widget):
    """What is typed on the left; on the right how much matches and the keys, as far as they fit.

    The screen takes the keys, in the order typed; this only shows what it made of them.
    """

    DEFAULT_CSS = """
    FilterLine { height: auto; padding: 0 1; background: $surface; color: $foreground; }
    """

    class Pressed(Message):
        """A part of the line was clicked."""

        def __init__(self, *, clear: bool) -> None:
            super().__init__()
            self.clear = clear

    def __init__(self) -> None:
        super().__init__()
        self.line = TypedLine()
        self.typing = True
        self.found: Found | None = None

    def on_mount(self) -> None:
        self.auto_links = False  # the words say what a click does

    def show(self, line: TypedLine, found: Found, *, typing: bool) -> None:
        """Bring the line up to date."""
        self.line, self.found, self.typing = line, found, typing
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        del container, viewport
        return len(self._rows(width))

    def render(self) -> Content:
        return Content("\n").join(self._rows(self.content_size.width))

    def _rows(self, width: int) -> list[Content]:
        problem = self.found.problem if self.found else ""
        told = text(problem, "$text-warning").wrap(max(width, 8)) if problem else []
        return [*told, self._field(width)]

    def _field(self, width: int) -> Content:
        typed = min(max(len(self.line.text) + 3, LEAST), width)
        several = self._hints()
        fitting = (h for h in several if typed + h.cell_length + 1 <= width)
        hints = next(fitting, several[-1])
        room = max(width - hints.cell_length - 1, LEAST)
        shown = self._typed(room - 2).truncate(room - 2, ellipsis=not self.typing)
        click = Style.from_meta({"@click": "press(False)"})
        left = Content.assemble(("/ ", Style(bold=True) + click), shown.stylize(click))
        gap = " " * max(width - left.cell_length - hints.cell_length, 0)
        return Content("").join([left, Content(gap), hints])

    def _typed(self, room: int) -> Content:
        """The text, so far as there is room around the cursor."""
        line = self.line
        start = max(0, line.at - room + 1) if self.typing else 0
        shown = Content(line.text[start:] + " ")
        if not self.typing:
            return shown
        return shown.stylize(Style(reverse=True), line.at - start, line.at - start + 1)

    def _hints(self) -> list[Content]:
        """What the right end may say, the fullest first."""
        says = Content.styled(self.found.says if self.found else "", "$foreground-muted")
        # While it is typed, every key but this one is a letter of it.
        away = "esc" if self.typing else key("esc", "main.back")
        clear = Content.assemble((away, Style(bold=True)), " clear").stylize(
            Style.from_meta({"@click": "press(True)"})
        )
        keep = Content.assemble(("enter", Style(bold=True)), " keep")
        gap = Content("   ")
        keys = [keep, clear] if self.typing else [clear]
        return [gap.join([says, *keys]), gap.join(keys), clear]

    def action_press(self, clear: bool) -> None:
        self.post_message(self.Pressed(clear=clear))
