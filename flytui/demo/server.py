"""The web application: all of the demo's fronts over one world, on one port."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from flytui.demo.faults import Faults
from flytui.demo.graphql import front
from flytui.demo.rest import routes
from flytui.demo.state import Json
from flytui.demo.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def application(world: World, *, latency: float = 0.0, faults: Faults | None = None) -> Starlette:
    """Fly.io over this world; each answer `latency` seconds late, with faults only if given."""
    middleware = [Middleware(Late, seconds=latency)] if latency else []
    controls: list[Route] = []
    if faults is not None:
        middleware.append(Middleware(faults.middleware))
        controls = faults.routes()
    graphql = Route("/graphql", _graphql(world), methods=["POST"])
    metrics = Route("/metrics_post", _accepted, methods=["POST"])
    return Starlette(routes=[*controls, graphql, metrics, *routes(world)], middleware=middleware)


class Late:
    """Holds each request for a while, as a network does; others are not held up by it."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await asyncio.sleep(self._seconds)
        await self._app(scope, receive, send)


def _graphql(world: World) -> Endpoint:
    schema = front.executable()

    async def endpoint(request: Request) -> Response:
        body = _object(await request.body())
        if body is None or not isinstance(body.get("variables") or {}, dict):
            return JSONResponse({"errors": [{"message": "The request is no GraphQL."}]}, 400)
        authorization = request.headers.get("authorization")
        return JSONResponse(front.answer(schema, world, authorization, body))

    return endpoint


def _object(text: bytes) -> Json | None:
    """The JSON object sent; None when it is something else."""
    try:
        body = json.loads(text)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


async def _accepted(_: Request) -> Response:
    """Flyctl's usage statistics go nowhere."""
    return Response(status_code=200)
