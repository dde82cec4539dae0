"""Runs `fly`: an argument list, a clean environment, streamed output, a clean end."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Started:
    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """One line the command printed, made harmless for the terminal."""

    line: str
    error: bool = False
    """It came from standard error."""


@dataclass(frozen=True, slots=True)
class Ended:
    code: int | None
    """The exit code; None when it could not be started."""
    reason: str = ""
    """Why it ended when not by itself: stopped, past its deadline, not found."""


RunEvent: TypeAlias = Started | Output | Ended


class Runner(Protocol):
    """Runs commands that begin with `fly`."""

    @property
    def available(self) -> str | None:
        """The path of the `fly` that would run; None when there is none."""
        ...

    def run(self, argv: tuple[str, ...], *, deadline: float) -> AsyncGenerator[RunEvent, None]:
        """Run one command for at most `deadline` seconds. Closing the iterator ends the command."""
        ...

    async def stop(self) -> None:
        """End the running command: gently, then firmly. Nothing happens when none runs."""
        ...
