"""Sees to it that a command does not outlive flytui, by whatever way flytui ends."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_GUARD = Path(__file__).with_name("guard.py")
_PATIENCE = 2.0
"""Seconds a guard gets to notice that it is not needed any more."""


class Guard:
    """A process beside flytui that ends the command should flytui be killed.

    Linux alone could signal a child whose parent died, and not the child's children.
    """

    def __init__(self) -> None:
        """Raises OSError when it cannot be started."""
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_GUARD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={},
            # It must not go with the terminal: it is there for what stays behind.
            start_new_session=True,
        )

    def watch(self, process: int, patience: float) -> None:
        """From now on it ends that process, or the group of a negative one."""
        self._say(f"{process} {patience}\n")

    def dismiss(self) -> None:
        """The command has ended; so does the guard."""
        self._say("done\n")
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _say(self, line: str) -> None:
        # Somebody may have killed the guard: flytui itself still ends the command.
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.write(line.encode())
                self._process.stdin.flush()
