"""Remedies line by line: the whole card in words, and nothing runs without the word it asks for."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager, nullcontext
from typing import assert_never

from flytui.editing import FilePlan, Refused
from flytui.events import Declined, RunStep
from flytui.finding import Finding
from flytui.remedy import Blank, Command, Edit, Link, Remedy, too_early
from flytui.runner import Output
from flytui.session import Session
from flytui.walk.card import confirmed
from flytui.walk.outcome import edit_told, run_told
from flytui.walk.pages import offer_lines, remedies_of
from flytui.walk.voice import Voice

WRITE = "write"


class Fixing:
    """Carries a remedy through, from the choice to what was seen afterwards."""

    def __init__(self, session: Session, voice: Voice) -> None:
        self._session = session
        self._voice = voice
        self._typed: dict[str, str] = {}
        """What was typed into blanks, by their label; no secrets."""

    async def fix(self, item: str, number: str = "") -> bool:
        """Ask which remedy, and carry it through; whether anything was run or written."""
        finding = self._session.assessments[item].finding
        remedy = self._choice(finding, number)
        if remedy is None:
            return False
        if early := too_early(remedy, finding.steps):
            self._voice.say(f"{remedy.title} is not possible yet: {early}")
            return False
        match remedy:
            case Command():
                return await self._command(item, remedy)
            case Edit():
                return await self._edit(remedy)
            case Link():
                self._voice.say(f"{remedy.title}. {remedy.why} Open this page in a browser:")
                self._voice.exact(remedy.url)
                return False
            case _:
                assert_never(remedy)

    def _choice(self, finding: Finding, number: str) -> Remedy | None:
        remedies = remedies_of(finding)
        if not remedies:
            self._voice.say("flytui knows no remedy for this.")
            return None
        if len(remedies) > 1 and not number:
            self._voice.say(*offer_lines(remedies, finding.steps))
            number = self._voice.ask(f"Which one, 1 to {len(remedies)}? Enter alone: none.")
        chosen = int(number) if number.isascii() and number.isdecimal() else 0
        if len(remedies) == 1 and not number:
            chosen = 1
        if 1 <= chosen <= len(remedies):
            return remedies[chosen - 1]
        self._voice.say("Nothing was chosen." if not number else f"There is no number {number}.")
        return None

    async def _command(self, item: str, command: Command) -> bool:
        values = self._values(command)
        if values is None:
            self._voice.say("Nothing was run.")
            return False
        plan = self._session.plan(item, command, values)
        if not await confirmed(self._session, self._voice, plan):
            return False
        aside = nullcontext if self._voice.terminal else None
        running = self._session.run(plan, aside)
        if plan.command.prints_secret:
            self._voice.say("What it prints is shown here once and kept nowhere: copy it now.")
        return await self._carried(running, run_told)

    def _values(self, command: Command) -> dict[str, str] | None:
        """A value for each blank that the command accepts; None when one was left empty."""
        values: dict[str, str] = {}
        for blank in command.blanks:
            value = self._value(blank)
            while value and not blank.takes(value):
                shown = "What was typed" if blank.secret else repr(value)
                self._voice.say(f"{shown} will not do for {blank.label}.")
                value = self._value(blank)
            if not value:
                return None
            values[blank.name] = value
        return values

    def _value(self, blank: Blank) -> str:
        if blank.secret:
            return self._voice.ask_secret(f"{blank.label}, which is not shown (Enter alone: none):")
        before = self._typed.get(blank.label)
        known = dict.fromkeys([*([before] if before else []), *blank.suggestions])
        if known:
            self._voice.say(f"Known for {blank.label}: {', '.join(known)}.")
        typed = self._voice.ask(f"{blank.label} (Enter alone: none, and nothing runs):")
        if typed:
            self._typed[blank.label] = typed
        return typed

    async def _edit(self, edit: Edit) -> bool:
        voice = self._voice
        voice.say(f"{edit.title}. {edit.why}")
        try:
            plan = self._session.edit(edit)
        except Refused as refused:
            voice.say(f"By hand: {refused}", f"Write these lines in {edit.path}:")
            voice.exact(edit.snippet)
            voice.say(*filter(None, [edit.note]))
            return False
        if not self._agreed(plan):
            return False
        before = dict(self._session.assessments)
        written = await self._carried(
            self._session.apply(plan), lambda step: edit_told(step, before)
        )
        if written:
            voice.say(f"Written: {plan.shown}.")
        return written

    def _agreed(self, plan: FilePlan) -> bool:
        voice = self._voice
        voice.say(f"This would be written to {plan.shown}; plus is new, minus goes:")
        voice.exact("\n".join(plan.difference))
        voice.say(*filter(None, [plan.edit.note]))
        if self._session.identity.read_only:
            voice.say("It cannot be written from here: nothing is changed under read-only.")
            return False
        typed = voice.ask(f"Type the word {WRITE} to write it; anything else writes nothing:")
        if typed != WRITE:
            voice.say("Nothing was written.")
        return typed == WRITE

    async def _carried(
        self, running: AsyncGenerator[RunStep, None], tell: Callable[[RunStep], Iterator[str]]
    ) -> bool:
        """Everything that happens, as it happens; whether anything did."""
        happened = True
        with _interrupt(self._session.stop):
            async with aclosing(running) as steps:
                async for step in steps:
                    happened = happened and not isinstance(step, Declined)
                    if isinstance(step, Output):
                        # Letter by letter: it may be what the command was run for.
                        self._voice.exact(f"  fly says: {step.line}")
                    self._voice.say(*tell(step))
        return happened


@contextmanager
def _interrupt(stop: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """Ctrl-C ends the command that runs; what it did by then is looked at."""
    loop = asyncio.get_running_loop()
    stopping: set[asyncio.Future[None]] = set()
    former = signal.getsignal(signal.SIGINT)
    try:
        loop.add_signal_handler(signal.SIGINT, lambda: stopping.add(asyncio.ensure_future(stop())))
    except (RuntimeError, ValueError):  # not the main thread, or Windows
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, former)
