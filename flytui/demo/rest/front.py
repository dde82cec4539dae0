"""How a REST front answers: who asks, what they sent, and problems in that front's own shape."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flytui.demo.access import Access, authenticate
from flytui.demo.problems import Conflict, Invalid, Missing, Problem, Refused, Unauthenticated
from flytui.demo.state import App, Json, Organization
from flytui.demo.world import World

_READING = {"GET", "HEAD"}


class Malformed(Problem):
    """The request itself cannot be read (400)."""


@dataclass(frozen=True)
class Call:
    """One request that carried a good token."""

    access: Access
    request: Request
    body: Json

    @property
    def world(self) -> World:
        return self.access.world

    def part(self, name: str) -> str:
        """A named part of the path."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str | None:
        return self.request.query_params.get(name)

    def number(self, name: str, default: int) -> int:
        """A whole number of the query; the default where it is missing."""
        return _whole(name, self.query(name), default)

    def count(self, name: str, default: int) -> int:
        """A whole number of the body; the default where it is missing or null."""
        return _whole(name, self.body.get(name), default)

    @property
    def nonce(self) -> str | None:
        """The lease the caller says it holds."""
        return self.request.headers.get("fly-machine-lease-nonce")

    @property
    def app(self) -> App:
        try:
            return self.access.app(self.part("app"))
        except Missing:
            raise Missing("app not found") from None

    @property
    def organization(self) -> Organization:
        try:
            return self.access.organization(self.part("organization"))
        except Missing:
            raise Missing("organization not found") from None


Handler = Callable[[Call], Response]
Complaint = Callable[[Problem], Response]


def ok(body: Any, status: int = 200) -> Response:
    return JSONResponse(body, status)


def nothing(status: int = 204) -> Response:
    """An answer whose body nobody reads; JSON all the same where the status allows one."""
    return Response(status_code=status) if status == 204 else JSONResponse({"ok": True}, status)


def machines_complaint(problem: Problem) -> Response:
    """The Machines API's error bodies."""
    match problem:
        case Unauthenticated():
            return ok({"error": "Authenticate: token validation error"}, 401)
        case Refused():
            return ok({"error": "unauthorized"}, 403)
        case Missing():
            return ok({"error": str(problem)}, 404)
        case Conflict():
            return ok({"status": "error", "message": str(problem)}, 409)
        case Invalid():
            status = {"status": problem.status} if problem.status else {}
            return ok({"error": str(problem), **status}, 422)
        case _:
            return ok({"error": str(problem)}, 400)


def uiex_complaint(problem: Problem) -> Response:
    """The error bodies of `/api/v1`."""
    status = machines_complaint(problem).status_code
    return ok({"errors": {"detail": str(problem)}}, status)


@dataclass(frozen=True)
class Front:
    """A family of routes with one prefix and one shape of error."""

    world: World
    prefix: str
    complaint: Complaint

    def route(self, method: str, path: str, handler: Handler, *, reads: bool = False) -> Route:
        """`handler` at a path; a read-only token may use it only if it reads."""
        reads = reads or method in _READING

        async def endpoint(request: Request) -> Response:
            response = await self._answer(request, handler, reads)
            response.headers["fly-request-id"] = f"{secrets.token_hex(13).upper()}-demo"
            return response

        return Route(self.prefix + path, endpoint, methods=[method])

    async def _answer(self, request: Request, handler: Handler, reads: bool) -> Response:
        try:
            access = authenticate(self.world, request.headers.get("authorization"))
            if not reads:
                access.writing()
            return handler(Call(access, request, await _body(request)))
        except Problem as problem:
            return self.complaint(problem)


def _whole(name: str, value: object, default: int) -> int:
    if value is None or value == "":
        return default
    if isinstance(value, int | str):
        try:
            return int(value)
        except ValueError:
            pass
    raise Malformed(f"{name} must be a number")


async def _body(request: Request) -> Json:
    """The request's JSON object or form; empty where nothing was sent."""
    raw = await request.body()
    if not raw:
        return {}
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(raw.decode("utf-8", "replace")))
    try:
        body = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        raise Malformed("invalid JSON in the request body") from None
    if not isinstance(body, dict):
        raise Malformed("the request body must be a JSON object")
    return body


def page(items: list[Any], cursor: str | None, limit: int) -> tuple[list[Any], str]:
    """One page of a listing and the cursor to the next; an empty cursor ends it."""
    start = int(cursor) if cursor and cursor.isdigit() else 0
    end = start + max(1, limit)
    return items[start:end], str(end) if end < len(items) else ""


def chosen(items: Iterable[Any], wanted: str | None, attribute: str) -> list[Any]:
    """Those whose attribute is in a comma-separated list; all where nothing was asked."""
    if not wanted:
        return list(items)
    accepted = set(wanted.split(","))
    return [item for item in items if getattr(item, attribute) in accepted]
