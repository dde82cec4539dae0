"""flytui only reads; what writes is `fly`, which is started once whatever comes of it."""

from pathlib import Path

import pytest

from flytui.demo.environment import environment
from flytui.demo.server import application
from flytui.demo.stand_in import install
from flytui.events import RunStep
from flytui.fly import documents
from flytui.fly.document import Document
from flytui.opening import Surroundings, open_session
from flytui.remedy import Command
from flytui.runner import Ended, Started
from flytui.session import Session
from flytui.settings import resolve
from tests.faults.fault import status
from tests.faults.looking import honest, hurried, look, session
from tests.faults.proxy import WRITE, Act, Exchange, Proxy, running
from tests.simulated import Simulated, asgi, found, simulated


async def _reset(exchange: Exchange) -> None:
    exchange.reset()


async def _refused(exchange: Exchange) -> None:
    errors = b'{"data": null, "errors": [{"message": "Not authorized"}]}'
    await exchange.send(200, errors, {})


async def _half(exchange: Exchange) -> None:
    await exchange.raw(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"data"')
    exchange.reset()


FAULTS: dict[str, Act] = {
    "429": status(429, Retry_After="0"),
    "500": status(500),
    "reset": _reset,
    "half": _half,
    "refused": _refused,
}


def _opened(world: Simulated, url: str) -> Session:
    variables = environment(url, world.scenario.token, str(world.folder / "fly"))
    environ = {**world.environ, **variables}
    around = Surroundings(
        environ=environ,
        extra=variables,
        checkout=world.folder / "checkout",
        data=world.folder / "data",
        state=world.folder / "state",
        clocks=hurried(),
    )
    from flytui.checklist import load  # noqa: PLC0415

    return open_session(resolve(world.flags, environ, world.folder), load(), around)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_write_that_fails_is_made_once(fault: str, tmp_path: Path) -> None:
    world = simulated("storefront", tmp_path)
    (tmp_path / "bin").mkdir()
    install(tmp_path / "bin")
    upstream = asgi(application(world.scenario.world))
    async with running(Proxy(upstream, WRITE, FAULTS[fault])) as proxy:
        opened = _opened(world, proxy.url)
        await found(opened)
        plan = opened.plan("exposure", _release(opened))
        steps: list[RunStep] = [step async for step in opened.run(plan)]
        await opened.close()
    assert sum(isinstance(step, Started) for step in steps) == 1
    assert [step.code for step in steps if isinstance(step, Ended)] == [1]
    assert len(proxy.writes) == 1


def _release(opened: Session) -> Command:
    resources = opened.assessments["exposure"].finding.resources
    remedies = (remedy for resource in resources for remedy in resource.remedies)
    return next(r for r in remedies if isinstance(r, Command) and "release" in r.argv)


async def test_nothing_but_readings_ever_leaves_flytui(tmp_path: Path) -> None:
    async with running(Proxy(honest())) as proxy:
        urls = ("FLY_API_BASE_URL", "FLY_FLAPS_BASE_URL", "FLY_UIEX_BASE_URL")
        await look(session(tmp_path, urls=dict.fromkeys(urls, proxy.url)))
    assert proxy.writes == []
    assert {method for method, path in proxy.seen if path != "/graphql"} == {"GET"}
    assert {method for method, path in proxy.seen if path == "/graphql"} == {"POST"}


def test_no_document_is_a_mutation() -> None:
    every = [each for each in vars(documents).values() if isinstance(each, Document)]
    assert len(every) > 15
    assert all(each.text.lstrip().startswith("query ") for each in every)
