"""What widgets tell the screen, in our words."""

from textual.message import Message

from flytui.ui.board import Place


class Looked(Message):
    """The cursor of the tree came to another place."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class Chosen(Message):
    """A place of the tree was opened: with Enter, or with a click."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
