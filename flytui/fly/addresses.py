"""The app's addresses out of GraphQL, where the shared one stands apart from the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flytui.fly import documents, failures, models, parse
from flytui.fly.graphql import GraphQL, nodes_of

if TYPE_CHECKING:
    from flytui.fly.models import Address

_PATH = ("app", "ipAddresses")


async def addresses(graph: GraphQL, app: str) -> tuple[Address, ...]:
    """All addresses of the app, each once, the shared IPv4 last. Raises FlyError."""
    call = graph.call(documents.ADDRESSES, f"the addresses of {app}", {"name": app}, app=app)
    pages, complete = await graph.pages(call, _PATH)
    if not complete:
        raise failures.too_many_pages(call)
    own = tuple(node.plain for node in nodes_of(call, _PATH, pages, models.wire.GraphAddress))
    shared = parse.one(
        call, models.wire.SharedAddress, parse.again(pages[0].parent), "app"
    ).shared_ip_address
    if shared is None or shared in {each.address for each in own}:
        return own
    return (*own, models.Address(address=shared, kind=models.AddressKind.SHARED_V4))
