"""The client against the demo's server: two readings of the same documentation agree."""

import httpx
import pytest

from flytui.demo.scenario import Scenario, load, names
from flytui.demo.server import application
from flytui.fly.auth import Tokens
from flytui.fly.call import Urls
from flytui.fly.client import Fly
from flytui.fly.errors import Missing, Refused

BASE = "http://127.0.0.1:4280"
OF_APP = (
    *("app", "host_issues", "deployment_source", "app_tokens", "releases", "machines", "placement"),
    *("volumes", "secrets", "addresses", "certificates", "certificate_details"),
)
WHOLE_SCENARIOS = [name for name in names() if name != "scoped-token"]


def client(scenario: Scenario, token: str | None = None) -> Fly:
    server = httpx.ASGITransport(application(scenario.world))
    return Fly(Tokens.parse(token or scenario.token), Urls(BASE, BASE, BASE), transport=server)


@pytest.mark.parametrize("name", names())
async def test_all_of_an_app_can_be_read_in_every_scenario(name: str) -> None:
    scenario = load(name)
    fly = client(scenario)
    for method in OF_APP:
        await getattr(fly, method)(scenario.app)
    await fly.add_ons(scenario.app, "sentry")
    assert (await fly.app(scenario.app)).name == scenario.app
    assert await fly.regions()
    assert await fly.vm_sizes()
    await fly.aclose()


@pytest.mark.parametrize("name", WHOLE_SCENARIOS)
async def test_all_of_an_organisation_can_be_read_with_its_token(name: str) -> None:
    scenario = load(name)
    fly = client(scenario)
    owner = (await fly.app(scenario.app)).organization
    assert owner in await fly.organizations()
    apps = await fly.organization_apps(owner.raw_slug)
    assert scenario.app in [app.name for app in apps]
    await fly.query(owner.raw_slug, "up")
    await fly.aclose()


async def test_hosts_are_told_for_the_machines_that_are_listed() -> None:
    scenario = load()
    fly = client(scenario)
    placement = await fly.placement(scenario.app)
    assert placement.complete
    assert placement.hosts.keys() <= {machine.id for machine in await fly.machines(scenario.app)}
    await fly.aclose()


async def test_a_deploy_token_is_refused_what_is_the_organisations() -> None:
    scenario = load("scoped-token")
    fly = client(scenario)
    with pytest.raises(Refused) as refused:
        await fly.organization_apps(scenario.organization)
    assert f"fly tokens create readonly {scenario.organization}" in refused.value.cure
    await fly.aclose()


async def test_a_token_nobody_made_is_refused_and_an_app_nobody_made_is_missing() -> None:
    scenario = load()
    stranger, friend = client(scenario, "fo1_nobody"), client(scenario)
    for read in (stranger.app(scenario.app), stranger.machines(scenario.app)):
        with pytest.raises(Refused):
            await read
    for read in (friend.app("nobodys"), friend.machines("nobodys")):
        with pytest.raises(Missing):
            await read
    await stranger.aclose()
    await friend.aclose()
