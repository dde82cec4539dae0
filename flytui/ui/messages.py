"""What widgets tell the screen, in our words."""

from typing import TYPE_CHECKING

from textual.message import Message

from flytui.ui.board import Place

if TYPE_CHECKING:
    from flytui.outage import Outage


class Looked(Message):
    """The cursor of the tree came to another place."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class LinkPicked(Message):
    """A link of the item's page was clicked; they are numbered from 0."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class RemedyPicked(Message):
    """A remedy on the page was clicked; they are numbered from 1, as the page has it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class Chosen(Message):
    """A place of the tree was opened: with Enter, or with a click."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class Blind(Message):
    """Everything was looked at, nothing was seen, and nothing seen earlier stands here."""

    def __init__(self, why: "Outage") -> None:
        super().__init__()
        self.why = why


class Seen(Message):
    """Everything was looked at, and something was seen."""
