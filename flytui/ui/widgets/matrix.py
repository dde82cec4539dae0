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
from flytui.ui.words import sign

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


@dataclass(frozen=True, slots=True)
class Measure:
    """How many cells a name and a section's column take."""

    name: int
    column: int

    @classmethod
    def of(cls, width: int, sections: int) -> "Measure":
        """The fullest there is room for; with less than that, columns at the end are cut."""
        for column, least in ((9, 30), (6, 24), (4, 16)):
            if width >= least + column * sections:
                return cls(min(width - column * sections, _WIDEST_NAME), column)
        return cls(max(width - 4 * sections, 10), 4)


def heads(sections: Sequence[Section], measure: Measure) -> str:
    """The line above the rows."""
    words = []
    for section in sections:
        long, short = _WORDS.get(section.id, (section.title, section.title))
        word = long if measure.column > 8 else short
        words.append(one_line(word, measure.column - 1).rjust(measure.column))
    return " " * measure.name + "".join(words)


def told(cell: Cell, column: int) -> str:
    """Glyph and counts, the fullest that fits: `✗ 2 3/6`, `✗ 3/6` or `✗2`; empty for no items."""
    glyph = sign(cell.status).glyph
    if not cell.heard or cell.status is Status.NOT_APPLICABLE:
        return (glyph if cell.heard or cell.missing else "").rjust(column)
    settled = f"{cell.settled}/{cell.applicable}"
    forms = [f"{glyph} {settled}", f"{glyph}{cell.number}", glyph]
    if cell.open:
        forms.insert(0, f"{glyph} {cell.number} {settled}")
    return next(words for words in forms if len(words) < column or words == glyph).rjust(column)


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
        Binding("enter", "open", "open", id="matrix.open", tooltip="Open the app at this section"),
    ]

    class Moved(Message):
        """The cursor is somewhere else, or other rows are in sight."""

    class Opened(Message):
        """The app under the cursor was chosen."""

    def __init__(self, sections: Sequence[Section], *, idle: bool = False) -> None:
        """An idle one shows its rows and has no cursor."""
        super().__init__(classes="-idle" if idle else None)
        self.can_focus = not idle
        self._sections = sections
        self.rows: list[Row] = []
        self.column = 0
        self._at = 0
        self._moved = False

    @property
    def measure(self) -> Measure:
        return Measure.of(self.scrollable_content_region.width or self.size.width, self._wide)

    @property
    def _wide(self) -> int:
        return len(self._sections)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self._at] if self._at < len(self.rows) else None

    @property
    def in_sight(self) -> list[str]:
        """Names of the apps on the screen, from the top."""
        top = self.scroll_offset.y
        return [row.name for row in self.rows[top : top + max(self.size.height, 1)]]

    def show(self, rows: Sequence[Row]) -> None:
        """These rows, in this order."""
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
        for number, cell in enumerate(row.cells):
            style = base + self._colour(_COLOURS[cell.status] if cell.status else "quiet")
            if row.suspended:
                style = base + self._colour("quiet")
            words = told(cell, measure.column)
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
        if room < 30:
            letter = {Stage.PRODUCTION: "P", Stage.STAGING: "S", Stage.UNSAID: ""}[row.stage]
            mark = "…" if row.looking else letter
        space = room - 1 - (len(mark) + 1 if mark else 0)
        name = one_line(row.name, max(space, 4))
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
            self._at, self._moved = at, True
            measure = self.measure
            if event.x >= measure.name:
                self.column = min((event.x - measure.name) // measure.column, self._wide - 1)
            self._show_cursor()
            if same and event.chain > 1:
                self.action_open()

    def action_move(self, step: int) -> None:
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
