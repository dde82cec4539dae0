"""What the walkthrough's end says: what was decided, by whom, and what stays open."""

from flytui.journey.model import Journey, Left
from flytui.journey.words import counted, done, progress, why_left
from flytui.ui.board import Board
from flytui.ui.keys import key
from flytui.ui.pages.lines import BLANK, MUTED, Line, heading, say
from flytui.ui.words import sign


def summary_page(journey: Journey, board: Board) -> list[Line]:
    """The journey as it stands, told from the items as they are now."""
    known = board.assessments
    summary = journey.summary(known)
    titles = {item.id: item.title for item in board.checklist}
    stopped = "" if journey.ended else f"   stopped at {progress(journey, known)}"
    head = "The walkthrough is over" if journey.ended else "The walkthrough so far"
    lines = [say((head, "bold"), (stopped, MUTED)), say(counted(summary))]
    if summary.settled:
        lines += heading("Decided and fixed")
        for deed in summary.settled:
            lines.append(say((titles[deed.item], "bold"), f"  {done(deed)}", indent=2, hang=2))
    if summary.left:
        lines += heading("Still open")
        lines += [_left(left, board, titles[left.item]) for left in summary.left]
    if summary.waiting:
        lines += [BLANK, say(f"Not looked at yet: {len(summary.waiting)}.")]
    if not summary.left and not summary.waiting:
        lines += [BLANK, say("Nothing is open any more.")]
    again = "through what is open again" if journey.ended else "goes on where you stopped"
    hints = (
        f"{key('b', 'walk.back')} back to the item before",
        f"{key('w', 'walk.again')} {again}",
        f"{key('esc', 'walk.stop')} to the checklist",
    )
    return [*lines, BLANK, *(say((hint, MUTED)) for hint in hints)]


def _left(left: Left, board: Board, title: str) -> Line:
    how = sign(board.assessments[left.item].finding.status)
    words = why_left(left)
    return say(
        (f"{how.glyph} {how.word}  ", f"${how.colour}"),
        (title, "bold"),
        (f"  {words}" if words else "", MUTED),
        indent=2,
        hang=2,
    )
