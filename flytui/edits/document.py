"""A valid TOML text taken apart into statements, each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import tomli

from flytui.edits.changes import Path

_SPACE = " \t"
_KEY = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*""")


@dataclass(frozen=True, slots=True)
class Statement:
    """A header or a key with its value; comments and blank lines are none."""

    path: Path
    """Of the table, or of the key."""
    keys: tuple[str, ...]
    """As written: for a key, relative to its section."""
    header: bool
    start: int
    """Where its first line begins."""
    end: int
    """Where the line after it begins."""
    indent: str
    value: tuple[int, int] = (0, 0)
    """Where the value begins and ends; a comment behind it is not part of it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A header, or the top of the file, and the statements under it."""

    header: Statement | None
    body: tuple[Statement, ...]

    @property
    def path(self) -> Path:
        return self.header.path if self.header else ()

    @property
    def end(self) -> int:
        """Behind its last statement; comments after that are left where they are."""
        last = self.body[-1] if self.body else self.header
        return last.end if last else 0


def sections(text: str) -> tuple[Section, ...]:
    """The top first, which may be empty; then each header's."""
    found: list[tuple[Statement | None, list[Statement]]] = [(None, [])]
    for statement in _Scanner(text).statements():
        if statement.header:
            found.append((statement, []))
        else:
            found[-1][1].append(statement)
    return tuple(Section(header, tuple(body)) for header, body in found)


class _Scanner:
    """One way through a text that a parser has accepted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._section: Path = ()
        self._arrays: dict[Path, int] = {}
        """How many tables each array has so far."""

    def statements(self) -> Iterator[Statement]:
        start = 0
        while start < len(self._text):
            first = start
            while self._text[first : first + 1] in (" ", "\t"):
                first += 1
            letter = self._text[first : first + 1]
            if letter in ("", "\n", "\r", "#"):
                start = self._line_end(first)
                continue
            statement = self._header(start, first) if letter == "[" else self._key(start, first)
            yield statement
            start = statement.end

    def _header(self, start: int, first: int) -> Statement:
        many = self._text.startswith("[[", first)
        keys, _ = self._keys(first + 1 + many)
        path = (*self._absolute(keys[:-1]), keys[-1])
        if many:
            number = self._arrays.get(path, 0)
            self._arrays[path] = number + 1
            path = (*path, number)
        elif path in self._arrays:
            path = (*path, self._arrays[path] - 1)
        self._section = path
        indent = self._text[start:first]
        return Statement(path, keys, True, start, self._line_end(first), indent)

    def _absolute(self, keys: tuple[str, ...]) -> Path:
        """The path with the latest table of each array on the way."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._arrays:
                path = (*path, self._arrays[path] - 1)
        return path

    def _key(self, start: int, first: int) -> Statement:
        keys, equals = self._keys(first)
        begin = equals + 1
        while self._text[begin] in _SPACE:
            begin += 1
        end = self._value_end(begin)
        stop = begin + len(self._text[begin:end].rstrip(" \t\r"))
        indent = self._text[start:first]
        path = (*self._section, *keys)
        return Statement(path, keys, False, start, self._line_end(end), indent, (begin, stop))

    def _keys(self, position: int) -> tuple[tuple[str, ...], int]:
        """A dotted key, and the position behind it."""
        keys = []
        while match := _KEY.match(self._text, position):
            keys.append(_name(match[1]))
            position = match.end()
            if self._text[position : position + 1] != ".":
                break
            position += 1
        return tuple(keys), position

    def _value_end(self, position: int) -> int:
        """The end of the line the value ends on, or the comment behind it."""
        text, depth = self._text, 0
        while position < len(text):
            letter = text[position]
            if letter in "\"'":
                position = self._string_end(position)
                continue
            if letter == "#":
                if depth == 0:
                    break
                position = self._line_end(position)
                continue
            if letter == "\n" and depth == 0:
                break
            depth += (letter in "[{") - (letter in "]}")
            position += 1
        return position

    def _string_end(self, position: int) -> int:
        text, quote = self._text, self._text[position]
        mark = quote * 3 if text.startswith(quote * 3, position) else quote
        position += len(mark)
        while not text.startswith(mark, position):
            position += 2 if quote == '"' and text[position] == "\\" else 1
        position += len(mark)
        while len(mark) > 1 and text[position : position + 1] == quote:
            position += 1  # up to two quotes may stand before the closing three
        return position

    def _line_end(self, position: int) -> int:
        """Where the next line begins."""
        found = self._text.find("\n", position)
        return len(self._text) if found < 0 else found + 1


def _name(written: str) -> str:
    """A key without its quotes."""
    return written if written[0] not in "\"'" else str(tomli.loads(f"k = {written}")["k"])
