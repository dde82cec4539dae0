"""What stands in the way of running anything is said before, and holds when it is tried."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flytui.checklist import load
from flytui.demo import macaroons
from flytui.events import Declined
from flytui.fly.auth import Tokens
from flytui.opening import Surroundings, open_session
from flytui.remedy import Command
from flytui.runner import Ended, Started
from flytui.session import Session
from flytui.settings import Flags, SettingsError, outlived, preferences, resolve
from flytui.sight import Kind, kind_of
from tests.fakes import NOON, FakeRunner
from tests.simulated import simulated
from tests.worlds import Lamp, session, verdicts


async def declined(opened: Session, offered: Command) -> str:
    """Why nothing was run. Fails when something was."""
    await verdicts(opened)
    steps = [step async for step in opened.run(opened.plan("exposure", offered))]
    assert [type(step) for step in steps] == [Declined]
    assert isinstance(steps[0], Declined)
    return steps[0].reason


@pytest.mark.parametrize(("days", "refused"), [(0, False), (30, False), (31, True), (400, True)])
def test_fly_refuses_a_login_after_thirty_days(days: int, refused: bool) -> None:
    told = outlived(NOON - timedelta(days=days), NOON)
    assert (told is not None) is refused
    assert told is None or (f"{days} days old" in told and "fly auth login" in told)


def test_a_login_of_unknown_age_is_left_to_fly() -> None:
    assert outlived(None, NOON) is None


@pytest.mark.parametrize(
    ("given", "runner", "words"),
    [
        ({"last_login": lambda: NOON - timedelta(days=45)}, FakeRunner(), "45 days old"),
        ({"read_only": "The token is read-only."}, FakeRunner(), "read-only"),
        ({}, FakeRunner(refuses="/bin/fly is not Fly.io's fly"), "not Fly.io's"),
        ({}, FakeRunner(available=None), "no fly on this machine"),
    ],
    ids=["an old login", "read-only", "another fly", "no fly"],
)
async def test_what_the_card_says_is_what_a_run_says(
    given: dict[str, Any], runner: FakeRunner, words: str
) -> None:
    opened = session(Lamp(on=True), runner=runner, **given)
    hindrance = await opened.hindrance()
    assert hindrance is not None
    assert words in hindrance
    assert await declined(opened, Lamp.switch()) == hindrance
    assert runner.ran == []


async def test_nothing_in_the_way_is_nothing_to_say() -> None:
    assert await session(Lamp(), runner=FakeRunner()).hindrance() is None


def asking() -> Command:
    return replace(Lamp.switch(), interactive=True)


async def test_a_command_that_asks_does_not_run_where_nobody_can_answer() -> None:
    opened = session(Lamp(on=True, offers=(asking(),)), runner=FakeRunner())
    assert "asks questions" in await declined(opened, asking())


async def test_a_command_that_asks_is_run_aside_and_looked_at_again() -> None:
    lamp = Lamp(on=True, offers=(asking(),))
    opened = session(lamp, runner=FakeRunner(effect=lamp.put_out))
    await verdicts(opened)
    steps = opened.run(opened.plan("exposure", asking()), nullcontext)
    kinds = [type(step) async for step in steps]
    assert kinds[:2] == [Started, Ended]
    assert opened.assessments["exposure"].finding.summary == "The lamp is off."


@pytest.fixture
def opened_with(tmp_path: Path) -> Callable[..., Session]:
    """A session on a simulated app, with a token and words in `.flytui/config.toml`."""

    def make(token: str, config: str = "", *, flag: bool = False) -> Session:
        sim = simulated("storefront", tmp_path)
        folder = tmp_path / "checkout" / ".flytui"
        folder.mkdir(exist_ok=True)
        (folder / "config.toml").write_text(config)
        settings = resolve(Flags(app="storefront", token=token), sim.environ, tmp_path)
        around = Surroundings(
            environ=sim.environ,
            checkout=tmp_path / "checkout",
            data=tmp_path / "data",
            state=tmp_path / "state",
            transport=sim.transport,
            read_only=flag,
        )
        return open_session(settings, load(), around)

    return make


def reading() -> str:
    return macaroons.organization_token(b"x" * 16, 1, NOON + timedelta(days=3650), read_only=True)


@pytest.mark.parametrize(
    ("token", "config", "flag", "read_only"),
    [
        ("fo1_x", "", False, False),
        ("fo1_x", "", True, True),
        ("fo1_x", "read_only = true", False, True),
        ("reading", "", False, True),
        ("reading", "read_only = false", False, False),
        ("reading", "read_only = false", True, True),
    ],
)
async def test_when_nothing_is_changed_from_here(
    opened_with: Callable[..., Session], token: str, config: str, flag: bool, read_only: bool
) -> None:
    opened = opened_with(reading() if token == "reading" else token, config, flag=flag)
    await opened.close()
    assert opened.identity.read_only is read_only
    assert bool(opened.parts.read_only) is read_only


def test_a_read_only_token_is_known_as_one() -> None:
    assert kind_of(Tokens.parse(reading())) is Kind.READ_ONLY


def test_a_slip_in_the_configuration_is_told(tmp_path: Path) -> None:
    (tmp_path / ".flytui").mkdir()
    (tmp_path / ".flytui" / "config.toml").write_text('read_only = "yes"')
    with pytest.raises(SettingsError, match="read_only"):
        preferences("storefront", tmp_path)
