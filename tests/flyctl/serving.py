"""The simulator on a real port of loopback, in this process, with everything asked of it."""

import json
import queue
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flytui.demo.faults import Faults
from flytui.demo.scenario import Scenario, load
from flytui.demo.server import application

_ROOT_FIELD = re.compile(r"\{\s*(?:\w+\s*:\s*)?(\w+)")


@dataclass
class Served:
    """One server for many tests; each test puts a world of its own behind it."""

    port: int
    requests: list[str] = field(default_factory=list)
    """In order: `GraphQL releaseIpAddress`, `GET /v1/apps/storefront/machines`."""
    bodies: list[object] = field(default_factory=list)
    """What was sent with each of them."""
    app: ASGIApp | None = None
    news: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)
    """The requests once more, for a test that waits for one."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def show(self, name: str, faults: Faults) -> Scenario:
        scenario = load(name)
        self.app = application(scenario.world, faults=faults)
        self.requests.clear()
        self.bodies.clear()
        return scenario

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        body = await Request(scope, receive).body()
        self._note(scope, body)
        await self.app(scope, _again(body, receive), send)

    def _note(self, scope: Scope, body: bytes) -> None:
        path = scope["path"]
        query = scope["query_string"].decode()
        sent = json.loads(body) if body else {}
        self.bodies.append(sent)
        if path == "/graphql":
            document = str(sent["query"])
            named = sent.get("operationName") or _root(document)
            self.requests.append(f"GraphQL {named}")
        else:
            self.requests.append(f"{scope['method']} {path}{'?' + query if query else ''}")
        self.news.put(self.requests[-1])

    def await_request(self, part: str) -> None:
        """Returns once a request with these words in it has come in."""
        while part not in self.news.get(timeout=30):
            pass


def _root(document: str) -> str:
    found = _ROOT_FIELD.search(document)
    assert found is not None, document
    return found.group(1)


def _again(body: bytes, receive: Receive) -> Receive:
    told = False

    async def once_more() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once_more


@contextmanager
def serving() -> Iterator[Served]:
    """Connections queue on the socket until the server takes them: nobody has to wait for it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = Served(listener.getsockname()[1])
        config = uvicorn.Config(served, lifespan="off", ws="none", log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield served
        finally:
            server.should_exit = True
            thread.join()
