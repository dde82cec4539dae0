"""What was seen the last time is shown with its age, and what is on the screen is kept fresh."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from flytui.assessment import Assessment
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status, unknown
from flytui.last_look import look
from flytui.memory import Memory
from flytui.settings.personal import Personal
from flytui.ui.screens.changes import ChangesScreen
from flytui.ui.screens.help import HelpScreen
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.trouble import TroubleScreen
from flytui.ui.screens.watching import WatchingScreen
from flytui.ui.widgets.notice import Notice
from flytui.ui.widgets.topline import TopLine
from flytui.ui.words import moment
from tests.fakes import Clock
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import NOW, FakeSession, findings

SILENT = Unseen("api.fly.io gave no answer.", "Check the connection.", "unreachable")
REFUSED = Unseen("api.fly.io answered 403.", "Another token.", "refused")
THEN = NOW - timedelta(hours=3)
MANUAL = Status.MANUAL


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """Three hours ago everything was as the fake session finds it, but the custom domain."""
    kept = Memory(tmp_path, "https://api.fly.io", "storefront")
    remember(kept, findings(custom_domain=Finding(Status.OK, "It had one.")))
    return kept


def remember(memory: Memory, found: dict[str, Finding], organization: str = "acme") -> None:
    every = [Assessment(i, found[i.id], at=THEN) for i in FakeSession().checklist]
    memory.keep(look(None, every, ("storefront", organization), THEN))


def blind(why: Unseen) -> dict[str, Finding]:
    return {id_: f if f.status is MANUAL else unknown(why) for id_, f in findings().items()}


def session(memory: Memory, found: dict[str, Finding] | None = None) -> FakeSession:
    made = FakeSession(found)
    made.memory = memory
    return made


def watching(d: Driven) -> WatchingScreen:
    main = d.main
    assert isinstance(main, WatchingScreen)
    return main


def notice(d: Driven) -> str:
    return d.main.query_one(Notice).words


async def settled(d: Driven) -> None:
    await d.app.workers.wait_for_complete()
    await d.settle()


async def test_offline_the_last_state_stands_with_its_age_and_counts_for_nothing(
    memory: Memory,
) -> None:
    async with driving(session(memory, blind(SILENT))) as d:
        await settled(d)
        d.on(MainScreen)
        assert notice(d).startswith("As of 3 h ago: Fly.io could not be reached")
        await d.at("custom-domain")
        assert "as of 3 h ago" in d.detail
        assert "It had one." in d.detail
        assert f"was ✓ {THEN.astimezone():%a %H:%M}" in d.screen()
        tally = d.main.board.tally()
        assert (tally.settled, tally.observed) == (0, 0)
        assert d.main.board.remedies(d.main.place) == ()


async def test_while_the_first_answers_come_the_last_state_stands(memory: Memory) -> None:
    made = session(memory)
    async with driving(made, begin=False) as d:
        watching(d)._recall(made)
        d.main.draw()
        await d.settle()
        assert "As of 3 h ago, being looked at again." in notice(d)
        assert d.main.board.tally().observed == 0


async def test_a_refusal_is_for_a_person_to_mend_whatever_was_seen_before(memory: Memory) -> None:
    async with driving(session(memory, blind(REFUSED))) as d:
        await settled(d)
        d.on(TroubleScreen)


async def test_an_outage_does_not_wipe_what_is_remembered(memory: Memory) -> None:
    before = memory.last("acme")
    async with driving(session(memory, blind(SILENT))) as d:
        await settled(d)
    assert memory.last("acme") == before


async def test_what_changed_is_told_marked_and_listed(memory: Memory) -> None:
    async with driving(session(memory)) as d:
        await settled(d)
        assert notice(d).startswith(f"1 item changed (C lists them) since {moment(THEN)}: ")
        assert "◆ changed" in d.screen()
        await d.press("C")
        d.on(ChangesScreen)
        assert "it was OK, is Advice" in d.screen()
        await d.press("enter")
        assert d.main.place is not None
        assert d.main.place.item == "custom-domain"
        assert "Since you last looked" in d.detail
        assert "◆ changed" not in d.screen()
        assert notice(d) == ""


async def test_the_next_time_nothing_is_new(memory: Memory) -> None:
    async with driving(session(memory)) as d:
        await settled(d)
    async with driving(session(memory)) as d:
        await settled(d)
        assert notice(d) == ""
        await d.press("C")
        assert "Nothing has changed since you last looked" in d.toasts[-1]


async def test_an_app_that_moved_on_is_not_the_one_remembered(memory: Memory) -> None:
    made = session(memory)
    made.identity = replace(made.identity, organization=None)
    async with driving(made, begin=False) as d:
        made.identity = replace(made.identity, organization="hooli")
        await d.app._open()
        await settled(d)
        assert not watching(d).changes
        assert dict(d.main.board.recalled) == {}


async def test_a_memory_that_cannot_be_read_is_ignored_with_one_line(memory: Memory) -> None:
    next(memory.folder.rglob("*.json")).write_text("[/etc]")
    async with driving(session(memory)) as d:
        await settled(d)
        assert "What was seen last is ignored" in notice(d)
    assert memory.last("acme") is not None


async def test_a_disk_that_is_full_takes_nothing_else_away(memory: Memory, tmp_path: Path) -> None:
    made = session(Memory(tmp_path / "file" / "below", "https://api.fly.io", "storefront"))
    (tmp_path / "file").touch()
    async with driving(made) as d:
        await settled(d)
        assert "cannot be kept" in notice(d)
        assert d.main.board.tally().observed > 0


async def due(d: Driven, clock: Clock, seconds: float = 61) -> None:
    clock.advance(seconds)
    watching(d).beat()
    await settled(d)


async def test_the_item_under_the_cursor_is_looked_at_again_and_nothing_moves() -> None:
    made, clock = FakeSession(), Clock(NOW)
    async with driving(made, clock=clock) as d:
        await d.at("exposure")
        await due(d, clock, 30)
        assert made.renewed == []
        place = d.main.place
        made.found["exposure"] = Finding(Status.OK, "Nobody reaches it now.")
        await due(d, clock, 31)
        assert made.renewed == ["exposure"]
        assert "Nobody reaches it now." in d.detail
        assert d.main.place == place
        assert made.looks == 1


async def test_nothing_is_asked_while_it_is_paused_or_something_covers_it() -> None:
    made, clock = FakeSession(), Clock(NOW)
    async with driving(made, clock=clock) as d:
        await d.press("question_mark")
        d.on(HelpScreen)
        await due(d, clock)
        await d.press("escape")
        await d.press("P")
        assert d.main.query_one(TopLine).pulse == "paused"
        assert "paused" in d.screen().splitlines()[0]
        await due(d, clock)
        assert made.renewed == []
        await d.press("P")
        await due(d, clock, 0)
        assert len(made.renewed) == 1


async def test_a_failure_is_told_and_waited_for_and_then_everything_is_looked_at() -> None:
    made, clock = FakeSession(), Clock(NOW)
    async with driving(made, clock=clock) as d:
        made.failing = SILENT
        await due(d, clock)
        watching(d).beat()
        assert d.main.query_one(TopLine).pulse == "next try in 2 min"
        await due(d, clock)
        assert len(made.renewed) == 1
        made.failing = None
        await due(d, clock)
        assert len(made.renewed) == 2
        assert made.looks == 2
        assert d.main.query_one(TopLine).pulse == ""


@pytest.mark.parametrize("kind", ["refused", "missing", "not accepted", "unexpected", ""])
async def test_what_no_other_try_can_cure_promises_none(kind: str) -> None:
    made, clock = FakeSession(), Clock(NOW)
    async with driving(made, clock=clock) as d:
        made.failing = Unseen("The folder names another app.", "Begin in that app's.", kind)
        await due(d, clock)
        watching(d).beat()
        assert d.main.query_one(TopLine).pulse == ""
        assert len(made.renewed) == 1


async def test_who_wants_no_refresh_gets_none_and_is_told_why() -> None:
    made, clock = FakeSession(), Clock(NOW)
    async with driving(made, clock=clock, preferences=Personal(refresh_every=0)) as d:
        await due(d, clock, 10_000)
        await d.press("P")
        assert "every = 0" in d.toasts[-1]
        assert made.renewed == []
