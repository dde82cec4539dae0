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
