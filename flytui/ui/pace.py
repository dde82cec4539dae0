"""When to draw what follows the cursor: after the row it came to, and not for every row of many."""

from collections.abc import Callable

from textual.screen import Screen
from textual.timer import Timer

PAUSE = 0.1
"""Seconds without a move after which keys have paused; a key held down repeats faster."""


class Pace:
    """Invariant: once the keys have paused, what follows has been drawn for the last of them.

    After one move it is drawn right behind the row's frame; while moves follow each other, not
    at all.
    """

    def __init__(self, screen: Screen[None], follow: Callable[[], None]) -> None:
        self._screen = screen
        self._follow = follow
        self._pause: Timer | None = None
        self.behind = False
        """Whether something is still to be drawn."""

    @property
    def busy(self) -> bool:
        """Whether another key is likely to come at any moment."""
        return self._pause is not None

    def moved(self) -> None:
        """The cursor came to another row."""
        alone = self._pause is None
        self._wait()
        if alone:
            self.soon()
        else:
            self.behind = True

    def soon(self) -> None:
        """Draw once the frame that is due has been written."""
        self.behind = True
        self._screen.call_after_refresh(self._draw)

    def _wait(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self._screen.set_timer(PAUSE, self._paused)

    def _paused(self) -> None:
        self._pause = None
        self._draw()

    def _draw(self) -> None:
        if self.behind:
            self.behind = False
            self._follow()
