"""Scenarios are well formed, the same every time, and use made-up names and addresses only."""

import ipaddress
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import tomli
import yaml

from flytui.demo.scenario import Scenario, load, names
from flytui.demo.state import App
from tests.demo.asking import NOON

_ITEMS = {
    "exposure",
    "flycast",
    "ipv4",
    "secrets",
    "multiple-machines",
    "add-regions",
    "autostop-autostart",
    "machine-sizing",
    "custom-domain",
    "sentry",
    "review-apps",
    "deploy-with-github-actions",
    "fine-tune-app",
    "autoscale-by-metric",
    "metrics",
    "export-logs",
}
_STATUSES = {"ok", "action", "advice", "manual", "unknown", "not_applicable"}
_DOCUMENTATION = [
    ipaddress.ip_network(one)
    for one in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "fdaa::/16")
]


@pytest.fixture(params=names())
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load(request.param, clock=lambda: NOON)


def test_the_first_stories_are_there_and_the_default_comes_first() -> None:
    assert names()[0] == "storefront"
    assert set(names()) >= {
        "storefront",
        "launch-ready",
        "private-api",
        "worker",
        "never-deployed",
        "scoped-token",
    }


def test_it_is_the_same_every_time(scenario: Scenario) -> None:
    again = load(scenario.name, clock=lambda: NOON)
    assert repr(again.world.apps) == repr(scenario.world.apps)
    assert again.token == scenario.token


def test_it_expects_a_verdict_of_every_item_decided_live(scenario: Scenario) -> None:
    assert set(scenario.expected) >= _ITEMS
    assert set(scenario.expected.values()) <= _STATUSES


def test_no_two_things_have_one_id(scenario: Scenario) -> None:
    counted = Counter(_ids(scenario))
    assert [one for one, times in counted.items() if times > 1] == []


def _ids(scenario: Scenario) -> Iterator[str]:
    world = scenario.world
    yield from (one.id for one in world.organizations.values())
    yield from (one.id for one in world.tokens())
    yield from world.clusters
    for app in world.apps.values():
        yield app.id
        yield from app.machines
        yield from app.volumes
        yield from (one.id for one in app.addresses)
        yield from (one.id for one in app.releases)
        yield from (one.id for one in app.certificates.values())


def test_its_addresses_are_reserved_for_documentation(scenario: Scenario) -> None:
    found = [address for app in scenario.world.apps.values() for address in _addresses(app)]
    strange = [
        one
        for one in map(ipaddress.ip_address, found)
        if not any(one.version == net.version and one in net for net in _DOCUMENTATION)
    ]
    assert strange == []


def _addresses(app: App) -> Iterator[str]:
    yield from (one.address for one in app.addresses)
    yield from (one.private_ip for one in app.machines.values())
    if app.shared_address:
        yield app.shared_address
    for certificate in app.certificates.values():
        yield from (*certificate.dns.a, *certificate.dns.aaaa)


def test_its_people_and_hostnames_are_example_com_s(scenario: Scenario) -> None:
    people = [one.email for one in scenario.world.users]
    hostnames = [host for app in scenario.world.apps.values() for host in app.certificates]
    assert people
    assert all(name.endswith("example.com") for name in people + hostnames)


def test_its_machines_are_what_flyctl_can_read(scenario: Scenario) -> None:
    for app in scenario.world.apps.values():
        for machine in app.machines.values():
            assert set(machine.config["guest"]) >= {"cpu_kind", "cpus", "memory_mb"}
            assert machine.host_status == "ok"
            assert all("updated_at" in check for check in machine.checks)
            if app.release and app.release.definition:
                metadata = machine.config["metadata"]
                assert metadata["fly_platform_version"] == "v2"
                assert metadata["fly_release_version"] == str(app.release.version)


def test_a_deployed_configuration_is_never_an_empty_object(scenario: Scenario) -> None:
    releases = [release for app in scenario.world.apps.values() for release in app.releases]
    assert all(release.definition != {} for release in releases)


def test_its_token_opens_its_app(scenario: Scenario) -> None:
    parts = scenario.token.split(",")
    token = next(one for one in scenario.world.tokens() if one.value in parts)
    assert scenario.organization in token.scope.organizations
    assert token.scope.apps in {None, (scenario.app,)}


def test_the_files_of_its_checkout_can_be_read(scenario: Scenario) -> None:
    readers: dict[str, Callable[[str], object]] = {
        ".json": json.loads,
        ".toml": tomli.loads,
        ".yml": yaml.safe_load,
    }
    read = [
        readers[Path(path).suffix] for path in scenario.checkout if Path(path).suffix in readers
    ]
    texts = [text for path, text in scenario.checkout.items() if Path(path).suffix in readers]
    assert all(one(text) for one, text in zip(read, texts, strict=True))


def test_what_looks_like_a_secret_is_visibly_none(scenario: Scenario) -> None:
    text = "\n".join(scenario.checkout.values())
    secret = re.compile(r"sk_live_|AKIA|ghp_|fm[12][ar]?_|xox[bp]-|-----BEGIN")
    assert secret.search(text) is None


def test_more_machines_are_copies_on_hosts_of_their_own() -> None:
    crowd = load("storefront", clock=lambda: NOON, machines=120)
    machines = crowd.world.machines_of(crowd.world.app("storefront"))
    assert len(machines) == 120
    assert {machine.group for machine in machines} == {"web", "worker"}
    assert len({machine.host for machine in machines}) > 100


def test_the_storefronts_certificate_is_about_to_need_a_renewal_that_may_fail() -> None:
    scenario = load("storefront", clock=lambda: NOON)
    app = scenario.world.app("storefront")
    certificate = app.certificates["shop.example.com"]
    assert {one.expires_at for one in certificate.issued} == {NOON + timedelta(days=12)}
    assert certificate.dns.a == [app.addresses[0].address]
    assert certificate.dns.aaaa == []


def test_the_storefront_has_a_secret_its_machines_do_not_know_yet() -> None:
    app = load("storefront", clock=lambda: NOON).world.app("storefront")
    assert app.release is not None
    staged = [one.name for one in app.secrets.values() if one.updated_at > app.release.created_at]
    assert staged == ["SEARCH_API_KEY"]


def test_an_unknown_story_is_refused() -> None:
    with pytest.raises(KeyError):
        load("../platform")
