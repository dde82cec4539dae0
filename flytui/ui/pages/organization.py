"""What the organisation's screen says in words: about one cell, and about how far it has come."""

from collections.abc import Sequence

from flytui.matrix import Cell, Row
from flytui.ui.words import count, shortened, sign


def cell_words(row: Row, section: str, cell: Cell, room: int = 1000) -> str:
    """One cell in a sentence, so that no sign has to be known by heart.

    Where it takes more cells than there is room for, the app's name gives way, but not all of it.
    """
    words = _cell_words(row, section, cell)
    name = shortened(row.name, max(len(row.name) - max(len(words) - room, 0), 8))
    return name + words.removeprefix(row.name)


def _cell_words(row: Row, section: str, cell: Cell) -> str:
    if row.problem:
        return f"{row.name}: cannot be looked at. {row.problem}"
    if not cell.heard:
        return f"{row.name}, {section}: not seen yet"
    parts = [f"{number} {sign(status).word.lower()}" for status, number in cell.open]
    if cell.settled:
        parts.append(f"{cell.settled} settled")
    if concerns := cell.heard - cell.applicable:
        parts.append(f"{concerns} not applicable")
    if cell.missing:
        parts.append(f"{cell.missing} not seen yet")
    return f"{row.name}, {section}: {', '.join(parts)}"


def progress(rows: Sequence[Row], *, listed: bool, left: int, paused: bool) -> str:
    """What is being done, for the top line; empty when everything has been seen."""
    if not rows and not listed:
        return "asking for the apps"
    seen = sum(row.seen for row in rows)
    if paused and left:
        return f"paused {seen}/{len(rows)}"
    return f"looking {seen}/{len(rows)}" if left else ""


def matching(rows: Sequence[Row], shown: int, text: str) -> str:
    """How many apps a filter leaves."""
    return f"{shown} of {count(len(rows), 'app')} with {text!r} in the name" if text else ""
