"""Trouble has a screen of its own with the ways out of it, and flytui does not end with 0."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from textual.widgets import OptionList

from flytui.exit_code import ExitCode
from flytui.finding import Finding, Status, Unseen, unknown
from flytui.settings.error import Named, NoToken, SettingsError, SeveralApps
from flytui.ui.app import FlytuiApp
from flytui.ui.errand import Errand
from flytui.ui.ports import Session
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.trouble import TroubleScreen
from flytui.ui.widgets.notice import Notice
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import FakeSession, findings

MISSING = Unseen("api.fly.io answered 404.", "Check the name: `fly apps list`.", "missing")
SILENT = Unseen("api.fly.io gave no answer.", "Check the connection.", "unreachable")
REFUSED = Unseen("Answered 403.", "One that may: `fly tokens create deploy -a x`.", "refused")


@dataclass
class Fork:
    """Ways out that note what was asked, and the tries to open a session."""

    errors: list[Exception]
    """What the first tries to open meet."""
    session: FakeSession = field(default_factory=FakeSession)
    login: Errand | None = None
    demo: Errand | None = None
    apps: list[str] = field(default_factory=list)
    logins: int = 0
    organization: str | None = None
    elsewhere: SettingsError | None = None
    """Why the app is not the one that was meant."""

    async def astray(self) -> SettingsError | None:
        return self.elsewhere

    def __call__(self) -> Session:
        if self.errors:
            raise self.errors.pop(0)
        return self.session

    def about(self, app: str) -> None:
        self.apps.append(app)

    def logged_in(self) -> str:
        self.logins += 1
        return "The login is used now."


def program(code: int) -> Errand:
    return Errand((sys.executable, "-c", f"raise SystemExit({code})"), {})


def blind(why: Unseen) -> dict[str, Finding]:
    """Nothing is seen; what only a person can tell stays so."""
    manual = Status.MANUAL
    return {id_: f if f.status is manual else unknown(why) for id_, f in findings().items()}


@pytest.fixture(autouse=True)
def aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no terminal to hand over here."""

    @contextmanager
    def suspended(app: FlytuiApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(FlytuiApp, "suspend", suspended)


async def settled(d: Driven) -> None:
    """Programs have ended, and what follows has been drawn."""
    await d.app.workers.wait_for_complete()
    await d.settle()


NO_TOKEN = NoToken("No token.", "Log in.")


async def test_who_never_saw_a_session_does_not_end_with_0() -> None:
    fork = Fork([NO_TOKEN])
    async with driving(opening=fork, ways=fork) as d:
        d.on(TroubleScreen)
        await d.press("q")
    assert (d.app.return_code or d.app.failure) == ExitCode.USAGE


async def test_trying_again_opens_the_session_once_there_is_one() -> None:
    fork = Fork([NO_TOKEN, NO_TOKEN])
    async with driving(opening=fork, ways=fork) as d:
        await d.press("t")
        await settled(d)
        d.on(TroubleScreen)
        await d.press("t")
        await settled(d)
        d.on(MainScreen)
        assert fork.session.looks == 1
        await d.press("q")
    assert (d.app.return_code or d.app.failure) == 0


async def test_a_login_begins_anew_and_says_what_it_replaces() -> None:
    fork = Fork([NO_TOKEN], login=program(0))
    async with driving(opening=fork, ways=fork) as d:
        await d.press("l")
        await settled(d)
        d.on(MainScreen)
        assert fork.logins == 1
        assert "The login is used now." in d.toasts


async def test_without_fly_the_key_tells_where_to_get_it() -> None:
    fork = Fork([NO_TOKEN])
    async with driving(opening=fork, ways=fork) as d:
        await d.press("l")
        assert "no fly on this machine" in d.screen()
        assert "fly.io/docs/flyctl/install" in d.screen()
        assert "back to what was here before" in d.screen()
        assert "checklist all the same" not in d.screen()
        await d.press("escape")
        assert "No token." in d.screen()
        await d.press("l")
        await d.press("t")
        await settled(d)
        d.on(MainScreen)


async def test_the_demo_comes_back_to_where_it_was_opened() -> None:
    fork = Fork([NO_TOKEN], demo=program(0))
    async with driving(opening=fork, ways=fork) as d:
        await d.press("d")
        await settled(d)
        d.on(TroubleScreen)


async def test_a_program_that_cannot_be_started_is_told() -> None:
    fork = Fork([NO_TOKEN], demo=Errand(("/nowhere/flytui",), {}))
    async with driving(opening=fork, ways=fork) as d:
        await d.press("d")
        await settled(d)
        assert "/nowhere/flytui cannot be started" in d.toasts[-1]


async def test_of_several_apps_the_one_chosen_is_opened() -> None:
    choices = (Named("fly.prod.toml", "shop"), Named("fly.staging.toml", "[/etc] shop"))
    fork = Fork([SeveralApps("Two.", "", choices)])
    async with driving(opening=fork, ways=fork) as d:
        assert "[/etc] shop   fly.staging.toml" in d.screen()
        await d.press("j", "enter")
        await settled(d)
        assert fork.apps == ["[/etc] shop"]
        d.on(MainScreen)


async def test_an_app_of_another_organisation_than_was_named_is_told_once() -> None:
    fork = Fork([], elsewhere=SettingsError("storefront is of acme.", "Leave --org out."))
    async with driving(opening=fork, ways=fork) as d:
        await settled(d)
        d.on(TroubleScreen)
        assert "belongs to another organisation" in d.screen()
        assert "Leave --org out." in d.screen()
        await d.press("escape")
        d.on(MainScreen)
        await d.press("R")
        await settled(d)
        d.on(MainScreen)
        assert d.app.failure == 0


async def test_nothing_seen_at_all_is_told_once_in_full() -> None:
    session = FakeSession(blind(REFUSED))
    fork = Fork([], session=session)
    async with driving(session, opening=fork, ways=fork) as d:
        await settled(d)
        d.on(TroubleScreen)
        shown = d.screen()
        assert "may not read storefront" in shown
        assert shown.count("fly tokens create deploy -a x") == 2
        await d.press("c")
        assert d.outside.copied == ["fly tokens create deploy -a x"]
        await d.press("escape")
        assert "may not read storefront" in d.main.query_one(Notice).words
        await d.press("q")
    assert (d.app.return_code or d.app.failure) == ExitCode.USAGE


async def test_an_app_that_is_not_there_offers_those_like_it() -> None:
    session = FakeSession(blind(MISSING))
    session.like = ("storefronts",)
    fork = Fork([], session=session)
    async with driving(session, opening=fork, ways=fork) as d:
        await settled(d)
        assert d.app.screen.query_one(OptionList).option_count == 1
        session.found = findings()
        await d.press("enter")
        await settled(d)
        assert fork.apps == ["storefronts"]
        assert session.closed


@pytest.mark.parametrize("size", [(80, 24), (50, 20), (40, 10)])
async def test_it_begins_at_its_top_and_all_of_it_can_be_reached(size: tuple[int, int]) -> None:
    session = FakeSession(blind(MISSING))
    session.like = ("storefronts", "storefronds", "storefronk")
    fork = Fork([], session=session)
    async with driving(session, opening=fork, ways=fork, size=size) as d:
        await settled(d)
        assert "There is no app storefront" in d.screen()
        for _ in range(8):
            await d.press("pagedown")
        assert "quit" in "".join(d.screen().splitlines()[1:-1])
        for _ in range(8):
            await d.press("pageup")
        assert "There is no app storefront" in d.screen()


async def test_what_was_seen_before_is_not_covered_by_a_later_outage() -> None:
    session = FakeSession()
    async with driving(session) as d:
        await settled(d)
        session.failing = SILENT
        await d.press("R")
        await settled(d)
        d.on(MainScreen)
        assert "items could not be looked at again" in d.main.query_one(Notice).words


async def test_a_broken_file_is_named_on_the_screen() -> None:
    error = SettingsError("fly.toml, line 2 cannot be read: [b]x[/b].", "Correct the file.")
    async with driving(opening=Fork([error]), size=(50, 20)) as d:
        assert "[b]x[/b]" in d.screen()
