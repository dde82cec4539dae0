"""When what is on the screen is looked at again by itself. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flytui.settings.personal import DEFAULT_EVERY

EVERY = DEFAULT_EVERY
"""Seconds, where the person's settings say nothing."""
LONGEST = 15 * 60.0
"""Seconds between two tries, however often they failed."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """Invariant: nothing is due while it is paused, nor where the interval is 0."""

    every: float = EVERY
    paused: bool = False
    failures: int = 0
    """Tries in a row that failed."""
    due: datetime | None = None

    @property
    def wait(self) -> timedelta:
        """From one try to the next: twice as long after each failure."""
        longest = max(LONGEST, self.every)
        return timedelta(seconds=min(self.every * 2 ** min(self.failures, 20), longest))

    def is_due(self, now: datetime) -> bool:
        on = self.every > 0 and not self.paused
        return on and self.due is not None and now >= self.due

    def looked(self, now: datetime, *, well: bool) -> "Pulse":
        """After a look: the next one is due a while from now."""
        after = replace(self, failures=0 if well else self.failures + 1)
        return replace(after, due=now + after.wait)

    def toggled(self, now: datetime) -> "Pulse":
        """Paused, or no longer; then the next look is due at once."""
        return replace(self, paused=not self.paused, due=now)

    def words(self, now: datetime) -> str:
        """What the top line says of it; nothing while all goes as it should."""
        if self.every <= 0:
            return ""
        if self.paused:
            return "paused"
        if self.failures and self.due is not None:
            return f"next try {_until(self.due - now)}"
        return ""


def _until(left: timedelta) -> str:
    seconds = max(int(left.total_seconds()), 0)
    if seconds < 60:
        return f"in {(seconds + 9) // 10 * 10} s" if seconds else "now"
    return f"in {-(-seconds // 60)} min"
