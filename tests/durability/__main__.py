"""`python -m tests.durability --saves 1000`: the full run, with its counts."""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.durability.trials import (
    Count,
    full_disk,
    killed,
    nonsense,
    read_only,
    rivals,
    tiny_disk,
)


def run(saves: int, seed: int, root: Path) -> list[Count]:
    """Every trial in a folder of its own."""
    chance = random.Random(seed)
    folders = [root / str(number) for number in range(6)]
    for folder in folders:
        folder.mkdir()
    killing, limited, tiny, still, spoiled, shared = folders
    counts = [killed(killing, saves, chance), full_disk(limited, saves)]
    counts += [found] if (found := tiny_disk(tiny, saves)) else []
    counts += [read_only(still, saves), nonsense(spoiled, saves, chance), rivals(shared, saves)]
    return counts


def table(counts: list[Count]) -> str:
    heads = ("trial", "kept", "refused", "killed", "mid-save", "aside", "lost", "unexplained")
    rows = [
        (c.trial, c.kept, c.refused, c.killed, c.cut, c.put_aside, c.lost, c.unexplained)
        for c in counts
    ]
    return "\n".join(
        "".join(f"{word!s:<18}" if n == 0 else f"{word!s:>13}" for n, word in enumerate(row))
        for row in (heads, *rows)
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.durability", description=__doc__)
    parser.add_argument("--saves", type=int, default=1000, help="at least so many in each trial")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        counts = run(arguments.saves, arguments.seed, Path(root))
    sys.stdout.write(f"seed {arguments.seed}\n{table(counts)}\n")
    return int(not all(count.well for count in counts))


if __name__ == "__main__":
    sys.exit(main())
