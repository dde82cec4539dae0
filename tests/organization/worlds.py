"""An estate on the simulator, in one process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from flytui.checklist import load as load_checklist
from flytui.demo.scenario import load
from flytui.estate import Estate
from flytui.fly.models import App
from flytui.opening import Ground
from flytui.session import Session
from flytui.settings import Flags, resolve
from tests.simulated import Simulated


class Measured:
    """An estate with what its client asked for."""

    def __init__(self, folder: Path, apps: int, scenario: str = "storefront") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.simulated = Simulated(load(scenario, apps=apps), folder)
        self.app = self.simulated.scenario.app
        self.organization = self.simulated.scenario.organization
        self.estate = Estate(self._ground)

    def _ground(self) -> Ground:
        simulated = self.simulated
        settings = resolve(Flags(), simulated.environ, simulated.folder)
        # Whatever the environment names, another app is chosen here.
        return Ground(replace(settings, app=None), load_checklist(), simulated.around())

    @property
    def asked(self) -> list[str]:
        """The paths asked for, and the text of each GraphQL query."""
        return [
            request.content.decode() if request.url.path == "/graphql" else request.url.path
            for request in self.simulated.transport.requests
        ]

    async def listed(self) -> dict[str, App]:
        """The organisation's apps."""
        found: dict[str, App] = {}
        async for page in self.estate.apps_of(self.organization):
            found |= {app.name: app for app in page}
        return found

    async def look(self, app: App) -> Session:
        """The app, looked at as the matrix does."""
        async for _ in self.estate.look(app):
            pass
        return self.estate.sessions[app.name]


@asynccontextmanager
async def measured(
    folder: Path, apps: int = 0, scenario: str = "storefront"
) -> AsyncIterator[Measured]:
    """An estate that is closed in the end."""
    found = Measured(folder, apps, scenario)
    try:
        yield found
    finally:
        await found.estate.close()
