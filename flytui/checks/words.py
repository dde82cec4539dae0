"""Numbers and lists as they stand in a sentence."""

from collections.abc import Iterable


def count(number: int, one: str, many: str = "") -> str:
    """`1 address`, `2 addresses`; the plural is `one` with an s unless given."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(names: Iterable[str], limit: int = 4) -> str:
    """`a`, `a and b`, `a, b and c`; beyond the limit, how many more there are."""
    words = list(names)
    if len(words) > limit:
        words = [*words[: limit - 1], f"{len(words) - limit + 1} more"]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def be(number: int) -> str:
    """`is` for one, `are` for none or many."""
    return "is" if number == 1 else "are"
