"""Reviews to and from small TOML files, one for each item."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

import tomli
import tomli_w

from flytui.review import Decision, Review
from flytui.text import one_line, plain


class ReviewFileError(Exception):
    """A review that could not be read or kept; the message says which file and what to do."""


class Reviews(Protocol):
    """Where the reviews of one app are kept."""

    @property
    def place(self) -> str:
        """The folder, for people."""
        ...

    def load(self) -> tuple[dict[str, Review], tuple[ReviewFileError, ...]]:
        """The reviews by item id, and the files that could not be read as one."""
        ...

    def save(self, review: Review) -> None:
        """Keep it, replacing the item's earlier one. Raises ReviewFileError, the old one intact."""
        ...

    def remove(self, item: str) -> None:
        """Forget the item's review. Raises ReviewFileError. Nothing happens when there is none."""
        ...


SCHEMA = 1
_KEYS = ("schema", "item", "decision", "by", "at", "expires", "note", "basis")
_T = TypeVar("_T")
_Choice = TypeVar("_Choice", bound=StrEnum)


def to_toml(review: Review) -> str:
    """The file's text: keys always in the same order, the note as it was typed."""
    fields: dict[str, Any] = {
        "schema": SCHEMA,
        "item": review.item,
        "decision": review.decision.value,
        "by": review.by,
        "at": review.at.astimezone(UTC).replace(microsecond=0),
        "expires": review.expires,
        "note": plain(review.note),
        "basis": list(review.basis),
    }
    known = {key: value for key, value in fields.items() if value is not None}
    text = tomli_w.dumps(known, multiline_strings=True)
    return text.encode("utf-8", errors="replace").decode()


def from_toml(text: str, path: str, item: str) -> Review:
    """The review of `item` in the text. Raises ReviewFileError naming `path` and the line."""
    return _File(text, path).review(item)


class _File:
    """One file being read; its complaints name the path and, where it is known, the line."""

    def __init__(self, text: str, path: str) -> None:
        self._text, self._path = text, path
        try:
            self._values = tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            raise self._error(f"is not TOML ({error.msg})", error.lineno) from error

    def review(self, item: str) -> Review:
        for key in self._values:
            if key not in _KEYS:
                raise self._wrong(key, "is not a key that flytui knows")
        if self._value("schema", int) != SCHEMA:
            raise self._wrong("schema", f"is not {SCHEMA}: another version of flytui wrote it")
        if self._value("item", str) != item:
            raise self._wrong("item", f"is not {item!r}, as the file's name says")
        return Review(
            item=item,
            decision=self._choice("decision", Decision),
            note=plain(self._value("note", str)),
            by=self._line("by"),
            at=self._at(),
            expires=self._value("expires", date) if "expires" in self._values else None,
            basis=self._basis(),
        )

    def _value(self, key: str, kind: type[_T]) -> _T:
        value = self._values.get(key)
        if value is None:
            raise self._error(f"has no {key!r}", None)
        # `type() is`, because a time is a date to Python and True is 1.
        if type(value) is not kind:
            raise self._wrong(key, f"is not a {_WORDS[kind]}")
        return value

    def _choice(self, key: str, kind: type[_Choice]) -> _Choice:
        try:
            return kind(self._value(key, str))
        except ValueError as error:
            raise self._wrong(key, f"is none of {', '.join(kind)}") from error

    def _line(self, key: str) -> str:
        text = one_line(self._value(key, str))
        if not text:
            raise self._wrong(key, "is empty")
        return text

    def _at(self) -> datetime:
        at = self._value("at", datetime)
        if at.tzinfo is None:
            raise self._wrong("at", "has no time zone")
        return at

    def _basis(self) -> tuple[str, ...]:
        lines: list[Any] = self._value("basis", list)
        if not lines or not all(isinstance(line, str) for line in lines):
            raise self._wrong("basis", "is not a list of lines")
        return tuple(plain(line) for line in lines)

    def _wrong(self, key: str, problem: str) -> ReviewFileError:
        found = re.search(rf"^\s*\[*[\"']?{re.escape(key)}\b", self._text, re.MULTILINE)
        line = self._text.count("\n", 0, found.end()) + 1 if found else None
        return self._error(f"{one_line(key, 60)!r} {problem}", line)

    def _error(self, problem: str, line: int | None) -> ReviewFileError:
        where = self._path if line is None else f"{self._path}, line {line}"
        return ReviewFileError(
            f"{where}: {problem}. This review does not count until the file is repaired."
        )


_WORDS: dict[type, str] = {
    int: "whole number",
    str: "text",
    date: "date such as 2026-12-31",
    datetime: "time such as 2026-03-12T10:00:00Z",
    list: "list",
}
