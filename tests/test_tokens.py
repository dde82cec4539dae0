"""With a narrow token: every item right, UNKNOWN where unseen, nothing green that was not seen."""

import asyncio
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from flytui.assessment import Assessment
from flytui.checks.check import registry
from flytui.demo.macaroons import app_token, organization_token
from flytui.demo.scenario import names
from flytui.demo.state import Scope, Token
from flytui.finding import Status, worst
from flytui.looking import Subject, looked
from flytui.settings import Flags
from flytui.sight import ItemSight, Kind, Verdict
from flytui.streams import Streams
from tests.simulated import Simulated, found, simulated
from tests.test_sight import KNOWN_TO_FLY

Issue = Callable[[Simulated, datetime], Token]


def _token(world: Simulated, value: str, scope: Scope, ends: datetime) -> Token:
    users = world.scenario.world.users
    now = world.scenario.world.now
    return Token("issued", "issued", value, scope, users[0], now - timedelta(days=1), ends)


def _owner(world: Simulated) -> tuple[str, int]:
    organization = world.scenario.world.organization(world.scenario.organization)
    return organization.slug, organization.internal_numeric_id


def deploy(world: Simulated, ends: datetime) -> Token:
    slug, number = _owner(world)
    app = world.scenario.world.app(world.scenario.app)
    value = app_token(b"d" * 16, number, app.internal_numeric_id, ends)
    return _token(world, value, Scope((slug,), (app.name,)), ends)


def read_only(world: Simulated, ends: datetime) -> Token:
    slug, number = _owner(world)
    value = organization_token(b"r" * 16, number, ends, read_only=True)
    return _token(world, value, Scope((slug,), read_only=True), ends)


def of_organization(world: Simulated, ends: datetime) -> Token:
    slug, number = _owner(world)
    return _token(world, organization_token(b"o" * 16, number, ends), Scope((slug,)), ends)


def oauth(world: Simulated, ends: datetime) -> Token:
    return _token(world, "fo1_personOnly", Scope(tuple(world.scenario.world.organizations)), ends)


LATER, EARLIER = timedelta(days=30), -timedelta(hours=1)
TOKENS: dict[str, tuple[Issue, timedelta, Kind]] = {
    "deploy": (deploy, LATER, Kind.DEPLOY),
    "read-only": (read_only, LATER, Kind.READ_ONLY),
    "organisation": (of_organization, LATER, Kind.ORGANIZATION),
    "oauth": (oauth, LATER, Kind.OAUTH),
    "expired": (deploy, EARLIER, Kind.DEPLOY),
}


Look = Callable[[str, str], dict[str, tuple[Assessment, ItemSight]]]


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    """What is found in a scenario with a token, beside what was foretold; looked at once."""

    @cache
    def looked(scenario: str, token: str) -> dict[str, tuple[Assessment, ItemSight]]:
        return _looked(scenario, token, tmp_path_factory.mktemp("look"))

    return looked


def _looked(scenario: str, token: str, folder: Path) -> dict[str, tuple[Assessment, ItemSight]]:
    issue, ends, kind = TOKENS[token]
    world = simulated(scenario, folder)
    issued = issue(world, world.scenario.world.now + ends)
    world.scenario.world.sessions.append(issued)
    world.scenario = replace(world.scenario, token=issued.value)
    assessments, sights = asyncio.run(_look(world, kind))
    return {id_: (one, sights[id_]) for id_, one in assessments.items()}


async def _look(world: Simulated, kind: Kind) -> tuple[dict[str, Assessment], dict[str, ItemSight]]:
    session = world.session()
    assessments = await found(session)
    sight = session.sight()
    await session.close()
    assert sight is not None
    assert sight.kind is kind
    return assessments, {one.item.id: one for one in sight.items}


@pytest.mark.parametrize("scenario", names())
@pytest.mark.parametrize("token", TOKENS)
def test_what_cannot_be_seen_is_unknown_as_foretold(scenario: str, token: str, look: Look) -> None:
    for item, (known, foretold) in look(scenario, token).items():
        status = known.finding.status
        match foretold.verdict:
            case Verdict.CANNOT:
                assert status in {Status.UNKNOWN, Status.MANUAL}, item
            case Verdict.CAN:
                assert status is not Status.UNKNOWN or _of_the_app(known), item
            case Verdict.IN_PART | Verdict.PERSON:
                pass


def _of_the_app(known: Assessment) -> bool:
    """It is unknown for a reason of the app's own, not of the token's."""
    unseen = known.finding.unseen
    return unseen is not None and "unauthorized" not in unseen.cause


@pytest.mark.parametrize("scenario", names())
def test_a_narrower_token_makes_nothing_green(scenario: str, look: Look, tmp_path: Path) -> None:
    """What is well with a narrow token is well with one that sees everything."""
    everything = of_everything(simulated(scenario, tmp_path))
    settled = {Status.OK, Status.NOT_APPLICABLE}
    for token in TOKENS:
        found = {item: one.finding.status for item, (one, _) in look(scenario, token).items()}
        green = {item for item, status in found.items() if status in settled}
        assert {i: everything[i] for i in green if everything[i] not in settled} == {}, token


def of_everything(world: Simulated) -> dict[str, Status]:
    """The verdicts of a token that sees all; personal tokens are left out, as they concern
    whoever looks: another looker, another answer.
    """
    ends = world.scenario.world.now + LATER
    issued = oauth(world, ends)
    macaroon = organization_token(b"e" * 16, _owner(world)[1], ends)
    world.scenario.world.sessions.append(issued)
    world.scenario.world.sessions.append(replace(issued, value=macaroon))
    world.scenario = replace(world.scenario, token=f"{macaroon},{issued.value}")

    async def run() -> dict[str, Assessment]:
        session = world.session()
        try:
            return await found(session)
        finally:
            await session.close()

    return {item: _status(one) for item, one in asyncio.run(run()).items()}


def _status(known: Assessment) -> Status:
    rows = known.finding.resources
    others = [row for row in rows if row.kind != "personal token"]
    return known.finding.status if len(others) == len(rows) else worst(r.status for r in others)


@pytest.mark.parametrize("scenario", names())
def test_an_expired_token_leaves_all_that_comes_from_fly_unknown(scenario: str, look: Look) -> None:
    for item, (known, _) in look(scenario, "expired").items():
        status = known.finding.status
        assert status in {Status.UNKNOWN, Status.MANUAL}, item
        assert status is Status.UNKNOWN or registry()[item].manual, item


@pytest.mark.parametrize("token", TOKENS)
def test_every_cure_that_makes_a_token_is_one_fly_accepts(token: str, look: Look) -> None:
    """Also those that come with the findings themselves."""
    for known, foretold in look("storefront", token).values():
        cures = [" ".join(cure.argv) for cure in foretold.cures]
        if known.finding.unseen:
            cures += re.findall(r"`(fly tokens create [^`]+)`", known.finding.unseen.cure)
        for cure in cures:
            assert any(re.fullmatch(form, cure) for form in KNOWN_TO_FLY), cure


async def test_a_report_tells_of_a_narrow_token_before_any_verdict(tmp_path: Path) -> None:
    streams = Streams(io.StringIO(), io.StringIO())
    session = simulated("scoped-token", tmp_path).session()
    async with looked(session, Subject(Flags()), streams):
        assert isinstance(streams.err, io.StringIO)
        (line,) = streams.err.getvalue().splitlines()
    assert "The deploy token from FLY_ACCESS_TOKEN cannot decide" in line
    assert "`flytui token` tells which" in line
