"""The rows of the checklist tree, from the board; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from flytui.assessment import Assessment
from flytui.checklist import Item, Section
from flytui.finding import Resource, Status
from flytui.review import Standing
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


class Block(dict[Place, Row]):
    """Rows that come and go together, never changed once made."""

    def __init__(self, rows: Mapping[Place, Row], resources: Sequence[Resource] = ()) -> None:
        super().__init__(rows)
        self.resources = resources
        """What the rows below the item were made from."""


def rows(board: Board) -> dict[Place, Row]:
    """Every row in the order of the tree."""
    return {place: row for block in blocks(board).values() for place, row in block.items()}


def blocks(board: Board, before: Mapping[Place, Block] | None = None) -> dict[Place, Block]:
    """The rows in the order of the tree: one block for a section's own, one for an item and below.

    A block that is as it was `before` is the same object: an item may have thousands of rows.
    """
    known, made = before or {}, dict[Place, Block]()
    for section in board.checklist.sections:
        top = Place(section.id)
        made[top] = Block({top: _section(board, section)})
        for item in section.items:
            place = Place(section.id, item.id)
            made[place] = _item(board, place, item, known.get(place))
    return made


def _section(board: Board, section: Section) -> Row:
    settled, applicable = board.counts(section)
    title, short = one_line(section.title, 100), one_line(section.short, 100)
    return Row(title, short, tail=f"{settled}/{applicable}", opens=True)


def _tail(board: Board, item: str | None, decided: str) -> str:
    """What was decided; what is new since the last time; how it was, where nothing better is."""
    if item in board.news:
        return f"◆ {decided or 'changed'}"
    then = board.earlier(item)
    return decided or (
        f"was {sign(then.status).glyph} {then.at.astimezone():%a %H:%M}" if then else ""
    )


def _colour(known: Assessment | None) -> str:
    """The status's colour; the quiet one while nothing is known, and once somebody answers for it.

    The glyph stays what was found: a decision makes nothing OK.
    """
    if known is None:
        return "quiet"
    decided = known.standing is Standing.HOLDS and known.finding.status is not Status.OK
    return "quiet" if decided else _COLOURS[known.finding.status]


def _item(board: Board, place: Place, item: Item, before: Block | None) -> Block:
    known = board.get(place.item)
    status = known.finding.status if known else None
    resources = known.finding.resources if known else ()
    row = Row(
        one_line(item.title, 200),
        one_line(item.short, 200),
        glyph=sign(status).glyph,
        colour=_colour(known),
        tail=_tail(board, place.item, mark(known)),
        opens=bool(resources),
        quiet=known is not None and not known.open,
    )
    if before is not None and before.resources is resources:
        return before if before[place] == row else Block({**before, place: row}, resources)
    below = {
        Place(place.section, place.item, key): Row(
            one_line(one.id, 200),
            note=one_line(one.kind, 50),
            glyph=sign(one.status).glyph,
            colour=_COLOURS[one.status],
        )
        for key, one in keyed(resources)
    }
    return Block({place: row, **below}, resources)
