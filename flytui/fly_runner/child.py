"""One running command: its lines as they come, and its end, with all that it started."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import suppress

from flytui.fly_runner.output import Lines
from flytui.runner import Output

_MANY = 1_000
"""Lines nobody has taken yet, beyond which the command has to wait."""


class Child(asyncio.SubprocessProtocol):
    """A command in its own process group.

    Invariant: once `close` has returned, nothing of the group is left. Exit and end of output are
    told apart, because a child of the command may hold its output open.
    """

    def __init__(self, secrets: tuple[str, ...], patience: float, *, clear: bool = False) -> None:
        self.reason = ""
        """Why it ended when not by itself."""
        self.exited = asyncio.Event()
        self._patience = patience
        self._lines = {fd: Lines(secrets, clear=clear) for fd in (1, 2)}
        self._queue: asyncio.Queue[Output | None] = asyncio.Queue()
        self._drained = asyncio.Event()
        self._paused = False
        self._ending: asyncio.Task[None] | None = None
        self._supervisor: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        return self._transport.get_pid()

    def write(self, text: str) -> None:
        """What it reads, and then the end of its input."""
        pipe = self._transport.get_pipe_transport(0)
        if isinstance(pipe, asyncio.WriteTransport):
            pipe.write(text.encode())
            pipe.close()

    def watch(self, deadline: float) -> None:
        """From now on it has `deadline` seconds."""
        self._supervisor = asyncio.create_task(self._supervise(deadline))

    async def lines(self) -> AsyncGenerator[Output, None]:
        """What it prints, until it has ended and all is read."""
        while (line := await self._queue.get()) is not None:
            yield line
            if self._paused and self._queue.qsize() < _MANY // 2:
                self._pause(on=False)

    async def end(self, reason: str) -> None:
        """Ask its group to end, then insist; returns when the command has ended."""
        if not self.exited.is_set() and not self.reason:
            self.reason = reason
        if self._ending is None:
            self._ending = asyncio.create_task(self._insist())
        # Who waits may be cancelled; the command must end all the same.
        await asyncio.shield(self._ending)

    async def close(self, reason: str) -> None:
        """End it and let go of its output."""
        self._drained.set()
        await self.end(reason)
        if self._supervisor is not None:
            await asyncio.shield(self._supervisor)

    @property
    def code(self) -> int | None:
        return self._transport.get_returncode()

    async def _supervise(self, deadline: float) -> None:
        try:
            async with asyncio.timeout(deadline):
                await self.exited.wait()
        except TimeoutError:
            await self.end(f"It had not ended after {deadline:g} seconds.")
        while not self._drained.is_set():
            try:
                async with asyncio.timeout(self._patience):
                    await self._drained.wait()
            except TimeoutError:
                if not self._paused:
                    break
        self._signal(signal.SIGKILL)
        self._transport.close()
        self._queue.put_nowait(None)

    async def _insist(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            if self.exited.is_set():
                break
            self._signal(number)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience):
                    await self.exited.wait()
        # Also when it has ended: its children may have stayed.
        self._signal(signal.SIGKILL)
        await self.exited.wait()

    def _signal(self, number: signal.Signals) -> None:
        # macOS refuses to signal a group of which only the dead are left.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._transport.get_pid(), number)

    def _pause(self, *, on: bool) -> None:
        self._paused = on
        for number in self._lines:
            pipe = self._transport.get_pipe_transport(number)
            if isinstance(pipe, asyncio.ReadTransport) and not pipe.is_closing():
                pipe.pause_reading() if on else pipe.resume_reading()

    # What the event loop tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.SubprocessTransport):
            raise TypeError("A command's protocol needs a command's transport.")
        self._transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        for line in self._lines[fd].feed(data):
            self._queue.put_nowait(Output(line, error=fd == 2))
        if not self._paused and self._queue.qsize() >= _MANY:
            self._pause(on=True)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio passes it)
        lines = self._lines.pop(fd, None)
        for line in lines.rest() if lines else ():
            self._queue.put_nowait(Output(line, error=fd == 2))
        if not self._lines:
            self._drained.set()

    def process_exited(self) -> None:
        self.exited.set()
