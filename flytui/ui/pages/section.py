"""What the detail pane says about a section: its items, each with its status."""

from textual.content import Content

from flytui.checklist import Section
from flytui.ui.board import Board
from flytui.ui.pages.lines import BLANK, Line, say, text
from flytui.ui.words import mark, sign


def section_page(board: Board, section: Section) -> list[Line]:
    """The settled and applicable items of the section, and each item with what is known."""
    settled, applicable = board.counts(section)
    lines = [say(f"{settled} of {applicable} settled"), BLANK]
    for item in section.items:
        known = board.get(item.id)
        status = sign(known.finding.status if known else None)
        head = Content.styled(f"{status.glyph} {status.word}  ", f"${status.colour}")
        tail = Content.styled(f"   {mark(known)}" if mark(known) else "", "$foreground-muted")
        lines.append(Line(Content("").join([head, text(item.title, "bold"), tail]), hang=2))
        if known is not None:
            lines.append(say((known.finding.summary, "$foreground-muted"), indent=2))
    return lines
