"""`flytui demo --serve`: the demo's Fly.io on a loopback port, until it is told to end.

Run as a module it is the child process behind `flytui.demo.process.start`: one line of JSON
says that it listens, and the end of its standard input ends it.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from flytui import departing, temporary
from flytui.demo import agent
from flytui.demo.environment import environment, exports
from flytui.demo.faults import DROP, Faults
from flytui.demo.scenario import DEFAULT, Scenario, load, names, write_checkout
from flytui.demo.server import application

_HOST = "127.0.0.1"


class Droppable(H11Protocol):
    """HTTP whose connections a request may cut, for the faults' sake."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn's own signature
        super().connection_made(transport)
        self.app = _droppable(self.app, partial(_reset, transport))


def _reset(transport: asyncio.Transport) -> None:
    """Closes without a farewell: not lingering makes it a reset for the other side."""
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _droppable(app: ASGIApp, drop: Callable[[], None]) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[DROP] = drop
        await app(scope, receive, send)

    return wrapped


class Server(uvicorn.Server):
    """Uvicorn that says when it listens and leaves with code 0 when asked to end."""

    def __init__(self, app: Starlette, listening: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            http=Droppable,
            log_level="critical",
            access_log=False,
            lifespan="off",
            timeout_keep_alive=60,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ends on SIGTERM and SIGINT without raising the signal again afterwards."""
        before = {
            number: signal.signal(number, self.handle_exit)
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(  # noqa: PLR0913 - one for each flag of the command
    name: str = DEFAULT,
    *,
    port: int = 0,
    latency: float = 0.0,
    machines: int = 0,
    apps: int = 0,
    faults: bool = False,
    write: Callable[[str], Any] = sys.stdout.write,
) -> None:
    """Serves until SIGTERM or SIGINT, after writing the `export` lines for a shell."""
    scenario = load(name, machines=machines, apps=apps)
    with _folders(scenario) as (config_folder, checkout), _listen(port) as listener:
        variables = environment(_url(listener), scenario.token, str(config_folder))
        variables |= {"FLY_APP": scenario.app, "FLYTUI_DEMO_CHECKOUT": str(checkout)}
        ready = partial(_announce, write, exports(variables))
        app = application(scenario.world, latency=latency, faults=Faults() if faults else None)
        Server(app, ready).run(sockets=[listener])


def _announce(write: Callable[[str], Any], text: str) -> None:
    write(text)
    sys.stdout.flush()


@contextlib.contextmanager
def _folders(scenario: Scenario) -> Iterator[tuple[Path, Path]]:
    """A configuration folder for `fly` and the app's checkout, gone afterwards."""
    with temporary.folder("demo") as root, agent.kept_in(root / "config") as config_folder:
        checkout = root / scenario.app
        checkout.mkdir()
        write_checkout(scenario, checkout)
        yield config_folder, checkout


def _listen(port: int) -> socket.socket:
    """A socket on loopback; port 0 takes a free one."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((_HOST, port))
    return listener


def _url(listener: socket.socket) -> str:
    return f"http://{_HOST}:{listener.getsockname()[1]}"


def _child(arguments: argparse.Namespace) -> None:
    """Serves until standard input ends, which it does when the parent is gone."""
    scenario = load(arguments.scenario, machines=arguments.machines, apps=arguments.apps)
    app = application(
        scenario.world,
        latency=arguments.latency,
        faults=Faults() if arguments.faults else None,
    )
    with _folders(scenario) as (config_folder, checkout), _listen(arguments.port) as listener:
        ready = {
            "url": _url(listener),
            "environment": environment(_url(listener), scenario.token, str(config_folder)),
            "checkout": str(checkout),
            "app": scenario.app,
            "organization": scenario.organization,
        }
        server = Server(app, partial(_announce, sys.stdout.write, json.dumps(ready) + "\n"))
        threading.Thread(target=_end_with_parent, args=[server], daemon=True).start()
        server.run(sockets=[listener])


def _end_with_parent(server: Server) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True


def main() -> None:
    parser = argparse.ArgumentParser(prog="flytui.demo.serve")
    parser.add_argument("--scenario", choices=names(), default=DEFAULT)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds")
    parser.add_argument("--machines", type=int, default=0)
    parser.add_argument("--apps", type=int, default=0)
    parser.add_argument("--faults", action="store_true")
    with departing.orderly():
        _child(parser.parse_args())


if __name__ == "__main__":
    main()
