"""`python -m tests.fuzz [--examples N] [--seed N] [--only TEXT]`: every property, for long.

Prints each property with what it took; the exit code is 1 when one does not hold.
"""

import argparse
import secrets
import sys
import time
import traceback

from tests.fuzz.every import PROPERTIES


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=None, help="another one each time by default")
    parser.add_argument("--only", default="", help="properties whose name holds this text")
    arguments = parser.parse_args()
    chance = secrets.randbelow(2**32) if arguments.seed is None else arguments.seed
    sys.stdout.write(f"seed {chance}\n")
    broken = 0
    for each in PROPERTIES:
        if arguments.only not in each.name:
            continue
        begun = time.monotonic()
        try:
            each.hold(arguments.examples, chance)
            told = "holds"
        except Exception:  # noqa: BLE001 - whatever comes out is what is looked for
            broken += 1
            told = f"does NOT hold\n{traceback.format_exc(limit=-4)}"
        sys.stdout.write(f"{time.monotonic() - begun:7.1f} s  {each.name}: {told}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{broken} properties do not hold\n")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
