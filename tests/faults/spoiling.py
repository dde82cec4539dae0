"""A transport that spoils the answers of one route, and lets the others through."""

import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx

ROOT = re.compile(r"query (\w+)")


def route(request: httpx.Request) -> str:
    """The route of a request: `GraphQL Addresses`, or the path."""
    if request.url.path == "/graphql":
        query = str(json.loads(request.content)["query"])
        found = ROOT.search(query)
        return f"GraphQL {found[1] if found else query[:40]}"
    return request.url.path


class Broken(httpx.AsyncByteStream):
    """Half a body, then the connection goes."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content[: len(self._content) // 2]
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message")


def _status(code: int) -> "Spoil":
    def spoil(request: httpx.Request, _: httpx.Response) -> httpx.Response:
        return httpx.Response(code, json={"error": "it did not work"}, request=request)

    return spoil


def _timeout(request: httpx.Request, _: httpx.Response) -> httpx.Response:
    raise httpx.ReadTimeout("timed out", request=request)


def _reset(request: httpx.Request, _: httpx.Response) -> httpx.Response:
    raise httpx.ReadError("connection reset by peer", request=request)


def _refused(request: httpx.Request, _: httpx.Response) -> httpx.Response:
    raise httpx.ConnectError("connection refused", request=request)


def _half(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
    return httpx.Response(200, stream=Broken(answer.content), request=request)


def _cut(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
    content = answer.content
    return httpx.Response(200, content=content[: len(content) // 2], request=request)


def _html(request: httpx.Request, _: httpx.Response) -> httpx.Response:
    return httpx.Response(200, html="<h1>Back soon</h1>", request=request)


def _empty(request: httpx.Request, _: httpx.Response) -> httpx.Response:
    return httpx.Response(200, json={}, request=request)


def _nulls(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
    return httpx.Response(200, json=_emptied(answer.json()), request=request)


def _graphql_error(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
    if request.url.path != "/graphql":
        return httpx.Response(403, json={"error": "unauthorized"}, request=request)
    error = {"message": "Not authorized", "extensions": {"code": "UNAUTHORIZED"}}
    body = {"data": answer.json().get("data"), "errors": [error]}
    return httpx.Response(200, json=body, request=request)


def _emptied(value: Any) -> Any:
    """The same objects with null in place of every plain value."""
    if isinstance(value, dict):
        return {key: _emptied(inner) for key, inner in value.items()}
    return [_emptied(inner) for inner in value] if isinstance(value, list) else None


Spoil = Callable[[httpx.Request, httpx.Response], httpx.Response]
SPOILS: dict[str, Spoil] = {
    **{str(code): _status(code) for code in (401, 403, 404, 429, 500, 503)},
    "timeout": _timeout,
    "reset": _reset,
    "refused": _refused,
    "half a body": _half,
    "cut JSON": _cut,
    "HTML": _html,
    "empty object": _empty,
    "nulls": _nulls,
    "GraphQL error beside data": _graphql_error,
}


class Spoiling(httpx.AsyncBaseTransport):
    """Answers as the inner transport does, but for one route."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.target = ""
        self.spoil: Spoil | None = None
        self.seen: set[str] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        name = route(request)
        self.seen.add(name)
        answer = await self._inner.handle_async_request(request)
        if self.spoil is None or name != self.target:
            return answer
        await answer.aread()
        return self.spoil(request, answer)
