"""A frame costs what changed in it: rows and widgets that are as they were are not asked again.

Where two rows of the tree change, Textual asks every widget beside them for all its lines, and
leaves out what it need not write only then: most of what a key press took.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

_Row = dict[int, Strip | None]
"""The pieces of a row by the column they begin in; None for what is not drawn yet."""


def frugal() -> None:
    """Draw nothing that is not written, from now on and on every screen."""
    Compositor._render_chops = _rendered  # type: ignore[method-assign]  # noqa: SLF001 (there is no other way in)


def _rendered(
    self: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[Mapping[int, Strip]]:
    """What Textual's own gives for the rows that are written; for the others, nothing."""
    rows: list[_Row] = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
    for widget, (region, clip) in self.visible_widgets.items():
        seen = region.intersection(clip)
        if not seen.overlaps(crop):
            continue
        for band in _bands(seen, crop, rows, is_rendered_line):
            lines = widget.render_lines(band.translate((-region.x, -region.y)))
            for y, line in zip(band.line_range, lines, strict=False):
                _put(rows[y], self.cuts[y], band, line)
    return rows  # type: ignore[return-value]  # Textual's type leaves out that some are None


def _bands(
    seen: Region, crop: Region, rows: Sequence[_Row], is_rendered_line: Callable[[int], bool]
) -> Iterator[Region]:
    """The parts of what is seen of a widget that are written, and covered by nothing yet."""
    first, last = seen.column_span

    def wanted(y: int) -> bool:
        bare = (piece is None and first <= x < last for x, piece in rows[y].items())
        return is_rendered_line(y) and any(bare)

    for draw, run in groupby(seen.intersection(_across(seen, crop)).line_range, wanted):
        if draw:
            lines = list(run)
            yield Region(seen.x, lines[0], seen.width, len(lines))


def _across(seen: Region, crop: Region) -> Region:
    """The rows of the crop, as wide as what is seen: a row of a widget is drawn as a whole."""
    return Region(seen.x, crop.y, seen.width, crop.height)


def _put(row: _Row, cuts: Sequence[int], band: Region, line: Strip) -> None:
    """Cut the line where other widgets begin; what is in front was drawn before and stays."""
    first, last = band.column_span
    here = [cut for cut in cuts if first <= cut <= last]
    pieces = line.divide([cut - first for cut in here[1:]])
    for cut, piece in zip(here, pieces, strict=False):
        if row.get(cut) is None:
            row[cut] = piece
