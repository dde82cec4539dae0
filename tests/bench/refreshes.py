"""Memory after many looks at everything: `python -m tests.bench.refreshes [LOOKS]`, 500 by default.

One session against the simulator, which runs in a process of its own. The first tenth of the looks
is left out: until then caches fill.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flytui import checklist
from flytui.demo.process import start
from flytui.opening import Surroundings, open_session
from flytui.settings import Flags, resolve

LOOKS = 500


@dataclass(frozen=True, slots=True)
class Grown:
    looks: int
    before: int
    """Bytes in use after the first tenth of the looks."""
    after: int


def measured(looks: int = LOOKS) -> Grown:
    """In a process of its own."""
    with tempfile.TemporaryDirectory() as folder, start("storefront") as demo:
        environment = {"HOME": folder, "PATH": os.defpath, **demo.environment}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        argv = [sys.executable, "-m", "tests.bench.refreshes", "--alone", str(looks)]
        told = subprocess.run(
            argv, env=environment, cwd=demo.checkout, check=True, capture_output=True, text=True
        ).stdout
    before, after = map(int, told.split())
    return Grown(looks, before, after)


async def _look(looks: int) -> tuple[int, int]:
    home = Path(os.environ["HOME"])
    around = Surroundings(data=home / "data", state=home / "state", demo=True, plugins=False)
    settings = resolve(Flags(app="storefront"), around.environ, home)
    session = open_session(settings, checklist.load(), around)
    before = 0
    for number in range(looks):
        async for _ in session.refresh():
            pass
        if number == looks // 10:
            before = _resident()
    after = _resident()
    await session.close()
    return before, after


def _resident() -> int:
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--alone"]:
        sys.stdout.write("{} {}\n".format(*asyncio.run(_look(int(arguments[1])))))
        return
    grown = measured(int(arguments[0]) if arguments else LOOKS)
    ratio = grown.after / grown.before
    told = f"{grown.before / 1e6:.1f} MB, after {grown.looks} looks {grown.after / 1e6:.1f} MB"
    sys.stdout.write(f"{told}; ratio {ratio:.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
