"""The keys, what they do, and why one cannot act now; and what the signs mean."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from flytui.assessment import Identity
from flytui.ui.filtering import REVIEW_WORDS, STATUS_WORDS
from flytui.ui.keys import key
from flytui.ui.pages.lines import BLANK, Line, heading, say, table, text
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import legend

MOVES = (
    ("↑ ↓  j k", "Move"),
    ("→ ←", "Open, close"),
    ("enter space", "Open or close; in one column, read"),
    ("1 … 8", "Go to a section"),
    ("tab", "Between the checklist and the text beside it"),
)

FILTER = (
    ("words", 'In titles, summaries, evidence and resources; "two words" stand together'),
    ("status:", STATUS_WORDS),
    ("section:", "Its number, or how its name begins: section:net"),
    ("review:", REVIEW_WORDS),
    ("-", "Before any of these: what does not match. A comma: one or the other"),
    ("esc", "While typing, back to where you were"),
)
MOUSE = (
    ("click", "On a row, select it; on ▸, open it; on a remedy, a link or a key, as enter would"),
    ("drag", "Select text on the right; c copies it. Shift and drag selects as the terminal does"),
)
FIRST = ("next_open", "previous_open", "filter", "earlier", "later")
"""What the main screen's keys for finding things do; they stand before all others."""


class HelpScreen(ModalScreen[None]):
    """Everything the screen below can do, as it stands now."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,question_mark,enter",
            "dismiss",
            "close",
            id="help.close",
            tooltip="Back",
        ),
    ]

    def __init__(
        self,
        screen: Screen[Any],
        identity: Identity,
        moves: Sequence[tuple[str, str]] = MOVES,
        *,
        why_not: Callable[[str], str | None] = lambda _: None,
        signs: Sequence[tuple[str, Content]] | None = None,
    ) -> None:
        """About the keys of `screen`; `signs` are those that only this screen has."""
        super().__init__()
        self._about = screen
        self._identity = identity
        self._moves = moves
        self._why_not = why_not
        self._signs = signs
        self._keys = screen.active_bindings

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield TopLine(self._identity)
            yield Page(self.page())
            close = key("esc", "help.close")
            yield Static(Content(f"{close} close   ↑ ↓ scroll"), classes="keys")

    def page(self) -> list[Line]:
        """Keys first, signs below."""
        acting = [(key, text(words)) for key, words in self._moves]
        keys = [active for active in self._keys.values() if self._wanted(active)]
        keys.sort(key=lambda active: active.binding.action not in FIRST)
        acting += [self._row(list(same)) for _, same in groupby(keys, key=_deed)]
        return [
            say(("Keys", "bold")),
            *table(acting, style="bold"),
            *self._finding(),
            *heading("Signs"),
            *(_checklist_signs() if self._signs is None else table(self._signs, style="bold")),
        ]

    def _finding(self) -> list[Line]:
        """What a filter may hold, and what the mouse does, where there is a checklist for both."""
        if self._moves is not MOVES:
            return []
        kept = (key("esc", "main.back"), "After enter, all rows again, from here")
        every = ((*FILTER, kept), MOUSE)
        told = [[(name, text(words)) for name, words in rows] for rows in every]
        filters, mouse = (table(rows, style="bold") for rows in told)
        return [
            *heading("A filter", key=key("/", "main.filter")),
            *filters,
            *heading("The mouse"),
            *mouse,
        ]

    def _wanted(self, active: ActiveBinding) -> bool:
        binding = active.binding
        ours = active.node in (self._about, self.app)
        return (
            ours
            and bool(binding.id and binding.description)
            and not binding.action.startswith("section")
        )

    def _row(self, same: Sequence[ActiveBinding]) -> tuple[str, Content]:
        """The keys that do the same, and what that is."""
        active = same[0]
        binding = active.binding
        why = None if active.enabled else self._why_not(binding.action)
        words = text(active.tooltip or binding.description)
        if why:
            words = Content("").join([words, Content.styled(f"  now: {why}", "$text-warning")])
        return " ".join(self.app.get_key_display(one.binding) for one in same), words


def _deed(active: ActiveBinding) -> tuple[str, str | None]:
    return active.binding.action, active.binding.id


def _checklist_signs() -> list[Line]:
    """The status signs, the two numbers, and what stands at the end of a row."""
    signs = [
        (sign.glyph, Content.assemble((sign.word, "bold"), f": {meaning}"))
        for sign, meaning in legend()
    ]
    return [
        *table(signs, style="bold"),
        BLANK,
        say("Ready: settled items of those that concern this app.", indent=2),
        say("Seen: items flytui could look at, of those it can look at.", indent=2),
        say("◆: changed since you last looked, until the cursor has been there.", indent=2),
        say("was ✓ Tue 14:02: seen so then, and not seen yet this time.", indent=2),
    ]
