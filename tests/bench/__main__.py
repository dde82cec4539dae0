"""`python -m tests.bench [--check] [--output FILE] [PART …]`: flytui's figures, a table and JSON.

With --check every figure is held to budgets.toml, and the exit code is 1 when one is over. Each
part can be run alone, by its name here and in more detail by the command behind it:

- frame: exec to first frame, with warm and with cold bytecode   (python -m tests.bench.first_frame)
- check: `flytui check` at 0 to 200 ms latency beside its waiting (python -m tests.report.speed MS)
- screen: exec to all verdicts on the screen, likewise              (python -m tests.bench screen)
- fly: `flytui check` beside as many `fly … --json`, where FLYTUI_FLYCTL names the real `fly`
- keys: key press to repaint with 10, 1,000 and 5,000 Machines    (python -m tests.bench.keys)
- verdicts: CPU that one arriving verdict costs the screen         (python -m tests.bench.verdicts)
- rest: peak memory, and CPU while idling                         (python -m tests.bench rest)
- refreshes: memory after 500 looks at everything                 (python -m tests.bench.refreshes)
- organization: its matrix with 10, 100 and 1,000 apps       (python -m tests.bench.organization)
"""

import argparse
import json
import math
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import tomli

from flytui.demo.process import start
from tests.bench import (
    at_rest,
    first_frame,
    fly_commands,
    keys,
    organization,
    refreshes,
    verdicts,
)
from tests.report.speed import once

ROUNDS = 7
CHECKS = 5
LATENCIES = (0, 50, 100, 200)
"""Milliseconds each answer takes."""
HELD = 100
"""The latency whose check is held to its budget."""
REST = 60.0
"""Seconds of idling."""
MACHINES = (10, 1000, 5000)
BUDGETS = Path(__file__).with_name("budgets.toml")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    words: str
    value: float
    budget: str = ""
    """The name of what it is held to; empty where it is only told."""


def _first_frame() -> Iterator[Figure]:
    for cold in (False, True):
        times = {n: median(t) for n, t in first_frame.measured(ROUNDS, cold=cold).items()}
        bare, ours = times["bare tree"], times["flytui"]
        words = f"{ours * 1000:.0f} ms, a bare tree {bare * 1000:.0f} ms"
        name = "first frame, cold bytecode" if cold else "first frame / bare tree"
        yield Figure(name, words, ours / bare, "" if cold else "first_frame")


def _checks() -> Iterator[Figure]:
    for latency in LATENCIES:
        yield from _check(latency)


def _screens() -> Iterator[Figure]:
    for latency in LATENCIES:
        total = median(first_frame.all_verdicts(latency / 1000) for _ in range(CHECKS))
        words = f"{total:.2f} s from exec to all verdicts on the screen"
        way = 3 * latency / 1000
        yield Figure(f"screen / 3 x {latency} ms", words, total / way if way else math.nan)


def _check(latency: int) -> Iterator[Figure]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("FLY")}
    with (
        tempfile.TemporaryDirectory() as place,
        start("storefront", latency=latency / 1000) as demo,
    ):
        file = Path(place) / "out.json"
        runs = [once(own | dict(demo.environment), demo.checkout, file) for _ in range(CHECKS)]
    total, waited = median(run[0] for run in runs), median(run[1] for run in runs)
    held = latency == HELD
    words = f"{total:.2f} s in all, {waited:.2f} s of waiting"
    name = f"check / its waiting, {latency} ms"
    yield Figure(name, words, total / waited, "check" if held else "")
    if latency:
        way = 3 * latency / 1000
        yield Figure(
            f"check / 3 x {latency} ms", f"{total:.2f} s, start of Python and all", total / way
        )
    if held:
        requests, depth = (max(int(run[2].split()[n]) for run in runs) for n in (0, 1))
        yield Figure("requests of a check", "at most", requests, "requests")
        yield Figure("requests in a row", "at most", depth, "depth")


def _at_rest() -> Iterator[Figure]:
    bare, ours = at_rest.bare(1.0), at_rest.ours(REST)
    words = f"{ours.peak / 1e6:.0f} MB, a bare tree {bare.peak / 1e6:.0f} MB"
    yield Figure("memory / bare tree", words, ours.peak / bare.peak, "memory")
    yield Figure("idle CPU", f"share of one CPU over {REST:.0f} s", ours.idle, "idle_cpu")


def _keys() -> Iterator[Figure]:
    for machines in MACHINES:
        bare, ours = keys.bare(machines), keys.ours(machines)
        mine, plain = (f"{t.middle * 1000:.0f} and {t.late * 1000:.0f} ms" for t in (ours, bare))
        words = f"p50 and p95: {mine}; a bare tree {plain}"
        yield Figure(f"key to frame, {machines} Machines", words, ours.late / bare.late, "keys")


def _verdicts() -> Iterator[Figure]:
    for machines, cost, growth in verdicts.growth():
        words = f"{cost * 1000:.1f} ms of CPU, beside what it is with {verdicts.SIZES[0]}"
        yield Figure(f"a verdict, {machines} Machines", words, growth)


def _refreshes() -> Iterator[Figure]:
    grown = refreshes.measured()
    words = f"{grown.before / 1e6:.0f} MB before, {grown.after / 1e6:.0f} MB after {grown.looks}"
    yield Figure("memory after refreshes", words, grown.after / grown.before, "refreshes")


def _organization() -> Iterator[Figure]:
    for one, growth in organization.growth():
        words = f"{one.requests} requests, {one.seconds:.1f} s, {one.memory / 1e6:.0f} MB"
        yield Figure(f"organisation of {one.apps} apps", words, growth, "growth")


def _fly() -> Iterator[Figure]:
    told = fly_commands.measured()
    if isinstance(told, str):
        yield Figure("check / fly … --json", f"not measured: {told}", float("nan"))
        return
    for name, seconds in (("in a row", told.in_a_row), ("at once", told.at_once)):
        words = f"{told.check:.2f} s, fly {seconds:.2f} s"
        yield Figure(f"check / fly … --json {name}", words, told.check / seconds)


PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "frame": _first_frame,
    "check": _checks,
    "screen": _screens,
    "fly": _fly,
    "keys": _keys,
    "verdicts": _verdicts,
    "rest": _at_rest,
    "refreshes": _refreshes,
    "organization": _organization,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--output", type=Path, default=Path("build/bench.json"))
    arguments = parser.parse_args()
    budgets = tomli.loads(BUDGETS.read_text(encoding="utf-8"))
    told, over = [], 0
    wanted = arguments.part or list(PARTS)
    for figure in (figure for part in wanted for figure in PARTS[part]()):
        limit = budgets[figure.budget] if figure.budget else None
        late = limit is not None and figure.value > limit
        over += late
        mark = "" if limit is None else f"  of {limit:g}{'  OVER' if late else ''}"
        sys.stdout.write(f"{figure.name:28} {figure.value:8.3f}{mark:16} {figure.words}\n")
        sys.stdout.flush()
        known = None if math.isnan(figure.value) else figure.value
        told.append(asdict(figure) | {"value": known, "limit": limit})
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return int(arguments.check and over > 0)


if __name__ == "__main__":
    sys.exit(main())
