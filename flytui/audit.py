"""An append-only record of what was run, by whom, and with what effect."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One run of one command."""

    at: datetime
    app: str
    organization: str
    by: str
    argv: tuple[str, ...]
    exit: int | None
    """None while it runs, and for ever when flytui ended before it did."""
    before: str
    """The item's status and summary before."""
    after: str
    seconds: float
