"""The simulator served on loopback from the running event loop, for as long as it is needed."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

_HOST = "127.0.0.1"


class _Quiet(uvicorn.Server):
    """Leaves the signals to the program around it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: Starlette) -> AsyncIterator[str]:
    """Its address, once it listens; it has ended when the block is left."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind((_HOST, 0))
        listener.listen()
        config = uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = _Quiet(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            # Connections wait in the listener's queue until the server takes them.
            yield f"http://{_HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task
