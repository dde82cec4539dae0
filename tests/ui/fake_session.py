"""A session whose facts are given, for the screen's tests: no client, no disk, no process."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from flytui import checklist as checklists
from flytui import editing
from flytui.assessment import Assessment, Identity
from flytui.audit import Entry
from flytui.checklist import Checklist
from flytui.checks.check import registry
from flytui.editing import FilePlan, Refused
from flytui.events import Assessed, Declined, Event, Known, Observed, Plan, RunStep
from flytui.finding import Evidence, Finding, Resource, Status, Unseen, unknown
from flytui.fly.auth import Tokens
from flytui.journey.bookmark import Bookmark, InMemory
from flytui.memory import Memory
from flytui.rehearsed import Change, Rehearsal
from flytui.remedy import Blank, Command, Edit, Link
from flytui.review import Decision, Review, basis, since, standing
from flytui.review_file import ReviewFileError
from flytui.review_history import Past
from flytui.runner import Aside, Ended, Output, Started
from flytui.running import NO_FLY
from flytui.sight import Place, Sight, sight
from flytui.taking_back import back
from tests.fly.wire import macaroon

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
DEPLOY_TOKEN = macaroon(0, [42, 31], 13, [[3, [{7: 31}], 5, [{"wg": 31}]], 0])
SOURCE = "GraphQL app.ipAddresses"


def identity(**changes: object) -> Identity:
    base = Identity("storefront", "acme", production=True)
    return replace(base, **changes)  # type: ignore[arg-type]  # a builder takes any of its fields


def release(address: str = "203.0.113.7", **changes: object) -> Command:
    base = Command(
        argv=("fly", "ips", "release", address, "-a", "storefront"),
        title=f"Release {address}",
        why="The internet can no longer reach the app at this address.",
        changes="the app loses its only dedicated IPv4 address",
        alters=frozenset({"addresses"}),
        dependents=("shop.example.com has an A record to it",),
        cost_per_month_usd=Decimal(-2),
        reversible=False,
        undo="a new address would be a different one",
        target=address,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # a builder takes any of its fields


def allocate(**changes: object) -> Command:
    base = Command(
        argv=("fly", "ips", "allocate-v6", "--private", "-a", "storefront"),
        title="Allocate a Flycast address",
        why="Other apps of the organisation reach this one over the private network.",
        changes="the app gets a private IPv6 address",
        alters=frozenset({"addresses"}),
        cost_per_month_usd=Decimal(0),
        undo="fly ips release ADDRESS -a storefront",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # a builder takes any of its fields


def add_domain() -> Command:
    return Command(
        argv=("fly", "certs", "add", "{hostname}", "-a", "storefront"),
        title="Add a hostname",
        filled="Add {hostname}",
        why="Visitors reach the app under its own name.",
        changes="Fly.io asks for a certificate for the hostname",
        alters=frozenset({"certificates"}),
        blanks=(Blank("hostname", "Hostname", r"[a-z0-9.-]+", ("shop.example.com",)),),
    )


def address(id_: str = "203.0.113.7", **changes: object) -> Resource:
    base = Resource(
        "address",
        id_,
        Status.ACTION,
        "dedicated IPv4, global",
        (Evidence("since", "2025-02-11", SOURCE, NOW),),
        (release(id_),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # a builder takes any of its fields


def exposed(*addresses: Resource) -> Finding:
    held = addresses or (address(), address("2001:db8::1", summary="public IPv6, global"))
    return Finding(
        Status.ACTION,
        f"{len(held)} public addresses on an app that serves nobody.",
        (Evidence("services", "none", "Machines API", NOW),),
        held,
        (allocate(),),
    )


def findings(**given: Finding) -> dict[str, Finding]:
    """One for each of the 24 items; `multiple_machines=` stands for `multiple-machines`."""
    base = {
        item.id: Finding(Status.MANUAL, "Only a person can tell.") for item in checklists.load()
    }
    base["secrets"] = Finding(
        Status.OK,
        "No secret stands in the configuration.",
        (Evidence("secrets", "6 set", "GraphQL app.secrets", NOW),),
    )
    base["exposure"] = exposed()
    base["arcjet"] = Finding(Status.NOT_APPLICABLE, "This app runs no JavaScript.")
    base["flycast"] = unknown(
        Unseen("The token may not read the network.", "Run fly tokens create org -o acme.")
    )
    base["custom-domain"] = Finding(
        Status.ADVICE,
        "The app answers under fly.dev only.",
        (Evidence("certificates", "none", "GraphQL app.certificates", NOW),),
        (),
        (
            add_domain(),
            Edit(
                "fly.toml",
                "Redirect",
                "One name for all visitors.",
                "[http_service]\n  force_https = true",
            ),
            Link("https://fly.io/docs/networking/custom-domain/", "Read about it", "It is short."),
        ),
    )
    return base | {name.replace("_", "-"): finding for name, finding in given.items()}


class FakeSession:
    """Answers in the order of the checklist; an item whose gate is closed waits for it."""

    def __init__(
        self,
        found: Mapping[str, Finding] | None = None,
        *,
        checklist: Checklist | None = None,
        identity: Identity = identity(),  # noqa: B008 (frozen)
        runner_path: str | None = "/usr/bin/fly",
        gates: Mapping[str, asyncio.Event] | None = None,
        reviews: Sequence[Review] = (),
        problems: Sequence[Exception] = (),
        refuses: Exception | None = None,
        output: Sequence[str] = ("Releasing 203.0.113.7", "Released"),
        after: Finding | None = None,
        declined: Declined | None = None,
        hold: asyncio.Event | None = None,
        hinders: str | None = None,
        entries: Sequence[Entry] = (),
        ending: Sequence[RunStep] = (),
    ) -> None:
        self.identity = identity
        self.checklist = checklist or checklists.load()
        self.found = dict(found if found is not None else findings())
        self.assessments: dict[str, Assessment] = {}
        self.by = "Ana"
        self.bookmark: Bookmark = InMemory()
        self.checkout: Path | None = None
        self.tokens = Tokens.parse(f"{macaroon()},fo1_person", "config.yml")
        self.runner_path = runner_path
        self.problems = problems
        self.refuses = refuses
        """Raised by every decision while set."""
        self.failing: Unseen | None = None
        """Set: the next look keeps every earlier finding as outdated."""
        self.ran: list[tuple[str, ...]] = []
        self.memory: Memory | None = None
        self.renewed: list[str | None] = []
        """What was looked at again by itself."""
        self.too_old: str | None = None
        self.like: tuple[str, ...] = ()
        """Apps with names like this one's."""
        self.looks = 0
        self.closed = False
        self._gates = dict(gates or {})
        self._reviews = {review.item: review for review in reviews}
        self._undo: list[tuple[str, Review | None]] = []
        self._output = output
        self._after = after
        self._declined = declined
        self._hold = hold
        self._hinders = hinders
        self.entries = list(entries)
        self._ending = ending
        """What a run tells after its command; as it found, if not given."""
        self._stopped = False
        self.pasts: dict[str, Past] = {}
        self.exported: list[tuple[str, str]] = []

    def sight(self) -> Sight:
        """Of a login, unless a test gives it another token."""
        place = Place(self.identity.app, self.identity.organization)
        return sight(self.tokens, place, self.checklist, registry(), NOW)

    async def renew(self, item: str | None) -> AsyncGenerator[Event, None]:
        self.renewed.append(item)
        for each in self.checklist:
            yield Assessed(self._look(each.id))

    def outlived(self) -> str | None:
        return self.too_old

    async def near(self) -> tuple[str, ...]:
        return self.like

    @property
    def manual(self) -> frozenset[str]:
        return frozenset(id_ for id_, f in self.found.items() if f.status is Status.MANUAL)

    async def assess(self, items: Collection[str] | None = None) -> AsyncGenerator[Event, None]:
        self.looks += 1
        yield Known(self.identity)
        late = [item.id for item in self.checklist if item.id in self._gates]
        for item in [i.id for i in self.checklist if i.id not in late] + late:
            if item in self._gates:
                await self._gates[item].wait()
            yield Assessed(self._look(item))

    def refresh(self, items: Collection[str] | None = None) -> AsyncGenerator[Event, None]:
        return self.assess(items)

    def decide(
        self, item: str, decision: Decision, note: str, expires: date | None = None
    ) -> Assessment:
        if self.refuses is not None:
            raise self.refuses
        self._undo.append((item, self._reviews.get(item)))
        self._reviews[item] = Review(
            item, decision, note, self.by, NOW, expires, basis(self.found[item])
        )
        return self._look(item)

    def undo(self) -> Assessment | None:
        if not self._undo:
            return None
        item, earlier = self._undo.pop()
        self._reviews.pop(item)
        if earlier is not None:
            self._reviews[item] = earlier
        return self._look(item)

    def past(self, item: str) -> Past:
        return self.pasts.get(item, Past.unknown(item))

    def export(self, form: str, file: str) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.exported.append((form, file))
        return f"/reports/{file}"

    def plan(self, item: str, offered: Command, values: dict[str, str] | None = None) -> Plan:
        filled = offered.fill(values or {})
        return Plan(item, offered, filled, self.identity, self.assessments[item])

    async def rehearse(self, plan: Plan) -> Rehearsal:
        flip = Change("custom-domain", "Custom domain", Status.OK, Status.ACTION, "It is down.")
        return Rehearsal(plan.command, 0, ("Released",), (flip,), left_out=("DNS",))

    def edit(self, edit: Edit) -> FilePlan:
        if self.checkout is None:
            raise Refused("There is no checkout here.")
        return editing.plan(self.checkout, edit)

    async def apply(self, plan: FilePlan) -> AsyncGenerator[RunStep, None]:
        editing.write(plan)
        yield Ended(0)
        yield Assessed(self._look("custom-domain"))

    async def hindrance(self) -> str | None:
        return self._hinders or (None if self.runner_path else NO_FLY)

    def history(self) -> tuple[Entry, ...]:
        return tuple(self.entries)

    def acknowledge(self, entry: Entry) -> None:
        self.entries[self.entries.index(entry)] = replace(entry, told=True)

    def back(self, entry: Entry) -> Plan | None:
        return back(entry, self.history(), self.assessments, self.identity)

    async def run(self, plan: Plan, aside: Aside | None = None) -> AsyncGenerator[RunStep, None]:
        if self._declined is not None:
            yield self._declined
            return
        self.ran.append(plan.command.argv)
        yield Started(plan.command.argv)
        for line in self._output:
            yield Output(line)
        if self._hold is not None:
            await self._hold.wait()
        yield Ended(130, "stopped") if self._stopped else Ended(0)
        for step in self._ending:
            yield step
        if self._ending:
            return
        if self._after is not None:
            self.found[plan.item] = self._after
        yield Observed(plan.before, self._look(plan.item), effect=self._after is not None)

    async def stop(self) -> None:
        self._stopped = True
        if self._hold is not None:
            self._hold.set()

    async def close(self) -> None:
        self.closed = True

    def _look(self, item: str) -> Assessment:
        found = self.found[item]
        earlier = self.assessments.get(item)
        known = Assessment(self.checklist[item], found, at=NOW)
        if self.failing is not None and earlier is not None:
            known = replace(earlier, outdated=self.failing)
        review = self._reviews.get(item)
        if review is not None:
            known = replace(
                known,
                review=review,
                standing=standing(review, found, NOW.date()),
                changed=since(review, found),
            )
        else:
            known = replace(known, review=None, standing=None, changed=())
        self.assessments[item] = known
        return known


def review(item: str, finding: Finding, **changes: object) -> Review:
    base = Review(
        item, Decision.REVIEWED, "Agreed with the team.", "Ana", NOW, None, basis(finding)
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # a builder takes any of its fields


def refusing() -> ReviewFileError:
    return ReviewFileError("/reviews is read-only: choose another folder.")
