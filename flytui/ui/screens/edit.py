"""An edit of a file of the checkout: the difference, and after a yes the file is written."""

from collections.abc import Callable
from contextlib import aclosing
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from flytui.assessment import Assessment
from flytui.editing import FilePlan, Refused
from flytui.events import Assessed, Declined, RunStep
from flytui.finding import Status
from flytui.remedy import Edit
from flytui.runner import Ended, Output, Started
from flytui.ui.keys import key
from flytui.ui.outside import Outside
from flytui.ui.pages.lines import BLANK, Line, say, text, whole
from flytui.ui.ports import Session
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import sign

_COLOURS = {"+": "$text-success", "-": "$text-error", "@": "$foreground-muted"}


class EditScreen(ModalScreen[None]):
    """Shows exactly what would be written; `w` writes it. Else the lines for a person to write."""

    CSS_PATH = "edit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "write", id="edit.write", tooltip="Write the file as shown"),
        Binding("c", "copy", "copy", id="edit.copy", tooltip="Copy the lines to write"),
        Binding("escape,q,enter", "dismiss", "close", id="edit.close", tooltip="Back"),
    ]

    plan: reactive[FilePlan | None] = reactive(None, init=False)
    """What `w` writes; None when there is nothing to write, or it was written."""

    def __init__(
        self,
        session: Session,
        edit: Edit,
        heard: Callable[[Assessment], None],
        outside: Outside,
    ) -> None:
        super().__init__()
        self._session = session
        self._edit = edit
        self._heard = heard
        self._outside = outside
        self._outcome: list[Line] = []
        self._before: dict[str, Assessment] = {}
        self.written = False
        """Whether the file was written."""
        self._reason = ""
        try:
            self.set_reactive(EditScreen.plan, session.edit(edit))
        except Refused as refused:
            self._reason = str(refused)
        self._offered = self.plan
        self._shown = self._difference()

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield TopLine(self._session.identity)
            yield Page(self._head(), id="head")
            yield Page(self._shown, classes="snippet")
            yield Page(self._foot(), id="foot")
            yield Static(self._hint(), classes="keys")

    def _head(self) -> list[Line]:
        lines = [say((self._edit.title, "bold")), BLANK]
        offered = self.plan or self._offered
        if offered is None:
            return [*lines, say(f"In {self._edit.path} write:")]
        words = "This was written to" if self.written else "This would be written to"
        return [*lines, say(f"{words} {offered.shown}:")]

    def _difference(self) -> list[Line]:
        if self.plan is None:
            return [Line(whole(line)) for line in self._edit.snippet.splitlines()]
        return [Line(whole(row, _COLOURS.get(row[:1], ""))) for row in self.plan.difference]

    def _foot(self) -> list[Line]:
        lines = [say(self._edit.why)]
        if self._reason:
            lines.append(say(("By hand: ", "$text-warning"), self._reason, hang=2))
        if self._edit.note:
            lines.append(say(self._edit.note, hang=2))
        return [*lines, *self._outcome]

    def _hint(self) -> Content:
        keys = f"{key('c', 'edit.copy')} copy   {key('esc', 'edit.close')} close"
        if self._may_write:
            keys = f"{key('w', 'edit.write')} write the file   {keys}"
        return Content(keys)

    @property
    def _may_write(self) -> bool:
        return self.plan is not None and not self._session.identity.read_only

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "write":
            return self._may_write
        return super().check_action(action, parameters)

    def action_copy(self) -> None:
        self._outside.copy(self.app, self._edit.snippet)

    def action_write(self) -> None:
        plan, self.plan = self.plan, None
        self.query_one(".keys", Static).update(self._hint())
        if plan is not None:
            self._carry_through(plan)

    @work(exclusive=True, group="write")
    async def _carry_through(self, plan: FilePlan) -> None:
        """What happens, told below the difference that was written."""
        self._before = dict(self._session.assessments)
        self.written = True
        self._outcome = [BLANK, say((f"Written: {plan.shown}", "bold"))]
        async with aclosing(self._session.apply(plan)) as steps:
            async for step in steps:
                self._tell(step)
                self._show()
        self._show()

    def _show(self) -> None:
        """What came of it by now, in sight also where the difference fills the screen."""
        self.query_one("#head", Page).show(self._head())
        self.query_one("#foot", Page).show(self._foot())
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)

    def _tell(self, step: RunStep) -> None:
        match step:
            case Declined(reason):
                self.written = False
                self._outcome = [BLANK, say((reason, "bold $text-warning"))]
            case Started(argv):
                self._outcome.append(say(("checked with  ", "$foreground-muted"), " ".join(argv)))
            case Output(line):
                self._outcome.append(Line(whole(line, "dim"), indent=2))
            case Ended(code, reason):
                good = "fly accepts the file."
                bad = reason or f"fly does not accept it (exit code {code}): undo the change."
                self._outcome.append(say(good if code == 0 else bad))
            case Assessed(assessment):
                self._now(assessment)
            case _:
                return

    def _now(self, assessment: Assessment) -> None:
        """The item as it is now, told where that is news."""
        before = self._before.get(assessment.item.id)
        self._heard(assessment)
        if before is None or _said(before) != _said(assessment):
            words = sign(assessment.finding.status).word
            row = Content("").join([text(assessment.item.title, "bold"), text(f"  {words}: ")])
            self._outcome.append(Line(Content("").join([row, text(assessment.finding.summary)])))


def _said(known: Assessment) -> tuple[Status, str]:
    return known.finding.status, known.finding.summary
