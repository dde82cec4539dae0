"""The run screen: a command's output as it comes, then what the item looks like afterwards."""

import time
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import ClassVar, assert_never

from rich.text import Text
from textual import work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import RichLog, Static

from flytui.assessment import Assessment
from flytui.events import Assessed, Declined, Flip, Observed, Plan, RunStep, Waiting
from flytui.runner import Ended, Output, Started
from flytui.text import plain
from flytui.ui.keys import key
from flytui.ui.outside import Outside
from flytui.ui.pages.lines import Line, say, text, whole
from flytui.ui.ports import Session
from flytui.ui.screens.leave import LeaveScreen
from flytui.ui.widgets.keyline import KeyLine
from flytui.ui.widgets.page import Page
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import sign

MAX_LINES = 5000
"""Lines of output kept on the screen; the oldest go first."""


class RunScreen(Screen[None]):
    """Carries one confirmed plan through and stays until the person closes it."""

    CSS_PATH = "run.tcss"
    COMMANDS = set()  # noqa: RUF012 (Textual declares it as an instance's set)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "stop", "stop", id="run.stop", tooltip="Stop the command"),
        Binding("c", "copy", "copy", id="run.copy", tooltip="Copy the command"),
        Binding("escape,q,enter", "close", "close", id="run.close", tooltip="Back to the item"),
    ]

    running: reactive[bool] = reactive(True, bindings=True)

    def __init__(
        self,
        session: Session,
        plan: Plan,
        heard: Callable[[Assessment], None],
        outside: Outside,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._session = session
        self._plan = plan
        self._heard = heard
        self._outside = outside
        self._clock = clock
        self._began = clock()
        self._ended: float | None = None
        self._over = False
        """Whether the command has ended; what follows are looks, which may be left."""
        self.started = False
        """Whether the command was started at all."""

    def compose(self) -> ComposeResult:
        yield TopLine(self._plan.identity)
        yield Page([Line(whole(self._plan.command.line, "bold"))], id="command")
        yield RichLog(max_lines=MAX_LINES, wrap=True, markup=False, highlight=False)
        yield Static(id="progress")
        yield Page(id="outcome")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(RichLog).focus()
        self.set_interval(1.0, self._progress)
        if self._plan.command.prints_secret:
            self._line("What it prints is shown here once and kept nowhere: copy it now.", "bold")
        self._progress("Checking that nothing has changed since it was shown")
        self.carry_through()

    @work(exclusive=True, group="run")
    async def carry_through(self) -> None:
        """Every step of the run, shown as it happens."""
        async with aclosing(self._session.run(self._plan, self._aside)) as steps:
            async for step in steps:
                self._show(step)
        self.running = False
        self._ended = self._clock()
        self._progress()

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """The terminal as it was before flytui, and flytui's screen again afterwards."""
        failure: BaseException | None = None
        try:
            with self.app.batch_update(), self.app.suspend():
                try:
                    yield
                except BaseException as error:  # noqa: BLE001 (leaving it by an exception would leave Textual suspended for good)
                    failure = error
        except SuspendNotSupported:
            raise OSError("this terminal cannot be handed over") from None
        if failure is not None:
            raise failure

    def _show(self, step: RunStep) -> None:
        match step:
            case Started():
                self.started = True
                self._progress("Running")
            case Output(line, error):
                self._line(line, "dim" if error else "")
            case Ended(code, reason):
                self._over = True
                self.refresh_bindings()
                self._line(f"— {_end(code, reason)}", "bold")
                self._progress("Looking again")
            case Declined(reason, differences):
                lines = [say(("Nothing was run.", "bold $text-warning")), Line(text(reason))]
                lines += [say("- ", phrase, indent=2, hang=2) for phrase in differences]
                self._outcome(lines)
            case Waiting(looks, pause):
                self._progress(
                    f"fly is done; no effect can be seen yet after {looks} looks, as Fly.io's"
                    f" answers may lag behind: looking again in {pause:g} s"
                )
            case Observed():
                self._heard(step.after)
                self._outcome(outcome(step))
            case Assessed(assessment):
                self._heard(assessment)
            case _:
                assert_never(step)

    def _line(self, words: str, style: str) -> None:
        self.query_one(RichLog).write(Text(plain(words), style=style))

    def _outcome(self, lines: list[Line]) -> None:
        self.query_one("#outcome", Page).show(lines)

    def _progress(self, words: str = "") -> None:
        now = self._ended if self._ended is not None else self._clock()
        if words:
            self._doing = words
        state = self._doing if self.running else "Finished"
        seconds = f"{int(now - self._began)} s"
        self.query_one("#progress", Static).update(
            text(f"{state} · {seconds}", "$foreground-muted")
        )

    _doing = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        return action != "stop" or (self.running and not self._over)

    async def action_stop(self) -> None:
        await self._session.stop()

    def action_copy(self) -> None:
        self._outside.copy(self.app, self._plan.command.line)

    @work(exclusive=True, group="close")
    async def action_close(self) -> None:
        """Back to the item; while the command runs, only after asking."""
        if self.running and not self._over:
            question = LeaveScreen(self._plan.identity, self._plan.command.line)
            if not await self.app.push_screen_wait(question):
                return
            await self._session.stop()
        if self.running and not self._over:
            # It is looked at again after it was stopped; that is shown before the screen goes.
            return
        known = self._session.assessments.get(self._plan.item)
        if known is not None:
            self._heard(known)
        self.dismiss(None)


def outcome(seen: Observed) -> list[Line]:
    """Before and after in words. An exit code proves nothing; what is seen does."""
    lines = [_row("before", seen.before), _row("after", seen.after)]
    lines += [say("- ", phrase, indent=8, hang=2) for phrase in seen.changed]
    lines += [_flip(flip) for flip in seen.also]
    history, refresh = key("H", "main.history"), key("R", "main.refresh")
    hint = f" {history} keeps what was run." if seen.effect else ""
    if seen.complete and not seen.effect and not seen.shows:
        hint = f" {refresh} looks at everything, once this is closed."
    return [*lines, say((seen.moral + hint, "$foreground-muted"))]


def _row(label: str, assessment: Assessment) -> Line:
    how = sign(assessment.finding.status)
    return say(
        (f"{label:<8}", "$foreground-muted"),
        (f"{how.glyph} {how.word}", f"bold ${how.colour}"),
        f"   {assessment.finding.summary}",
        hang=8,
    )


def _flip(flip: Flip) -> Line:
    then, now = sign(flip.before), sign(flip.after)
    same = flip.before is flip.after
    return say(
        ("also    ", "$foreground-muted"),
        f"{flip.title}: still " if same else f"{flip.title}: {then.word} → ",
        (f"{now.glyph} {now.word}", f"bold ${now.colour}"),
        f"   {flip.summary}" if same else "",
        hang=8,
    )


def _end(code: int | None, reason: str) -> str:
    if code is None:
        return f"it did not start: {reason}" if reason else "it did not start"
    return f"exit code {code}" + (f", {reason}" if reason else "")
