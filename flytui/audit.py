"""An append-only record of what was run, by whom, and with what effect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One run of one command."""

    id: str
    """Unique; the line written at the start and the one written at the end share it."""
    at: datetime
    app: str
    organization: str
    by: str
    argv: tuple[str, ...]
    before: str
    """The item's status and summary before."""
    exit: int | None = None
    """None while it runs, and for ever when flytui ended before it did."""
    ended: str = ""
    """Why it ended when not by itself."""
    after: str = ""
    seconds: float | None = None


class History(Protocol):
    """Where runs are recorded."""

    def begin(self, entry: Entry) -> None:
        """Record that it starts. Raises OSError when that cannot be kept: then nothing runs."""
        ...

    def end(self, entry: Entry) -> None:
        """Record how it ended."""
        ...
