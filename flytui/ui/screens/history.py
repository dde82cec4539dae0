"""What was run on the app: who, when, with what effect; and the way back where there is one."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from flytui.assessment import Identity
from flytui.audit import Entry
from flytui.past_runs import ended, found, lasted, line, when
from flytui.taking_back import why_not
from flytui.ui.keys import key
from flytui.ui.outside import Outside
from flytui.ui.pages.lines import BLANK, Line, table, text, whole
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine

MOVES = (
    ("↑ ↓  j k", "Another run, or along the text about it"),
    ("tab", "Between the list and the text below it"),
)
_SIGNS = {
    "✓": "It ended well: exit code 0. What it changed stands in the text",
    "✗": "It failed, or did not start",
    "?": "Nobody saw its end",
}


class HistoryScreen(ModalScreen[Entry | None]):
    """Gives the run to take back; None when none is. Nothing runs from here."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "close", id="history.close", tooltip="Back"),
        Binding("u", "undo", "undo", id="history.undo", tooltip="Undo this run"),
        Binding("c", "copy", "copy", id="history.copy", tooltip="Copy the command"),
        Binding("question_mark", "help", "help", id="app.help", tooltip="Keys and signs"),
        Binding("j", "down", show=False, id="history.down", tooltip="One down"),
        Binding("k", "up", show=False, id="history.up", tooltip="One up"),
    ]

    def __init__(self, identity: Identity, entries: Sequence[Entry], outside: Outside) -> None:
        super().__init__()
        self._identity = identity
        self._entries = tuple(entries)
        self._newest_first = tuple(reversed(self._entries))
        self._outside = outside

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -filled" if self._entries else "dialog"):
            yield TopLine(self._identity)
            if self._entries:
                yield Static(text("What was run from here, newest first", "bold"))
                yield OptionList(*(_row(entry) for entry in self._newest_first))
                with VerticalScroll(can_focus=True):
                    yield Page()
            else:
                yield Static(Content("Nothing was run from here on this app yet."))
            yield Static(self._hint(), classes="keys")

    def _hint(self) -> Content:
        last = f"{key('esc', 'history.close')} close   {key('?', 'app.help')} help"
        if not self._entries:
            return Content(last)
        undo = f"{key('u', 'history.undo')} undo   " if self._takes_back else ""
        copy = key("c", "history.copy")
        return Content(f"{undo}{copy} copy   tab text   {last}")

    @property
    def _takes_back(self) -> bool:
        """Whether the run that is chosen can be taken back from here."""
        chosen = self._chosen
        takes = chosen is not None and why_not(chosen, self._entries) is None
        return takes and not self._identity.read_only

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        entry = self._newest_first[event.option_index]
        self.query_one(Page).show(entry_lines(entry, self._entries))
        self.query_one(".keys", Static).update(self._hint())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing is changed, there is no key for it."""
        del parameters
        return not (action == "undo" and self._identity.read_only)

    def action_undo(self) -> None:
        entry = self._chosen
        if entry is None:
            return
        reason = why_not(entry, self._entries)
        if reason is None:
            self.dismiss(entry)
        else:
            self.notify(reason, severity="warning", markup=False)

    def action_copy(self) -> None:
        if self._chosen is not None:
            self._outside.copy(self.app, line(self._chosen))

    def action_down(self) -> None:
        match self.focused:
            case OptionList() as runs:
                runs.action_cursor_down()
            case VerticalScroll() as page:
                page.scroll_relative(y=1, animate=False, immediate=True)

    def action_up(self) -> None:
        match self.focused:
            case OptionList() as runs:
                runs.action_cursor_up()
            case VerticalScroll() as page:
                page.scroll_relative(y=-1, animate=False, immediate=True)

    def action_help(self) -> None:
        from flytui.ui.screens.help import HelpScreen  # noqa: PLC0415 (few ask for it)

        signs = [(glyph, text(words)) for glyph, words in _SIGNS.items()]
        self.app.push_screen(HelpScreen(self, self._identity, MOVES, signs=signs))

    @property
    def _chosen(self) -> Entry | None:
        row = next((runs.highlighted for runs in self.query(OptionList)), None)
        return None if row is None else self._newest_first[row]


def _row(entry: Entry) -> Content:
    mark = "✓" if entry.exit == 0 else "?" if entry.exit is None else "✗"
    return Content("  ").join(
        [text(mark, "bold"), text(when(entry), "$foreground-muted"), text(line(entry))]
    )


def entry_lines(entry: Entry, entries: tuple[Entry, ...]) -> list[Line]:
    """Everything that is kept of one run."""
    rows = [
        ("who", text(entry.by)),
        ("when", text(", ".join(filter(None, (when(entry), lasted(entry)))))),
        ("ended", text(ended(entry))),
        ("before", text(found(entry.before))),
        ("after", text(found(entry.after) or "nobody looked")),
        *_under("changed", entry.changed),
        *_under("also", entry.also),
    ]
    if entry.reads:
        rows.append(("read", text("what was typed, which is not kept")))
    reason = why_not(entry, entries)
    if reason is None and entry.inverse is not None:
        rows.append(("undo", whole(" ".join(entry.inverse.argv))))
        rows.append(("", text(entry.inverse.changes)))
    else:
        rows.append(("undo", text(reason or "")))
    return [Line(whole(line(entry), "$text-primary bold"), 2, 2), BLANK, *table(rows)]


def _under(label: str, phrases: tuple[str, ...]) -> list[tuple[str, Content]]:
    return [(label if n == 0 else "", text(phrase)) for n, phrase in enumerate(phrases)]
