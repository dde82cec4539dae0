"""A rehearsal: what a command would change, tried on a copy of the app."""

from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from flytui.events import Plan
from flytui.rehearsed import Change, Rehearsal
from flytui.ui.keys import key
from flytui.ui.pages.lines import BLANK, Line, heading, say, text, whole
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import sign


class RehearsalScreen(ModalScreen[None]):
    """Leads back to the card, from where the command can be run in earnest."""

    CSS_PATH = "rehearsal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,enter", "dismiss", "close", id="rehearsal.close", tooltip="Back to the card"
        ),
    ]

    def __init__(self, plan: Plan, rehearse: Callable[[Plan], Awaitable[Rehearsal]]) -> None:
        super().__init__()
        self._plan = plan
        self._rehearse = rehearse

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield TopLine(self._plan.identity)
            yield Page([*self._head(), say("Copying the app and trying the command there …")])
            back = key("esc", "rehearsal.close")
            yield Static(Content(f"{back} back to the card, to run it in earnest"), classes="keys")

    def on_mount(self) -> None:
        self._carry_through()

    @work(exclusive=True, group="rehearse")
    async def _carry_through(self) -> None:
        told = await self._rehearse(self._plan)
        self.query_one(Page).show([*self._head(), *_outcome(told)])

    def _head(self) -> list[Line]:
        return [
            say(("Rehearsal", "bold"), "   on a copy of the app; nothing is sent to Fly.io"),
            Line(whole(self._plan.command.line, "$text-primary bold"), indent=2, hang=2),
            BLANK,
        ]


def _outcome(told: Rehearsal) -> Iterator[Line]:
    if told.declined:
        yield say((told.declined, "$text-warning"), hang=2)
    for line in told.output:
        yield Line(whole(line, "dim"), indent=2)
    if told.code is not None:
        yield from heading(f"What would change (exit code {told.code})")
        yield from map(_change, told.changes)
        if not told.changes:
            yield say("Nothing that an item speaks about.", indent=2)
    if told.unlike:
        titles = ", ".join(change.title for change in told.unlike)
        yield from heading("The copy tells nothing about")
        yield say(titles, indent=2, hang=2)
    if told.left_out:
        yield from heading("The copy does not hold")
        yield from (say(phrase, indent=2, hang=2) for phrase in told.left_out)


def _change(change: Change) -> Line:
    before, after = sign(change.before), sign(change.after)
    words = f"{before.word} → {after.word}" if change.flips else f"{after.word}, still"
    row = [text(f"{change.title}  ", "bold"), text(words, f"${after.colour}")]
    worse = [text("! ", "bold $text-error")] if change.worse else []
    content = Content("").join([*worse, *row, text(f"  {change.summary}")])
    return Line(content, indent=2, hang=2)
