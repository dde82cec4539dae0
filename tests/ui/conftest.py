"""Pilot without guessing: a key press returns when the loop has nothing more to do."""

import asyncio
from collections.abc import Iterator

import pytest
import textual.app
import textual.pilot


async def _quiescent(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is ready to run; timers, threads and sockets are not waited for."""
    loop = asyncio.get_running_loop()
    calm = 0
    while calm < 3:
        await asyncio.sleep(0)
        ready = loop._ready  # type: ignore[attr-defined]  # the one place that knows
        calm = calm + 1 if not ready else 0


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Exact waiting, no animations, colours as in any terminal."""
    monkeypatch.setattr(textual.app, "wait_for_idle", _quiescent)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", _quiescent)
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return iter((None,))
