"""A real pseudo-terminal: starts a program in it, types, and reads the screen as a person would."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "backspace": "\x7f",
}


class _Answering(pyte.Screen):
    """Tells a program that asks where the cursor is, and waits for that."""

    def __init__(self, columns: int, rows: int, tell: Callable[[str], None]) -> None:
        super().__init__(columns, rows)
        self._tell = tell

    def write_process_input(self, data: str) -> None:
        self._tell(data)


class Terminal:
    """One program in one pseudo-terminal; `with` ends it, whatever happened."""

    def __init__(
        self,
        argv: Sequence[str],
        environment: Mapping[str, str],
        *,
        cwd: str,
        columns: int = 120,
        rows: int = 36,
    ) -> None:
        self._screen = _Answering(columns, rows, self._answer)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        """Everything the program wrote, escapes and all."""
        self.code: int | None = None
        self._pid, self._fd = pty.fork()
        if self._pid == 0:  # pragma: no cover (the child)
            os.chdir(cwd)
            os.execvpe(argv[0], list(argv), dict(environment))
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._fd)

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def screen(self) -> str:
        """What a person sees now, lines without trailing space."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def line(self, text: str) -> str:
        """The first line of the screen that holds the text. Raises AssertionError."""
        found = next((line for line in self.screen.splitlines() if text in line), None)
        assert found is not None, f"{text!r} is not on the screen:\n{self.screen}"
        return found

    def sees(self, *texts: str, within: float = 30.0) -> None:
        """Wait until all the texts are on the screen. Raises AssertionError with the screen."""
        if not self._until(lambda: all(text in self.screen for text in texts), within):
            missing = [text for text in texts if text not in self.screen]
            raise AssertionError(f"not on the screen: {missing}\n{self.screen}")

    def loses(self, text: str, within: float = 30.0) -> None:
        """Wait until the text is gone from the screen."""
        if not self._until(lambda: text not in self.screen, within):
            raise AssertionError(f"still on the screen: {text!r}\n{self.screen}")

    def press(self, *keys: str) -> None:
        """Type keys by name, or text as it is, one at a time, each seen through to the screen.

        What is typed while the program is held up goes to what had the focus then.
        """
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())
            self._read(1.0)

    def type(self, key: str) -> None:
        """Type one key and read nothing."""
        os.write(self._fd, KEYS.get(key, key).encode())

    def run(self) -> None:
        """Let the keys rest, then press the space bar on Run; once more where the card asks it.

        Raises AssertionError with the screen where nothing was run.
        """
        self.sees("runs it")
        for _ in range(5):
            # To a program that was held up, the press came right behind the name.
            self.listen(0.7)
            self.press("space")
            if self._until(lambda: "fly will ask" not in self.screen, 2.0):
                return
        raise AssertionError(f"was not run:\n{self.screen}")

    def listen(self, seconds: float) -> None:
        """Read the screen for so long, so that the program need not wait for its reader."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _answer(self, told: str) -> None:
        os.write(self._fd, told.encode())

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self._pid, number)

    def hang_up(self, within: float = 30.0) -> int:
        """Close the terminal, as closing its window does; the program's exit code."""
        os.close(self._fd)
        self._fd = os.open(os.devnull, os.O_RDWR)
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.code = code if code >= 0 else 128 - code
                return self.code
            select.select([], [], [], 0.05)
        raise AssertionError(f"still runs {within} s after its terminal was closed")

    def ends(self, within: float = 30.0) -> int:
        """Wait for the program to end and return its exit code, 128 and the signal when killed."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            self._read(0.05)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._read(0.0)
                code = os.waitstatus_to_exitcode(status)
                self.code = code if code >= 0 else 128 - code
                return self.code
        raise AssertionError(f"did not end within {within} s\n{self.screen}")

    def _until(self, condition: Callable[[], bool], within: float) -> bool:
        deadline = time.monotonic() + within
        while not condition():
            if time.monotonic() > deadline or not self._read(0.1, ended=False):
                return condition()
        return True

    def _read(self, seconds: float, *, ended: bool = True) -> bool:
        """Take in what was written within so many seconds; False once the program has gone."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return True
        try:
            chunk = os.read(self._fd, 65536)
        except OSError:  # the other end is closed
            return ended
        self.raw += chunk
        self._stream.feed(chunk)
        return bool(chunk)
