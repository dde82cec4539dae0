"""The organisation in a real terminal: all its apps, into one and back, and another app."""

import pytest

from tests.stories.conftest import Start

pytestmark = pytest.mark.story


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (50, 20)])
def test_all_apps_are_seen_and_one_is_opened_and_left(
    start: Start, columns: int, rows: int
) -> None:
    with start("demo", "--apps", "8", columns=columns, rows=rows) as terminal:
        terminal.sees("storefront · acme", "ready")
        terminal.loses("looking")
        terminal.press("O")
        terminal.sees("acme-edge", "all 8 apps", "organisation", "O back")
        terminal.loses("looking")
        assert "✗" in terminal.line("storefront ")
        terminal.press("/")
        terminal.sees("Part of a name")
        terminal.press(*"edge")
        terminal.sees("1 of 8 apps")
        terminal.press("enter")
        terminal.sees("O back")
        terminal.press("enter")
        terminal.sees("acme-edge · acme", "ready", "Security")
        terminal.press("escape")
        terminal.sees("all 8 apps")
        terminal.press("O")
        terminal.sees("storefront · acme", "ready")
        terminal.press("q")
        assert terminal.ends() == 0


def test_another_app_is_chosen_by_typing_a_part_of_its_name(start: Start) -> None:
    with start("demo", columns=80, rows=24) as terminal:
        terminal.sees("seen 23/23")
        terminal.press("a")
        terminal.sees("Choose an app", "storefront-staging", "apps that this token sees")
        terminal.press(*"edge")
        terminal.sees("1 of ")
        terminal.press("enter")
        terminal.sees("acme-edge · acme", "updated")
        terminal.press("q")
        assert terminal.ends() == 0
