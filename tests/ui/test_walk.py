"""The walkthrough on the screen: one open item at a time, and what came of it at the end."""

import asyncio
from dataclasses import replace

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Button, Static, TextArea

from flytui.finding import Evidence, Finding, Status
from flytui.journey.bookmark import InMemory
from flytui.journey.model import Journey
from flytui.ui.screens.card import QUIET, CardScreen
from flytui.ui.screens.choice import ChoiceScreen
from flytui.ui.screens.help import HelpScreen
from flytui.ui.screens.note import NoteScreen
from flytui.ui.screens.run import RunScreen
from flytui.ui.screens.walk import WalkScreen
from flytui.ui.widgets.keyblock import KeyBlock
from flytui.ui.widgets.page import Page
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import NOW, FakeSession, findings, identity, refusing
from tests.ui.test_keys import BY_TEXTUAL

OK = Finding(Status.OK, "The app has no public address.")
SIZES = [(120, 36), (80, 24), (50, 20), (40, 10)]
FIRST, SECOND, EXPOSED = "Set up single sign-on", "Isolate staging", "Make sure private services"


def page(d: Driven) -> str:
    return d.on(WalkScreen).query_one(Page).plain


def progress(d: Driven) -> str:
    return str(d.on(WalkScreen).query_one("#progress", Static).content)


def keys(d: Driven) -> str:
    return d.on(WalkScreen).query_one(KeyBlock).render().plain


async def save(d: Driven, note: str = "") -> None:
    if note:
        await d.press(*note)
    d.on(NoteScreen).query_one("#save", Button).press()
    await d.settle()


def few(*open_: str) -> dict[str, Finding]:
    """Everything settled but these."""
    return {id_: f if id_ in open_ else OK for id_, f in findings().items()}


async def test_a_decision_leads_to_the_next_open_item() -> None:
    async with driving() as d:
        await d.press("w")
        assert page(d).startswith(FIRST)
        assert progress(d).startswith("item 1 of 22 open · Security")
        await d.press("r")
        await save(d, "fine")
        assert page(d).startswith(SECOND)
        assert progress(d).startswith("item 2 of 22 open")
        kept = d.session.assessments["sso"].review
        assert kept is not None
        assert kept.note == "fine"


async def test_it_tells_what_it_is_what_was_found_and_what_to_do_before_the_particulars() -> None:
    session = FakeSession(few("exposure"))
    async with driving(session) as d:
        await d.press("w")
        words = page(d)
        order = (EXPOSED, "2 public addresses", "What to do", "What we found", "Why it matters")
        places = [words.index(w) for w in order]
        assert places == sorted(places)
        assert "source: GraphQL app.ipAddresses" in words
        assert "fly ips release 203.0.113.7 -a storefront" in words


@pytest.mark.parametrize("size", SIZES[:2])
async def test_what_to_do_and_the_keys_to_read_on_are_in_sight(size: tuple[int, int]) -> None:
    async with driving(FakeSession(few("exposure")), size=size) as d:
        await d.press("w")
        shown = d.screen()
        assert "What to do" in shown
        assert "fly ips allocate-v6" in shown
        assert "↑ ↓ read on" in shown


async def test_it_ends_with_what_was_decided_by_whom_and_what_stays_open() -> None:
    session = FakeSession(few("sso", "exposure", "arcjet", "flycast"))
    async with driving(session) as d:
        await d.press("w", "x")
        await save(d, "one person")
        await d.press("s", "X")
        await save(d, "until spring")
        words = page(d)
        assert "The walkthrough is over" in words
        assert "2 decided, 0 fixed, 1 still open." in words
        assert "not applicable by Ana, 12 March 2026" in words
        assert "accepted risk by Ana, 12 March 2026" in words
        assert EXPOSED in words
        assert "skipped" in words
        assert not {"reviewed", "fix"} & set(keys(d).split())
        await d.press("escape")
        assert d.app.screen is d.main


async def test_from_the_end_back_leads_to_the_last_item_and_w_through_what_is_open() -> None:
    session = FakeSession(few("sso", "exposure"))
    async with driving(session) as d:
        await d.press("w", "s", "s", "b")
        assert page(d).startswith(EXPOSED)
        await d.press("s", "w")
        assert page(d).startswith(FIRST)
        await d.press("b")
        assert "This is the first one." in d.toasts


async def test_b_and_p_go_back_n_and_s_skip() -> None:
    async with driving() as d:
        await d.press("w", "n", "p")
        assert page(d).startswith(FIRST)
        await d.press("s", "b")
        assert page(d).startswith(FIRST)


async def test_stopping_tells_what_came_of_it_and_the_next_one_goes_on_there() -> None:
    session = FakeSession()
    async with driving(session) as d:
        await d.press("w", "r")
        await save(d)
        await d.press("escape")
        assert "stopped at item 2 of 22 open" in page(d)
        await d.press("escape")
        assert d.app.screen is d.main
        assert d.tree.place is not None
        assert d.tree.place.item == "isolation"
    again = FakeSession()
    again.bookmark = session.bookmark
    async with driving(again) as d:
        await d.press("w")
        assert page(d).startswith(SECOND)
        assert "stopped here last time" in progress(d)


async def test_from_where_it_stopped_w_goes_on_there_and_not_at_what_was_skipped() -> None:
    async with driving(FakeSession()) as d:
        await d.press("w", "s", "r")
        await save(d)
        here = (page(d).splitlines()[0], progress(d))
        await d.press("escape")
        assert "w goes on where you stopped" in page(d)
        assert "w go on" in keys(d)
        await d.press("w")
        assert (page(d).splitlines()[0], progress(d)) == here
        await d.press("escape", "escape", "w")
        assert page(d).splitlines()[0] == here[0]


async def test_nothing_done_needs_no_summary() -> None:
    async with driving() as d:
        await d.press("w", "escape")
        assert d.app.screen is d.main


async def test_a_place_that_cannot_be_kept_is_told_once_and_opens_no_dialog() -> None:
    class Full(InMemory):
        def keep(self, journey: Journey) -> None:
            raise OSError(28, "No space left on device")

    session = FakeSession()
    session.bookmark = Full()
    async with driving(session) as d:
        await d.press("w", "s", "s")
        assert page(d).startswith("Enforce least privilege")
        assert [t for t in d.toasts if "No space left" in t] == [
            "Where you are cannot be kept for the next start: No space left on device."
        ]


async def test_what_is_still_being_looked_at_is_waited_for_and_nothing_jumps() -> None:
    gates = {item: asyncio.Event() for item in ("sso", "isolation", "secrets")}
    async with driving(FakeSession(gates=gates)) as d:
        await d.press("w")
        assert "still being looked at" in page(d)
        assert progress(d).startswith("waiting for the next item, 3 still being looked at")
        await d.press("r", "f")
        assert d.toasts == ["This item is still being looked at."] * 2
        d.on(WalkScreen)
        gates["sso"].set()
        await d.settle()
        assert page(d).startswith(FIRST)
        gates["isolation"].set()
        await d.settle()
        assert page(d).startswith(FIRST)
        assert progress(d).startswith("item 1 of 22 open, 1 still being looked at")


async def test_an_item_that_is_waited_for_is_passed_when_it_is_settled() -> None:
    gate = asyncio.Event()
    async with driving(FakeSession(findings(sso=OK), gates={"sso": gate})) as d:
        await d.press("w")
        gate.set()
        await d.settle()
        assert page(d).startswith(SECOND)


async def test_an_item_that_is_read_changes_in_place() -> None:
    async with driving() as d:
        await d.press("w")
        known = d.session.assessments["sso"]
        d.main.board = d.main.board.heard(replace(known, finding=OK))
        await d.settle()
        assert page(d).startswith(f"{FIRST} for organizations\n✓ OK   The app has no public")
        await d.press("n")
        assert page(d).startswith(SECOND)


async def test_f_fixes_and_what_is_seen_in_order_leads_on() -> None:
    session = FakeSession(few("exposure", "sentry"), after=OK)
    async with driving(session) as d:
        await d.press("w", "f")
        d.on(ChoiceScreen)
        await d.press("2")
        card = d.on(CardScreen)
        card._clock = lambda: card._armed_at + 2 * QUIET
        await d.press(*"storefront", "space")
        d.on(RunScreen)
        assert session.ran == [("fly", "ips", "release", "203.0.113.7", "-a", "storefront")]
        await d.press("escape")
        assert page(d).startswith("Use Sentry")
        await d.press("escape")
        assert "0 decided, 1 fixed, 1 still open." in page(d)
        assert "fixed by Ana" in page(d)


async def test_what_was_run_and_changed_nothing_stays_where_one_is() -> None:
    session = FakeSession(few("exposure", "sentry"))
    async with driving(session) as d:
        await d.press("w", "f", "2")
        card = d.on(CardScreen)
        card._clock = lambda: card._armed_at + 2 * QUIET
        await d.press(*"storefront", "space", "escape")
        assert page(d).startswith(EXPOSED)
        await d.press("s", "escape")
        assert "worked on by Ana, 12 March 2026, and open all the same" in page(d)


async def test_a_card_that_is_left_is_nothing_done() -> None:
    async with driving(FakeSession(few("exposure"))) as d:
        await d.press("w", "f", "2", "escape")
        assert page(d).startswith(EXPOSED)
        await d.press("escape")
        assert d.app.screen is d.main


async def test_a_note_that_could_not_be_saved_is_still_there() -> None:
    session = FakeSession(refuses=refusing())
    async with driving(session) as d:
        await d.press("w", "r")
        await save(d, "fine")
        assert "read-only" in str(d.on(NoteScreen).query_one(".error", Static).content)
        await d.press("escape")
        assert page(d).startswith(FIRST)
        session.refuses = None
        await d.press("r")
        assert d.on(NoteScreen).query_one(TextArea).text == "fine"


async def test_u_takes_the_decision_back_and_goes_there() -> None:
    async with driving() as d:
        await d.press("w", "u")
        assert "No decision of this session is left" in d.toasts[0]
        await d.press("r")
        await save(d)
        await d.press("u")
        assert page(d).startswith(FIRST)
        assert d.session.assessments["sso"].review is None
        await d.press("escape")
        assert d.app.screen is d.main


async def test_c_and_o_mean_the_item_that_is_read() -> None:
    async with driving(FakeSession(few("exposure"))) as d:
        await d.press("w", "o")
        assert d.outside.opened == [d.main.board.checklist["exposure"].links[0].url]
        await d.press("c", "2")
        assert d.outside.copied[-1] == "fly ips release 203.0.113.7 -a storefront"
        d.on(WalkScreen)


async def test_read_only_has_no_key_that_decides() -> None:
    async with driving(read_only=True) as d:
        await d.press("w", "r", "x", "X", "u")
        assert page(d).startswith(FIRST)
        assert "reviewed" not in keys(d)
        assert "s skip" in keys(d)


async def test_a_token_that_may_only_read_has_none_either() -> None:
    async with driving(FakeSession(identity=identity(read_only=True))) as d:
        await d.press("w", "r", "x", "X")
        d.on(WalkScreen)
        assert "not applicable" not in keys(d)
        assert "READ-ONLY" in d.screen()


async def test_help_tells_the_keys_of_the_walkthrough() -> None:
    async with driving() as d:
        await d.press("w", "question_mark")
        words = d.on(HelpScreen).query_one(Page).plain
        assert "Leave it open, and go to the next open item" in words
        assert "Go to the next open item" not in words.replace("and go to the next open item", "")
        await d.press("escape")
        d.on(WalkScreen)


async def test_w_says_why_there_is_nothing_to_walk_through() -> None:
    async with driving(FakeSession(few())) as d:
        await d.press("w")
        assert d.toasts == ["No item is open."]
    async with driving(begin=False) as d:
        await d.press("w")
        assert d.toasts == ["flytui is still starting."]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_whose_app_it_is_and_the_keys_are_seen_at_every_size(size: tuple[int, int]) -> None:
    async with driving(size=size) as d:
        await d.press("w")
        top, second, *_ = d.screen().splitlines()
        assert "storefront" in top
        assert "acme" in top
        assert "PRODUCTION" in top
        assert "item 1 of 22 open" in second
        for words in ("f fix", "r reviewed", "x not applicable", "s skip", "b back", "esc stop"):
            assert words in d.screen(), words
        assert all(len(row) <= size[0] for row in d.screen().splitlines())


async def test_another_item_begins_at_its_top() -> None:
    async with driving(size=(50, 20)) as d:
        await d.press("w")
        await d.press("j", "j")
        assert d.on(WalkScreen).query_one(VerticalScroll).scroll_y > 0
        await d.press("s")
        assert d.on(WalkScreen).query_one(VerticalScroll).scroll_y == 0
        assert SECOND in d.screen()


async def test_every_key_has_an_id_and_a_tooltip() -> None:
    async with driving() as d:
        await d.press("w")
        walk = d.on(WalkScreen)
        ours = [a for a in walk.active_bindings.values() if a.node is walk]
        assert len(ours) > 10
        mine = [a.binding for a in ours if a.binding.key not in BY_TEXTUAL]
        assert [b.key for b in mine if not (b.id and b.tooltip)] == []


async def test_what_a_server_says_is_shown_and_does_nothing() -> None:
    hostile = "[@click=app.quit]x[/] [/etc] \x1b]0;owned\x07 \u202egnp" + "long " * 2_000
    finding = Finding(Status.ACTION, hostile, (Evidence(hostile, hostile, hostile, NOW),))
    session = FakeSession({**few(), "sso": finding}, identity=identity(app="a" * 300))
    async with driving(session, size=(50, 20)) as d:
        await d.press("w")
        assert "[@click=app.quit]x[/] [/etc]" in page(d)
        assert "\x1b" not in d.screen()
        assert all(len(row) <= 50 for row in d.screen().splitlines())
        await d.press("x")
        await save(d, "[/b] because")
        assert "not applicable by Ana" in page(d)


async def test_where_there_is_no_room_no_key_acts_and_the_item_is_there_again_afterwards() -> None:
    async with driving() as d:
        await d.press("w")
        await d.resize(39, 9)
        await d.press("s", "x")
        await d.resize(120, 36)
        assert page(d).startswith(FIRST)


async def test_the_palette_offers_what_the_walkthrough_can_do() -> None:
    async with driving(FakeSession(few("sso", "exposure"))) as d:
        await d.press("w", "colon", *"skip")
        await d.app.workers.wait_for_complete()
        assert "Skip (s)" in d.screen()
        await d.press("enter")
        assert page(d).startswith(EXPOSED)
