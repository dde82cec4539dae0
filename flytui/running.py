"""One run of one remedy: look again, run it, look again until the effect shows."""

import uuid
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from flytui.assessment import Assessment
from flytui.audit import Entry
from flytui.effect import differs, told
from flytui.events import Assessed, Declined, Flip, Observed, Plan, RunStep, Waiting
from flytui.finding import Finding
from flytui.remedy import Command, Inverse
from flytui.review import basis
from flytui.runner import Aside, Ended, Output, RunEvent, Runner, Started

if TYPE_CHECKING:
    from flytui.session import Session

NO_FLY = "There is no fly on this machine: copy the command instead."
DEADLINE = 600.0
"""Seconds a command may take: `fly scale vm` replaces Machines one by one."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between looks after a command that succeeded; Fly.io's answers settle eventually."""


class Run:
    """Carries one plan through. Nothing starts unless the item still offers what was shown."""

    def __init__(self, session: "Session", plan: Plan, aside: Aside | None = None) -> None:
        """`aside` clears the terminal for a command that asks; without it none of those runs."""
        self._session = session
        self._plan = plan
        self._aside = aside
        self._parts = session.parts
        self._said: deque[str] = deque(maxlen=1_000)
        self._looks = 1
        self._waited = 0.0
        self._earlier: dict[str, Assessment] = {}
        """The items the command touches, as they were just before."""
        self._entry = Entry(
            id=uuid.uuid4().hex,
            at=self._parts.clock(),
            app=plan.identity.app,
            organization=plan.identity.organization or "",
            by=session.by,
            argv=plan.command.argv,
            before=_words(plan.before),
            item=plan.item,
            reads=plan.command.typed is not None,
            alters=tuple(sorted(plan.command.alters)),
            undoes=plan.undoes,
        )

    async def steps(self) -> AsyncGenerator[RunStep, None]:
        """Everything that happens, in order; ends with `Declined` or `Observed`."""
        runner = self._parts.runner
        declined = await self._refused(runner) or await self._look_again() or self._begin()
        if declined is not None or runner is None:
            yield declined or Declined(NO_FLY)
            return
        async with aclosing(self._run(runner)) as running:
            async for step in running:
                yield step
        async with aclosing(self._afterwards()) as looks:
            async for step in looks:
                yield step

    async def _refused(self, runner: Runner | None) -> Declined | None:
        """What keeps this flytui from running anything at all."""
        if runner is None or runner.available is None:
            return Declined(NO_FLY)
        if self._plan.command.interactive and self._aside is None:
            return Declined("This command asks questions, and there is no terminal for it here.")
        hindrance = await self._session.hindrance()
        return None if hindrance is None else Declined(hindrance)

    async def _look_again(self) -> Declined | None:
        plan = self._plan
        self._parts.store.forget(self._session.facts_of(plan.item))
        now = await self._session.look(plan.item)
        self._earlier = {i: a for i, a in self._session.assessments.items() if i in self._touched}
        if now.finding.unseen is not None and not stands(plan, now.finding):
            return Declined(
                f"Nothing was run: {now.finding.unseen.cause}", (now.finding.unseen.cure,)
            )
        if stands(plan, now.finding):
            return None
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
        started = False
        try:
            async with aclosing(self._process(runner)) as running:
                async for step in running:
                    started = started or isinstance(step, Started)
                    self._hear(step)
                    if isinstance(step, Ended):
                        ended = step
                    yield step
        finally:
            self._entry = replace(
                self._entry,
                exit=ended.code,
                ended=ended.reason,
                started=started or ended.reason == "flytui ended first",
                seconds=(self._parts.clock() - self._entry.at).total_seconds(),
            )
            self._record()

    def _hear(self, step: RunEvent) -> None:
        """Keep what it says until it is known what came of it, unless that is a secret."""
        if isinstance(step, Output) and not self._plan.command.prints_secret:
            self._said.append(step.line)

    def _process(self, runner: Runner) -> AsyncGenerator[RunEvent, None]:
        command = self._plan.command
        if command.interactive and self._aside is not None:
            return runner.run_aside(command.argv, self._aside)
        return runner.run(
            command.argv, deadline=DEADLINE, typed=command.typed, clear=command.prints_secret
        )

    def _record(self) -> bool:
        """Whether the entry was kept; what already ran is shown all the same."""
        try:
            self._parts.history.end(self._entry)
        except OSError:
            return False
        return True

    @property
    def _touched(self) -> set[str]:
        return {*self._session.resting_on(self._plan.command.alters), self._plan.item}

    async def _afterwards(self) -> AsyncGenerator[RunStep, None]:
        plan, session = self._plan, self._session
        after = await self._again()
        for looks, pause in enumerate(self._pauses, 1):
            if _changed(plan.before, after):
                break
            self._looks, self._waited = looks + 1, self._waited + pause
            yield Waiting(looks, pause)
            await self._parts.pause(pause)
            after = await self._again()
        for item in self._touched - {plan.item}:
            yield Assessed(session.assessments[item])
        observed = self._observed(after)
        self._entry = replace(
            self._entry,
            after=_words(after),
            changed=observed.changed,
            also=tuple(flip.words for flip in observed.also),
            inverse=self._inverse(),
        )
        if not self._record():
            yield Output("The history of this run could not be completed.", error=True)
        yield observed

    @property
    def _pauses(self) -> tuple[float, ...]:
        """A command that failed may have done half of its work; that shows soon or not at all."""
        if not self._plan.command.alters:
            return ()
        match self._entry.exit:
            case 0:
                return PAUSES
            case None:
                return ()
            case _:
                return PAUSES[:2]

    def _observed(self, after: Assessment) -> Observed:
        before = self._plan.before
        seen = after.finding.unseen is None
        return Observed(
            before,
            after,
            effect=_changed(before, after),
            changed=told(before.finding, after.finding) if seen else (),
            also=self._flips(),
            complete=self._entry.exit == 0,
            looks=self._looks,
            waited=self._waited,
            shows=self._entry.exit == 0 and not self._plan.command.alters,
        )

    def _flips(self) -> tuple[Flip, ...]:
        """Also where the status stays: a hostname that now leads nowhere is advice as before."""
        now = {item: one.finding for item, one in self._session.assessments.items()}
        return tuple(
            Flip(item, then.item.title, then.finding.status, now[item].status, now[item].summary)
            for item, then in self._earlier.items()
            if item != self._plan.item
            and (then.finding.status, then.finding.summary) != (now[item].status, now[item].summary)
        )

    def _inverse(self) -> Inverse | None:
        """What takes it back; where that needs the one new resource, only if there is just one."""
        inverse = self._plan.command.inverse
        if inverse is None or self._entry.exit != 0 or not inverse.new:
            return inverse if self._entry.exit == 0 else None
        # Not what only came into view: a Machine that was there before must never be the one. So
        # nothing spoke of it before, and the command itself does.
        said = "\n".join(self._said)
        known = repr([a.finding for a in self._earlier.values()]) + repr(self._plan.command)
        found = {
            one.id
            for item, then in self._earlier.items()
            if then.finding.unseen is None
            for one in self._session.assessments[item].finding.resources
            if one.kind == inverse.new and one.id not in known and one.id in said
        }
        return inverse.of(found.pop()) if len(found) == 1 else None

    async def _again(self) -> Assessment:
        """Forget what the command alters and look at the items it touches."""
        self._parts.store.forget(self._plan.command.alters)
        self._parts.store.forget(self._session.facts_of(self._plan.item))
        for item in sorted(self._touched):
            await self._session.look(item)
        return self._session.assessments[self._plan.item]


def stands(plan: Plan, now: Finding) -> bool:
    """Whether what the plan rests on is as it was shown."""
    if plan.undoes and plan.offered not in offered(plan.before.finding):
        return now.unseen is None and basis(plan.before.finding) == basis(now)
    return plan.offered in offered(now)


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
    return after.finding.unseen is None and differs(before.finding, after.finding)


def _words(assessment: Assessment) -> str:
    return f"{assessment.finding.status}: {assessment.finding.summary}"
