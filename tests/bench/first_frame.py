"""Times exec → first frame of flytui against a bare Textual tree, side by side.

`python -m tests.bench.first_frame [ROUNDS]`. Both run in the same kind of pseudo-terminal, turn by
turn, first with warm bytecode, then with none; what counts is the ratio of the medians, as machines
differ and drift.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from flytui.demo.process import start
from tests.stories.terminal import Terminal

BARE = """
from textual.app import App
from textual.widgets import Tree

class Bare(App):
    def compose(self):
        tree = Tree("root")
        tree.root.expand()
        for section in range(8):
            node = tree.root.add(f"section {section}", expand=True)
            for item in range(3):
                node.add_leaf(f"item {section} {item}")
        yield tree

Bare().run()
"""

COMMAND = "import sys; from flytui.cli import main; sys.exit(main())"
"""What the `flytui` command that pip installs does."""


def first_frame(argv: list[str], mark: str, home: Path, *, cold: bool = False) -> float:
    """Seconds from exec until the mark is on the screen; `cold`: all is compiled first."""
    environment = _terminal(home) | {
        # Refused at once: what happens after the first frame is not measured.
        "FLY_API_TOKEN": "fo1_none",
        "FLY_API_BASE_URL": "http://127.0.0.1:9",
        "FLY_FLAPS_BASE_URL": "http://127.0.0.1:9",
        "FLY_UIEX_BASE_URL": "http://127.0.0.1:9",
    }
    if cold:
        # An empty folder for it, and so that nothing is found and nothing kept.
        environment |= {"PYTHONPYCACHEPREFIX": str(home / "cold"), "PYTHONDONTWRITEBYTECODE": "1"}
    return _until(argv, mark, environment, str(home))


def _terminal(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "PATH": os.defpath,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TEXTUAL_ANIMATIONS": "none",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def _until(argv: list[str], mark: str, environment: dict[str, str], cwd: str) -> float:
    begun = time.perf_counter()
    with Terminal(argv, environment, cwd=cwd) as terminal:
        terminal.sees(mark, within=60.0)
        return time.perf_counter() - begun


def all_verdicts(latency: float) -> float:
    """Seconds from exec until every verdict is on the screen; each answer takes `latency` of them.

    In a home of its own, so that nothing is remembered of an earlier look.
    """
    with tempfile.TemporaryDirectory() as home, start("storefront", latency=latency) as demo:
        environment = dict(demo.environment) | _terminal(Path(home))
        argv = [sys.executable, "-c", COMMAND, "-a", demo.app]
        return _until(argv, "updated", environment, str(demo.checkout))


def measured(rounds: int, *, cold: bool = False) -> dict[str, list[float]]:
    """Seconds of every round but the first, which writes bytecode: of the bare tree, of flytui."""
    times: dict[str, list[float]] = {"bare tree": [], "flytui": []}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        bare = [sys.executable, "-c", BARE]
        ours = [sys.executable, "-c", COMMAND, "-a", "storefront"]
        for turn in range(rounds + 1):
            first = first_frame(bare, "item 7 2", home, cold=cold)
            second = first_frame(ours, "support plan", home, cold=cold)
            if turn:
                times["bare tree"].append(first)
                times["flytui"].append(second)
    return times


def main(rounds: int) -> None:
    """Print the medians in milliseconds and their ratio."""
    for cold in (False, True):
        print("cold bytecode" if cold else "warm bytecode")  # noqa: T201 (a command)
        times = measured(rounds, cold=cold)
        for name, seconds in times.items():
            low, high = min(seconds) * 1000, max(seconds) * 1000
            print(f"{name:10} {median(seconds) * 1000:6.0f} ms   ({low:.0f} to {high:.0f})")  # noqa: T201 (a command)
        ratio = median(times["flytui"]) / median(times["bare tree"])
        print(f"ratio      {ratio:6.2f}")  # noqa: T201 (a command)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 9)
