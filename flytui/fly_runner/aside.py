"""A command that asks questions: it gets the terminal to itself, and gives it back."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import contextmanager, suppress

from flytui import temporary
from flytui.fly_runner.guarded import Guard
from flytui.runner import Aside, Ended, RunEvent, Started


async def run(
    path: str | None,
    argv: tuple[str, ...],
    environment: Mapping[str, str],
    aside: Aside,
    patience: float,
) -> AsyncGenerator[RunEvent, None]:
    """Run it where flytui stands; what it says is for the person alone. Closing ends it."""
    if path is None:
        yield Ended(None, "There is no fly on this machine.")
        return
    yield Started(argv)
    try:
        with temporary.folder() as empty, aside(), _interrupts_are_for_the_command():
            code = await _wait((path, *argv[1:]), environment, str(empty), patience)
    except (OSError, ValueError) as error:
        yield Ended(None, f"{path} cannot be started: {error}.")
        return
    yield Ended(code, f"It was ended by {signal.Signals(-code).name}." if code < 0 else "")


async def _wait(
    argv: tuple[str, ...], environment: Mapping[str, str], folder: str, patience: float
) -> int:
    guard = Guard()
    try:
        child = await asyncio.create_subprocess_exec(*argv, env=environment, cwd=folder)
        guard.watch(child.pid, patience)
        try:
            return await child.wait()
        finally:
            await asyncio.shield(_end(child, patience))
    finally:
        guard.dismiss()


async def _end(child: asyncio.subprocess.Process, patience: float) -> None:
    """The command alone: its group is flytui's own, and a browser it opened may stay."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if child.returncode is not None:
            return
        with suppress(ProcessLookupError):
            child.send_signal(number)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await child.wait()


@contextmanager
def _interrupts_are_for_the_command() -> Iterator[None]:
    """Ctrl-C reaches everything in the terminal. A handler, unlike SIG_IGN, is not inherited."""
    former = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
