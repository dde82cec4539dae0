"""Runs `fly`: an argument list, a clean environment, streamed output, a clean end."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from flytui.secret import Typed


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
Aside: TypeAlias = Callable[[], AbstractContextManager[None]]
"""Steps out of the terminal's way for as long as a command has it to itself."""


class Runner(Protocol):
    """Runs commands that begin with `fly`."""

    @property
    def available(self) -> str | None:
        """The path of the `fly` that would run; None when there is none."""
        ...

    def run(
        self,
        argv: tuple[str, ...],
        *,
        deadline: float,
        typed: Typed | None = None,
        clear: bool = False,
    ) -> AsyncGenerator[RunEvent, None]:
        """Run one command for at most `deadline` seconds. Closing the iterator ends the command.

        It reads `typed` and nothing else; no secret of it comes back in the output. With `clear`
        a token that it prints is not cut out: that is what it was run for.
        """
        ...

    def run_aside(self, argv: tuple[str, ...], aside: Aside) -> AsyncGenerator[RunEvent, None]:
        """Run one command in the terminal itself, for whoever sits there to answer it."""
        ...

    async def refusal(self) -> str | None:
        """Why this `fly` should run nothing; None when it may. Asks it once."""
        ...

    async def stop(self) -> None:
        """End the running command: gently, then firmly. Nothing happens when none runs."""
        ...
