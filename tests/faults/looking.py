"""One look at the scenario's app over whatever lies between, and what rests on each route."""

import asyncio
import contextlib
import dataclasses
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from flytui.assessment import Assessment
from flytui.checklist import load as checklist
from flytui.checks.check import registry
from flytui.demo.environment import environment
from flytui.demo.scenario import Scenario, load, write_checkout
from flytui.demo.server import application
from flytui.facts.fact import Fact, Unseen
from flytui.finding import Evidence, Finding, Status
from flytui.fly.http import Clocks
from flytui.opening import Surroundings, open_session
from flytui.session import Session
from flytui.settings import Flags, resolve
from tests.faults.spoiling import WHOLE, Remembering, Spoiling
from tests.simulated import asgi, found

SCENARIO = "storefront"
DECIDED = {Status.OK, Status.NOT_APPLICABLE}
NOW = datetime.now(UTC)
"""The same for every look, so that no age is another in the next."""


@dataclasses.dataclass(frozen=True)
class Look:
    """What was found, and what could not be seen."""

    verdicts: dict[str, Assessment]
    unseen: frozenset[str]
    """Names of facts."""


@dataclasses.dataclass(frozen=True)
class Ways:
    """How the facts come here when nothing is in their way."""

    facts: dict[str, set[str]]
    """By route: the facts that ask there, or rest on facts that do."""
    together: set[str]
    """The routes that shared a request with others."""

    def needing(self, routes: Collection[str]) -> set[str]:
        """The items whose check reads a fact that one of these routes feeds."""
        facts = {fact for route in routes for fact in self.facts.get(route, ())}
        return {
            item
            for item, check in registry().items()
            if any(fact.name in facts for fact in check.facts)
        }


@cache
def scenario() -> Scenario:
    return load(SCENARIO)


@cache
def honest() -> Remembering:
    """One for all: the world is only read here."""
    return Remembering(asgi(application(scenario().world)))


def hurried(patience: float = 1.0) -> Clocks:
    """Waiting between requests takes no time, but moves the clock."""
    time = [0.0]

    async def sleep(seconds: float) -> None:
        time[0] += seconds
        await asyncio.sleep(0)

    return Clocks(clock=lambda: time[0], now=lambda: NOW, sleep=sleep, patience=patience)


def session(
    folder: Path,
    transport: httpx.AsyncBaseTransport | None = None,
    urls: Mapping[str, str] | None = None,
    clocks: Clocks | None = None,
) -> Session:
    """A session on the scenario, by way of the transport or of these addresses."""
    (folder / "checkout").mkdir()
    write_checkout(scenario(), folder / "checkout")
    environ = {
        "HOME": str(folder),
        **environment("http://127.0.0.1:1", scenario().token, str(folder / "fly")),
        **(urls or {}),
    }
    around = Surroundings(
        environ=environ,
        checkout=folder / "checkout",
        data=folder / "data",
        state=folder / "state",
        transport=transport,
        clocks=clocks or hurried(),
        now=lambda: NOW,
    )
    settings = resolve(Flags(app=scenario().app), environ, folder)
    return open_session(settings, checklist(), around)


def facts() -> dict[str, Fact[Any]]:
    """Every fact that a check reads."""
    return {fact.name: fact for check in registry().values() for fact in check.facts}


async def look(opened: Session) -> Look:
    """Everything the session finds; it is closed afterwards."""
    try:
        verdicts = await found(opened)
        seen = {name: await opened.parts.store.attempt(fact) for name, fact in facts().items()}
    finally:
        await opened.close()
    return Look(verdicts, frozenset(n for n, value in seen.items() if isinstance(value, Unseen)))


async def _ways(folder: Path) -> Ways:
    """Each fact fetched by itself, to see the routes; all at once, to see who shares."""
    transport = Spoiling(honest())
    opened = session(folder, transport)
    store = opened.parts.store
    routes: dict[str, set[str]] = {}
    for fact in facts().values():
        store.forget()
        transport.seen.clear()
        await store.attempt(fact)
        for route in transport.seen - {WHOLE}:
            routes.setdefault(route, set()).add(fact.name)
    store.forget()
    transport.together.clear()
    await look(opened)
    return Ways(routes, transport.together)


@cache
def ways() -> Ways:
    # A thread of its own: who asks may be in a loop already.
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_ways(Path(folder)))).result()


def essence(finding: Finding) -> Finding:
    """The finding without the times at which its facts were fetched."""

    def timeless(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(dataclasses.replace(e, at=None) for e in evidence)

    resources = [dataclasses.replace(r, evidence=timeless(r.evidence)) for r in finding.resources]
    return dataclasses.replace(
        finding, evidence=timeless(finding.evidence), resources=tuple(resources)
    )


def crashes(before: Look, after: Look) -> Iterator[str]:
    """Items that are missing, or whose check failed itself, or that do not say why."""
    for item in before.verdicts:
        if item not in after.verdicts:
            yield f"{item} has no verdict"
            continue
        now = after.verdicts[item].finding
        if "own check of this item failed" in now.summary:
            yield f"{item}: {now.summary}"
        if now.status is Status.UNKNOWN and not (now.unseen and now.unseen.cause):
            yield f"{item} does not say why it is unknown"
        if now.unseen and not now.unseen.cure:
            yield f"{item} names no cure"


def false_greens(before: Look, after: Look, *, told: bool = False) -> Iterator[str]:
    """Items that are good only because something was spoiled.

    With `told`, the spoiled answers were answers all the same: what they say may be good news.
    """
    for item, check in registry().items():
        if item not in after.verdicts or after.verdicts[item].finding.status not in DECIDED:
            continue
        now = after.verdicts[item].finding
        blind = {f.name for f in check.facts if f in check.wants} & after.unseen
        if blind:
            yield f"{item} is {now.status} without {', '.join(sorted(blind))}"
        if not told and before.verdicts[item].finding.status not in DECIDED:
            yield f"{item} turned {now.status}: {now.summary}"


def breaches(before: Look, after: Look, needing: Collection[str]) -> Iterator[str]:
    """Items that need nothing of what was spoiled, and changed."""
    for item, assessment in after.verdicts.items():
        was, now = essence(before.verdicts[item].finding), essence(assessment.finding)
        if item not in needing and was != now:
            yield f"{item} was {was.status} and is {now.status}: {now.summary}"


@contextlib.contextmanager
def accidents() -> Iterator[list[str]]:
    """What the event loop is told of that nobody caught."""
    loop, told = asyncio.get_running_loop(), list[str]()
    before = loop.get_exception_handler()
    loop.set_exception_handler(lambda _, context: told.append(repr(context)))
    try:
        yield told
    finally:
        loop.set_exception_handler(before)
