"""A fault: what the proxy does with a request, and what may be expected all the same."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.faults.proxy import Act, Exchange, as_it_is


class Kind(StrEnum):
    """How far it reaches, and what is told."""

    REQUEST = "request"
    """Everything asked for in the same request is unseen."""
    ROUTE = "route"
    """Of several in one request, the client finds the one that is spoiled."""
    TOLD = "told"
    """It is an answer like any other, of that route: its news may be good."""
    HARMLESS = "harmless"
    """The client copes: everything is as without it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail."""

    name: str
    act: Act
    kind: Kind
    slow: bool = False
    """Somebody waits for an answer that does not come."""
    fits: Callable[[str], bool] = lambda route: True


def status(code: int, content: bytes = b'{"error":"it did not work"}', **more: str) -> Act:
    """Answers with that status; `Retry_After=` sets a header."""
    headers = {name.replace("_", "-"): value for name, value in more.items()}

    async def act(exchange: Exchange) -> None:
        await exchange.send(code, content, headers)

    return act


def at_first(times: int, act: Act) -> Act:
    """So many times, and never again."""

    async def first(exchange: Exchange) -> None:
        await (act if exchange.number <= times else as_it_is)(exchange)

    return first
