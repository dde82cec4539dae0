"""Apps whose names are like one that does not exist, where the token may list any."""

import asyncio
import difflib

from flytui.fly.client import Fly
from flytui.fly.errors import FlyError

_ORGANIZATIONS = 10
"""Asked for their apps; whoever has more finds the name by `fly apps list`."""
_NAMES = 3


async def near(fly: Fly, app: str) -> tuple[str, ...]:
    """The names most like it, the likest first; none where the token lists no apps."""
    try:
        owners = await fly.organizations()
    except FlyError:
        return ()
    slugs = [owner.raw_slug for owner in owners[:_ORGANIZATIONS]]
    every = await asyncio.gather(*(_names(fly, slug) for slug in slugs))
    names = [name for names in every for name in names]
    return tuple(difflib.get_close_matches(app, names, n=_NAMES))


async def _names(fly: Fly, organization: str) -> list[str]:
    try:
        return [app.name for app in await fly.organization_apps(organization)]
    except FlyError:
        return []


def meant(names: tuple[str, ...]) -> str:
    """`Did you mean shop, shops or stop?`; empty without a name."""
    if len(names) > 1:
        names = (", ".join(names[:-1]), names[-1])
    return f"Did you mean {' or '.join(names)}?" if names else ""
