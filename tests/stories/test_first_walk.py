"""The first walk: in a real terminal, fix what is exposed, review an item, come back later."""

import signal
from pathlib import Path

import pytest

from tests.stories.conftest import Start

pytestmark = pytest.mark.story

EXPOSED = "Make sure private services"


def test_an_exposed_address_is_released_and_a_review_survives(start: Start) -> None:
    with start("demo") as terminal:
        terminal.sees("storefront · acme", "DEMO", "seen 23/23", EXPOSED)
        terminal.press("1", *"jjjjj")
        terminal.sees("✗ Action   1 public address on an app that was declared")
        terminal.press("f")
        terminal.sees("fly will ask", "no: a new address would be a different one")
        terminal.press("enter")
        terminal.loses("fly will ask")
        terminal.sees("✗ Action   1 public address")

        terminal.press("f")
        terminal.sees("fly will ask")
        terminal.press(*"storefront")
        terminal.run()
        terminal.sees("Released 203.0.113.7 from storefront", "before", "after", "✓ OK")
        terminal.press("escape")
        terminal.loses("Finished")
        terminal.sees("✓ OK   Flycast alone leads to 1 service; no address is public.")

        terminal.press("8", "j")
        terminal.sees("community.fly.io")
        terminal.press("r")
        terminal.sees("Save")
        terminal.press(*"Ana asked there")
        terminal.press("tab", "tab", "tab", "enter")
        terminal.loses("decided by")
        terminal.press("q")
        assert terminal.ends() == 0

    with start("demo") as terminal:
        terminal.sees("storefront · acme", "seen 23/23")
        terminal.press("8", "j")
        terminal.sees("Ana asked there")
        terminal.press("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["SIGTERM", "SIGHUP"]
)
def test_a_signal_gives_the_terminal_back_and_leaves_no_folder_behind(
    start: Start, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    with start("demo", TMPDIR=str(passing)) as terminal:
        terminal.sees("seen 23/23")
        assert list(passing.iterdir())
        terminal.kill(number)
        assert terminal.ends() == code
        assert not list(passing.iterdir())
        assert terminal.raw.rstrip().endswith(b"\x1b[?1049l") or b"\x1b[?1049l" in terminal.raw


def test_a_closed_terminal_ends_it(start: Start) -> None:
    with start("demo") as terminal:
        terminal.sees("seen 23/23")
        assert terminal.hang_up() == 129


def test_a_closed_terminal_ends_it_while_a_card_is_open(start: Start) -> None:
    with start("demo") as terminal:
        terminal.sees("seen 23/23")
        terminal.press("1", *"jjjjj")
        terminal.sees("✗ Action   1 public address")
        terminal.press("f")
        terminal.sees("fly will ask")
        assert terminal.hang_up() == 129


def test_a_small_terminal_shows_one_thing_at_a_time_and_whose_app_it_is(start: Start) -> None:
    with start("demo", columns=50, rows=20) as terminal:
        terminal.sees("storefront", "Security", "Databases")
        terminal.press("1", *"jjjjj", "enter")
        terminal.sees("storefront", "1 public address")
        terminal.press("q")
        assert terminal.ends() == 0


def test_a_tiny_terminal_asks_for_room_and_no_key_acts(start: Start) -> None:
    with start("demo", columns=39, rows=9) as terminal:
        terminal.sees("40")
        terminal.press("f", "r", "x")
        terminal.press("q")
        terminal.kill(signal.SIGTERM)
        assert terminal.ends() in {0, 143}


def test_without_a_token_the_way_out_is_shown(start: Start) -> None:
    with start("-a", "storefront") as terminal:
        terminal.sees("token", "fly auth login", "flytui demo")
        terminal.press("q")
        assert terminal.ends() in {0, 2}
