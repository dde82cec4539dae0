"""What to say of a run that is over, or whose end nobody saw. Pure."""

import shlex
from datetime import datetime

from flytui.audit import Entry
from flytui.finding import Status


def ended(entry: Entry) -> str:
    """How it ended, as far as anybody knows: `exit code 0`, `unknown whether it ran to its end`."""
    if entry.exit is not None:
        return f"exit code {entry.exit}" + (f", {entry.ended}" if entry.ended else "")
    if not entry.started:
        return f"it did not start: {entry.ended}"
    reason = f" ({entry.ended})" if entry.ended else ""
    return f"unknown whether it ran to its end{reason}"


def lasted(entry: Entry) -> str:
    return "" if entry.seconds is None else f"{entry.seconds:.1f} s"


def when(entry: Entry, *, local: bool = True) -> str:
    """The day and the minute at which it began."""
    at: datetime = entry.at.astimezone() if local else entry.at
    return f"{at:%Y-%m-%d %H:%M}"


def line(entry: Entry) -> str:
    """The command as one would type it, without its secrets."""
    return shlex.join(entry.argv)


def found(then: str) -> str:
    """What was found, such as `OK: 1 Flycast address.`: the status as people read it."""
    status, colon, summary = then.partition(": ")
    return f"{Status(status).word}: {summary}" if colon and status in set(Status) else then


def startled(entries: tuple[Entry, ...]) -> str:
    """What to say at the start of runs whose end nobody saw; empty when there are none."""
    open_ended = [entry for entry in entries if entry.unfinished]
    if not open_ended:
        return ""
    last = open_ended[-1]
    more = f", and {len(open_ended) - 1} more" if len(open_ended) > 1 else ""
    return (
        f"It is unknown whether {line(last)} ran to its end ({last.by}, {when(last)}){more}. "
        "Look at what it was run for; the history has the details."
    )
