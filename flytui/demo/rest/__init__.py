"""The REST fronts of the simulated Fly.io: Machines, `/api/v1`, and Prometheus over one world."""

from starlette.routing import BaseRoute

from flytui.demo.rest import (
    addresses,
    apps,
    certificates,
    machine_control,
    machines,
    platform,
    postgres,
    prometheus,
    releases,
    secrets,
    volumes,
)
from flytui.demo.rest.front import Front, machines_complaint, uiex_complaint
from flytui.demo.world import World


def routes(world: World) -> list[BaseRoute]:
    """Every REST route of the simulator, answered from and written to `world`."""
    machines_api = Front(world, "/v1", machines_complaint)
    uiex = Front(world, "/api/v1", uiex_complaint)
    return [
        *apps.routes(machines_api),
        *machines.routes(machines_api),
        *machine_control.routes(machines_api),
        *volumes.routes(machines_api),
        *secrets.routes(machines_api),
        *addresses.routes(machines_api),
        *certificates.routes(machines_api),
        *platform.routes(machines_api),
        *postgres.public_routes(machines_api),
        *releases.routes(uiex),
        *postgres.routes(uiex),
        *prometheus.routes(world),
    ]
