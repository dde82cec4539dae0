"""Ctrl+C pressed twice: the way out, which still stops no run and loses no note unasked."""

from collections.abc import Callable
from time import monotonic

from textual.app import App

from flytui.ui.keys import key
from flytui.ui.screens.leave import DraftsScreen, LeaveScreen
from flytui.ui.screens.run import RunScreen

AGAIN = 4.0
"""Seconds within which a second Ctrl+C leaves flytui."""


def heard(app: App[None], before: float | None, quit_: Callable[[], None]) -> float:
    """Once, it is told how to leave; again soon after, flytui is left. Gives the time of it."""
    now = monotonic()
    if before is not None and now - before < AGAIN:
        _leave(app, quit_)
    else:
        words = f"Press Ctrl+C again, or {key('q', 'app.quit')}, to leave flytui."
        app.notify(words, timeout=AGAIN, markup=False)
    return now


def _leave(app: App[None], quit_: Callable[[], None]) -> None:
    """Leave as the key to quit does; a run under way is asked about, and what is asked stays."""
    asked = any(isinstance(screen, DraftsScreen | LeaveScreen) for screen in app.screen_stack)
    runs = [s for s in app.screen_stack if isinstance(s, RunScreen) and s.running]
    if asked:
        return
    if runs:
        runs[-1].action_close()
    else:
        quit_()
