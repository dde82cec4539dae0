"""One soak: flytui in a terminal under changing weather, with hands that never rest."""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flytui.demo.process import DemoServer, start
from flytui.demo.stand_in import install
from tests.soak.files import Decisions, entries
from tests.soak.hands import Hands
from tests.soak.processes import seen, tree, zombies
from tests.soak.watched import Watched
from tests.soak.weather import Weather, changing

APPS = 8
EVERY = 5.0
"""Seconds between two measurements, at least."""
MEMORY = ("blocks", "given", "held", "anonymous")
"""What the process says of its memory: Python's small blocks, bytes of malloc and of the system."""
SETTLES = 6.0
"""Seconds that what goes on gets to end before it is measured."""


@dataclass
class Told:
    """Everything that came of a soak."""

    seconds: float = 0.0
    samples: list[dict[str, float]] = field(default_factory=list)
    kinds: list[dict[str, int]] = field(default_factory=list)
    coroutines: list[dict[str, int]] = field(default_factory=list)
    pumps: list[dict[str, int]] = field(default_factory=list)
    """Screens and widgets that there are."""
    waiting: list[dict[str, int]] = field(default_factory=list)
    """Tasks by where they stand."""
    caches: list[dict[str, str]] = field(default_factory=list)
    """Functions that remember their results, and how many."""
    owners: list[dict[str, list[int]]] = field(default_factory=list)
    """Who holds memory: how many of them, objects and bytes."""
    waits: list[float] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    weather: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass
class Soak:
    """Where it happens."""

    terminal: Watched
    hands: Hands
    weather: Weather
    told: Told
    place: Path
    began: float = field(default_factory=time.monotonic)
    _measured: float = 0.0
    _read: int = 0

    def go_on(self, seconds: float, warm: float) -> None:
        """For so many seconds; after the first `warm` and at the end with kinds of objects."""
        self._ask(signal.SIGUSR2)
        self.hands.everywhere()
        self.weather.calm.clear()
        named = False
        while (now := time.monotonic() - self.began) < seconds:
            self.hands.act()
            self._look_over()
            if not named and now > warm:
                self.measure(signal.SIGUSR2)
                named = True
            elif now - self._measured > EVERY:
                self.measure()
        self.weather.calm.set()
        self.terminal.rest(15.0)
        self.measure(signal.SIGUSR2)

    def measure(self, number: signal.Signals = signal.SIGUSR1) -> None:
        """At home, after what goes on had a moment to end."""
        self.hands.home()
        self._measured = time.monotonic() - self.began
        self.terminal.rest(1.0)
        counts = self._ask(number)
        pid = self.terminal.pid
        ours, all_ = seen(pid), tree(pid)
        if ours is None or not counts:
            self.told.problems.append("it could not be measured")
            return
        others = [one for child in all_ if child != pid and (one := seen(child))]
        self.told.samples.append(
            {
                "at": round(self._measured, 1),
                "resident": ours.resident,
                "tree": ours.resident + sum(one.resident for one in others),
                "threads": ours.threads,
                "tasks": counts["tasks"],
                "objects": counts["objects"],
                **{name: counts[name] for name in MEMORY if name in counts},
                "descriptors": ours.descriptors.total(),
                "sockets": ours.descriptors["socket"],
                "pipes": ours.descriptors["pipe"],
                "files": ours.descriptors["file"],
                "children": len(all_) - 1,
                "zombies": zombies(pid),
                "temporary": len(list((self.place / "tmp").iterdir())),
                "state": entries(self.place / "state"),
                "keys": self.terminal.keys,
            }
        )

    def _ask(self, number: signal.Signals) -> dict[str, Any]:
        """What the process says of itself; empty when it does not answer."""
        self.terminal.kill(number)
        end = time.monotonic() + SETTLES
        while time.monotonic() < end:
            self.terminal.rest(0.1)
            for line in self._lines():
                if "tasks" in line:
                    if "kinds" in line:
                        self.told.kinds.append(line.pop("kinds"))
                        self.told.coroutines.append(line.pop("coroutines"))
                        self.told.pumps.append(line.pop("pumps"))
                        self.told.waiting.append(line.pop("waiting"))
                        self.told.caches.append(line.pop("caches"))
                        self.told.owners.append(line.pop("owners"))
                    return line
        return {}

    def _lines(self) -> list[dict[str, Any]]:
        """What it wrote since; complaints are noted."""
        path = self.place / "told"
        whole = path.read_text("utf-8") if path.exists() else ""
        end = whole.rfind("\n") + 1
        lines = [json.loads(line) for line in whole[self._read : end].splitlines()]
        self._read = end
        self.told.problems += [str(line["complaint"]) for line in lines if "complaint" in line]
        return lines

    def _look_over(self) -> None:
        if self.terminal.has("Traceback", "MarkupError"):
            raise AssertionError(f"a traceback\n{self.terminal.screen}")

    def leave(self) -> None:
        """By `q`, although that loses drafts; and nothing stays behind."""
        self.hands.home()
        descendants = tree(self.terminal.pid)
        self.terminal.type("q")
        if self.terminal.waits_for("Quitting loses", within=2.0):
            self.terminal.strike("tab")
            self.terminal.strike("enter")
        try:
            code = self.terminal.ends(20.0)
        except AssertionError:
            self._ask(signal.SIGUSR2)
            self.terminal.kill(signal.SIGQUIT)
            self.terminal.rest(1.0)
            left = b"\x1b[?1049l" in self.terminal.raw
            threads = (self.place / "told.threads").read_text("utf-8")
            self.told.problems.append(f"the screen was {'' if left else 'not '}left\n{threads}")
            raise
        raw = self.terminal.raw
        problems = self.told.problems
        problems += [f"it ended with {code}"] if code else []
        problems += [f"process {p} is still there" for p in descendants if seen(p) is not None]
        for what, on, off in MODES:
            if raw.rfind(off) <= raw.rfind(on):
                problems.append(f"the terminal is left with {what}")
        problems += [f"{p.name} is left behind" for p in (self.place / "tmp").iterdir()]
        self._lines()


MODES = (
    ("the alternate screen", b"\x1b[?1049h", b"\x1b[?1049l"),
    ("a hidden cursor", b"\x1b[?25l", b"\x1b[?25h"),
    ("the mouse on", b"\x1b[?1000h", b"\x1b[?1000l"),
    ("every movement of the mouse told", b"\x1b[?1003h", b"\x1b[?1003l"),
    ("pastes marked", b"\x1b[?2004h", b"\x1b[?2004l"),
)


def soak(seconds: float, seed: int, warm: float) -> Told:
    """What came of so many seconds."""
    told = Told()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-")))
        demo = stack.enter_context(start("storefront", apps=APPS))
        weather = stack.enter_context(changing(demo.url, seed))
        weather.calm.set()
        terminal = stack.enter_context(_terminal(place, demo, weather.url))
        decisions = Decisions(place / "data")
        dice = random.Random(seed)
        apps = (demo.app, "acme-edge", "storefront-staging")
        hands = Hands(terminal, decisions, dice, demo.app, apps, APPS)
        terminal.sees("q quit", "updated", within=60.0)
        soaking = Soak(terminal, hands, weather, told, place)
        try:
            soaking.go_on(seconds, warm)
            soaking.leave()
        except (AssertionError, OSError) as error:
            told.problems.append(f"{weather.now}: {error}")
        told.problems += decisions.lost() + weather.complaints
        told.seconds = time.monotonic() - soaking.began
        told.waits = terminal.waits
        told.weather = dict(weather.periods)
        told.counts = dict(_counts(hands, weather))
    return told


def _counts(hands: Hands, weather: Weather) -> Counter[str]:
    found = Counter({f"{name} done": n for name, n in hands.done.items()})
    found.update({f"{name} left": n for name, n in hands.left.items()})
    found["keys"] = hands.terminal.keys
    found["decisions"] = hands.decisions.made
    found["taken back"] = hands.decisions.taken_back
    found["requests"] = weather.requests
    found["faults"] = weather.periods.total() - weather.periods["clear"]
    return found


def _terminal(place: Path, demo: DemoServer, url: str) -> Watched:
    for name in ("tmp", "home", "bin"):
        (place / name).mkdir()
    install(place / "bin")
    environment = {
        **{n: v.replace(demo.url, url) for n, v in demo.environment.items()},
        "HOME": str(place / "home"),
        "PATH": f"{place / 'bin'}:/usr/bin:/bin",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "XDG_DATA_HOME": str(place / "data"),
        "XDG_STATE_HOME": str(place / "state"),
        "XDG_CONFIG_HOME": str(place / "config"),
        "TMPDIR": str(place / "tmp"),
    }
    argv = [sys.executable, "-m", "tests.soak.driven", str(place / "told"), "-a", demo.app]
    return Watched(argv, environment, cwd=str(demo.checkout))
