"""The demo's Fly.io by itself: the gate, leases, certificates, deployments, times and tokens."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgpack
import pytest

from flytui.demo import macaroons
from flytui.demo.access import authenticate
from flytui.demo.changes import addresses, certificates, machines, postgres, secrets, volumes
from flytui.demo.changes import apps as apps_changes
from flytui.demo.deploying import guest, machine_config
from flytui.demo.moments import moment
from flytui.demo.problems import Conflict, Invalid, Missing, Refused, Unauthenticated
from flytui.demo.scenario import load
from flytui.demo.state import App, Machine, Release, User
from flytui.demo.world import World
from tests.demo.asking import NOON, OAUTH

# What flyctl's sources say a token without caveats looks like; decoded by hand there.
_PLAIN = (
    "fm2_lJPECmZseXR1aS1zaW3EEAABAgMEBQYHCAkKCwwNDg/CtWh0dHBzOi8vYXBpLmZseS5pby92MZDE"
    "IAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


def storefront() -> tuple[World, App]:
    world = load("storefront", clock=lambda: NOON).world
    return world, world.app("storefront")


def web(world: World, app: App) -> Machine:
    return next(one for one in world.machines_of(app) if one.group == "web")


@pytest.mark.parametrize(
    ("words", "distance"),
    [
        ("now", timedelta()),
        ("3 days ago", timedelta(days=-3)),
        ("1 hour ago", timedelta(hours=-1)),
        ("in 12 days", timedelta(days=12)),
        ("in 20 years", timedelta(days=7300)),
    ],
)
def test_times_are_seen_from_the_clock(words: str, distance: timedelta) -> None:
    assert moment(words, NOON) - NOON == distance


@pytest.mark.parametrize("words", ["soon", "3 days", "in 3 days ago", "3 fortnights ago"])
def test_what_is_no_time_is_said_so(words: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        moment(words, NOON)


def test_the_full_token_is_the_one_flyctl_can_decode() -> None:
    assert macaroons.unrestricted() == _PLAIN


def test_a_deploy_token_names_its_organization_its_app_and_its_end() -> None:
    token = macaroons.app_token(bytes(16), 77, 42, NOON)
    packed = base64.b64decode(token.removeprefix("fm2_"))
    _, location, caveats, _ = msgpack.unpackb(packed, strict_map_key=False)
    assert location == "https://api.fly.io/v1"
    assert caveats[:2] == [0, [77, 31]]
    assert caveats[3][0][:2] == [3, [{42: 31}]]
    assert caveats[-2:] == [4, [0, int(NOON.timestamp())]]


@pytest.mark.parametrize("header", ["Bearer {}", "FlyV1 {}", "Bearer FlyV1 {}", "FlyV1 x,{}"])
def test_a_known_token_opens_the_world_under_either_scheme(header: str) -> None:
    world, _ = storefront()
    assert authenticate(world, header.format(OAUTH)).user.email == "ada@example.com"


def test_an_expired_token_opens_nothing() -> None:
    world, app = storefront()
    app.tokens[0].expires_at = NOON
    with pytest.raises(Unauthenticated):
        authenticate(world, f"FlyV1 {app.tokens[0].value}")


def test_a_deploy_token_lists_no_organization() -> None:
    world, app = storefront()
    access = authenticate(world, f"FlyV1 {app.tokens[0].value}")
    assert access.app("storefront") is app
    with pytest.raises(Refused):
        access.app("acme-edge")
    with pytest.raises(Refused):
        access.organization("acme")
    with pytest.raises(Missing):
        access.app("nope")


def test_a_lease_keeps_others_out_until_it_ends() -> None:
    clock = Clock()
    world = load("storefront", clock=clock).world
    app = world.app("storefront")
    machine = web(world, app)
    held = machines.lease(world, machine, nonce=None, seconds=60, owner="ada@example.com")
    with pytest.raises(Conflict):
        machines.lease(world, machine, nonce=None, seconds=60, owner="ben@example.com")
    with pytest.raises(Conflict):
        machines.unlocked(world, machine, nonce="another")
    machines.unlocked(world, machine, nonce=held.nonce)
    clock.now += timedelta(seconds=60)
    machines.unlocked(world, machine, nonce=None)
    with pytest.raises(Missing, match="lease not found"):
        machines.unlease(world, machine, held.nonce)


def test_a_lease_asked_for_again_by_its_holder_lasts_longer() -> None:
    world, app = storefront()
    machine = web(world, app)
    first = machines.lease(world, machine, nonce=None, seconds=10, owner="a")
    again = machines.lease(world, machine, nonce=first.nonce, seconds=90, owner="a")
    assert again.nonce == first.nonce
    assert again.expires_at == NOON + timedelta(seconds=90)


def test_an_update_replaces_the_whole_configuration() -> None:
    world, app = storefront()
    machine = web(world, app)
    before = machine.instance_id
    machines.update(world, app, machine, {"image": "registry.fly.io/storefront:new"})
    assert machine.config.get("services") is None
    assert machine.config["guest"] == {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}
    assert machine.image_ref["tag"] == "new"
    assert machine.instance_id != before


def test_a_destroyed_machine_gives_its_volume_back() -> None:
    world, _ = storefront()
    app = world.app("storefront-db")
    (machine,) = world.machines_of(app)
    with pytest.raises(Conflict):
        machines.destroy(world, app, machine)
    machines.destroy(world, app, machine, force=True)
    assert world.machines_of(app) == []
    (volume,) = app.volumes.values()
    assert volume.attached_machine_id is None
    volumes.destroy(app, volume)
    assert app.volumes == {}


def test_a_machine_is_launched_where_fly_io_has_a_region() -> None:
    world, app = storefront()
    assert machines.launch(world, app, {}, region="ams").state == "started"
    with pytest.raises(Invalid):
        machines.launch(world, app, {}, region="moon")


def test_a_stopped_machine_tells_its_end_first() -> None:
    world, app = storefront()
    machine = web(world, app)
    assert machines.stop(world, machine) == "started"
    assert machine.events[0]["type"] == "exit"
    assert machine.checks == []
    assert machines.start(world, machine) == "stopped"


@pytest.mark.parametrize(
    ("image", "registry", "repository", "tag"),
    [
        ("registry.fly.io/shop:deployment-01", "registry.fly.io", "shop", "deployment-01"),
        ("flyio/postgres-flex:16.4", "registry-1.docker.io", "flyio/postgres-flex", "16.4"),
        ("redis", "registry-1.docker.io", "redis", "latest"),
        ("ghcr.io/acme/tool@sha256:00", "ghcr.io", "acme/tool", "latest"),
    ],
)
def test_an_image_is_taken_apart(image: str, registry: str, repository: str, tag: str) -> None:
    found = machines.image_ref(image)
    assert (found["registry"], found["repository"], found["tag"]) == (registry, repository, tag)


def test_a_certificate_loses_its_way_with_the_address_its_dns_points_to() -> None:
    _, app = storefront()
    certificate = app.certificates["shop.example.com"]
    assert certificates.configured(app, certificate)
    assert not certificates.acme_alpn_configured(app, certificate)
    addresses.release(app, ip="203.0.113.7")
    assert not certificates.configured(app, certificate)


def test_a_hostname_gets_its_certificate_once_dns_points_here() -> None:
    world, app = storefront()
    made = certificates.add(world, app, "new.example.com")
    certificates.check(world, app, made)
    assert certificates.status(world, app, made) == "pending_ownership"
    made.dns.a = ["203.0.113.7"]
    certificates.check(world, app, made)
    assert certificates.status(world, app, made) == "active"


def test_a_secret_changed_is_younger_than_the_release() -> None:
    world, app = storefront()
    version = app.secrets_version
    assert secrets.change(world, app, {"DATABASE_URL": "x", "MAILER_PASSWORD": None}) == version + 1
    assert app.secrets["DATABASE_URL"].updated_at == NOON
    assert app.secrets["DATABASE_URL"].created_at < NOON
    assert "MAILER_PASSWORD" not in app.secrets


def test_a_restore_is_a_new_cluster_beside_the_old() -> None:
    world, _ = storefront()
    (source,) = world.clusters.values()
    restored = postgres.restore(world, source, backup_id=source.backups[0].id, name="drill")
    assert set(world.clusters) == {source.id, restored.id}
    with pytest.raises(Missing):
        postgres.restore(world, source, backup_id="nope", name=None)


def test_app_names_are_one_namespace() -> None:
    world, _ = storefront()
    with pytest.raises(Invalid) as taken:
        apps_changes.create(world, world.organization("acme"), "storefront-db")
    assert taken.value.status == "name_taken"


@pytest.mark.parametrize(
    ("vm", "expected"),
    [
        ({}, ("shared", 1, 256)),
        ({"size": "shared-cpu-2x"}, ("shared", 2, 512)),
        ({"size": "shared-cpu-2x", "memory": "1gb"}, ("shared", 2, 1024)),
        ({"size": "performance-1x"}, ("performance", 1, 2048)),
        ({"cpu_kind": "performance", "cpus": 2, "memory": 8192}, ("performance", 2, 8192)),
    ],
)
def test_a_size_gives_its_memory_unless_told_otherwise(
    vm: dict[str, object], expected: tuple[str, int, int]
) -> None:
    assert tuple(guest(vm).values()) == expected


def test_a_deployment_gives_services_to_the_groups_that_have_them() -> None:
    definition = {
        "processes": {"web": "serve", "worker": "work"},
        "http_service": {
            "internal_port": 8080,
            "processes": ["web"],
            "auto_stop_machines": "suspend",
        },
    }
    release = Release("r1", 4, NOON, User("u1", "ada@example.com", "Ada"))
    serving = machine_config(definition, "web", "image", release)
    (service,) = serving["services"]
    assert service["autostop"] == "suspend"
    assert [port["port"] for port in service["ports"]] == [80, 443]
    assert serving["metadata"]["fly_release_version"] == "4"
    working = machine_config(definition, "worker", "image", release)
    assert working["services"] == []
    assert working["init"] == {"cmd": ["work"]}
