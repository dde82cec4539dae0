"""The runner: one `fly` command at a time, and nothing of it left behind."""

import asyncio
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from flytui.fly_runner.child import Child
from flytui.fly_runner.environment import environment, find
from flytui.runner import Ended, RunEvent, Started

PATIENCE = 2.0
"""Seconds between asking a command to end and insisting: `fly` gives its leases back meanwhile."""


class FlyRunner:
    """Runs `fly`.

    Invariant: at most one command runs; when its iterator ends, by whatever way, the command's
    whole process group has ended.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        token: str | None = None,
        path: str | None = None,
        extra: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Without a token, `fly` uses its own login. `extra` joins its environment as it is."""
        self._environment = environment(environ, token, extra or {})
        self._available = find(self._environment, path)
        self._patience = patience
        self._busy = False
        self._child: Child | None = None

    @property
    def available(self) -> str | None:
        """The path of the `fly` that would run; None when there is none."""
        return self._available

    def run(self, argv: tuple[str, ...], *, deadline: float) -> AsyncGenerator[RunEvent, None]:
        """Run one command for at most `deadline` seconds. Closing the iterator ends the command.

        Raises ValueError for anything that is not a `fly` command. The iterator raises
        RuntimeError while another runs.
        """
        if argv[:1] != ("fly",):
            raise ValueError("Only commands that begin with fly are run.")
        return self._run(argv, deadline)

    async def stop(self) -> None:
        """End the running command: gently, then firmly. Nothing happens when none runs."""
        if self._child is not None:
            await self._child.end("It was stopped.")

    async def _run(self, argv: tuple[str, ...], deadline: float) -> AsyncGenerator[RunEvent, None]:
        if self._available is None:
            yield Ended(None, "There is no fly on this machine.")
            return
        if self._busy:
            raise RuntimeError("Another command is still running.")
        self._busy = True
        try:
            # A fly.toml in the working folder would name an app and its configuration.
            with tempfile.TemporaryDirectory(prefix="flytui-", ignore_cleanup_errors=True) as empty:
                events = self._events(self._available, argv, deadline, empty)
                async with aclosing(events):
                    async for event in events:
                        yield event
        finally:
            self._busy = False

    async def _events(
        self, path: str, argv: tuple[str, ...], deadline: float, folder: str
    ) -> AsyncGenerator[RunEvent, None]:
        child = Child(_secrets(self._environment), self._patience)
        try:
            await self._start(child, path, argv, folder)
        except (OSError, ValueError) as error:
            # ValueError: a word with a NUL in it.
            yield Ended(None, f"{path} cannot be started: {error}.")
            return
        self._child = child
        child.watch(deadline)
        try:
            yield Started(argv)
            async for line in child.lines():
                yield line
            yield Ended(child.code, child.reason or _signalled(child.code))
        finally:
            self._child = None
            await child.close("flytui ended first.")

    async def _start(self, child: Child, path: str, argv: tuple[str, ...], folder: str) -> None:
        await asyncio.get_running_loop().subprocess_exec(
            lambda: child,
            path,
            *argv[1:],
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            cwd=folder,
            env=self._environment,
            start_new_session=True,
        )


def _secrets(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The token and its parts, to be taken out of whatever is printed, known prefix or not."""
    token = environ.get("FLY_ACCESS_TOKEN", "")
    parts = [part.split()[-1] for part in token.split(",") if part.strip()]
    return (token, *(part for part in parts if len(part) > 8))


def _signalled(code: int | None) -> str:
    return f"It was ended by {signal.Signals(-code).name}." if code is not None and code < 0 else ""
