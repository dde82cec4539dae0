"""Asks whether a pinned dependency has a known vulnerability: `python -m tests.audit`.

It fails for a vulnerability that somebody has published, and for nothing else: without pip-audit,
without a network, or where the answer knows none of the packages, it says so and passes.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PINS = Path(__file__).parents[1] / "constraints.txt"
_PATIENCE = 90
"""Seconds for all of them."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What is known of the pinned versions."""

    asked: int = 0
    known: int = 0
    vulnerable: tuple[str, ...] = ()
    why: str = ""
    """Why nothing was asked; empty where something was."""

    def __str__(self) -> str:
        if self.vulnerable:
            return "\n".join(("Vulnerable dependencies:", *self.vulnerable))
        if not self.known:
            return f"The dependencies were not audited: {self.why or 'none of them is known here'}."
        left = f"; {self.asked - self.known} could not be" if self.known < self.asked else ""
        audited = "1 was" if self.known == 1 else f"{self.known} were"
        return f"Of the dependencies {audited} audited, no vulnerability is known{left}."


def read(document: dict[str, Any]) -> Audit:
    """What pip-audit's JSON says."""
    every: list[dict[str, Any]] = document["dependencies"]
    known = [one for one in every if "skip_reason" not in one]
    vulnerable = tuple(
        f"  {one['name']} {one['version']}: {flaw['id']}, mended in"
        f" {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for one in known
        for flaw in one["vulns"]
    )
    return Audit(len(every), len(known), vulnerable)


def audit() -> Audit:
    """Ask pip-audit, and nobody where that cannot be."""
    if find_spec("pip_audit") is None:
        return Audit(why="pip-audit is not installed")
    words = ("--disable-pip", "--no-deps", "--progress-spinner", "off", "--timeout", "10")
    try:
        ended = subprocess.run(
            (sys.executable, "-m", "pip_audit", *words, "-f", "json", "-r", str(PINS)),
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
        return read(json.loads(ended.stdout))
    except subprocess.TimeoutExpired:
        return Audit(why=f"no answer within {_PATIENCE} seconds")
    except (ValueError, KeyError):
        return Audit(why="nobody could be asked")


def main() -> int:
    found = audit()
    sys.stdout.write(f"{found}\n")
    return 1 if found.vulnerable else 0


if __name__ == "__main__":
    sys.exit(main())
