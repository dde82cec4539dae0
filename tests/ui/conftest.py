"""Pilot without guessing: a key press returns when the loop has nothing more to do."""

from collections.abc import Iterator

import pytest

from tests.ui.still import still


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Textual that waits for no time, and colours as in any terminal."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    with still():
        yield
