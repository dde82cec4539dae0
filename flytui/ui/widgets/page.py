"""A page of lines that wraps to the width it is given."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from flytui.ui.messages import LinkPicked, RemedyPicked
from flytui.ui.pages.lines import Line


class Page(Widget):
    """Shows lines; as high as they need. Selectable, never markup."""

    DEFAULT_CSS = """
    Page { height: auto; width: 1fr; }
    """

    def __init__(
        self,
        lines: Sequence[Line] = (),
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines = tuple(lines)
        self._laid: tuple[int, list[Content]] | None = None

    def on_mount(self) -> None:
        self.auto_links = False  # what can be clicked looks like it by itself

    def action_remedy(self, number: int) -> None:
        if not self.screen.get_selected_text():  # where a selection ends, nothing was clicked
            self.post_message(RemedyPicked(number))

    def action_link(self, number: int) -> None:
        if not self.screen.get_selected_text():
            self.post_message(LinkPicked(number))

    def show(self, lines: Sequence[Line]) -> None:
        """Replace what is shown; nothing is drawn again when nothing changed."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._laid = None
            # A page of the same height needs no new layout, which costs more than drawing it.
            self.refresh(layout=len(self._rows(self.content_size.width)) != self.size.height)

    @property
    def plain(self) -> str:
        """The words without wrapping, a line each."""
        return "\n".join(line.everything.plain for line in self._lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        del container, viewport
        return len(self._rows(width))

    def render(self) -> Content:
        return Content("\n").join(self._rows(self.content_size.width))

    def _rows(self, width: int) -> list[Content]:
        if self._laid is None or self._laid[0] != width:
            rows = [row for line in self._lines for row in line.laid(max(width, 8))]
            self._laid = (width, rows)
        return self._laid[1]
