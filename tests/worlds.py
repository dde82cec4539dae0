"""A session over a made-up lamp: the smallest thing that can be looked at and switched off."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from flytui.assessment import Assessment, Identity
from flytui.audit import History
from flytui.checklist import load
from flytui.checks.check import Check
from flytui.events import Assessed
from flytui.facts.fact import Ask, Fact
from flytui.finding import Finding, Resource, Status, evidence
from flytui.fly.auth import Tokens
from flytui.fly.call import Urls
from flytui.fly.client import Fly
from flytui.fly.errors import FlyError
from flytui.remedy import Blank, Command
from flytui.repo import Checkout
from flytui.runner import Runner
from flytui.session import Parts, Session
from flytui.settings import Preferences
from flytui.store import FactStore
from tests.fakes import Clock, FakeRunner, Ledger, Memory


def silent_fly() -> Fly:
    """A client whose every request ends in a refusal."""

    def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(403, json={"error": "unauthorized"})

    return Fly(Tokens.parse("fo1_test"), Urls(), transport=httpx.MockTransport(refuse))


def store(clock: Clock | None = None) -> FactStore:
    return FactStore(
        "shop", silent_fly(), Checkout(Path("/nowhere"), None), Preferences(), clock or Clock()
    )


@dataclass
class Lamp:
    """Something that burns or does not, may be out of sight, and whose judge may be broken."""

    on: bool = False
    others: int = 0
    dependents: tuple[str, ...] = ()
    error: FlyError | None = None
    defective: bool = False
    looks_until_out: int | None = None
    offers: tuple[Command, ...] = ()
    """What is offered besides."""
    fact: Fact["Lamp"] = field(init=False)

    def __post_init__(self) -> None:
        self.fact = Fact("lamp", "the wall", self._look)

    async def _look(self, ask: Ask) -> "Lamp":
        if self.error is not None:
            raise self.error
        if self.looks_until_out is not None:
            self.looks_until_out -= 1
            self.on = self.on and self.looks_until_out > 0
        return self

    def put_out(self, after_looks: int = 0) -> None:
        if after_looks:
            self.looks_until_out = after_looks
        else:
            self.on = False

    def gain_a_dependent(self) -> None:
        self.dependents = ("The cellar needs it.",)

    @staticmethod
    def switch(dependents: tuple[str, ...] = ()) -> Command:
        return Command(
            argv=("fly", "lamp", "off", "-a", "shop"),
            title="Switch the lamp off",
            why="It burns for nobody.",
            changes="The lamp is off.",
            alters=frozenset({"lamp"}),
            dependents=dependents,
            target="the lamp",
        )

    @staticmethod
    def move() -> Command:
        return Command(
            argv=("fly", "lamp", "move", "{room}", "-a", "shop"),
            title="Move the lamp to the {room}",
            why="It stands in the way.",
            changes="The lamp is elsewhere.",
            alters=frozenset({"lamp"}),
            blanks=(Blank("room", "Room", r"[a-z]+"),),
        )

    def judge(self, lamp: "Lamp") -> Finding:
        if lamp.defective:
            raise KeyError("no such lamp")
        if not lamp.on:
            return Finding(Status.OK, "The lamp is off.", (evidence("lamp", "off", self.fact),))
        resources = tuple(
            Resource("lamp", str(n), Status.ACTION, "It burns.") for n in range(lamp.others + 1)
        )
        remedies = (self.switch(lamp.dependents), self.move(), *self.offers)
        seen = (evidence("lamp", "on", self.fact),)
        return Finding(Status.ACTION, "1 lamp burns.", seen, resources, remedies)


def session(
    lamp: Lamp,
    *,
    reviews: Memory | None = None,
    runner: Runner | None = None,
    ledger: History | None = None,
    **parts_given: Any,
) -> Session:
    """A session in which `exposure` and `ipv4` look at the lamp and everything else is fine."""
    clock = Clock()

    async def fine(ask: Ask) -> None:
        return None

    async def no_pause(seconds: float) -> None:
        clock.advance(seconds)

    nothing: Fact[None] = Fact("nothing", "a test", fine)
    checks = {
        item.id: Check(item.id, (nothing,), lambda _: Finding(Status.OK, "Nothing is wrong."))
        for item in load()
    }
    checks["exposure"] = Check("exposure", (lamp.fact,), lamp.judge)
    checks["ipv4"] = Check("ipv4", (lamp.fact,), lambda _: Finding(Status.OK, "Never mind."))
    parts = Parts(
        checklist=load(),
        store=store(clock),
        reviews=reviews if reviews is not None else Memory(),
        runner=runner if runner is not None else FakeRunner(),
        history=ledger if ledger is not None else Ledger(),
        clock=clock,
        by="Ana",
        checks=checks,
        pause=no_pause,
        **parts_given,
    )
    return Session(Identity("shop", None, production=False), parts)


async def verdicts(opened: Session) -> dict[str, Assessment]:
    """Everything the session finds, by item id."""
    events = [e async for e in opened.assess()]
    return {e.assessment.item.id: e.assessment for e in events if isinstance(e, Assessed)}
