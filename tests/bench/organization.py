"""`python -m tests.bench.organization [APPS …]`: an organisation's matrix, and how it grows.

10, 100 and 1,000 apps unless others are named. The simulator is a process of its own; what is
measured is the other side alone, each size in a fresh process.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from flytui.checklist import load
from flytui.demo.process import start
from flytui.estate import Estate
from flytui.fly.models import App
from flytui.matrix import Row, cells, ordered
from flytui.opening import Ground, Surroundings
from flytui.settings import Flags, resolve
from flytui.survey import Survey
from tests.simulated import Counting

SIZES = (10, 100, 1000)


@dataclass(frozen=True, slots=True)
class Matrix:
    """What it took to fill the matrix of an organisation."""

    apps: int
    requests: int
    first: float
    """Seconds until the first app had all its verdicts."""
    seconds: float
    """Until the last one had."""
    cpu: float
    """Seconds of CPU used meanwhile, without the simulator's."""
    memory: int
    """Bytes that the process took more than before."""
    drawing: float
    """Seconds to bring all rows up to date and in order once."""


def measured(apps: int) -> Matrix:
    """In a process of its own, so that no size profits from what another one left."""
    argv = [sys.executable, "-m", "tests.bench.organization", "--alone", str(apps)]
    told = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    return Matrix(**json.loads(told))


def growth(sizes: Sequence[int] = SIZES) -> Iterator[tuple[Matrix, float]]:
    """Each size, with how much more an app costs than in the smallest one: 1.0 is linear."""
    base: float | None = None
    for size in sizes:
        one = measured(size)
        each = one.cpu / one.apps
        base = base or each
        yield one, each / base


def _alone(apps: int) -> Matrix:
    with tempfile.TemporaryDirectory() as folder, start("storefront", apps=apps) as demo:
        environ = {"HOME": folder, "PATH": os.defpath, **demo.environment}
        return asyncio.run(_filled(environ, demo.checkout, Path(folder)))


async def _filled(environ: dict[str, str], checkout: Path, home: Path) -> Matrix:
    import httpx  # noqa: PLC0415 (what is measured imports it as flytui does)

    transport = Counting(httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=20)))
    around = Surroundings(
        environ=environ,
        checkout=checkout,
        data=home / "data",
        state=home / "state",
        transport=transport,
    )
    estate = Estate(lambda: Ground(resolve(Flags(), environ, home), load(), around))
    _ = estate.ground
    before, began, cpu = _peak(), time.monotonic(), time.process_time()
    known: dict[str, App] = {}
    ends: list[float] = []
    done = asyncio.Event()

    async def look(name: str) -> None:
        async for _ in estate.look(known[name]):
            pass
        ends.append(time.monotonic() - began)
        if len(ends) == len(known):
            done.set()

    async for page in estate.apps_of("acme"):
        known |= {app.name: app for app in page}
    survey = Survey(look)
    survey.add(known)
    running = asyncio.create_task(survey.run())
    await done.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    used, after = time.process_time() - cpu, _peak()
    drawing = _drawing(estate, known)
    await estate.close()
    asked = len(transport.requests)
    return Matrix(len(known), asked, ends[0], ends[-1], used, after - before, drawing)


def _drawing(estate: Estate, known: dict[str, App]) -> float:
    checklist, own, began = load(), estate.shared_items, time.perf_counter()
    found = ((name, estate.sessions[name].assessments) for name in known)
    rows = ordered(Row(name, cells(checklist, each, own)) for name, each in found)
    assert rows[0].total.heard
    return time.perf_counter() - began


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--alone"]:
        print(json.dumps(asdict(_alone(int(arguments[1])))))  # noqa: T201 (for whoever started it)
        return
    print(  # noqa: T201 (it is a command)
        f"{'apps':>6} {'requests':>9} {'per app':>8} {'first':>7} {'all':>8} {'CPU an app':>11}"
        f" {'growth':>7} {'memory':>9} {'a drawing':>10}"
    )
    for one, grown in growth([int(size) for size in arguments] or SIZES):
        print(  # noqa: T201 (as above)
            f"{one.apps:>6} {one.requests:>9} {one.requests / one.apps:>8.1f} {one.first:>6.1f}s"
            f" {one.seconds:>7.1f}s {one.cpu / one.apps * 1000:>8.0f} ms {grown:>6.2f}x"
            f" {one.memory / 2**20:>6.0f} MB {one.drawing * 1000:>7.1f} ms",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
