"""The frame of a dialog with something to press in it."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class Dialog(VerticalScroll, can_focus=False):
    """Scrolls with the arrows, and is no stop on the way of the tab key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", show=False, id="dialog.left", tooltip="To the left"),
        Binding("right", "app.focus_next", show=False, id="dialog.right", tooltip="To the right"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="dialog")

    def on_mount(self) -> None:
        """What was said before lies over no button of the dialog."""
        self.app.clear_notifications()

    def action_page_down(self) -> None:
        """On by what is in sight between the docked lines: no row is passed over unseen."""
        self.scroll_relative(y=self._page_rows, animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=-self._page_rows, animate=False)

    @property
    def at_end(self) -> bool:
        """Whether the last row is in sight."""
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def _page_rows(self) -> int:
        docked = (w.outer_size.height for w in self.children if w.styles.dock != "none")
        return max(self.scrollable_content_region.height - sum(docked), 1)
