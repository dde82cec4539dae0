"""Fly.io tokens that stand in a file as they are."""

import re

_TOKEN = re.compile(
    r"\bfm[12][ar]?_[A-Za-z0-9+/=_-]{12,}|\bfo1_[\w-]{12,}|\bFlyV1\s+f[mo]\w*_\w{4,}"
)


def leaked_lines(text: str) -> tuple[int, ...]:
    """The numbers of the lines that hold one; the tokens themselves go no further."""
    lines = text.splitlines()
    return tuple(number for number, line in enumerate(lines, 1) if _TOKEN.search(line))
