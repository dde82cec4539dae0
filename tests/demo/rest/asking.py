"""The simulator's REST fronts, asked in process, at a fixed moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from starlette.applications import Starlette

from flytui.demo.rest import routes
from flytui.demo.scenario import Scenario, load
from flytui.demo.state import App, Machine
from flytui.demo.world import World
from tests.demo.asking import NOON, OAUTH


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: int) -> None:
        self.now += timedelta(**by)


@dataclass
class Asker:
    scenario: Scenario
    clock: Clock
    authorization: str | None

    @property
    def world(self) -> World:
        return self.scenario.world

    @property
    def app(self) -> App:
        return self.world.apps[self.scenario.app]

    @property
    def machine(self) -> Machine:
        """The app's first Machine."""
        return next(iter(self.app.machines.values()))

    async def send(
        self, method: str, path: str, body: Any = None, *, nonce: str | None = None
    ) -> httpx.Response:
        headers = {"authorization": self.authorization} if self.authorization else {}
        headers |= {"fly-machine-lease-nonce": nonce} if nonce else {}
        transport = httpx.ASGITransport(Starlette(routes=routes(self.world)))
        async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
            return await client.request(method, path, json=body, headers=headers)

    async def get(self, path: str) -> Any:
        """The JSON of a reading that succeeds."""
        return await self.done("GET", path)

    async def done(
        self, method: str, path: str, body: Any = None, *, nonce: str | None = None
    ) -> Any:
        response = await self.send(method, path, body, nonce=nonce)
        assert response.is_success, response.text
        return response.json() if response.content else None

    async def status(self, method: str, path: str, body: Any = None) -> int:
        return (await self.send(method, path, body)).status_code


def asker(name: str = "storefront", authorization: str | None = f"Bearer {OAUTH}") -> Asker:
    clock = Clock()
    return Asker(load(name, clock=clock), clock, authorization)


def with_token(name: str, *, read_only: bool = False, one_app: bool = False) -> Asker:
    """An asker with a listed token of the kind wanted, as it is written into a header."""
    asking = asker(name)
    token = next(
        one
        for one in asking.world.tokens()
        if not one.session
        and one.scope.read_only is read_only
        and (one.scope.apps is not None) is one_app
    )
    asking.authorization = f"FlyV1 {token.value}"
    return asking
