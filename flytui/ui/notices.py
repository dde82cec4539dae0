"""What the line above the keys says of the last time; pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flytui.ui.board import Board
from flytui.ui.keys import key
from flytui.ui.words import age, count, moment

if TYPE_CHECKING:
    from flytui.last_look import LastLook
    from flytui.outage import Outage


def notice(
    board: Board,
    outage: "Outage | None",
    last: "LastLook | None",
    changed: Sequence[str],
    now: datetime,
) -> str:
    """Why nothing is seen, how old is what stands here instead, or what changed since."""
    if outage is not None:
        return f"As of {age(last.at, now)}: {outage.headline}" if last else outage.headline
    if last is None:
        return ""
    if board.updated is None:
        return f"As of {age(last.at, now)}, being looked at again."
    if changed:
        words = f"{count(len(changed), 'item')} changed ({key('C', 'main.changes')} lists them)"
        return f"{words} since {moment(last.at)}: {', '.join(changed)}"
    return ""
