"""A terminal that counts how long each key waits for its answer, for as long as anybody likes."""

import fcntl
import select
import struct
import termios
import time

from tests.stories.terminal import Terminal

SILENT = 0.25
"""Seconds after which a key is taken for one that changes nothing here: then it is probed."""
HUNG = 20.0
TAIL = 4000
"""Bytes of the output that are kept."""


class Watched(Terminal):
    """Invariant: `waits` has an entry for each key that was struck while the program ran."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # handed on as they are
        self.waits: list[float] = []
        self.keys = 0
        self.size = (self._screen.columns, self._screen.lines)
        self.written = 0
        """Bytes the program wrote."""

    def strike(self, key: str) -> None:
        """Type one key and wait for the answer. Raises AssertionError when none comes."""
        self.listen(0.0)
        self._swallow()
        began = time.monotonic()
        self.type(key)
        self.keys += 1
        if not self._speaks(SILENT):
            # Many keys change nothing on this screen; another size does on every one.
            columns, rows = self.size
            self._tell_size(columns + 1, rows)
            began = time.monotonic()
            if not self._speaks(HUNG):
                raise AssertionError(f"no answer to {key!r} within {HUNG:g} s\n{self.screen}")
            self.waits.append(time.monotonic() - began)
            self._tell_size(columns, rows)
            self._speaks(HUNG)
        else:
            self.waits.append(time.monotonic() - began)
        self._swallow()

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as when a person drags the window's corner."""
        self._swallow()
        self.size = (columns, rows)
        self._screen.resize(rows, columns)
        self._tell_size(columns, rows)
        self.listen(0.3)

    def has(self, *texts: str) -> bool:
        """Whether any of the texts is on the screen."""
        return any(text in self.screen for text in texts)

    def waits_for(self, *texts: str, within: float) -> bool:
        """Whether one of the texts came in time."""
        found = self._until(lambda: self.has(*texts), within)
        self._forget()
        return found

    def rest(self, seconds: float) -> None:
        self.listen(seconds)
        self._forget()

    def _tell_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _speaks(self, seconds: float) -> bool:
        return bool(select.select([self._fd], [], [], seconds)[0])

    def _swallow(self) -> None:
        """Take in what is there, until it is silent for a moment."""
        end = time.monotonic() + 1.0
        while self._speaks(0.02) and time.monotonic() < end:
            if not self._read(0.0, ended=False):
                break
        self._forget()

    def _forget(self) -> None:
        self.written += max(0, len(self.raw) - TAIL)
        self.raw = self.raw[-TAIL:]
