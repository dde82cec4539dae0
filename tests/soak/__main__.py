"""`python -m tests.soak --minutes N [--seed S] [--json FILE]`: flytui for hours, watched.

flytui runs in a real pseudo-terminal against the demo's Fly.io behind a proxy whose faults come
and go. Keys at random, dialogs, decisions, remedies, other apps, resizes and refreshes; between
them memory, tasks, threads, descriptors, processes and temporary folders are counted. The exit
code is 1 when something grows, is lost, stays behind, hangs or complains. Linux only.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests.soak.growth import Growth, growth, percentile
from tests.soak.soaking import Told, soak

WARM = 0.3
"""The share of the time in which caches fill and every screen is seen for the first time."""
LEAST_WARM = 120.0
"""Seconds below which nothing has been everywhere, however short the whole is."""
ANSWER = 2.0
"""Seconds in which 99 of 100 keys have an answer."""
BOUNDS = {
    "resident": 8e6,
    "tree": 8e6,
    "threads": 2,
    "tasks": 6,
    "objects": 40_000,
    # Idle connections of each app that was opened come and go.
    "descriptors": 14,
    "sockets": 14,
    "pipes": 2,
    "files": 2,
    "children": 1,
    "zombies": 0.5,
    "temporary": 1,
}
"""How much each may grow from the end of the warming up to the end, by the line through it."""


def grown(told: Told, warm: float) -> Iterator[Growth]:
    """The figures after the warming up; fewer than two of them make no line."""
    after = [sample for sample in told.samples if sample["at"] > warm]
    for name, bound in BOUNDS.items():
        if len(after) > 1:
            yield growth(name, [(s["at"], s[name]) for s in after], bound)


def problems(told: Told, figures: list[Growth]) -> list[str]:
    found = list(dict.fromkeys(told.problems))
    found += [f"{f.name} grew by {f.grown:,.1f}, more than {f.bound:,.0f}" for f in figures
              if not f.held]  # fmt: skip
    if (late := percentile(told.waits, 0.99)) > ANSWER:
        found.append(f"1 of 100 keys waited {late:.1f} s or longer")
    return found if figures else [*found, "too short to tell any growth"]


def table(told: Told, figures: list[Growth], seed: int) -> Iterator[str]:
    yield f"{told.seconds / 60:.1f} minutes, seed {seed}, {len(told.samples)} measurements\n\n"
    yield f"{'':12} {'begins':>14} {'ends':>14} {'highest':>14} {'grew':>12} {'bound':>12}\n"
    for f in figures:
        yield f"{f.name:12} {f.first:14,.1f} {f.last:14,.1f} {f.highest:14,.0f} "
        yield f"{f.grown:12,.1f} {f.bound:12,.0f}{'' if f.held else '  over'}\n"
    shares = (0.5, 0.95, 0.99, 1.0)
    waits = "  ".join(f"p{s * 100:.0f} {percentile(told.waits, s) * 1000:.0f} ms" for s in shares)
    yield f"\nkey to answer: {waits}\n"
    yield ", ".join(f"{n} {what}" for what, n in sorted(told.counts.items())) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, default=Path("build/soak.json"))
    arguments = parser.parse_args()
    seconds = arguments.minutes * 60
    warm = max(seconds * WARM, LEAST_WARM)
    told = soak(seconds, arguments.seed, warm)
    figures = list(grown(told, warm))
    found = problems(told, figures)
    sys.stdout.writelines(table(told, figures, arguments.seed))
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    whole = {**asdict(told), "growth": [asdict(f) for f in figures], "problems": found}
    arguments.json.write_text(json.dumps(whole, indent=1), "utf-8")
    for problem in found:
        sys.stdout.write(f"problem: {problem}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
