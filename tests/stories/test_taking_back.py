"""What was allocated is released again from the history, through a card like any other."""

import pytest

from tests.stories.conftest import Start

pytestmark = pytest.mark.story

FLYCAST = "Set up Flycast"


def test_an_allocated_address_is_given_back_from_the_history(start: Start) -> None:
    with start("demo", "--scenario", "private-api") as terminal:
        terminal.sees("seen 23/23")
        terminal.press("5", "j", "j", "j")
        terminal.sees("Allocate a Flycast address")
        terminal.press("f")
        terminal.sees("enter choose")
        terminal.press("1")
        terminal.sees("fly will ask", "tab to Run")
        terminal.press("tab")
        terminal.run()
        terminal.sees("exit code 0", "before", "after", "Finished")
        terminal.press("escape")
        terminal.loses("Finished")

        terminal.press("H")
        terminal.sees("exit code 0", "undo", "fly ips release fdaa:")
        terminal.press("u")
        terminal.sees("fly will ask", "no: a new address would be a different one", "Type ")
        terminal.press(*"inventory-api")
        terminal.run()
        terminal.sees("Released fdaa:", "Finished")
        terminal.press("escape")
        terminal.loses("Finished")
        terminal.press("H")
        terminal.sees("exit code 0")
        terminal.press("j")
        terminal.sees("It was undone already.")


def test_what_was_run_in_a_demo_goes_with_it(start: Start) -> None:
    with start("demo") as terminal:
        terminal.sees("seen 23/23")
        terminal.press("1", *"jjjjj")
        terminal.sees("✗ Action   1 public address")
        terminal.press("f")
        terminal.sees("fly will ask")
        terminal.press(*"storefront")
        terminal.run()
        terminal.sees("Finished", "✓ OK")
        terminal.press("escape")
        terminal.loses("Finished")
        terminal.press("H")
        terminal.sees("fly ips release 203.0.113.7")
    with start("demo") as terminal:
        terminal.sees("seen 23/23")
        terminal.press("H")
        terminal.sees("Nothing was run from here on this app yet.")
