"""The runner: one `fly` command at a time, and nothing of it left behind."""

import asyncio
import signal
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass

from flytui import temporary
from flytui.fly_runner.aside import run as aside_run
from flytui.fly_runner.child import Child
from flytui.fly_runner.environment import environment, find, in_terminal
from flytui.fly_runner.guarded import Guard
from flytui.runner import Aside, Ended, Output, RunEvent, Started
from flytui.secret import Typed

PATIENCE = 2.0
"""Seconds between asking a command to end and insisting: `fly` gives its leases back meanwhile."""

_VERSION = ("fly", "version")
_VERSION_DEADLINE = 10.0


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
        self._in_terminal = in_terminal(self._environment, environ)
        self._available = find(self._environment, path)
        self._patience = patience
        self._busy = False
        self._child: Child | None = None
        self._asked: asyncio.Task[str | None] | None = None

    @property
    def available(self) -> str | None:
        """The path of the `fly` that would run; None when there is none."""
        return self._available

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
        Raises ValueError for anything that is not a `fly` command. The iterator raises
        RuntimeError while another runs.
        """
        if argv[:1] != ("fly",):
            raise ValueError("Only commands that begin with fly are run.")
        return self._run(_Call(argv, deadline, typed, clear))

    async def refusal(self) -> str | None:
        """Why this `fly` should run nothing; None when it may. Asks it once."""
        if self._asked is None and self._available is not None:
            self._asked = asyncio.create_task(self._ask())
        return None if self._asked is None else await asyncio.shield(self._asked)

    async def _ask(self) -> str | None:
        """Another program of that name does not know `version`; silence tells nothing."""
        async with aclosing(self.run(_VERSION, deadline=_VERSION_DEADLINE)) as events:
            said = [event.line async for event in events if isinstance(event, Output)]
        if "unknown command" not in " ".join(said).lower():
            return None
        return f"{self._available} is not Fly.io's fly: it does not know `fly version`."

    def run_aside(self, argv: tuple[str, ...], aside: Aside) -> AsyncGenerator[RunEvent, None]:
        """Run one command in the terminal itself, for whoever sits there to answer it.

        Raises ValueError for anything that is not a `fly` command.
        """
        if argv[:1] != ("fly",):
            raise ValueError("Only commands that begin with fly are run.")
        return aside_run(self._available, argv, self._in_terminal, aside, self._patience)

    async def stop(self) -> None:
        """End the running command: gently, then firmly. Nothing happens when none runs."""
        if self._child is not None:
            await self._child.end("It was stopped.")

    async def _run(self, call: "_Call") -> AsyncGenerator[RunEvent, None]:
        if self._available is None:
            yield Ended(None, "There is no fly on this machine.")
            return
        if self._busy:
            raise RuntimeError("Another command is still running.")
        self._busy = True
        try:
            # A fly.toml in the working folder would name an app and its configuration.
            with temporary.folder() as empty:
                async with aclosing(self._guarded(self._available, call, str(empty))) as events:
                    async for event in events:
                        yield event
        finally:
            self._busy = False

    async def _guarded(
        self, path: str, call: "_Call", folder: str
    ) -> AsyncGenerator[RunEvent, None]:
        child = Child(
            (*_secrets(self._environment), *call.secrets), self._patience, clear=call.clear
        )
        try:
            guard = Guard()
        except OSError as error:
            yield Ended(None, f"It was not started, as nothing could guard it: {error.strerror}.")
            return
        try:
            await self._start(child, path, call, folder)
            guard.watch(-child.pid, self._patience)
            async with aclosing(self._events(child, call)) as events:
                async for event in events:
                    yield event
        except (OSError, ValueError) as error:
            # ValueError: a word with a NUL in it.
            yield Ended(None, f"{path} cannot be started: {error}.")
        finally:
            guard.dismiss()

    async def _events(self, child: Child, call: "_Call") -> AsyncGenerator[RunEvent, None]:
        self._child = child
        child.watch(call.deadline)
        try:
            yield Started(call.argv)
            if call.typed is not None:
                child.write(call.typed.text.reveal())
            async for line in child.lines():
                yield line
            yield Ended(child.code, child.reason or _signalled(child.code))
        finally:
            self._child = None
            await child.close("flytui ended first.")

    async def _start(self, child: Child, path: str, call: "_Call", folder: str) -> None:
        await asyncio.get_running_loop().subprocess_exec(
            lambda: child,
            path,
            *call.argv[1:],
            stdin=DEVNULL if call.typed is None else PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=folder,
            env=self._environment,
            start_new_session=True,
        )


@dataclass(frozen=True, slots=True)
class _Call:
    argv: tuple[str, ...]
    deadline: float
    typed: Typed | None
    clear: bool

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(s.reveal() for s in self.typed.values) if self.typed else ()


def _secrets(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The token and its parts, to be taken out of whatever is printed, known prefix or not."""
    token = environ.get("FLY_ACCESS_TOKEN", "")
    parts = [part.split()[-1] for part in token.split(",") if part.strip()]
    return (token, *(part for part in parts if len(part) > 8))


def _signalled(code: int | None) -> str:
    return f"It was ended by {signal.Signals(-code).name}." if code is not None and code < 0 else ""
