"""The session: what a screen or a report talks to. No Textual, no HTTP of its own."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flytui import unreadable
from flytui.apart import apart
from flytui.assessment import Assessment, Identity, Tally, tally
from flytui.audit import Entry
from flytui.checks.check import Check
from flytui.deciding import Word, decide
from flytui.events import Assessed, Declined, Event, Known, Observed, Plan, RunStep
from flytui.facts.app import app as app_fact
from flytui.facts.fact import Optional, Unseen
from flytui.finding import Finding, Resource, Status, unknown
from flytui.near import near
from flytui.parts import Parts
from flytui.policy import judge
from flytui.rehearsed import Rehearsal
from flytui.remedy import Command, Edit
from flytui.renewal import renewed
from flytui.review import Decision, Review, since
from flytui.review_file import ReviewFileError
from flytui.review_history import Past
from flytui.runner import Aside
from flytui.running import NO_FLY, Run
from flytui.settings import SettingsError, outlived
from flytui.sight import Place, Sight, sight
from flytui.taking_back import back

if TYPE_CHECKING:
    from flytui.editing import FilePlan

__all__ = ["Assessed", "Assessment", "Declined", "Event", "Identity", "Known", "Observed"]
__all__ += ["Parts", "Plan", "RunStep", "Session", "Tally", "tally"]


_Holder = TypeVar("_Holder", Finding, Resource)


class Session:
    """One look at one app: its items assessed, decided about and remedied.

    Invariant: `assessments` holds the latest assessment of each item, joined with the review on
    file; it changes only here.
    """

    def __init__(self, identity: Identity, parts: Parts) -> None:
        self.identity = identity
        self.checklist = parts.checklist
        self.by = parts.by
        self.bookmark = parts.bookmark
        self.memory = parts.memory
        self.near = partial(near, parts.store.fly, identity.app)
        self.renew = partial(renewed, self)
        self.parts = parts
        self.assessments: dict[str, Assessment] = {}
        self._unread: tuple[Exception, ...] = ()
        self._checks = parts.checks
        self._reviews: dict[str, Review] = {}
        self._undo: list[tuple[Review, Review | None]] = []
        self.reload_reviews()

    @property
    def problems(self) -> tuple[Exception, ...]:
        """Plug-ins, review files and a fly.toml that could not be read, and so do not count."""
        return (*self.parts.problems, *self._unread, *unreadable.told(self.parts.store))

    @property
    def manual(self) -> frozenset[str]:
        """The items that no API and no checkout can tell: their check needs nothing but a name."""
        return frozenset(id_ for id_, check in self._checks.items() if check.manual)

    @property
    def runner_path(self) -> str | None:
        """The `fly` that would run; None when there is none."""
        return self.parts.runner.available if self.parts.runner else None

    @property
    def tally(self) -> Tally:
        return tally(self.assessments.values(), self.manual)

    def sight(self) -> Sight | None:
        """What the token can show, told without asking; None when there is no token to tell of."""
        if self.parts.tokens is None:
            return None
        place = Place(self.identity.app, self.identity.organization)
        now = self.parts.clock()
        return sight(self.parts.tokens, place, self.checklist, self._checks, now)

    def reload_reviews(self) -> list[str]:
        """Read the reviews on file again and join them; gives the items whose review changed."""
        before = self._reviews
        self._reviews, unread = self.parts.reviews.load()
        self._unread = tuple(unread)
        changed = []
        for item, known in self.assessments.items():
            if self._reviews.get(item) != before.get(item):
                self.assessments[item] = self._join(known)
                changed.append(item)
        return changed

    async def assess(
        self, items: Collection[str] | None = None, *, keep: bool = True
    ) -> AsyncGenerator[Event, None]:
        """Look at the items, all by default, and yield each as its facts arrive.

        With `keep`, an item that cannot be looked at now keeps the earlier finding, as outdated.
        """
        wanted = [i.id for i in self.checklist if items is None or i.id in items]
        tasks: list[asyncio.Task[Event | None]] = [asyncio.create_task(self._identify())]
        tasks += [asyncio.create_task(self._assessed(item, keep=keep)) for item in wanted]
        try:
            for done in asyncio.as_completed(tasks):
                event = await done
                if event is not None:
                    yield event
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def give_up(self, items: Collection[str] | None, unseen: Unseen) -> None:
        """Call unknown, and say why, what of the items, all by default, has not been looked at."""
        for item in self.checklist:
            if item.id not in self.assessments and (items is None or item.id in items):
                self.assessments[item.id] = self._join(Assessment(item, unknown(unseen)))

    async def refresh(self, items: Collection[str] | None = None) -> AsyncGenerator[Event, None]:
        """Forget the facts behind the items, all by default, and look again.

        Looking at all of them reads the reviews on file again too, and first yields each item
        about which somebody else decided.
        """
        for item in self.reload_reviews() if items is None else ():
            yield Assessed(self.assessments[item])
        names = None if items is None else {f.name for i in items for f in self._checks[i].facts}
        self.parts.store.forget(names)
        async with aclosing(self.assess(items)) as events:
            async for event in events:
                yield event

    async def look(self, item: str, *, keep: bool = False) -> Assessment:
        """The item's assessment from the facts as they are known, fetching what is not."""
        finding = await self._find(item)
        earlier = self.assessments.get(item)
        if keep and finding.unseen and earlier and not _blind(earlier.finding):
            latest = replace(earlier, outdated=finding.unseen)
        else:
            latest = Assessment(self.checklist[item], finding, at=self._oldest(item))
        self.assessments[item] = self._join(latest)
        return self.assessments[item]

    def resting_on(self, names: Collection[str]) -> list[str]:
        """The items whose check reads one of these facts."""
        return [
            i.id
            for i in self.checklist
            if i.id in self._checks and any(f.name in names for f in self._checks[i.id].facts)
        ]

    def facts_of(self, item: str) -> frozenset[str]:
        """Names of the facts the item's check reads."""
        return frozenset(fact.name for fact in self._checks[item].facts)

    def decide(
        self, item: str, decision: Decision, note: str, expires: date | None = None
    ) -> Assessment:
        """Keep a review of the item as it was found. Raises ReviewFileError, ValueError.

        ValueError when the item has not been looked at, a reason is missing, or the team's policy
        does not allow it. Where the policy asks for two reviewers, the second one's word joins the
        first one's review.
        """
        known = self.assessments.get(item)
        if known is None:
            raise ValueError("This item has not been looked at yet.")
        word = Word(decision, note, expires, self.by, self.parts.clock())
        review = decide(self.parts.policy, known, word)
        self.parts.reviews.save(review)
        self._undo.append((review, self._reviews.get(item)))
        return self._reviewed(item, review)

    def undo(self) -> Assessment | None:
        """Take back the last decision of this session. None when there is none left.

        Raises ReviewFileError; then nothing was taken back.
        """
        if not self._undo:
            return None
        taken, earlier = self._undo[-1]
        item = taken.item
        if self._reviews.get(item) != taken:
            self._undo.pop()
            raise ReviewFileError(
                f"Somebody else has decided about {item} since, so your decision cannot be taken "
                "back. Nothing was changed. Decide again if you see it otherwise."
            )
        if earlier is None:
            self.parts.reviews.remove(item)
        else:
            self.parts.reviews.save(earlier)
        self._undo.pop()
        return self._reviewed(item, earlier)

    def past(self, item: str) -> Past:
        """The earlier decisions about the item, latest first; takes the moment that git needs."""
        return self.parts.past(item)

    def export(self, form: str, file: str) -> str:
        """Write a report of what is known; gives its whole path. Raises SettingsError."""
        if self.parts.export is None:
            raise SettingsError("No report can be written from here.", "Use `flytui check`.")
        return str(self.parts.export(self, form, Path(file)))

    def plan(self, item: str, offered: Command, values: dict[str, str] | None = None) -> Plan:
        """Freeze a remedy for the card. Raises ValueError for values that will not do."""
        command = offered.fill(values or {})
        return Plan(item, offered, command, self.identity, self.assessments[item])

    async def hindrance(self) -> str | None:
        """Why no command can be run from here now, and what to do about it; None when one can."""
        if self.parts.read_only or self.identity.read_only:
            return self.parts.read_only or "flytui was started with --read-only."
        if self.runner_path is None or self.parts.runner is None:
            return NO_FLY
        return self.outlived() or await self.parts.runner.refusal()

    def outlived(self) -> str | None:
        """Why `fly` refuses the login in force by now; None when it does not."""
        return outlived(self.parts.last_login(), self.parts.clock())

    def history(self) -> tuple[Entry, ...]:
        """What was run on this app from here, oldest first. Raises OSError."""
        return self.parts.history.entries()

    def acknowledge(self, entry: Entry) -> None:
        """A person was told that nobody saw this run end. Raises OSError."""
        self.parts.history.end(replace(entry, told=True))

    def back(self, entry: Entry) -> Plan | None:
        """The plan that takes a run back; None when there is none. Raises OSError."""
        return back(entry, self.history(), self.assessments, self.identity)

    def run(self, plan: Plan, aside: Aside | None = None) -> AsyncGenerator[RunStep, None]:
        """Run the plan if everything is still as it was shown, then look again.

        `aside` clears the terminal for a command that asks.
        """
        return Run(self, plan, aside).steps()

    async def rehearse(self, plan: Plan) -> Rehearsal:
        """What the plan would do, tried on a copy of the app."""
        if self.parts.rehearse is None:
            return Rehearsal(plan.command, None, (), (), "There is nothing to rehearse with here.")
        return await self.parts.rehearse(self, plan)

    def edit(self, edit: Edit) -> "FilePlan":
        """Freeze an edit for the difference to be shown. Raises Refused; touches nothing."""
        from flytui.applying import planned  # noqa: PLC0415 (a look edits nothing)

        return planned(self.parts.store.checkout, self.identity.app, edit)

    def apply(self, plan: "FilePlan") -> AsyncGenerator[RunStep, None]:
        """Make the edit if the file is as it was read, let `fly` check it, then look again."""
        from flytui.applying import applied  # noqa: PLC0415 (as above)

        return applied(self, plan)

    async def stop(self) -> None:
        """End the running command, if any."""
        if self.parts.runner:
            await self.parts.runner.stop()

    async def close(self) -> None:
        """End what is under way and let go of connections."""
        await self.stop()
        await self.parts.store.close()
        await self.parts.store.fly.aclose()

    async def _identify(self) -> Known | None:
        seen = await self.parts.store.attempt(app_fact)
        if isinstance(seen, Unseen):
            return None
        app, said = seen.value, self.parts.store.preferences
        slug = app.organization.slug
        production = said.marks(app.name, slug, named=app.production)
        self.identity = replace(self.identity, organization=slug, production=production)
        return Known(self.identity)

    async def _assessed(self, item: str, *, keep: bool) -> Assessed:
        return Assessed(await self.look(item, keep=keep))

    async def _find(self, item: str) -> Finding:
        check = self._checks.get(item)
        if check is None:
            return unknown(Unseen("flytui has no check for this item.", "Review it by hand."))
        try:
            return await self._decide(check)
        except Exception as error:  # noqa: BLE001 (a defect in one item must not take the others down, nor look green)
            added = item.startswith("plugin/")
            whose, where = ("A plug-in's", "it") if added else ("flytui's own", "flytui")
            return unknown(
                Unseen(
                    f"{whose} check of this item failed ({type(error).__name__}).",
                    f"Review it by hand, and report this as a defect of {where}.",
                )
            )

    async def _decide(self, check: Check) -> Finding:
        store = self.parts.store
        seen = await asyncio.gather(*(store.attempt(fact) for fact in check.facts))
        values: list[Any] = []
        hidden: list[str] = []
        for wanted, reading in zip(check.wants, seen, strict=True):
            if not isinstance(reading, Unseen):
                values.append(reading.value)
            elif isinstance(wanted, Optional):
                values.append(reading)
                hidden.append(wanted.fact.name)
            else:
                return unknown(reading)
        found = await apart(lambda: self._stamp(check.decide(*values)), values)
        return unreadable.without_edits(replace(found, hidden=tuple(hidden)), store)

    def _stamp(self, finding: Finding) -> Finding:
        return replace(
            finding,
            evidence=self._stamped(finding).evidence,
            resources=tuple(self._stamped(resource) for resource in finding.resources),
        )

    def _stamped(self, holder: _Holder) -> _Holder:
        at = self.parts.store.at
        return replace(holder, evidence=tuple(replace(e, at=at(e.fact)) for e in holder.evidence))

    def _oldest(self, item: str) -> datetime | None:
        check = self._checks.get(item)
        times = [self.parts.store.at(fact.name) for fact in check.facts] if check else []
        return min((t for t in times if t is not None), default=None)

    def _join(self, known: Assessment) -> Assessment:
        review = self._reviews.get(known.item.id)
        if review is None:
            return replace(known, review=None, standing=None, changed=(), objection="")
        today = self.parts.clock().date()
        holds, objection = judge(self.parts.policy, review, known.finding, today)
        return replace(
            known,
            review=review,
            standing=holds,
            changed=since(review, known.finding),
            objection=objection,
        )

    def _reviewed(self, item: str, review: Review | None) -> Assessment:
        if review is None:
            self._reviews.pop(item, None)
        else:
            self._reviews[item] = review
        self.assessments[item] = self._join(self.assessments[item])
        return self.assessments[item]


def _blind(finding: Finding) -> bool:
    return finding.status is Status.UNKNOWN
