"""`python -m tests.faults [--seed N] [--jobs N] [--only TEXT]`: every fault on every route.

Prints how many cells were run and what went wrong in them; the exit code is 1 when anything did.
"""

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from tempfile import TemporaryDirectory

from tests.faults.matrix import COUNTED, Cell, Outcome, cells, run, unspoiled

TOGETHER = 4
"""Slow cells mostly wait: so many wait at once."""


async def _run(chunk: Sequence[Cell], seed: int) -> list[Outcome]:
    before = await unspoiled()
    if all(cell.slow for cell in chunk):
        return await asyncio.gather(*(run(cell, before, seed) for cell in chunk))
    return [await run(cell, before, seed) for cell in chunk]


def _chunk(given: tuple[Sequence[Cell], int]) -> list[Outcome]:
    with TemporaryDirectory() as empty:
        # Nothing here speaks TLS, and reading all certificates takes longer than a cell.
        os.environ["SSL_CERT_DIR"] = empty
        return asyncio.run(_run(*given))


def _chunks(seed: int, only: str) -> list[Sequence[Cell]]:
    chosen = [cell for cell in cells(seed) if only in f"{cell.fault} on {cell.route}"]
    found: list[Sequence[Cell]] = []
    for slow, size in ((True, TOGETHER), (False, 40)):
        those = [cell for cell in chosen if cell.slow is slow]
        found += [those[n : n + size] for n in range(0, len(those), size)]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="cells whose name holds this text")
    arguments = parser.parse_args()
    begun = time.monotonic()
    counts: Counter[str] = Counter()
    number = slowest = requests = 0.0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        work = [(chunk, arguments.seed) for chunk in _chunks(arguments.seed, arguments.only)]
        for outcomes in pool.map(_chunk, work):
            for outcome in outcomes:
                number, requests = number + 1, requests + outcome.requests
                slowest = max(slowest, outcome.seconds)
                counts.update({kind for kind, _ in outcome.problems})
                for kind, words in outcome.problems:
                    where = f"{outcome.cell.fault} on {outcome.cell.route}"
                    sys.stdout.write(f"{kind}: {where}: {words}\n")
                sys.stdout.flush()
    took = time.monotonic() - begun
    sys.stdout.write(f"{number:.0f} cells run, {requests:.0f} requests, {took:.0f} s,")
    sys.stdout.write(f" the slowest cell {slowest:.1f} s\n")
    for kind in COUNTED:
        sys.stdout.write(f"{counts[kind]:6} {kind}\n")
    return int(any(counts.values()))


if __name__ == "__main__":
    sys.exit(main())
