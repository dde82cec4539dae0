"""Lines of content that wrap under themselves: the page a pane or a dialog shows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content
from textual.style import Style

from flytui.text import one_line, plain

LIMIT = 1000
"""Characters of one value that are shown; more would be no help to a reader."""
LONGEST_LABEL = 60
NARROW_LABEL = 24
"""Cells of a label where the page is narrow."""
NARROW_VALUE = 24
"""Cells below which a value that does not fit would be broken too often to be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; what does not fit goes on below, `hang` cells further in."""

    content: Content
    indent: int = 0
    hang: int = 0
    label: Content | None = None
    """Stands before it in a column of its own: of half the width at most, of a narrow line 40 %."""
    column: int = 0
    """Cells of the widest label beside it."""

    @property
    def everything(self) -> Content:
        """The label in full and the content, on one row."""
        if self.label is None:
            return self.content
        name = self.label.pad_right(max(self.column - self.label.cell_length, 0))
        return Content("").join([name, Content("  "), self.content])

    def laid(self, width: int) -> list[Content]:
        """The line in rows of at most `width` cells."""
        if self.label is not None:
            return self._labelled(self.label, width)
        room = max(width - self.indent, 8)
        rows = self.content.wrap(room)
        if self.hang and len(rows) > 1:
            # The first row keeps its room; the rest is wrapped again into what the hang leaves.
            first = rows[0]
            rest = _flush(self.content[len(first.plain) :])
            narrow = max(room - self.hang, 8)
            # After a word that was broken, the space behind it would begin a row.
            rows = [first, *(_flush(row).pad_left(self.hang) for row in rest.wrap(narrow))]
        return [row.pad_left(self.indent) for row in rows]

    def _labelled(self, label: Content, width: int) -> list[Content]:
        """Label and value beside each other; a long value goes below where there is little room."""
        room = width - self.indent
        most = max(NARROW_LABEL, room * 2 // 5) if width < 60 else (room - 6) // 2
        column = min(self.column, most)
        beside = room - column - 2
        if beside < min(NARROW_VALUE, self.content.cell_length):
            name = label.truncate(room, ellipsis=True).pad_left(self.indent)
            rows = self.content.wrap(max(room - 2, 8))
            return [name, *(_flush(row).pad_left(self.indent + 2) for row in rows)]
        name = label.truncate(column, ellipsis=True)
        name = name.pad_right(max(column - name.cell_length, 0))
        content = Content("").join([name, Content("  "), self.content])
        return Line(content, self.indent, column + 2).laid(width)

    def highlighted(self, words: Sequence[str]) -> "Line":
        """The line with these words underlined wherever they stand, in either case."""
        pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
        style = "bold underline"
        label = self.label.highlight_regex(pattern, style=style) if self.label is not None else None
        return replace(
            self, content=self.content.highlight_regex(pattern, style=style), label=label
        )


def _flush(content: Content) -> Content:
    """Without the spaces it begins with."""
    return content[len(content.plain) - len(content.plain.lstrip(" ")) :]


MUTED = "$foreground-muted"
BLANK = Line(Content(""))


def text(value: str, style: str = "", *, limit: int = LIMIT) -> Content:
    """Text from anywhere on one line: literal, harmless, and cut with an ellipsis.

    Spaces at both ends stay: they set parts apart.
    """
    inner = value.strip(" ")
    before, _, after = value.partition(inner) if inner else ("", "", value)
    return Content.styled(before + one_line(inner, limit) + after, style)


def whole(value: str, style: str = "") -> Content:
    """Text from anywhere, harmless and uncut: for what must be seen in full before it is run."""
    return Content.styled(plain(value).replace("\t", "    "), style)


def say(*parts: Content | str | tuple[str, str], indent: int = 0, hang: int = 0) -> Line:
    """A line put together from literal parts; a pair is text with its style."""
    contents = [
        part if isinstance(part, Content) else text(part) if isinstance(part, str) else text(*part)
        for part in parts
    ]
    return Line(Content("").join(contents), indent, hang)


def clicked(line: Line, action: str) -> Line:
    """The line as something to click: the action is a word of ours with a number, never text."""
    return replace(line, content=line.content.stylize(Style.from_meta({"@click": action})))


def heading(words: str, *, key: str = "") -> list[Line]:
    """A heading with a blank line above, and the key that belongs to it."""
    content = Content.styled(words, "bold")
    if key:
        content = Content.assemble(content, ("   " + key, "$foreground-muted"))
    return [BLANK, Line(content)]


def table(
    rows: Iterable[tuple[str, Content]], *, indent: int = 2, style: str = "$foreground-muted"
) -> list[Line]:
    """Label and value in two columns; a long value goes on under itself."""
    rows = list(rows)
    names = [text(label, style, limit=LONGEST_LABEL) for label, _ in rows]
    widest = max((name.cell_length for name in names), default=0)
    pairs = zip(names, rows, strict=True)
    return [Line(value, indent, label=name, column=widest) for name, (_, value) in pairs]
