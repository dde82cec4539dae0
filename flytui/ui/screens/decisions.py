"""The decisions about one item: the one in force, and those before it where git keeps them."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from flytui.assessment import Assessment, Identity
from flytui.review import Review, Standing
from flytui.review_history import Past, Recorded
from flytui.ui.keys import key
from flytui.ui.pages.lines import BLANK, MUTED, Line, heading, say, table, text
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import day, decided, verdict


class DecisionsScreen(ModalScreen[None]):
    """Changes nothing. Git is asked in a thread, as it may take its time."""

    CSS_PATH = "token.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,h,enter",
            "dismiss",
            "close",
            id="decisions.close",
            tooltip="Back to the checklist",
        ),
    ]

    def __init__(self, identity: Identity, known: Assessment, past: Callable[[], Past]) -> None:
        super().__init__()
        self._identity = identity
        self._known = known
        self._past = past

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield TopLine(self._identity)
            yield Page(decisions_page(self._known, None))
            close = key("esc", "decisions.close")
            yield Static(Content(f"{close} close   ↑ ↓ scroll"), classes="keys")

    def on_mount(self) -> None:
        self._ask()

    @work(thread=True)
    def _ask(self) -> None:
        past = self._past()
        self.app.call_from_thread(self._show, past)

    def _show(self, past: Past) -> None:
        self.query_one(Page).show(decisions_page(self._known, past))


def decisions_page(known: Assessment, past: Past | None) -> list[Line]:
    """What was decided about the item, latest first; no past yet while git is being asked."""
    lines = [say((known.item.title, "bold")), *heading(_first(known))]
    if known.review is None:
        lines.append(say("Nobody has decided about this item.", indent=2))
    else:
        lines += _in_force(known, known.review)
    lines += heading("Earlier, latest first")
    if past is None:
        lines.append(say(("Asking git …", MUTED), indent=2))
    else:
        lines += _earlier(past)
    return lines


def _first(known: Assessment) -> str:
    lapsed = known.standing in {Standing.EXPIRED, Standing.STALE}
    return "No longer in force" if lapsed else "In force"


def _in_force(known: Assessment, review: Review) -> Iterator[Line]:
    yield from _review(review)
    yield from table([("now", text(known.objection or verdict(review, known.standing)))])
    for number, words in enumerate(known.changed):
        yield from table([("since then" if number == 0 else "", text(words))])


def _review(review: Review) -> Iterator[Line]:
    yield say((decided(review.decision).capitalize(), "bold"), f" by {review.by}", indent=2)
    rows = [("on", text(day(review.at)))]
    if review.note:
        rows.append(("note", text(review.note)))
    rows += [("agreed", text(f"{word.by}, {day(word.at)}")) for word in review.agreed]
    if review.last_day:
        rows.append(("until", text(day(review.last_day))))
    yield from table(rows)


def _earlier(past: Past) -> Iterator[Line]:
    if past.uncommitted:
        yield say(("The file on disk is not committed yet.", "$text-warning"), indent=2)
    if not past.entries:
        yield say(past.gap, indent=2)
    for entry in past.entries:
        yield BLANK
        yield say((f"{day(entry.at)} · {entry.commit[:10]} · {entry.author}", MUTED), indent=2)
        yield from _recorded(entry)


def _recorded(entry: Recorded) -> Iterator[Line]:
    if entry.review is not None:
        yield from _review(entry.review)
    else:
        yield say(entry.problem or "It was undone.", indent=2)
