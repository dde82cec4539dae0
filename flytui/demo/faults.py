"""Faults on demand: one route, or one GraphQL field, answers as Fly.io does on a bad day.

Tests set them through a `Faults`, or over HTTP under `/_demo/faults` where the demo was
started with faults allowed.
"""

import fnmatch
import json
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Kind = Literal[
    "401", "403", "404", "429", "500", "502", "503", "timeout", "reset", "half", "html", "missing"
]

_CONTROL = "/_demo/"
_HTML = b"<!doctype html><html><body><h1>Something went wrong</h1></body></html>"
_REASONS = {
    "401": "Authenticate: token validation error",
    "403": "unauthorized",
    "404": "not found",
    "429": "rate limit exceeded",
    "500": "internal server error",
    "502": "bad gateway",
    "503": "service unavailable",
}


DROP = "flytui.drop"
"""The extension of a request's scope that cuts its connection; see `flytui.demo.serve`."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong where: a path pattern, or a GraphQL field anywhere in the document."""

    kind: Kind
    path: str = "*"
    method: str = "*"
    field: str | None = None
    """Only GraphQL requests whose document names this field."""
    key: str | None = None
    """For `missing`: the key taken out of every object of the answer."""
    times: int | None = None
    """How often; None: always."""

    def meets(self, method: str, path: str, body: bytes) -> bool:
        if self.field is not None and not _names(body, self.field):
            return False
        return fnmatch.fnmatch(path, self.path) and self.method in {"*", method}


class Faults:
    """The faults in force, and how often each still strikes."""

    def __init__(self) -> None:
        self._left: dict[Fault, int | None] = {}

    def add(self, fault: Fault) -> None:
        self._left[fault] = fault.times

    def clear(self) -> None:
        self._left.clear()

    def strike(self, method: str, path: str, body: bytes) -> Fault | None:
        """The first fault that meets this request, one time less from now on."""
        for fault, left in self._left.items():
            if left == 0 or not fault.meets(method, path, body):
                continue
            self._left[fault] = None if left is None else left - 1
            return fault
        return None

    def middleware(self, app: ASGIApp) -> ASGIApp:
        """`app` with these faults in front of it."""

        async def faulty(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"].startswith(_CONTROL):
                await app(scope, receive, send)
                return
            body = await Request(scope, receive).body()
            fault = self.strike(scope["method"], scope["path"], body)
            again = _replayed(body, receive)
            if fault is None:
                await app(scope, again, send)
            else:
                await _fail(fault, app, scope, again, send)

        return faulty

    def routes(self) -> list[Route]:
        """POST sets a fault, DELETE clears them all."""

        async def control(request: Request) -> Response:
            if request.method == "DELETE":
                self.clear()
                return Response(status_code=204)
            wanted = await request.json()
            if wanted.get("kind") not in get_args(Kind):
                return JSONResponse({"error": f"kind must be one of {get_args(Kind)}"}, 422)
            self.add(Fault(**wanted))
            return Response(status_code=204)

        return [Route(_CONTROL + "faults", control, methods=["POST", "DELETE"])]


def _names(body: bytes, field: str) -> bool:
    try:
        document = json.loads(body)["query"]
    except (ValueError, KeyError, TypeError):
        return False
    words = "".join(letter if letter.isalnum() else " " for letter in document).split()
    return field in words


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The request once more, for an application that has not read it yet."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _fail(fault: Fault, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    match fault.kind:
        case "timeout":
            await _given_up(receive)
        case "reset":
            _drop(scope)
        case "html":
            await Response(_HTML, 200, media_type="text/html")(scope, receive, send)
        case "half" | "missing":
            await _spoiled(fault, app, scope, receive, send)
        case status:
            headers = {"retry-after": "1"} if status == "429" else None
            answer = JSONResponse({"error": _REASONS[status]}, int(status), headers)
            await answer(scope, receive, send)


async def _given_up(receive: Receive) -> None:
    """Waits, without an answer, until the caller hangs up."""
    message = await receive()
    while message["type"] != "http.disconnect":
        message = await receive()


def _drop(scope: Scope) -> None:
    """Cuts the connection; without a real one, says so by an exception."""
    drop = scope.get("extensions", {}).get(DROP)
    if drop is None:
        raise ConnectionResetError("the demo dropped the connection")
    drop()


async def _spoiled(fault: Fault, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """The true answer, cut in the middle or with a key missing."""
    start: Message = {}
    body = b""

    async def keep(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
        else:
            body += message.get("body", b"")

    await app(scope, receive, keep)
    if fault.kind == "half":
        await send(start)
        await send(
            {"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True}
        )
        # Left unfinished, the server closes the connection after what was sent.
        return
    body = json.dumps(_without(json.loads(body), fault.key)).encode()
    headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    length = (b"content-length", str(len(body)).encode())
    await send({**start, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


def _without(value: object, key: str | None) -> object:
    if isinstance(value, dict):
        return {name: _without(one, key) for name, one in value.items() if name != key}
    if isinstance(value, list):
        return [_without(one, key) for one in value]
    return value
