"""Values of a Fly configuration in the many shapes flyctl accepts."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flytui.text import one_line

Table = Mapping[str, Any]


@dataclass(slots=True)
class Shapes:
    """Reads leniently and notes, once each, the values flyctl would refuse."""

    refused: list[str] = field(default_factory=list)

    def refuse(self, sentence: str) -> None:
        if sentence not in self.refused:
            self.refused.append(sentence)

    def tables(self, value: object, where: str) -> tuple[Table, ...]:
        """One table or many: `[vm]` and `[[vm]]` mean the same."""
        match value:
            case None:
                return ()
            case Mapping():
                return (value,)
            case list():
                found = tuple(item for item in value if isinstance(item, Mapping))
                if len(found) < len(value):
                    self.refuse(f"{where} holds something that is not a table.")
                return found
            case _:
                self.refuse(f"{where} is not a table.")
                return ()

    def table(self, value: object, where: str) -> Table:
        """The one table, or an empty one."""
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self.refuse(f"{where} is not a table.")
        return {}

    def integer(self, value: object, where: str) -> int | None:
        """Whole numbers, also as text or as a float."""
        match value:
            case None:
                return None
            case bool():
                pass
            case int():
                return value
            case float() if math.isfinite(value):
                return int(value)
            case str() if re.fullmatch(r"\s*[+-]?\d{1,18}\s*", value):
                return int(value)
        self.refuse(f"{where} is not a whole number.")
        return None

    def boolean(self, value: object, where: str) -> bool | None:
        match value:
            case None | bool():
                return value
            case str() if value.lower() in ("true", "false"):
                return value.lower() == "true"
        self.refuse(f"{where} is neither true nor false.")
        return None


def text(value: object) -> str | None:
    """A word as one harmless line; None for nothing, tables and lists."""
    match value:
        case str():
            return one_line(value) or None
        case bool() | int() | float():
            return printed(value) or None
    return None


def printed(value: object) -> str:
    """A value as flyctl prints it; a number too long to be printed is nothing."""
    if isinstance(value, int) and value.bit_length() > 1024:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def words(value: object) -> tuple[str, ...]:
    """A list of words, also when it is only one."""
    items = value if isinstance(value, list) else [value]
    return tuple(word for item in items if (word := text(item)) is not None)


_UNITS = {"": 1, "b": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50}
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,6})?) ?([kmgtp]?)(i?b)?", re.IGNORECASE)


def megabytes(value: object) -> int | None:
    """`256`, `"256"`, `"256mb"` and `"1gb"` as MB; a bare number already is."""
    written = text(value)
    if written is None or isinstance(value, bool):
        return None
    if re.fullmatch(r"\d{1,12}", written):
        return int(written)
    if not (match := _SIZE.fullmatch(written)):
        return None
    return int(float(match[1]) * _UNITS[match[2].lower()]) // 2**20
