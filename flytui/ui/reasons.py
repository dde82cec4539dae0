"""Why a key cannot act now, in a sentence; pure."""

from dataclasses import dataclass

from flytui.ui.board import Board, Place
from flytui.ui.keys import key

_NOTHING_TO_UNDO = (
    "No decision of this session is left; `flytui reviews remove` removes an older one."
)
_NOWHERE = "Nowhere to go back to yet: n, a section, a filter or the palette leaves a trace."
_STARTING = "flytui is still starting."
_CHOOSE = "Choose an item first: this is a section."
LOOKING = "This item is still being looked at."

READ_ONLY = "READ-ONLY: nothing is decided or changed here."
_DECIDING = {
    "decide.reviewed": "r",
    "decide.not_applicable": "x",
    "decide.accepted_risk": "X",
    "decide.edit": "e",
    "decide.undo": "u",
}

DEPENDENT = (
    *("fix", "copy", "decide", "edit", "undo", "history", "decisions", "export"),
    *("docs", "token", "refresh", "next_open", "walk", "back"),
    *("earlier", "later"),
)
"""The actions that cannot always be done."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a key's effect depends on."""

    board: Board
    place: Place | None
    decisions: int = 0
    """Decisions of this session that can be taken back."""
    reading: bool = False
    """Whether the one-column screen shows the detail."""
    matches: tuple[str, ...] | None = None
    """Ids of the items that a filter leaves; None without one."""
    earlier: bool = False
    """Whether there is a place to go back to."""
    later: bool = False
    """Whether there is one to go forward to again."""


def left_out() -> frozenset[str]:
    """The keys that decide, where there are any."""
    return frozenset(key(usual, binding) for binding, usual in _DECIDING.items())


def reason(action: str, now: Situation) -> str | None:  # noqa: C901, PLR0911 (one a key)
    """Why the action cannot be done now; None when it can."""
    match action:
        case "fix" | "copy":
            return _item(now) or _remedies(now)
        case "decide" | "decisions":
            return _item(now)
        case "edit":
            return _item(now) or _review(now)
        case "undo":
            return None if now.decisions else _NOTHING_TO_UNDO
        case "token" | "history":
            return None if now.board.opened else _STARTING
        case "docs":
            return _CHOOSE if _place_item(now) is None else _links(now)
        case "refresh" | "export":
            return _refresh(now)
        case "next_open":
            return _next(now)
        case "walk":
            return _walk(now)
        case "back":
            return None if _deeper(now) else "There is nothing to go back to."
        case "earlier" | "later":
            return _trail(action, now)
        case _:
            return None


def _deeper(now: Situation) -> bool:
    """Whether escape has something to leave: the detail, or a filter."""
    return now.reading or now.matches is not None


def _trail(action: str, now: Situation) -> str | None:
    if action == "earlier":
        return None if now.earlier else _NOWHERE
    return None if now.later else "You have not gone back: there is nothing to go forward to."


def _place_item(now: Situation) -> str | None:
    return now.place.item if now.place else None


def _item(now: Situation) -> str | None:
    item = _place_item(now)
    if item is None:
        return _CHOOSE
    if not now.board.opened:
        return _STARTING
    return None if now.board.get(item) else LOOKING


def _remedies(now: Situation) -> str | None:
    return None if now.board.remedies(now.place) else "flytui knows no remedy for this."


def _review(now: Situation) -> str | None:
    known = now.board.get(_place_item(now))
    if known is None or known.review is None:
        keys = f"{key('r', 'decide.reviewed')} or {key('x', 'decide.not_applicable')}"
        return f"There is no review to edit: press {keys} to make one."
    return None


def _links(now: Situation) -> str | None:
    item = _place_item(now)
    return None if item and now.board.checklist[item].links else "This item has no page to open."


def _refresh(now: Situation) -> str | None:
    if not now.board.opened:
        return _STARTING
    return "flytui is already looking." if now.board.pending else None


def _walk(now: Situation) -> str | None:
    if not now.board.opened:
        return _STARTING
    waiting = len(now.board.assessments) < sum(1 for _ in now.board.checklist)
    some = waiting or any(known.open for known in now.board.assessments.values())
    return None if some else "No item is open."


def _next(now: Situation) -> str | None:
    if now.board.open_after(_place_item(now), 1, now.matches) is not None:
        return None
    if now.matches is not None:
        return "No other item matches the filter."
    return LOOKING if now.board.pending else "No other item is open."
