"""The rows of the checklist tree, from the board; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from flytui.checklist import Item
from flytui.finding import Status
from flytui.text import one_line
from flytui.ui.board import Board, Place, keyed
from flytui.ui.words import mark, sign

_COLOURS = {
    Status.OK: "ok",
    Status.ACTION: "action",
    Status.ADVICE: "advice",
    Status.MANUAL: "manual",
    Status.UNKNOWN: "unknown",
    Status.NOT_APPLICABLE: "quiet",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of the tree shows."""

    title: str
    short: str = ""
    """Another title, for where this one would lose more than a tenth."""
    glyph: str = ""
    colour: str = ""
    """The component class that colours the glyph, without `tree--`."""
    tail: str = ""
    """What stands at the right end."""
    note: str = ""
    """Quieter, after the title."""
    opens: bool = False
    """Whether there is a level below."""
    quiet: bool = False
    """Nothing to do here any more."""

    def fitting(self, room: int, sought: Sequence[str] = ()) -> str:
        """The title that tells most in so many cells; what is sought is not lost with the rest."""
        if not self.short or cell_len(self.title) * 9 <= room * 10:
            return self.title
        told = self.short.casefold()
        missed = (word in self.title.casefold() and word not in told for word in sought)
        return self.title if any(missed) else self.short


def rows(board: Board) -> dict[Place, Row]:
    """Every row in the order of the tree."""
    result: dict[Place, Row] = {}
    for section in board.checklist.sections:
        settled, applicable = board.counts(section)
        result[Place(section.id)] = Row(
            one_line(section.title, 100),
            one_line(section.short, 100),
            tail=f"{settled}/{applicable}",
            opens=True,
        )
        for item in section.items:
            result |= _item(board, Place(section.id, item.id), item)
    return result


def _tail(board: Board, item: str | None, decided: str) -> str:
    """What was decided; what is new since the last time; how it was, where nothing better is."""
    if item in board.news:
        return f"◆ {decided or 'changed'}"
    then = board.earlier(item)
    return decided or (
        f"was {sign(then.status).glyph} {then.at.astimezone():%a %H:%M}" if then else ""
    )


def _item(board: Board, place: Place, item: Item) -> dict[Place, Row]:
    known = board.get(place.item)
    status = known.finding.status if known else None
    resources = keyed(known.finding.resources) if known else []
    row = Row(
        one_line(item.title, 200),
        one_line(item.short, 200),
        glyph=sign(status).glyph,
        colour=_COLOURS[status] if status else "quiet",
        tail=_tail(board, place.item, mark(known)),
        opens=bool(resources),
        quiet=known is not None and not known.open,
    )
    below = {
        Place(place.section, place.item, key): Row(
            one_line(one.id, 200),
            note=one_line(one.kind, 50),
            glyph=sign(one.status).glyph,
            colour=_COLOURS[one.status],
        )
        for key, one in resources
    }
    return {place: row, **below}
