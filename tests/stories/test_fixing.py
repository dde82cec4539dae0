"""The exposed service, found and fixed by its keys in a real terminal, and how many there are."""

import pytest

from tests.stories.conftest import Start
from tests.stories.fixing import FIX, NAME, PRESSES

pytestmark = pytest.mark.story


def test_it_takes_under_ten_keys_and_the_name_of_the_app(start: Start) -> None:
    pressed: list[str] = []
    with start("demo") as terminal:
        for step in FIX:
            for key in step.keys:
                if key == "space":
                    # A key that is held down runs nothing, so it has to have rested.
                    terminal.run()
                else:
                    terminal.press(key)
                pressed.append(key)
            terminal.sees(*step.sees)
    assert "".join(pressed) == f"1jjjjjf{NAME}spaceenter"
    assert len(pressed) - len(NAME) == PRESSES == 9
