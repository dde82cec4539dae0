"""Times `flytui check` beside `fly … --json` telling the same: one after another, and all at once.

Needs the real `fly`, named by FLYTUI_FLYCTL; what the demo installs for itself is no measure.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flytui.demo.process import start
from tests.report.speed import once

COMMANDS = (
    "status",
    "machine list",
    "ips list",
    "certs list",
    "volumes list",
    "secrets list",
    "releases",
    "tokens list",
    "config show",
)
"""Each with `--json` and the app; they tell a part of what a check looks at."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Seconds."""

    check: float
    in_a_row: float
    at_once: float


def measured() -> Compared | str:
    """At 100 ms latency; or why it was not measured."""
    fly = os.environ.get("FLYTUI_FLYCTL")
    if not fly:
        return "FLYTUI_FLYCTL does not name a fly"
    with tempfile.TemporaryDirectory() as place, start("storefront", latency=0.1) as demo:
        environment = {"HOME": place, "PATH": os.defpath, **demo.environment}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        check = once(environment, demo.checkout, Path(place) / "out.json")[0]
        began = time.perf_counter()
        for command in COMMANDS:
            _begun(fly, command, environment, demo.checkout).wait()
        in_a_row = time.perf_counter() - began
        began = time.perf_counter()
        for each in [_begun(fly, c, environment, demo.checkout) for c in COMMANDS]:
            each.wait()
        return Compared(check, in_a_row, time.perf_counter() - began)


def _begun(
    fly: str, command: str, environment: Mapping[str, str], folder: Path
) -> subprocess.Popen[bytes]:
    argv = [fly, *command.split(), "--json", "-a", "storefront"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(argv, env=dict(environment), cwd=folder, stdout=quiet, stderr=quiet)
