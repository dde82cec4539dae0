"""Memory and idle CPU with every verdict shown, beside a bare Textual tree (Linux only)."""

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flytui.demo.process import start
from tests.bench.first_frame import BARE
from tests.stories.terminal import Terminal

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class AtRest:
    peak: int
    """The most memory it ever had, in bytes."""
    idle: float
    """The share of one CPU it uses while nothing happens."""


def bare(seconds: float) -> AtRest:
    with tempfile.TemporaryDirectory() as folder:
        return _rest([sys.executable, "-c", BARE], {}, "item 7 2", folder, seconds)


def ours(seconds: float) -> AtRest:
    """On the storefront of the demo, once nothing is being looked at any more."""
    argv = [sys.executable, "-m", "flytui"]
    with tempfile.TemporaryDirectory() as folder, start("storefront") as demo:
        environment = {"HOME": folder, **demo.environment}
        return _rest(argv, environment, "updated", str(demo.checkout), seconds)


def _rest(
    argv: list[str], environment: Mapping[str, str], mark: str, folder: str, seconds: float
) -> AtRest:
    common = {
        "PATH": os.defpath,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with Terminal(argv, {"HOME": folder, **common, **environment}, cwd=folder) as terminal:
        terminal.sees(mark)
        terminal.listen(2.0)
        before = _cpu(terminal.pid)
        began = time.monotonic()
        terminal.listen(seconds)
        idle = (_cpu(terminal.pid) - before) / (time.monotonic() - began)
        return AtRest(_peak(terminal.pid), idle)


def _cpu(pid: int) -> float:
    """Seconds of CPU the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
