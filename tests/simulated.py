"""A session on the simulator, in one process: the same client, the answers over ASGI."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from starlette.applications import Starlette

from flytui.assessment import Assessment
from flytui.checklist import load as load_checklist
from flytui.demo.environment import environment
from flytui.demo.faults import Faults
from flytui.demo.scenario import Scenario, load, write_checkout
from flytui.demo.server import application
from flytui.events import Assessed
from flytui.opening import Surroundings, open_session
from flytui.session import Session
from flytui.settings import Flags, resolve
from flytui.team import with_team


class Counting(httpx.AsyncBaseTransport):
    """Passes requests on and remembers them, as `METHOD /path` and GraphQL root field."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return await self.inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self.inner.aclose()


def asgi(app: Starlette) -> httpx.ASGITransport:
    """Answers of the application, without a socket."""
    return httpx.ASGITransport(app, raise_app_exceptions=False)


@dataclass
class Simulated:
    """One scenario with everything a test may want to reach into."""

    scenario: Scenario
    folder: Path
    faults: Faults = field(default_factory=Faults)
    transport: Counting = field(init=False)

    def __post_init__(self) -> None:
        app = application(self.scenario.world, faults=self.faults)
        self.transport = Counting(asgi(app))
        (self.folder / "checkout").mkdir(exist_ok=True)
        write_checkout(self.scenario, self.folder / "checkout")

    @property
    def environ(self) -> Mapping[str, str]:
        variables = environment("http://127.0.0.1:1", self.scenario.token, str(self.folder / "fly"))
        return {"HOME": str(self.folder), "PATH": str(self.folder / "bin"), **variables}

    @property
    def flags(self) -> Flags:
        return Flags(app=self.scenario.app)

    def around(self, fly: str | None = None) -> Surroundings:
        """Where flytui runs: in the scenario's checkout, with all it keeps below the folder."""
        return Surroundings(
            environ=self.environ,
            checkout=self.folder / "checkout",
            data=self.folder / "data",
            state=self.folder / "state",
            fly=fly,
            demo=True,
            transport=self.transport,
        )

    def session(self, *, fly: str | None = None) -> Session:
        settings = resolve(self.flags, self.environ, self.folder)
        items = with_team(load_checklist(), self.folder / "checkout")
        return open_session(settings, items, self.around(fly))


def simulated(name: str, folder: Path, machines: int = 0) -> Simulated:
    return Simulated(load(name, machines=machines), folder)


async def found(session: Session) -> dict[str, Assessment]:
    """Everything the session finds, by item id."""
    events = [e async for e in session.assess()]
    return {e.assessment.item.id: e.assessment for e in events if isinstance(e, Assessed)}
