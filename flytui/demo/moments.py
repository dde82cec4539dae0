"""Times as a scenario writes them: `3 days ago`, `in 12 days`, `now`."""

import re
from datetime import datetime, timedelta

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_RELATIVE = re.compile(r"(?:(in) )?(\d+) ([a-z]+?)s?( ago)?")


def moment(words: str, now: datetime) -> datetime:
    """The moment meant, seen from `now`; whole seconds, as Fly.io answers."""
    now = now.replace(microsecond=0)
    if words == "now":
        return now
    match = _RELATIVE.fullmatch(words)
    if match is None or match[3] not in _UNITS or bool(match[1]) == bool(match[4]):
        raise ValueError(f"{words!r} is no time: write `3 days ago`, `in 12 days` or `now`")
    distance = int(match[2]) * _UNITS[match[3]]
    return now + distance if match[1] else now - distance
