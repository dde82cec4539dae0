"""Times key press → repaint beside a bare Textual tree with as many rows, and what a verdict costs.

`python -m tests.bench.keys [MACHINES...]`, by default 10, 1000 and 5000. The same keys go through
the same kind of pseudo-terminal: in flytui while everything is looked at again, so that answers
arrive meanwhile; in the bare tree while nothing else happens. A key counts from the moment it is
written to the terminal to the moment the frame with the moved cursor has been written back.
"""

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from flytui import checklist
from flytui.demo.process import start
from tests.stories.terminal import Terminal

ITEM = "multiple-machines"
"""Has a row for every Machine."""
PRESSES = 100
PAUSE = 0.06
"""Seconds between two keys, as a key held down repeats."""
PATIENCE = 240.0

PROBE = """
import os, sys, time
from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import Tree
told = os.open(os.environ["PAINTED"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
moved, watched, written = [], Tree.watch_cursor_line, LinuxDriver.write
def watch(tree, before, after):
    watched(tree, before, after)
    moved.append(after)
def write(driver, data):
    written(driver, data)
    if moved:
        driver.flush()
        os.write(told, f"{time.monotonic()}\\n".encode() * len(moved))
        moved.clear()
Tree.watch_cursor_line, LinuxDriver.write = watch, write
"""
BARE = """
from textual.app import App
class Bare(App):
    def compose(self):
        tree = Tree("root")
        tree.root.expand()
        for number in range(int(sys.argv[1])):
            tree.root.add_leaf(f"{number} Machine")
        yield tree
Bare().run()
"""
OURS = """
from flytui.cli import main
sys.exit(main([]))
"""


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from key to frame."""

    middle: float
    late: float
    """95 of 100 are faster."""
    keys: int


def bare(rows: int) -> Latency:
    with tempfile.TemporaryDirectory() as folder:
        return _timed([sys.executable, "-c", PROBE + BARE, str(rows)], {}, Path(folder), "1 Mach")


def ours(machines: int) -> Latency:
    """In the row of an item with so many Machines below it, opened, during a look at everything."""
    with (
        tempfile.TemporaryDirectory() as folder,
        start("storefront", machines=machines) as demo,
    ):
        environment = {**demo.environment, "CHECKOUT": str(demo.checkout)}
        return _timed([sys.executable, "-c", PROBE + OURS], environment, Path(folder), "updated")


def _timed(argv: list[str], environment: Mapping[str, str], folder: Path, mark: str) -> Latency:
    painted = folder / "painted"
    common = {
        "HOME": str(folder),
        "PATH": os.defpath,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TEXTUAL_ANIMATIONS": "none",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PAINTED": str(painted),
    }
    cwd = environment.get("CHECKOUT", str(folder))
    with Terminal(argv, {**common, **environment}, cwd=cwd) as terminal:
        terminal.sees(mark, within=PATIENCE)
        terminal.listen(1.0)
        if mark == "updated":
            _open(terminal)
        before = len(_times(painted))
        if mark == "updated":
            terminal.press("R")
        pressed = _press(terminal)
        after = _settled(terminal, painted, before + len(pressed))[before:]
    late = [end - begun for begun, end in zip(pressed, after, strict=False)]
    return Latency(median(late), quantiles(late, n=20)[-1], len(late))


def _open(terminal: Terminal) -> None:
    """Put the cursor on the item's row and open it."""
    items = checklist.load()
    section = next(s for s in items.sections if any(i.id == ITEM for i in s.items))
    place = [item.id for item in section.items].index(ITEM)
    terminal.press(str(items.sections.index(section) + 1), *["down"] * (place + 1), "right")
    terminal.listen(2.0)


def _press(terminal: Terminal) -> list[float]:
    """When each key was written."""
    pressed = []
    for number in range(PRESSES):
        began = time.monotonic()
        terminal.type("down" if number % 20 < 10 else "up")
        pressed.append(began)
        terminal.listen(max(PAUSE - (time.monotonic() - began), 0.0))
    return pressed


def _settled(terminal: Terminal, painted: Path, wanted: int) -> list[float]:
    """When each key's frame was written, once all of them have been."""
    end = time.monotonic() + PATIENCE
    while len(_times(painted)) < wanted and time.monotonic() < end:
        terminal.listen(0.2)
    return _times(painted)


def _times(painted: Path) -> list[float]:
    return [float(line) for line in painted.read_text().split()] if painted.exists() else []


def main(sizes: list[int]) -> None:
    """Print milliseconds and ratios."""
    for machines in sizes:
        plain, mine = bare(machines), ours(machines)
        sys.stdout.write(
            f"{machines:5} Machines: p50 {mine.middle * 1000:.0f} ms, p95 {mine.late * 1000:.0f} ms"
            f" ({mine.keys} keys); bare tree {plain.middle * 1000:.0f} and {plain.late * 1000:.0f}"
            f" ms; p95 ratio {mine.late / plain.late:.2f}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10, 1000, 5000])
