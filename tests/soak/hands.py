"""What somebody does with flytui who never tires: keys at random, and errands seen through."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.soak.files import Decisions
from tests.soak.watched import Watched

SIZES = ((120, 36), (120, 36), (100, 30), (80, 24), (50, 20), (160, 48), (38, 9))
TREE = "jjjjjkkkknnnN12345678[]"
KEYS = [
    *TREE,
    *("up", "down", "left", "right", "enter", "space", "tab", "escape", "escape", "escape"),
    *("t", "H", "h", "C", "c", "o", "D", "P", "R", "?", "w", "O", "a", "p", "s", "b", "backspace"),
]
"""Without those that decide, run or leave: they have errands of their own."""
WORDS = ("status:action", "section:net", "review:none", "machine", "-status:ok", "zzz", "status:un")
THEMES = ("dark", "light", "high-contrast", "colour-blind", "terminal")
TROUBLE = "Ways out"
NOT_HOME = ("╭──", "🔎")
"""The frame of what covers the checklist has no title; the palette has a glass."""


def at_home(screen: str) -> bool:
    """Whether nothing covers the checklist, or the page beside it."""
    last = screen.rstrip().rpartition("\n")[2]
    # Where there is little room, the keys end before the one that quits, and begin with the way
    # back to the checklist from a page.
    reading = last.startswith((" esc back   f fix", " esc back   r reviewed"))
    keys = "q quit" in last or ("? help" in last and ("esc" not in last or reading))
    return keys and "╭─ " in screen and not any(each in screen for each in NOT_HOME)


@dataclass
class Hands:
    """Moves over one terminal; what is decided is told to `decisions`."""

    terminal: Watched
    decisions: Decisions
    dice: random.Random
    app: str
    apps: tuple[str, ...]
    number: int
    """How many apps there are."""
    done: Counter[str] = field(default_factory=Counter)
    """Errands seen through, by name."""
    left: Counter[str] = field(default_factory=Counter)
    """Errands that could not be seen through, as the weather was or nothing was there to do."""
    _number: int = 0

    def act(self) -> None:
        """One errand."""
        errands: tuple[tuple[int, Callable[[], bool]], ...] = (
            (10, self.wander),
            (3, self.filter),
            (4, self.decide),
            (2, self.undo),
            (4, self.remedy),
            (2, self.resize),
            (1, self.theme),
            (2, self.travel),
            (2, self.organization),
            (2, self.walk),
            (2, self.refresh),
        )
        weights, chosen = [weight for weight, _ in errands], [errand for _, errand in errands]
        errand = self.dice.choices(chosen, weights)[0]
        counted = self.done if errand() else self.left
        counted[errand.__name__] += 1

    def everywhere(self) -> None:
        """Each app and the organisation once: a screen stays for each of them.

        And one rehearsal: what it imports, the demo's server, stays as well.
        """
        self._rehearsed_once()
        for _ in range(self.number + 2):  # other organisations have some, too
            self.home()
            self.terminal.strike("a")
            if not self.terminal.waits_for("Choose an app", within=10.0):
                continue
            self.terminal.rest(0.5)
            # Those opened last come first.
            for _ in range(self.number + 2):
                self.terminal.strike("down")
            self._pick("")
        self.organization()
        self.home()

    def home(self) -> None:
        """Back to the checklist of some app. Raises AssertionError."""
        if self.terminal.size < (40, 10):
            self.terminal.resize(120, 36)
        for _ in range(40):
            if self.at_home:
                return
            screen = self.terminal
            key = "t" if screen.has(TROUBLE) and not screen.has("esc ") else "escape"
            screen.strike(key)
            screen.rest(0.5 if key == "t" else 0.1)
        raise AssertionError(f"40 keys do not lead home\n{self.terminal.screen}")

    @property
    def at_home(self) -> bool:
        return at_home(self.terminal.screen)

    def wander(self) -> bool:
        for _ in range(self.dice.randint(5, 25)):
            self.terminal.strike(self._safe(self.dice.choice(KEYS)))
        return True

    def _safe(self, key: str) -> str:
        """Not what leads to another program, nor what takes back what the decisions know of."""
        if self.terminal.has(TROUBLE):
            return self.dice.choice(("t", "escape", "j", "k"))
        return key

    def filter(self) -> bool:
        self.home()
        self.terminal.strike("/")
        for letter in self.dice.choice(WORDS):
            self.terminal.strike(letter)
        self.terminal.strike(self.dice.choice(("enter", "escape")))
        for _ in range(3):
            self.terminal.strike(self.dice.choice("nNjk"))
        return True

    def decide(self) -> bool:
        """A decision with a note that nobody wrote before; half of the time left and begun anew."""
        self._somewhere()
        key = self.dice.choice("rrxX")
        self.terminal.strike(key)
        if not self.terminal.waits_for("Save", within=3.0):
            return False
        self._number += 1
        note = f"soak-{self._number:04}"
        before = self.decisions.on_file()
        for letter in f" {note}.":
            self.terminal.strike(letter)
        if self.dice.random() < 0.3:
            self.terminal.strike("escape")
            return True
        for _ in range(3):
            self.terminal.strike("tab")
        self.terminal.strike("enter")
        gone = self._until(lambda: not self.terminal.has("decided by"))
        if gone:
            self.decisions.decided(before, note)
        return gone

    def undo(self) -> bool:
        self.home()
        before = self.decisions.on_file()
        self.terminal.strike("u")
        # Of an earlier one it may still be told on the screen.
        if not self._until(lambda: self.decisions.on_file() != before, 2.0):
            return False
        self.decisions.undone(before)
        return True

    def remedy(self) -> bool:
        """To some command's card, and half of the time through with it."""
        self._somewhere()
        self.terminal.strike("f")
        for _ in range(3):
            if self.terminal.has("enter choose"):
                self.terminal.strike("enter")
            self.terminal.rest(0.3)
        if not self.terminal.waits_for("enter cancels", within=1.0):
            self.home()
            return False
        if self.dice.random() < 0.4:
            self._rehearse()
        if self.dice.random() < 0.6 and self.terminal.has("enter cancels"):
            return self._run()
        self.home()
        return True

    def _rehearsed_once(self) -> None:
        """The card of the exposed address, rehearsed to its end."""
        self.home()
        for key in ("1", *"jjjjj", "f"):
            self.terminal.strike(key)
        if self.terminal.waits_for("rehearses", within=10.0):
            self.terminal.strike("v")
            self.terminal.waits_for("What would change", within=30.0)
        self.home()

    def _rehearse(self) -> None:
        self.terminal.strike("v")
        self.terminal.rest(self.dice.uniform(0.5, 8.0))
        self.terminal.strike("escape")
        self.terminal.rest(0.3)
        self.done["rehearse"] += 1

    def _run(self) -> bool:
        asked = re.search(r"Type (\S+) to run it", self.terminal.screen)
        for letter in asked[1] if asked else ():
            self.terminal.strike(letter)
        if not asked:
            self.terminal.strike("tab")
        self.terminal.rest(0.7)
        self.terminal.strike("space")
        self.terminal.rest(0.5)
        if self.terminal.has("Let go"):
            self.terminal.rest(0.7)
            self.terminal.strike("space")
        if not self.terminal.waits_for("Running", "Checking", "Finished", within=3.0):
            self.home()
            return False
        if self.dice.random() < 0.3:
            self.terminal.rest(self.dice.uniform(0.0, 1.0))
            self.terminal.strike("s")
        self.terminal.waits_for("Finished", within=20.0)
        self.done["run"] += 1
        self._leave_run()
        return True

    def _leave_run(self) -> None:
        """While the command runs, leaving asks first."""
        for _ in range(5):
            self.terminal.strike("escape")
            self.terminal.rest(0.5)
            if self.at_home:
                return
            if self.terminal.has("still runs", "Stop"):
                self.terminal.strike("tab")
                self.terminal.strike("enter")
                self.terminal.rest(3.0)

    def resize(self) -> bool:
        for _ in range(self.dice.randint(1, 6)):
            self.terminal.resize(*self.dice.choice(SIZES))
            self.terminal.strike(self._safe(self.dice.choice(TREE)))
        self.home()
        self.terminal.resize(120, 36)
        return True

    def theme(self) -> bool:
        self.home()
        self.terminal.strike("\x10")
        self._search("theme")
        if not self.terminal.waits_for("Search for colours", within=3.0):
            self.home()
            return False
        self._search(self.dice.choice(THEMES))
        self.home()
        return True

    def _search(self, words: str) -> None:
        self.terminal.rest(0.3)
        for letter in words:
            self.terminal.strike(letter)
        self.terminal.rest(1.0)
        self.terminal.strike("enter")

    def travel(self) -> bool:
        self.home()
        self.terminal.strike("a")
        if not self.terminal.waits_for("Choose an app", within=5.0):
            return False
        return self._pick(self.dice.choice(self.apps))

    def _pick(self, app: str) -> bool:
        for letter in app:
            self.terminal.strike(letter)
        self.terminal.rest(0.5)
        self.terminal.strike("enter")
        self.terminal.rest(1.0)
        self.home()
        return True

    def organization(self) -> bool:
        self.home()
        self.terminal.strike("O")
        if not self.terminal.waits_for("O back", within=5.0):
            return False
        for _ in range(self.dice.randint(0, 8)):
            self.terminal.strike(self.dice.choice(("j", "j", "k", "p", "p", "left", "right", "R")))
        self.terminal.strike(self.dice.choice(("enter", "escape", "O")))
        self.terminal.rest(1.0)
        self.home()
        return True

    def walk(self) -> bool:
        self.home()
        self.terminal.strike("w")
        if not self.terminal.waits_for("esc stop", "walkthrough is over", within=5.0):
            self.home()
            return False
        for _ in range(self.dice.randint(2, 12)):
            self.terminal.strike(self.dice.choice("sssbjkj?"))
            if self.terminal.has("esc close", "Close"):
                self.terminal.strike("escape")
        self.home()
        return True

    def refresh(self) -> bool:
        self.home()
        for _ in range(self.dice.randint(1, 4)):
            self.terminal.strike("R")
            self.terminal.rest(self.dice.uniform(0.0, 1.5))
        return True

    def _somewhere(self) -> None:
        """On some item of the checklist."""
        self.home()
        self.terminal.strike(self.dice.choice("12345678"))
        for _ in range(self.dice.randint(1, 4)):
            self.terminal.strike(self.dice.choice("jn"))

    def _until(self, condition: Callable[[], bool], within: float = 5.0) -> bool:
        end = time.monotonic() + within
        while not condition():
            if time.monotonic() > end:
                return False
            self.terminal.rest(0.1)
        return True
