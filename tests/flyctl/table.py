"""Runs every command that flytui offers, through flytui, and prints what came of each.

`python -m tests.flyctl.table` takes the stand-in; FLYTUI_FLYCTL names a real `fly`. Ends with 1
when a command failed, or left its item other than it should be.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from flytui.commands import Behaviour, behaviour, catalogue
from flytui.demo import agent
from flytui.demo.environment import environment
from flytui.demo.faults import Faults
from flytui.demo.macaroons import unrestricted
from flytui.demo.scenario import load, names
from flytui.demo.server import application
from flytui.demo.stand_in import install
from flytui.demo.world import World
from flytui.events import Declined, Observed, Plan
from flytui.finding import Finding, Status
from flytui.runner import Ended, Output
from flytui.session import Session
from tests.flyctl.answering import at_a_terminal
from tests.flyctl.serving import Served, serving
from tests.flyctl.walking import Offer, offers_of, with_elsewhere
from tests.simulated import Simulated, found

FLY = "fly"
"""The folder of its configuration."""
UNSEEN_FROM_HERE = {
    "checks list": "it shows something and changes nothing",
    "config show": "it shows something and changes nothing",
    "logs": "it shows something and changes nothing",
    "certs check": "it looks again, and DNS is as it was",
    "apps create": "an app without Machines settles no item; the steps after it do",
    "tokens create deploy": "one more token; the old one is still there",
    "tokens create readonly": "one more token; the old one is still there",
    "tokens create org": "no item lists tokens of the organisation of review apps",
    "orgs create": "the app is where it was until it is moved",
    "orgs invite": "the invitation is not accepted yet",
    "pg backup create": "Fly.io has no list of these backups; the Postgres app has",
    "mpg create": "the app keeps its database until its address is changed",
    "mpg backup create": "the backup is queued and not finished yet",
    "secrets deploy": "of another app: its Machines say nothing that an item judges",
}
"""Commands after which nothing that an item speaks about need be different, and why."""


WORSE_FOR_A_WHILE = {"certs add": "the hostname waits for its DNS records"}
"""Commands that add something which is not in order yet."""


def _cordoned(world: World) -> None:
    machines = world.apps["storefront"].machines.values()
    next(one for one in machines if one.group == "web").cordoned = True


def _not_on_record(world: World) -> None:
    for cluster in world.clusters.values():
        cluster.attached_apps.clear()


def _without(kind: str) -> Callable[[World], None]:
    def change(world: World) -> None:
        for app in world.apps.values():
            app.addresses = [one for one in app.addresses if one.type != kind]

    return change


def _nothing_ships(world: World) -> None:
    for machine in world.apps["boutique-logs"].machines.values():
        machine.state = "stopped"


SPOILED: dict[str, tuple[str, Callable[[World], None]]] = {
    "a Machine cordoned": ("storefront", _cordoned),
    "no attachment on record": ("launch-ready", _not_on_record),
    "no IPv6 address": ("launch-ready", _without("v6")),
    "no IPv4 address": ("launch-ready", _without("v4")),
    "the log shipper stopped": ("launch-ready", _nothing_ships),
}
"""Worlds in which something is offered that no scenario offers."""


@dataclass
class Joined(Simulated):
    """A scenario whose `fly` reaches the same world over loopback as its session does."""

    served: Served | None = None

    @property
    def environ(self) -> Mapping[str, str]:
        assert self.served is not None
        variables = environment(self.served.url, unrestricted(), str(self.folder / FLY))
        return {"HOME": str(self.folder), "PATH": "/usr/bin:/bin", **variables}


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one command."""

    scenario: str
    item: str
    line: str
    known: Behaviour
    code: int | None
    before: Finding
    after: Finding
    effect: bool
    seconds: float
    said: str
    back: bool = False
    """Whether it takes the row before it back."""

    @property
    def wrong(self) -> str:
        """Why this is not as it should be; empty when it is."""
        if self.code != 0:
            return self.said or "it did not run"
        silent = " ".join(self.known.words) in UNSEEN_FROM_HERE
        if not self.effect and not silent:
            return "no effect to be seen"
        if self.back or " ".join(self.known.words) in WORSE_FOR_A_WHILE:
            return ""
        worse = _RANK.index(self.after.status) < _RANK.index(self.before.status)
        return "the item is worse than before" if worse else ""


_RANK = (
    *(Status.ACTION, Status.UNKNOWN, Status.ADVICE),
    *(Status.MANUAL, Status.OK, Status.NOT_APPLICABLE),
)


async def opened(place: str, folder: Path, served: Served, fly: Path) -> Session:
    """A session on a fresh world, without pauses between its looks."""
    name, spoil = SPOILED.get(place, (place, None))
    world = Joined(load(name), folder, served=served)
    with_elsewhere(world.scenario)
    if spoil is not None:
        spoil(world.scenario.world)
    served.app = application(world.scenario.world, faults=Faults())
    session = world.session(fly=str(fly))

    async def at_once(_: float) -> None:
        return None

    session.parts = replace(session.parts, pause=at_once)
    await found(session)
    return session


async def carried(session: Session, plan: Plan, scenario: str) -> Row:
    """One plan, run and looked at again."""
    began, code, said = time.monotonic(), None, ""
    before = after = plan.before.finding
    effect = False
    async with aclosing(session.run(plan, at_a_terminal)) as steps:
        async for step in steps:
            match step:
                case Output(line):
                    said = line or said
                case Ended():
                    code = step.code
                case Declined(reason):
                    said = reason
                case Observed():
                    after, effect = step.after.finding, step.effect or bool(step.also)
                case _:
                    pass
    known = behaviour(plan.command.argv)
    assert known is not None, plan.command.line
    seconds = time.monotonic() - began
    line = plan.command.line
    back = bool(plan.undoes)
    return Row(scenario, plan.item, line, known, code, before, after, effect, seconds, said, back)


async def run_one(session: Session, offer: Offer, scenario: str) -> Row:
    """The offer after the steps before it, as the item offers it by then."""
    for one in offer.before:
        await carried(session, session.plan(one.item, one.offered, one.values), scenario)
    return await carried(session, session.plan(offer.item, offer.offered, offer.values), scenario)


async def rows(fly: Path, wanted: tuple[str, ...] = ()) -> list[Row]:
    """Each command of each item once, and what takes it back where there is something."""
    done: list[Row] = []
    seen: set[tuple[str, tuple[str, ...]]] = set()
    with tempfile.TemporaryDirectory() as top, serving() as served, ExitStack() as agents:

        def folder() -> Path:
            made = Path(tempfile.mkdtemp(dir=top))
            agents.enter_context(agent.kept_in(made / FLY))
            return made

        for scenario in (*names(), *SPOILED):
            session = await opened(scenario, folder(), served, fly)
            several = offers_of(session.assessments)
            await session.close()
            for offer in several:
                known = behaviour(offer.command.argv)
                key = (offer.item, () if known is None else known.words)
                if key in seen or (wanted and " ".join(key[1]) not in wanted):
                    continue
                seen.add(key)
                session = await opened(scenario, folder(), served, fly)
                done.append(await run_one(session, offer, scenario))
                back = session.back(session.history()[-1]) if session.history() else None
                if back is not None:
                    done.append(await carried(session, back, scenario))
                await session.close()
    return done


def told(done: list[Row]) -> Iterator[str]:
    """The table, then what is not in it and why."""
    yield f"{'exit':>4}  {'seconds':>7}  {'verdict':<24}  {'effect':<6}  command"
    for row in done:
        verdict = f"{row.before.status} → {row.after.status}"
        effect = "seen" if row.effect else "none"
        yield f"{row.code!s:>4}  {row.seconds:7.1f}  {verdict:<24}  {effect:<6}  {row.line}"
        if row.wrong:
            yield f"{'':45}  wrong: {row.wrong}"
        elif not row.effect:
            yield f"{'':45}  {UNSEEN_FROM_HERE[' '.join(row.known.words)]}"
    described, left = catalogue()
    run = {row.known.words for row in done}
    missing = [one for one in described if one.words not in run]
    wrong = sum(bool(row.wrong) for row in done)
    yield ""
    yield f"{len(done)} runs of {len(run)} commands, {wrong} of them not as they should be."
    for one in missing:
        yield f"not run: fly {' '.join(one.words)}: no scenario offers it, or flytui runs it itself"
    for other in left:
        yield f"not offered: fly {' '.join(other.words)}: {other.not_offered}"


def main() -> int:
    named = os.environ.get("FLYTUI_FLYCTL")
    with tempfile.TemporaryDirectory() as folder:
        binary = shutil.which(named) if named else str(install(Path(folder)))
        if binary is None:
            print(f"FLYTUI_FLYCTL names {named}, which cannot be run.", file=sys.stderr)  # noqa: T201 - a command line
            return 2
        done = asyncio.run(rows(Path(binary), tuple(sys.argv[1:])))
    print("\n".join(told(done)))  # noqa: T201 - a command line
    return int(any(row.wrong for row in done))


if __name__ == "__main__":
    sys.exit(main())
