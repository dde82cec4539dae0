"""Builders of the client under test: answers by table, and a clock that never waits."""

import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import msgpack

from flytui.fly.auth import Tokens
from flytui.fly.call import Urls
from flytui.fly.client import Fly
from flytui.fly.credentials import Refresh
from flytui.fly.http import Clocks

SECRET = "fo1_verySecretToken0123456789"
NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


@dataclass
class Time:
    """A clock that moves only when somebody sleeps."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def clocks(self) -> Clocks:
        return Clocks(
            clock=lambda: self.seconds,
            now=lambda: NOW + timedelta(seconds=self.seconds),
            sleep=self.sleep,
            random=lambda: 1.0,
        )


@dataclass
class Server:
    """Answers in the given order, the last one again and again, and remembers what was asked."""

    answers: tuple[Answer, ...]
    asked: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer


@asynccontextmanager
async def talking(
    *answers: Answer,
    token: str = SECRET,
    urls: Urls | None = None,
    time: Time | None = None,
    session: bool = False,
    refresh: Refresh | None = None,
) -> AsyncIterator[tuple[Fly, Server]]:
    """The client, and the server it talks to."""
    server = Server(answers)
    fly = Fly(
        Tokens.parse(token, "FLY_API_TOKEN", session=session),
        urls or Urls(),
        refresh=refresh,
        transport=httpx.MockTransport(server),
        clocks=(time or Time()).clocks(),
    )
    try:
        yield fly, server
    finally:
        await fly.aclose()


def ok(value: object) -> httpx.Response:
    return httpx.Response(200, json=value)


def data(**fields: object) -> httpx.Response:
    """A GraphQL answer without errors."""
    return ok({"data": fields})


def connection(*nodes: object, after: str | None = None) -> dict[str, object]:
    return {"nodes": list(nodes), "pageInfo": {"hasNextPage": bool(after), "endCursor": after}}


def macaroon(
    *caveats: object,
    location: str = "https://api.fly.io/v1",
    kid: bytes = b"key",
    prefix: str = "fm2_",
) -> str:
    """A macaroon of Fly.io's form, its caveats as type, body, type, body."""
    wire = msgpack.packb([[kid, bytes(16), False], location, list(caveats), bytes(32)])
    return prefix + base64.b64encode(wire).decode()


def ending(at: datetime) -> str:
    return macaroon(4, [0, int(at.timestamp())])
