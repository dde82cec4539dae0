"""GitHub's branch filters: `main`, `release/*`, `**`, `!old`."""

import re
from collections.abc import Iterable
from functools import lru_cache


def matches(patterns: Iterable[str], branch: str) -> bool:
    """Whether the last pattern that fits the branch is not a `!` one."""
    fits = False
    for pattern in patterns:
        negated = pattern.startswith("!")
        if _regex(pattern[negated:]).fullmatch(branch):
            fits = not negated
    return fits


def starts_on(patterns: tuple[str, ...], branch: str | None) -> bool:
    """Whether a push to `branch` is among the patterns; to any branch when it is None."""
    return bool(patterns) if branch is None else matches(patterns, branch)


def is_plain(pattern: str) -> bool:
    """Whether the pattern names one branch and stands for no other."""
    return not re.search(r"[*?+\[\]!]", pattern)


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    """`*` stays in one path segment, except alone, where it stands for every branch."""
    if pattern == "*":
        return re.compile(r".*")
    parts = []
    for piece in re.findall(r"\*\*|\*|\[[^\]]*\]|[?+]|.", pattern[:200]):
        match piece:
            case "**":
                parts.append(".*")
            case "*":
                parts.append("[^/]*")
            case "?" | "+" if parts:
                parts.append(piece)
            case _ if re.fullmatch(r"\[[\w-]+\]", piece):
                parts.append(piece)
            case _:
                parts.append(re.escape(piece))
    try:
        return re.compile("".join(parts))
    except re.error:
        return re.compile(re.escape(pattern))
