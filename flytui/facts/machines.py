"""Facts of Machines, volumes and secrets, from the Machines API; hosts from GraphQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flytui.facts.fact import Ask, Needs, fact
from flytui.fly import documents

if TYPE_CHECKING:
    from flytui.fly.models import Machine, Placement, Region, Secret, Volume


@fact("Machines API /v1/apps/{app}/machines")
async def machines(ask: Ask) -> tuple[Machine, ...]:
    """All Machines of the app, also stopped, temporary and unmanaged ones."""
    return await ask.fly.machines(ask.app)


@fact("GraphQL app.machines.host", query=documents.PLACEMENT)
async def placement(ask: Ask) -> Placement:
    """Which host each Machine is on."""
    return await ask.fly.placement(ask.app)


@fact("Machines API /v1/apps/{app}/volumes")
async def volumes(ask: Ask) -> tuple[Volume, ...]:
    """The app's volumes, without those being destroyed."""
    return await ask.fly.volumes(ask.app)


@fact("Machines API /v1/apps/{app}/secrets")
async def secrets(ask: Ask) -> tuple[Secret, ...]:
    """Names and digests of the app's secrets, never values."""
    return await ask.fly.secrets(ask.app)


@fact("Machines API /v1/platform/regions", needs=Needs.SIGNED_IN)
async def regions(ask: Ask) -> tuple[Region, ...]:
    """Fly.io's regions with their coordinates."""
    return await ask.fly.regions()
