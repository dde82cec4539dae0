"""`python -m tests.bench [--check] [--output FILE]`: the figures of flytui, as a table and as JSON.

With --check every figure is held to budgets.toml, and the exit code is 1 when one is over.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import tomli

from flytui.demo.process import start
from tests.bench import at_rest, first_frame
from tests.report.speed import once

ROUNDS = 7
CHECKS = 5
LATENCIES = (0, 50, 100, 200)
"""Milliseconds each answer takes."""
HELD = 100
"""The latency whose check is held to its budget."""
REST = 20.0
"""Seconds of idling."""
BUDGETS = Path(__file__).with_name("budgets.toml")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    words: str
    value: float
    budget: str = ""
    """The name of what it is held to; empty where it is only told."""


def figures() -> Iterator[Figure]:
    """Every figure, each as soon as it is known."""
    yield from _first_frame()
    for latency in LATENCIES:
        yield from _check(latency)
    yield from _at_rest()


def _first_frame() -> Iterator[Figure]:
    times = {name: median(t) for name, t in first_frame.measured(ROUNDS).items()}
    bare, ours = times["bare tree"], times["flytui"]
    words = f"{ours * 1000:.0f} ms, a bare tree {bare * 1000:.0f} ms"
    yield Figure("first frame / bare tree", words, ours / bare, "first_frame")


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
    if held:
        requests, depth = (max(int(run[2].split()[n]) for run in runs) for n in (0, 1))
        yield Figure("requests of a check", "at most", requests, "requests")
        yield Figure("requests in a row", "at most", depth, "depth")


def _at_rest() -> Iterator[Figure]:
    bare, ours = at_rest.bare(1.0), at_rest.ours(REST)
    words = f"{ours.peak / 1e6:.0f} MB, a bare tree {bare.peak / 1e6:.0f} MB"
    yield Figure("memory / bare tree", words, ours.peak / bare.peak, "memory")
    yield Figure("idle CPU", f"share of one CPU over {REST:.0f} s", ours.idle, "idle_cpu")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--output", type=Path, default=Path("build/bench.json"))
    arguments = parser.parse_args()
    budgets = tomli.loads(BUDGETS.read_text(encoding="utf-8"))
    told, over = [], 0
    for figure in figures():
        limit = budgets[figure.budget] if figure.budget else None
        late = limit is not None and figure.value > limit
        over += late
        mark = "" if limit is None else f"  of {limit:g}{'  OVER' if late else ''}"
        sys.stdout.write(f"{figure.name:28} {figure.value:8.3f}{mark:16} {figure.words}\n")
        sys.stdout.flush()
        told.append(asdict(figure) | {"limit": limit})
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return int(arguments.check and over > 0)


if __name__ == "__main__":
    sys.exit(main())
