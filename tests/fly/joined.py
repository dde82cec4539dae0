"""A server of queries that travel together, and what a test wants to know of their requests."""

import asyncio
import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx

from flytui.fly.client import Fly
from tests.fly.test_failures import READS
from tests.fly.whole import WHOLE
from tests.fly.wire import Answer, ok

QUICK = {
    "HostIssues": "host_issues",
    "AddOns": "add_ons",
    "DeploymentSource": "deployment_source",
    "AppTokens": "app_tokens",
    "Addresses": "addresses",
    "VmSizes": "vm_sizes",
}
"""Queries of one lane, with the read that sends each."""
SLOW = {"Placement": "placement", "Certificates": "certificate_details"}
NAMES = tuple(QUICK)
ROOTS = {"VmSizes": "platform", "Viewer": "viewer", "Organizations": "organizations"}
DENIED = {"message": "Not authorized", "extensions": {"code": "UNAUTHORIZED"}}
REFUSED_ADDRESSES = httpx.Response(403, json={"error": "unauthorized"})
Spoil = Callable[[dict[str, Any], dict[str, str]], httpx.Response]
"""From the whole answer and the alias of each query, what comes instead."""


def aliases(request: httpx.Request) -> dict[str, str]:
    """The alias of each query in a combined request; empty for one sent alone."""
    text = str(json.loads(request.content)["query"])
    if not text.startswith("query Together"):
        return {}
    lines = [line.partition(":")[0] for line in text.splitlines()]
    return {line.rpartition("_")[0]: line for line in lines if line[-1:].isdigit()}


def alone(request: httpx.Request) -> str:
    """The name of the one query in a request."""
    return str(json.loads(request.content)["query"]).split()[1].partition("(")[0]


def whole(name: str) -> Any:
    """A good value of the query's root field."""
    answer = WHOLE[(QUICK | SLOW | {"App": "app"})[name]]
    assert isinstance(answer, dict)
    return answer["data"][ROOTS.get(name, "app")]


def server(spoil: Spoil | None = None, *, never: Iterable[str] = ()) -> Answer:
    """Answers all queries; those combined as `spoil` says, alone with a denial if `never`."""
    culprits = set(never)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/graphql":
            return REFUSED_ADDRESSES
        keys = aliases(request)
        if not keys:
            name = alone(request)
            if name in culprits:
                return ok({"data": None, "errors": [DENIED]})
            return ok({"data": {ROOTS.get(name, "app"): whole(name)}})
        body = {"data": {alias: whole(name) for name, alias in keys.items()}}
        return spoil(body, keys) if spoil else ok(body)

    return answer


async def ask(fly: Fly, reads: Iterable[str]) -> list[Any]:
    """All these asked for in the same moment; errors in their places."""
    return await asyncio.gather(*(READS[read](fly) for read in reads), return_exceptions=True)


def failed(found: Iterable[Any], names: Iterable[str] = NAMES) -> set[str]:
    return {name for name, one in zip(names, found, strict=True) if isinstance(one, Exception)}


def graphql(asked: Iterable[httpx.Request]) -> list[list[str]]:
    """The queries of each GraphQL request."""
    return [sorted(aliases(r)) or [alone(r)] for r in asked if r.url.path == "/graphql"]
