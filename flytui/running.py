"""One run of one remedy: look again, run it, look again until the effect shows."""

import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from flytui.assessment import Assessment
from flytui.audit import Entry
from flytui.events import Assessed, Declined, Observed, Plan, RunStep
from flytui.finding import Finding
from flytui.remedy import Command
from flytui.review import basis
from flytui.runner import Ended, Output, Runner

if TYPE_CHECKING:
    from flytui.session import Session

DEADLINE = 600.0
"""Seconds a command may take: `fly scale vm` replaces Machines one by one."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between looks after a command that succeeded; Fly.io's answers settle eventually."""


class Run:
    """Carries one plan through. Nothing starts unless the item still offers what was shown."""

    def __init__(self, session: "Session", plan: Plan) -> None:
        self._session = session
        self._plan = plan
        self._parts = session.parts
        self._entry = Entry(
            id=uuid.uuid4().hex,
            at=self._parts.clock(),
            app=plan.identity.app,
            organization=plan.identity.organization or "",
            by=session.by,
            argv=plan.command.argv,
            before=_words(plan.before),
        )

    async def steps(self) -> AsyncGenerator[RunStep, None]:
        """Everything that happens, in order; ends with `Declined` or `Observed`."""
        runner = self._parts.runner
        if runner is None or runner.available is None:
            yield Declined("There is no fly on this machine: copy the command instead.")
            return
        declined = await self._look_again() or self._begin()
        if declined is not None:
            yield declined
            return
        async with aclosing(self._run(runner)) as running:
            async for step in running:
                yield step
        async with aclosing(self._afterwards()) as looks:
            async for step in looks:
                yield step

    async def _look_again(self) -> Declined | None:
        plan = self._plan
        self._parts.store.forget(self._session.facts_of(plan.item))
        now = await self._session.look(plan.item)
        if plan.offered in offered(now.finding):
            return None
        if now.finding.unseen is not None:
            return Declined(
                f"Nothing was run: {now.finding.unseen.cause}", (now.finding.unseen.cure,)
            )
        return Declined(
            "Nothing was run: what this command rests on has changed since it was shown.",
            differences(plan.before.finding, now.finding, plan.offered),
        )

    def _begin(self) -> Declined | None:
        try:
            self._parts.history.begin(self._entry)
        except OSError as error:
            return Declined(f"Nothing was run: the history cannot be kept ({error.strerror}).")
        return None

    async def _run(self, runner: Runner) -> AsyncGenerator[RunStep, None]:
        ended = Ended(None, "flytui ended first")
        try:
            async with aclosing(runner.run(self._plan.command.argv, deadline=DEADLINE)) as running:
                async for step in running:
                    if isinstance(step, Ended):
                        ended = step
                    yield step
        finally:
            self._entry = replace(
                self._entry,
                exit=ended.code,
                ended=ended.reason,
                seconds=(self._parts.clock() - self._entry.at).total_seconds(),
            )
            self._record()

    def _record(self) -> bool:
        """Whether the entry was kept; what already ran is shown all the same."""
        try:
            self._parts.history.end(self._entry)
        except OSError:
            return False
        return True

    async def _afterwards(self) -> AsyncGenerator[RunStep, None]:
        plan, session = self._plan, self._session
        touched = {*session.resting_on(plan.command.alters), plan.item}
        after = await self._again(touched)
        for pause in PAUSES if self._entry.exit == 0 else ():
            if _changed(plan.before, after):
                break
            await self._parts.pause(pause)
            after = await self._again(touched)
        for item in touched - {plan.item}:
            yield Assessed(session.assessments[item])
        self._entry = replace(self._entry, after=_words(after))
        if not self._record():
            yield Output("The history of this run could not be completed.", error=True)
        yield Observed(plan.before, after, effect=_changed(plan.before, after))

    async def _again(self, items: set[str]) -> Assessment:
        """Forget what the command alters and look at the items it touches."""
        self._parts.store.forget(self._plan.command.alters)
        self._parts.store.forget(self._session.facts_of(self._plan.item))
        for item in sorted(items):
            await self._session.look(item)
        return self._session.assessments[self._plan.item]


def offered(finding: Finding) -> list[Command]:
    """Every command a finding offers, its resources' among them."""
    everything = [*finding.remedies, *(r for one in finding.resources for r in one.remedies)]
    return [remedy for remedy in everything if isinstance(remedy, Command)]


def differences(before: Finding, now: Finding, command: Command) -> tuple[str, ...]:
    """What is not as it was, a phrase each: in the evidence, and in what the command would mean."""
    then, today = basis(before), basis(now)
    changes = [f"new: {line}" for line in today if line not in then]
    changes += [f"gone: {line}" for line in then if line not in today]
    twin = next((c for c in offered(now) if c.argv == command.argv), None)
    if twin is None:
        changes.append(f"no longer offered: {command.line}")
    else:
        changes += [
            f"{name}: {getattr(twin, name)}"
            for name in ("changes", "dependents", "cost_note", "undo", "target")
            if getattr(twin, name) != getattr(command, name)
        ]
    return tuple(changes)


def _changed(before: Assessment, after: Assessment) -> bool:
    return after.finding.unseen is None and basis(before.finding) != basis(after.finding)


def _words(assessment: Assessment) -> str:
    return f"{assessment.finding.status}: {assessment.finding.summary}"
