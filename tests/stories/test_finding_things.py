"""Finding things in a real terminal: a filter typed in one burst, kept, and cleared."""

import pytest

from tests.stories.conftest import Start

pytestmark = pytest.mark.story


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (50, 20)])
def test_a_filter_finds_an_address_and_goes_away_again(
    start: Start, columns: int, rows: int
) -> None:
    with start("demo", columns=columns, rows=rows) as terminal:
        terminal.sees("storefront · acme", "DEMO", "ready", "Security", "Databases")
        if columns > 80:
            terminal.sees("seen 23/23")
        terminal.press("/")
        terminal.sees("esc clear")
        terminal.press("status:action public")
        terminal.sees("/ status:action public", "1 of 24 items matches", "Make sure private")
        terminal.loses("Databases")
        terminal.press("enter")
        terminal.loses("enter keep")
        terminal.sees("/ status:action public", "esc clear", "Make sure private")
        terminal.press("escape")
        terminal.loses("/ status:action")
        terminal.sees("Databases", "Make sure private")
        terminal.press("q")
        assert terminal.ends() == 0


def test_a_wrong_word_says_which_words_there_are(start: Start) -> None:
    with start("demo", columns=80, rows=24) as terminal:
        terminal.sees("seen 23/23")
        terminal.press("/")
        terminal.sees("esc clear")
        terminal.press("status:green")
        terminal.sees("status: does not know 'green'; it knows action, advice, ok, manual")
        terminal.press("escape")
        terminal.loses("status:green")
        terminal.press("q")
        assert terminal.ends() == 0
