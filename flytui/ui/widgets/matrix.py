"""The organisation's matrix on the screen: a row for each app, a cell for each section."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from flytui.checklist import Section
from flytui.finding import Status
from flytui.matrix import Cell, Row, Stage
from flytui.text import one_line
from flytui.ui.words import shortened, sign

_WORDS = {
    "security": ("Security", "Sec"),
    "databases": ("Data", "Dat"),
    "performance": ("Perform", "Per"),
    "availability": ("Availab", "Ava"),
    "networking": ("Network", "Net"),
    "monitoring": ("Monitor", "Mon"),
    "cicd": ("CI/CD", "CI"),
    "support": ("Support", "Sup"),
}
"""What stands above a section's column, where there is room and where there is little."""
_COLOURS = {
    Status.OK: "ok",
    Status.ACTION: "action",
    Status.ADVICE: "advice",
    Status.MANUAL: "manual",
    Status.UNKNOWN: "unknown",
    Status.NOT_APPLICABLE: "quiet",
}
_WIDEST_NAME = 40


_ROOM_TO_EXPLAIN = 68
"""Cells of a line in which the last row is explained."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How many cells a name and a section's column take, and how many columns there is room for."""

    name: int
    column: int
    columns: int

    @classmethod
    def of(cls, width: int, sections: int) -> "Measure":
        """The fullest there is room for; with less than that, not all columns are in sight."""
        for column, least in ((11, 29), (9, 26), (6, 24), (4, 16)):
            if width >= least + column * sections:
                return cls(min(width - column * sections, _WIDEST_NAME), column, sections)
        name = max(width - 4 * sections, 12)
        return cls(name, 4, min(max((width - name) // 4, 1), sections))


def heads(sections: Sequence[Section], measure: Measure, first: int = 0) -> str:
    """The line above the rows, from the first column in sight on."""
    words = []
    for section in sections[first : first + measure.columns]:
        long, short = _WORDS.get(section.id, (section.title, section.title))
        word = long if measure.column > 8 else short
        words.append(one_line(word, measure.column - 1).rjust(measure.column))
    return " " * measure.name + "".join(words)


def legend(measure: Measure, sections: int, first: int = 0) -> str:
    """What the numbers of every cell mean, and that there are columns out of sight."""
    words = "✗4: four at the worst sign"
    if _counts(measure.column):
        words = "✗4 1/6: four items at the worst sign, one of six settled"
    if measure.name + measure.columns * measure.column >= _ROOM_TO_EXPLAIN:
        words += "; last row: all apps and the organisation"
    after = sections - first - measure.columns
    ways = [f"← {first} more" if first else "", f"→ {after} more" if after > 0 else ""]
    return "   ".join(filter(None, [*ways, words]))


def told(cells: Sequence[Cell], column: int) -> list[str]:
    """Glyph, how many are at it, and in wide columns how many are settled: `✗2 3/6` or `✗2`.

    Of the same form for every cell of a row; a number without room is `…`. Empty for no items.
    """
    counted = _counts(column) and all(len(_words(cell, counted=True)) < column for cell in cells)
    every = (_words(cell, counted=counted) for cell in cells)
    return [(words if len(words) < column else f"{words[:1]}…").rjust(column) for words in every]


def _words(cell: Cell, *, counted: bool) -> str:
    glyph = sign(cell.status).glyph
    if not cell.heard or cell.status in {None, Status.NOT_APPLICABLE}:
        return glyph if cell.heard or cell.missing else ""
    return f"{glyph}{cell.number}" + (f" {cell.settled}/{cell.applicable}" if counted else "")


def _counts(column: int) -> bool:
    """Whether the cells of such a column tell what is settled."""
    return column > 8


class MatrixView(ScrollView, can_focus=True):
    """Draws the rows in sight and nothing else.

    Invariant: the cursor stays on its app, and the app on its line of the screen, however the rows
    are sorted anew; on the first row it stays on the first row until it is moved.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "matrix--ok",
        "matrix--action",
        "matrix--advice",
        "matrix--manual",
        "matrix--unknown",
        "matrix--quiet",
        "matrix--cursor",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False, id="matrix.up", tooltip="One app up"),
        Binding("down,j", "move(1)", show=False, id="matrix.down", tooltip="One app down"),
        Binding("left,h", "step(-1)", show=False, id="matrix.left", tooltip="One section left"),
        Binding("right,l", "step(1)", show=False, id="matrix.right", tooltip="One section right"),
        Binding("pageup", "page(-1)", show=False, id="matrix.page_up", tooltip="A page up"),
        Binding("pagedown", "page(1)", show=False, id="matrix.page_down", tooltip="A page down"),
        Binding("home", "edge(False)", show=False, id="matrix.first", tooltip="The first app"),
        Binding("end", "edge(True)", show=False, id="matrix.last", tooltip="The last app"),
        Binding(
            "enter",
            "open",
            "open",
            key_display="enter",
            id="matrix.open",
            tooltip="Open the app at this section",
        ),
    ]

    class Moved(Message):
        """The cursor is somewhere else, or other rows are in sight."""

    class Opened(Message):
        """The app under the cursor was chosen."""

    def __init__(self, sections: Sequence[Section], *, below: "MatrixView | None" = None) -> None:
        """One below another has no cursor, and its columns where the other has them."""
        super().__init__(classes="-idle" if below else None)
        self.can_focus = below is None
        self._above = below
        self._sections = sections
        self.rows: list[Row] = []
        self.column = 0
        self._at = 0
        self._moved = False
        self._chosen = False
        """Whether the cursor was moved since the rows began to be filtered."""

    @property
    def measure(self) -> Measure:
        if self._above is not None:
            return self._above.measure
        return Measure.of(self.scrollable_content_region.width or self.size.width, self._wide)

    @property
    def _wide(self) -> int:
        return len(self._sections)

    @property
    def first(self) -> int:
        """The first column in sight: the cursor's own always is."""
        return max(self.column - self.measure.columns + 1, 0)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self._at] if self._at < len(self.rows) else None

    @property
    def in_sight(self) -> list[str]:
        """Names of the apps on the screen, from the top."""
        top = self.scroll_offset.y
        return [row.name for row in self.rows[top : top + max(self.size.height, 1)]]

    def filtering(self, *, begun: bool) -> None:
        """From now on rows are chosen by what is typed; or no more, and the app stays marked."""
        self._chosen = not begun
        self._moved = self._moved or not begun

    def begin_anew(self) -> None:
        """Something else is typed: the first match, unless a match was chosen meanwhile."""
        if not self._chosen or self.row is None:
            self._at, self._moved = 0, False

    def show(self, rows: Sequence[Row], *, narrowed: bool = False) -> None:
        """These rows, in this order; of narrowed ones the first, if the app is not among them."""
        if narrowed and (self.row is None or self.row.name not in {row.name for row in rows}):
            self._at, self._moved = 0, False
        held = self.row.name if self.row and self._moved else None
        line = self._at - self.scroll_offset.y
        self.rows = list(rows)
        names = [row.name for row in self.rows]
        self._at = names.index(held) if held in names else min(self._at, max(len(names) - 1, 0))
        self.virtual_size = Size(0, len(self.rows))
        if held in names:
            self.scroll_to(y=max(self._at - line, 0), animate=False, force=True)
        self.refresh()
        self._tell()

    def _tell(self) -> None:
        if self.can_focus:
            self.post_message(self.Moved())

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        width = self.size.width
        if at >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        row, measure = self.rows[at], self.measure
        base = self.rich_style
        if at == self._at and self.has_focus:
            base += self._colour("cursor")
        segments = [self._label(row, measure.name, base)]
        first = self.first
        cells = told(row.cells, measure.column)
        for number, cell in enumerate(row.cells[first : first + measure.columns], first):
            style = base + self._colour(_COLOURS[cell.status] if cell.status else "quiet")
            if row.suspended:
                style = base + self._colour("quiet")
            words = cells[number]
            if self.can_focus and at == self._at and number == self.column:
                body = words.lstrip(" ")
                segments.append(Segment(words[: len(words) - len(body)], base))
                segments.append(Segment(body, style + Style(reverse=True, bold=True)))
            else:
                segments.append(Segment(words, style))
        return Strip(segments).adjust_cell_length(width, base)

    def _label(self, row: Row, room: int, base: Style) -> Segment:
        """The app's name, and what it is for as far as there is room to say it."""
        style = base + (self._colour("quiet") if row.suspended else Style())
        marks = [row.stage.value, "suspended" if row.suspended else ""]
        mark = " ".join(filter(None, [*marks, "looking" if row.looking else ""]))
        if room < 28:
            letter = {Stage.PRODUCTION: "P", Stage.STAGING: "S", Stage.UNSAID: ""}[row.stage]
            mark = "…" if row.looking else letter
        space = room - 1 - (len(mark) + 1 if mark else 0)
        name = shortened(row.name, max(space, 4))
        tail = mark.rjust(room - 1 - len(name)) + " " if mark else " " * max(room - len(name), 1)
        return Segment(name + tail, style)

    def _colour(self, name: str) -> Style:
        return self.get_component_rich_style(f"matrix--{name}", partial=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def on_click(self, event: Click) -> None:
        at = event.y + self.scroll_offset.y
        if at < len(self.rows):
            same = at == self._at
            self._at, self._moved, self._chosen = at, True, True
            measure = self.measure
            if event.x >= measure.name:
                column = self.first + (event.x - measure.name) // measure.column
                self.column = min(column, self._wide - 1)
            self._show_cursor()
            if same and event.chain > 1:
                self.action_open()

    def action_move(self, step: int) -> None:
        self._chosen = True
        self._at = min(max(self._at + step, 0), max(len(self.rows) - 1, 0))
        self._moved = self._at > 0
        self._show_cursor()

    def action_page(self, step: int) -> None:
        self.action_move(step * max(self.size.height - 1, 1))

    def action_edge(self, last: bool) -> None:
        self.action_move(len(self.rows) if last else -len(self.rows))

    def action_step(self, step: int) -> None:
        self.column = (self.column + step) % max(self._wide, 1)
        self._show_cursor()

    def action_open(self) -> None:
        self.post_message(self.Opened())

    def _show_cursor(self) -> None:
        self.scroll_to_region(Region(0, self._at, 1, 1), animate=False, force=True)
        self.refresh()
        self._tell()
