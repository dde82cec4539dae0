"""Reviews to and from small TOML files, one for each item."""

from typing import Protocol

from flytui.review import Review


class ReviewFileError(Exception):
    """A review that could not be read or kept; the message says which file and what to do."""


class Reviews(Protocol):
    """Where the reviews of one app are kept."""

    @property
    def place(self) -> str:
        """The folder, for people."""
        ...

    def load(self) -> tuple[dict[str, Review], tuple[ReviewFileError, ...]]:
        """The reviews by item id, and the files that could not be read as one."""
        ...

    def save(self, review: Review) -> None:
        """Keep it, replacing the item's earlier one. Raises ReviewFileError, the old one intact."""
        ...

    def remove(self, item: str) -> None:
        """Forget the item's review. Raises ReviewFileError. Nothing happens when there is none."""
        ...
