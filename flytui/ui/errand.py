"""A program that gets the terminal to itself for a while, and flytui's screen back afterwards."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from textual.app import App, SuspendNotSupported

PATIENCE = 3.0
"""Seconds a program gets to end when flytui has to."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A program with everything it is given."""

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)


class NotRun(Exception):  # noqa: N818  (named for what happened)
    """It could not be started, or this terminal cannot be handed over."""


async def run(app: App[None], errand: Errand) -> int:
    """Its exit code. When it failed, what it said stays until a line is entered.

    Raises NotRun.
    """
    failure: OSError | ValueError | None = None
    code = 0
    try:
        with app.batch_update(), app.suspend(), _interrupts_are_for_it():
            try:
                code = await _wait(errand)
            except (OSError, ValueError) as error:
                failure = error  # leaving by it would leave Textual suspended for good
            if code:
                await _read(f"\nIt ended with exit code {code}. Press Enter to go back to flytui. ")
    except SuspendNotSupported:
        raise NotRun("This terminal cannot be handed over to another program.") from None
    if failure is not None:
        raise NotRun(f"{errand.argv[0]} cannot be started: {failure}.") from failure
    return code


async def _wait(errand: Errand) -> int:
    child = await asyncio.create_subprocess_exec(*errand.argv, env=dict(errand.environment))
    try:
        return await child.wait()
    finally:
        if child.returncode is None:
            await asyncio.shield(_end(child))


async def _end(child: asyncio.subprocess.Process) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            child.send_signal(number)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await child.wait()
                return


async def _read(question: str) -> None:
    """Wait for a line, without a thread that nobody could end."""
    sys.stdout.write(question)
    sys.stdout.flush()
    loop, entered = asyncio.get_running_loop(), asyncio.Event()
    source = sys.stdin.fileno()
    loop.add_reader(source, entered.set)
    try:
        await entered.wait()
        os.read(source, 4096)
    finally:
        loop.remove_reader(source)


@contextmanager
def _interrupts_are_for_it() -> Iterator[None]:
    """Ctrl-C reaches everything in the terminal. A handler, unlike SIG_IGN, is not inherited."""
    former = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
