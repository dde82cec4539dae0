"""Facts of Machines, volumes and secrets, from the Machines API; hosts from GraphQL."""

from flytui.facts.app import app
from flytui.facts.fact import Ask, Needs, fact
from flytui.fly import documents
from flytui.fly.models import Machine, Placement, Region, Sample, Secret, Volume


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


@fact("Prometheus fly_edge_http_responses_count", needs=Needs.METRICS)
async def edge_traffic(ask: Ask) -> tuple[Sample, ...]:
    """HTTP responses of the last 7 days by the region where they entered Fly.io's edge."""
    owner = (await ask.get(app)).organization
    query = (
        f'topk(8, sum by(region)(increase(fly_edge_http_responses_count{{app="{ask.app}"}}[7d])))'
    )
    return await ask.fly.query(owner.raw_slug, query)
