"""What the detail pane says while a filter leaves no row to tell of."""

from flytui.ui.filtering import Found
from flytui.ui.keys import key
from flytui.ui.pages.lines import BLANK, MUTED, Line, say, text


def nothing_page(found: Found, typed: str, *, typing: bool) -> list[Line]:
    """That nothing matches, what was asked, and how to see all rows again."""
    lines = [say(("Nothing matches", "bold")), BLANK, say("filter  ", text(typed.strip(), "bold"))]
    if found.problem:
        lines.append(say((found.problem, "$text-warning")))
    if found.unheard:
        lines.append(say(f"Of {found.unheard} items nothing is known yet: they may match later."))
    clear = "esc" if typing else key("esc", "main.back")
    again = "where you were" if typing else "from here"
    return [*lines, BLANK, say((f"{clear}  all rows again, {again}", MUTED))]
