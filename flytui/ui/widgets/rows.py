"""The rows of the checklist tree, from the board; pure."""

from dataclasses import dataclass

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


def rows(board: Board) -> dict[Place, Row]:
    """Every row in the order of the tree."""
    result: dict[Place, Row] = {}
    for section in board.checklist.sections:
        settled, applicable = board.counts(section)
        result[Place(section.id)] = Row(
            one_line(section.title, 100), tail=f"{settled}/{applicable}", opens=True
        )
        for item in section.items:
            result |= _item(board, Place(section.id, item.id), item.title)
    return result


def _tail(board: Board, item: str | None, decided: str) -> str:
    """What was decided; what is new since the last time; how it was, where nothing better is."""
    if item in board.news:
        return f"◆ {decided or 'changed'}"
    then = board.earlier(item)
    return decided or (
        f"was {sign(then.status).glyph} {then.at.astimezone():%a %H:%M}" if then else ""
    )


def _item(board: Board, place: Place, title: str) -> dict[Place, Row]:
    known = board.get(place.item)
    status = known.finding.status if known else None
    resources = keyed(known.finding.resources) if known else []
    row = Row(
        one_line(title, 200),
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
