"""Scenarios: organisations described as data, loaded into a fresh world."""

import secrets
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import tomli

from flytui.demo.building import (
    build_add_on,
    build_app,
    build_cluster,
    build_organization,
    build_series,
    crowd,
)
from flytui.demo.building.machines import multiply
from flytui.demo.identifiers import Identifiers
from flytui.demo.macaroons import session_token, unrestricted
from flytui.demo.measuring import measure
from flytui.demo.moments import moment
from flytui.demo.state import Json, Region, Scope, Token, VmSize
from flytui.demo.world import Clock, World, system_clock

DEFAULT = "storefront"
_OAUTH = "fo1_simulator"


@dataclass(frozen=True)
class Scenario:
    """A world with the app the demo opens, the token it hands out and what it should find."""

    name: str
    title: str
    world: World
    app: str
    token: str
    checkout: dict[str, str]
    """Path → text of each file of the app's checkout."""
    expected: dict[str, str]
    """Item → status for the items decided from what the world and the checkout say."""

    @property
    def organization(self) -> str:
        return self.world.apps[self.app].organization


def names() -> tuple[str, ...]:
    """Every scenario, the default one first."""
    found = [file.name for file in resources.files("flytui.demo").joinpath("scenarios").iterdir()]
    stems = sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml"))
    return tuple(sorted(stems, key=lambda name: name != DEFAULT))


def load(
    name: str = DEFAULT, *, clock: Clock = system_clock, machines: int = 0, apps: int = 0
) -> Scenario:
    """The scenario in a world of its own: the same every time for the same clock.

    With `machines`, the app has at least so many of them; with `apps`, its organisation. An unknown
    name is a `KeyError`.
    """
    if name not in names():
        raise KeyError(name)
    data = _read(f"scenarios/{name}.toml")
    # One reading of the clock, so that all of a scenario's times agree with each other.
    world = World(clock=_frozen(clock), ids=Identifiers(name))
    _furnish(world, data)
    if machines:
        multiply(world, world.app(data["app"]), machines)
    measure(world)
    crowd(world, world.organization(world.app(data["app"]).organization), apps)
    token = _token(world, data)
    world.clock = clock
    files: dict[str, str] = data.get("checkout", {})
    config = next(one.get("config") for one in data["apps"] if one["name"] == data["app"])
    checkout = ({"fly.toml": config} if config else {}) | files
    return Scenario(name, data["title"], world, data["app"], token, checkout, data["expected"])


def write_checkout(scenario: Scenario, folder: Path) -> None:
    """The checkout's files below a folder."""
    for path, text in scenario.checkout.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _frozen(clock: Clock) -> Clock:
    now = moment("now", clock())
    return lambda: now


def _read(path: str) -> Json:
    return tomli.loads(resources.files("flytui.demo").joinpath(path).read_text("utf-8"))


def furnish(world: World) -> None:
    """What Fly.io offers everybody: regions and sizes."""
    platform = _read("platform.toml")
    world.regions = [Region(**one) for one in platform["regions"]]
    world.vm_sizes = [VmSize(**one) for one in platform["vm_sizes"]]


def login(world: World) -> str:
    """Sign the first person in, as `fly auth login` does; what then stands for the token.

    Nobody else on the machine can guess it, or they could read the copy of a real app.
    """
    seed = secrets.token_bytes(16)
    oauth = f"fo1_{seed.hex()}"
    _sign_in(world, oauth, 1)
    return _session(world, oauth, seed)


def _furnish(world: World, data: Json) -> None:
    furnish(world)
    for table in data["organizations"]:
        build_organization(world, table)
    home = world.organization(data["organizations"][0]["slug"])
    for table in data["apps"]:
        owner = world.organization(table["organization"]) if "organization" in table else home
        build_app(world, table, owner)
    for table in data.get("clusters", []):
        build_cluster(world, table, home)
    for table in data.get("add_ons", []):
        build_add_on(world, table, home)
    for table in data.get("series", []):
        build_series(world, table)


def _token(world: World, data: Json) -> str:
    """The token the scenario hands out: a person's login of some kind, or one of a listing."""
    _sign_in(world, unrestricted(), 1)
    _sign_in(world, _OAUTH, 2)
    wanted = data.get("token", "login")
    if wanted == "login":
        return unrestricted()
    if wanted == "session":
        return _session(world, _OAUTH)
    if wanted == "oauth":
        return _OAUTH
    return next(token.value for token in world.tokens() if token.name == wanted)


def _session(world: World, oauth: str, seed: bytes = b"") -> str:
    """All that `fly auth login` keeps: a macaroon for each organisation, and an OAuth token."""
    ends = moment("in 10 years", world.now)
    bundle: list[str] = []
    for organization in world.organizations.values():
        number, sign_on = organization.internal_numeric_id, organization.sign_on
        bundle.append(session_token(number, ends, sign_on, seed))
        _sign_in(world, bundle[-1].partition(",")[0], len(world.sessions) + 1)
    return ",".join([*bundle, oauth])


def _sign_in(world: World, value: str, number: int) -> None:
    world.sessions.append(
        Token(
            id=f"session-{number}",
            name="login",
            value=value,
            scope=Scope(tuple(world.organizations)),
            user=world.users[0],
            created_at=moment("1 day ago", world.now),
            expires_at=moment("in 10 years", world.now),
            session=True,
        )
    )
