"""What one arriving verdict costs the screen: `python -m tests.bench.verdicts [MACHINES …]`.

10, 1,000 and 5,000 Machines unless others are named, each of them a row below an item that is open.
Verdicts of other items arrive one by one, and each is drawn: CPU alone counts, in this process.
"""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flytui.assessment import Assessment
from flytui.checklist import load
from flytui.finding import Finding, Resource, Status
from flytui.ui.app import FlytuiApp
from flytui.ui.widgets.tree import ChecklistTree
from tests.ui.fake_session import FakeSession, findings, identity

SIZES = (10, 1000, 5000)
VERDICTS = 100
MANY = "multiple-machines"
"""The item that has a row for every Machine."""
CHANGING = ("custom-domain", "ipv4", "metrics", "sentry")


def cost(machines: int) -> float:
    """Seconds of CPU that a verdict takes, with a frame for each."""
    return asyncio.run(_cost(machines))


async def _cost(machines: int) -> float:
    rows = tuple(
        Resource("machine", f"{number:014x}", Status.OK, "It runs.") for number in range(machines)
    )
    known = findings() | {MANY: Finding(Status.ACTION, "All of them are in one place.", (), rows)}
    session = FakeSession(known)
    app = FlytuiApp(lambda: session, identity(), load(), delay=0.01)
    async with app.run_test(size=(120, 36)) as pilot:
        while app.main.board.updated is None:
            await pilot.pause(0.01)
        tree = app.main.query_one(ChecklistTree)
        tree.root.expand_all()
        await pilot.pause(0.1)
        before = time.process_time()
        for verdict in _verdicts(session, VERDICTS):
            app.main.board = app.main.board.heard(verdict)
            await pilot.pause()
        return (time.process_time() - before) / VERDICTS


def _verdicts(session: FakeSession, number: int) -> Iterator[Assessment]:
    """Each differs from the one before it, so that its row is drawn anew."""
    for turn in range(number):
        one = session.assessments[CHANGING[turn % len(CHANGING)]]
        status = Status.ADVICE if turn // len(CHANGING) % 2 else Status.ACTION
        yield replace(one, finding=Finding(status, f"{turn} things are to be done."))


def growth(sizes: Sequence[int] = SIZES) -> Iterator[tuple[int, float, float]]:
    """Each size, what a verdict costs there, and that over what it costs with the fewest rows."""
    base: float | None = None
    for size in sizes:
        one = cost(size)
        base = base or one
        yield size, one, one / base


def main(sizes: Sequence[int]) -> None:
    for size, one, grown in growth(sizes):
        sys.stdout.write(f"{size:5} Machines: {one * 1000:.1f} ms of CPU a verdict, {grown:.2f}x\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
