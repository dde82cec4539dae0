"""From the first open item to the last, with a restart in the middle; and the same in words."""

import re
import subprocess
import sys

import pytest

from tests.stories.conftest import Start
from tests.stories.terminal import Terminal

pytestmark = pytest.mark.story

NAME = "Make sure private services are not exposed"
EXPOSED = 5
"""Its place among the open items of the demo."""


def place(terminal: Terminal) -> tuple[int, int]:
    """Which of how many open items is on the screen."""
    found = re.search(r"item (\d+) of (\d+) open", terminal.screen)
    assert found is not None, terminal.screen
    return int(found[1]), int(found[2])


def skip(terminal: Terminal, number: int) -> None:
    """Leave that item open, once it is on the screen."""
    terminal.sees(f"item {number} of ")
    terminal.press("s")


def test_every_open_item_is_met_once_and_a_restart_forgets_nothing(start: Start) -> None:
    with start("demo") as terminal:
        terminal.sees("storefront · acme", "DEMO", "seen 23/23")
        terminal.press("w")
        terminal.sees("item 1 of ", "Set up single sign-on", "DEMO")
        terminal.press("x")
        terminal.sees("Save")
        terminal.press(*"one office")
        terminal.press("tab", "tab", "tab", "enter")
        terminal.sees("item 2 of ")
        _, total = place(terminal)
        for passed in range(2, EXPOSED):
            skip(terminal, passed)
        terminal.sees(f"item {EXPOSED} of {total} open", NAME)
        terminal.press("q")
        assert terminal.ends() == 0

    with start("demo") as terminal:
        terminal.sees("storefront · acme", "seen 23/23")
        terminal.press("w")
        terminal.sees(f"item {EXPOSED} of {total} open", "stopped here last time", NAME)
        terminal.press("f")
        terminal.sees("fly will ask", "Type storefront")
        terminal.press(*"storefront")
        terminal.run()
        terminal.sees("Finished", "✓ OK")
        terminal.press("escape")
        terminal.sees(f"item {EXPOSED + 1} of ")
        # The fix put other items in order as well.
        _, total = place(terminal)
        for rest in range(EXPOSED + 1, total + 1):
            skip(terminal, rest)
        terminal.sees("The walkthrough is over", f"1 decided, 1 fixed, {total - 2} still open.")
        terminal.sees("not applicable by", "fixed by", "skipped")
        terminal.press("escape")
        terminal.sees("Checklist")
        terminal.press("q")
        assert terminal.ends() == 0


def test_a_small_terminal_shows_the_item_and_what_can_be_pressed(start: Start) -> None:
    with start("demo", columns=40, rows=10) as terminal:
        terminal.sees("storefront", "ready ")
        terminal.press("w")
        terminal.sees("storefront", "DEMO", "item 1 of ", "r reviewed", "esc stop")
        terminal.press("n")
        terminal.sees("item 2 of ")
        terminal.press("q")
        assert terminal.ends() == 0


def walk(environment: dict[str, str], *typed: str) -> tuple[int, str]:
    """Pipe these lines into the walk; its exit code and what it printed."""
    ended = subprocess.run(
        [sys.executable, "-m", "flytui", "demo", "--walk"],
        input="".join(f"{line}\n" for line in typed).encode(),
        env=environment,
        cwd=environment["HOME"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    every = ended.stdout + ended.stderr
    assert {byte for byte in every if byte < 0x20} <= {ord("\n")}, every
    assert b"\x7f" not in every
    return ended.returncode, ended.stdout.decode()


def test_a_script_decides_and_fixes_in_words_and_goes_on_where_it_stopped(
    environment: dict[str, str],
) -> None:
    code, text = walk(environment, "stop")
    assert code == 0
    open_ = re.findall(r"^  (.*): \w+\.$", text.partition("Still open:")[2], re.MULTILINE)
    number = open_.index(NAME)

    decided = ["not applicable", "one office", "90"]
    skips = ["skip"] * (number - 1)
    code, text = walk(environment, *decided, *skips, "fix", "storefront")
    assert code == 0
    assert "Looking at storefront, organisation acme, DEMO." in text
    assert "Saved as not applicable by" in text
    assert f"Item {number + 1} of {len(open_)} open: {NAME}." in text
    assert "The exact command:\n  fly ips release 203.0.113.7 -a storefront\n" in text
    assert "Type the app's name, storefront, to run it" in text
    assert "fly says: Released 203.0.113.7 from storefront" in text
    assert "After: OK. Flycast alone leads to 1 service; no address is public." in text
    assert "1 decided, 1 fixed, " in text
    after = re.search(
        rf"^Item {number + 2} of \d+ open: {open_[number + 1]}\.$", text, re.MULTILINE
    )
    assert after is not None

    code, text = walk(environment | {"TERM": "dumb"}, "fix", "", "stop")
    assert code == 0
    assert "Going on where the last walkthrough stopped." in text
    # The simulated Fly.io begins anew each time, so what was fixed there is open again.
    assert f": {open_[number + 1]}.\nStatus: " in text


def test_a_dumb_terminal_gets_no_escape_and_sees_no_secret(start: Start) -> None:
    with start("demo", "--walk", TERM="dumb", columns=200, rows=60) as terminal:
        terminal.sees("Item 1 of ", "Your word:")
        for number in range(2, EXPOSED):
            terminal.press("skip\n")
            terminal.sees(f"Item {number} of ")
        terminal.sees("open: Protect sensitive information")
        terminal.press("fix 1\n")
        terminal.sees("which is not shown")
        terminal.press("hunter2secret\n")
        terminal.sees("Type the word run to run it")
        terminal.press("run\n")
        terminal.sees("It has ended: exit code 0", "The item is still open.")
        terminal.press("\x03")
        terminal.sees("Summary of the walkthrough", "worked on by")
        assert terminal.ends() == 130
        assert b"hunter2" not in terminal.raw
        assert b"\x1b" not in terminal.raw
