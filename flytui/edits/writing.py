"""One change made in a TOML text; every other byte stays as it is."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from flytui.edits.changes import Add, Change, Path, Refused, Remove, Set, dotted
from flytui.edits.document import Section, Statement, sections
from flytui.edits.operations import Plain, Row

_OPENING_COMMENT = re.compile(r"(?:[ \t]*#[^\n]*\n)+[ \t]*\r?\n")


def written(text: str, change: Change) -> str:
    """The text with the change in it. Raises `Refused` where that would take more than it."""
    writer = _Writer(text, sections(text))
    match change:
        case Set(path, value):
            return writer.set(path, value)
        case Remove(path):
            return writer.remove(path)
        case Add(path, row):
            return writer.add(path, row)
        case _:
            assert_never(change)


def literal(value: Plain, quote: str = '"') -> str:
    """The value as TOML; in single quotes where asked for and possible."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            if quote == "'" and value.isprintable() and "'" not in value:
                return f"'{value}'"
            return json.dumps(value, ensure_ascii=False)
        case tuple():
            return f"[{', '.join(literal(each, quote) for each in value)}]"
        case _:
            assert_never(value)


@dataclass(frozen=True, slots=True)
class _Writer:
    text: str
    parts: tuple[Section, ...]

    def set(self, path: Path, value: Plain) -> str:
        found = self._statement(path)
        if found is not None:
            begin, end = found.value
            return self.text[:begin] + literal(value, self.text[begin]) + self.text[end:]
        self._must_be_open(path)
        section = next((one for one in self.parts if one.path == path[:-1]), None)
        if section is not None:
            return self._into(section, path, value)
        siblings = [k for s in self.parts for k in s.body if k.path[:-1] == path[:-1]]
        if siblings:
            last = siblings[-1]
            key = dotted((*last.keys[:-1], path[-1]))
            line = f"{last.indent}{key} = {literal(value, self._quote())}"
            return self._insert(last.end, [line])
        return self._new_table(path[:-1], Row(((str(path[-1]), value),)), "[{}]")

    def remove(self, path: Path) -> str:
        found = self._statement(path)
        if found is None:
            raise Refused(f"{dotted(path)} is not a line of its own.")
        return self.text[: found.start] + self.text[found.end :]

    def add(self, path: Path, row: Row) -> str:
        found = self._statement(path)
        if found is not None and re.fullmatch(r"\[\s*\]", self.text[slice(*found.value)]):
            return written(self._remark_only(found), Add(path, row))
        self._must_be_open(path)
        return self._new_table(path, row, "[[{}]]")

    def _remark_only(self, statement: Statement) -> str:
        """Without the statement; a remark behind it stays, on the line by itself."""
        remark = self.text[statement.value[1] : statement.end].lstrip(" \t")
        kept = statement.indent + remark if remark.startswith("#") else ""
        return self.text[: statement.start] + kept + self.text[statement.end :]

    def _statement(self, path: Path) -> Statement | None:
        return next((k for s in self.parts for k in s.body if k.path == path), None)

    def _must_be_open(self, path: Path) -> None:
        """Nothing is inserted into what is written as one value."""
        for statement in (k for s in self.parts for k in s.body):
            if statement.path == path[: len(statement.path)]:
                raise Refused(f"{dotted(statement.path)} is written as one value.")

    def _into(self, section: Section, path: Path, value: Plain) -> str:
        """A key more, behind the section's last one."""
        line = f"{dotted(path[-1:])} = {literal(value, self._quote())}"
        if section.body:
            return self._insert(section.end, [section.body[-1].indent + line])
        if section.header is not None:
            return self._insert(section.end, [section.header.indent + self._unit() + line])
        opening = _OPENING_COMMENT.match(self.text)
        return self._insert(opening.end() if opening else 0, [line, ""])

    def _new_table(self, path: Path, row: Row, form: str) -> str:
        """A table more, behind those it belongs to."""
        family = path[:-1] or path
        kin = [one for one in self.parts if one.header and one.path[: len(family)] == family]
        position = max((one.end for one in kin), default=len(self.text))
        style = _Style(self._unit(), self._quote())
        lines = list(_table(form, _names(path), row, self._indent(path), style))
        before, behind = self.text[:position], self.text[position:]
        if before.strip() and not re.search(r"\n[ \t]*\r?\n\Z", before):
            lines.insert(0, "")
        if behind and not re.match(r"[ \t]*\r?\n", behind):
            lines.append("")
        return self._insert(position, lines)

    def _indent(self, path: Path) -> str:
        """As far in as its siblings; else as the file indents what is within a table."""
        parent = path[:-1]
        headers = [one.header for one in self.parts if one.header]
        for header in headers:
            above = header.path[:-2] if isinstance(header.path[-1], int) else header.path[:-1]
            if parent and above == parent:
                return header.indent
        holder = next((header for header in headers if header.path == parent), None)
        return holder.indent + self._unit() if holder else ""

    def _unit(self) -> str:
        """How far the file indents the keys of a table."""
        for section in self.parts:
            if section.header and section.body:
                own = section.body[0].indent
                return own.removeprefix(section.header.indent)
        return "  "

    def _quote(self) -> str:
        """The quotes the file prefers."""
        values = [self.text[k.value[0]] for s in self.parts for k in s.body]
        return "'" if values.count("'") > values.count('"') else '"'

    def _insert(self, position: int, lines: list[str]) -> str:
        before, behind = self.text[:position], self.text[position:]
        end = self._line_end(position)
        if before and not before.endswith("\n"):
            return before + end + end.join(lines) + behind
        return before + end.join(lines) + end + behind

    def _line_end(self, position: int) -> str:
        """As the last whole line before the position ends; else as the first line does."""
        last = self.text.rfind("\n", 0, position)
        newline = self.text.find("\n") if last < 0 else last
        return "\r\n" if newline > 0 and self.text[newline - 1] == "\r" else "\n"


@dataclass(frozen=True, slots=True)
class _Style:
    unit: str
    quote: str


def _table(
    form: str, names: tuple[str, ...], row: Row, indent: str, style: _Style
) -> Iterator[str]:
    yield indent + form.format(dotted(names))
    within = [(key, value) for key, value in row.pairs if isinstance(value, Row)]
    for key, value in row.pairs:
        if not isinstance(value, Row):
            yield f"{indent}{style.unit}{dotted((key,))} = {literal(value, style.quote)}"
    for key, value in within:
        yield from _table("[{}]", (*names, key), value, indent + style.unit, style)


def _names(path: Path) -> tuple[str, ...]:
    return tuple(key for key in path if isinstance(key, str))
