"""One TOML table of a review's file, read strictly: what is wrong is told with file and line."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from flytui.text import one_line, plain

_T = TypeVar("_T")
_Choice = TypeVar("_Choice", bound=StrEnum)


class ReviewFileError(Exception):
    """A review that could not be read or kept; the message says which file and what to do."""

    item: str = ""
    """The item whose file it is; empty when it is about no single one."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table being read; its complaints name the path and, where it is known, the line."""

    values: dict[str, Any]
    text: str
    """The file's, or what of it belongs to this table."""
    path: str
    before: int = 0
    """Lines of the file before the text."""

    def only(self, known: Collection[str]) -> None:
        for key in self.values:
            if key not in known:
                raise self.wrong(key, "is not a key that flytui knows")

    def value(self, key: str, kind: type[_T]) -> _T:
        value = self.values.get(key)
        if value is None:
            raise complaint(self.path, f"has no {key!r}")
        # `type() is`, because a time is a date to Python and True is 1.
        if type(value) is not kind:
            raise self.wrong(key, f"is not a {_WORDS[kind]}")
        return value

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        try:
            return kind(self.value(key, str))
        except ValueError as error:
            raise self.wrong(key, f"is none of {', '.join(kind)}") from error

    def line(self, key: str) -> str:
        text = one_line(self.value(key, str))
        if not text:
            raise self.wrong(key, "is empty")
        return text

    def time(self, key: str) -> datetime:
        at = self.value(key, datetime)
        if at.tzinfo is None:
            raise self.wrong(key, "has no time zone")
        return at

    def day(self, key: str) -> date | None:
        return self.value(key, date) if key in self.values else None

    def lines(self, key: str) -> tuple[str, ...]:
        lines: list[Any] = self.value(key, list)
        if not lines or not all(isinstance(line, str) for line in lines):
            raise self.wrong(key, "is not a list of lines")
        return tuple(plain(line) for line in lines)

    def wrong(self, key: str, problem: str) -> ReviewFileError:
        found = re.search(rf"^\s*\[*[\"']?{re.escape(key)}\b", self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.end()) + 1 if found else None
        where = self.path if line is None else f"{self.path}, line {self.before + line}"
        return complaint(where, f"{one_line(key, 60)!r} {problem}")


def complaint(where: str, problem: str) -> ReviewFileError:
    return ReviewFileError(
        f"{where}: {problem}. This review does not count until the file is corrected."
    )


_WORDS: dict[type, str] = {
    int: "whole number",
    str: "text",
    date: "date such as 2026-12-31",
    datetime: "time such as 2026-03-12T10:00:00Z",
    list: "list",
}
