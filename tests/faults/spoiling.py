"""A transport that spoils the answers of one route, and lets the others through."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from functools import cache
from typing import Any

import httpx
from graphql import FieldNode, OperationDefinitionNode, parse

WHOLE = "GraphQL"
"""The route of every GraphQL request."""


def routes(request: httpx.Request) -> Mapping[str, str]:
    """The routes a request takes: the path, or `GraphQL Addresses` with its key in `data`."""
    if request.url.path != "/graphql":
        return {request.url.path: ""}
    return _asked(json.loads(request.content)["query"])


@cache
def _asked(query: str) -> Mapping[str, str]:
    # Many looks ask the same.
    (operation,) = parse(query).definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert operation.name
    fields = [each for each in operation.selection_set.selections if isinstance(each, FieldNode)]
    if operation.name.value != "Together":
        return {f"GraphQL {operation.name.value}": fields[0].name.value}
    aliases = [each.alias.value for each in fields if each.alias]
    return {f"GraphQL {alias.rpartition('_')[0]}": alias for alias in aliases}


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
    body = {"data": answer.json().get("data"), "errors": [_NOT_AUTHORIZED]}
    return httpx.Response(200, json=body, request=request)


_NOT_AUTHORIZED = {"message": "Not authorized", "extensions": {"code": "UNAUTHORIZED"}}


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


ALL_FAIL = {"401", "429", "503", "timeout", "reset", "refused", "half a body", "nulls"}
"""What strikes everything in the same request; of the others the client finds the culprit."""

Part = Callable[[dict[str, Any], str], dict[str, Any]]


def _denied(answer: dict[str, Any], key: str) -> dict[str, Any]:
    return {"data": {**answer["data"], key: None}, "errors": [{**_NOT_AUTHORIZED, "path": [key]}]}


def _denied_within(answer: dict[str, Any], key: str) -> dict[str, Any]:
    return {**answer, "errors": [{**_NOT_AUTHORIZED, "path": [key, "nodes", 0, "id"]}]}


def _denied_with_all(answer: dict[str, Any], key: str) -> dict[str, Any]:
    return {"data": None, "errors": [{**_NOT_AUTHORIZED, "path": [key]}]}


def _not_valid(answer: dict[str, Any], key: str) -> dict[str, Any]:
    error = {"message": "Field does not exist", "path": ["query Together", key, "field"]}
    return {"errors": [error]}


def _null(answer: dict[str, Any], key: str) -> dict[str, Any]:
    return {"data": {**answer["data"], key: None}}


def _nulls_of(answer: dict[str, Any], key: str) -> dict[str, Any]:
    return {"data": {**answer["data"], key: _emptied(answer["data"][key])}}


def _left_out(answer: dict[str, Any], key: str) -> dict[str, Any]:
    return {"data": {name: value for name, value in answer["data"].items() if name != key}}


PARTS: dict[str, Part] = {
    "denied": _denied,
    "denied within": _denied_within,
    "denied with all": _denied_with_all,
    "not valid": _not_valid,
    "null": _null,
    "nulls in it": _nulls_of,
    "left out": _left_out,
}
"""What can happen to one query's part of an answer to several."""


def _part(part: Part, key: str) -> Spoil:
    def spoil(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        return httpx.Response(200, json=part(answer.json(), key), request=request)

    return spoil


class Remembering(httpx.AsyncBaseTransport):
    """Asks the inner transport once: nothing that is only read changes between two looks."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self._known: dict[tuple[str, bytes, str], tuple[int, bytes]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        key = (str(request.url), request.content, request.headers.get("Authorization", ""))
        if key not in self._known:
            answer = await self._inner.handle_async_request(request)
            self._known[key] = answer.status_code, await answer.aread()
        status, content = self._known[key]
        return httpx.Response(status, content=content, request=request)


class Spoiling(httpx.AsyncBaseTransport):
    """Answers as the inner transport does, but for one route."""

    def __init__(self, inner: httpx.AsyncBaseTransport, target: str = "", kind: str = "") -> None:
        self._inner = inner
        self._target = target
        self._kind = kind
        self.seen: set[str] = set()
        self.struck: set[str] = set()
        """The routes of the requests that were spoiled."""
        self.together: set[str] = set()
        """The routes that shared a request."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        keys = routes(request)
        self.together |= set(keys) if len(keys) > 1 else set()
        self.seen |= {*keys, WHOLE} if request.url.path == "/graphql" else set(keys)
        answer = await self._inner.handle_async_request(request)
        hit = self._target in keys or (self._target == WHOLE and request.url.path == "/graphql")
        if not hit:
            return answer
        self.struck |= set(keys)
        await answer.aread()
        part = PARTS.get(self._kind)
        spoil = _part(part, keys[self._target]) if part else SPOILS[self._kind]
        return spoil(request, answer)
