"""The main screen: complete at once, filled in place, nothing jumping."""

import asyncio

from textual.events import Key

from flytui.checklist import load
from flytui.finding import Finding, Status, Unseen
from flytui.ui.board import Place
from flytui.ui.screens.decisions import DecisionsScreen
from flytui.ui.widgets.detail import Detail
from flytui.ui.widgets.notice import Notice
from tests.ui.driving import driving
from tests.ui.fake_session import FakeSession, address, exposed, findings, identity, review

EXPOSURE = Place("security", "exposure")


async def test_all_24_items_are_there_before_any_session() -> None:
    async with driving(begin=False) as d:
        items = [p.item for p in d.tree._rows if p.item]
        assert items == [i.id for i in load()]
        assert "Looking" in d.detail


async def test_verdicts_show_in_tree_detail_and_top_line() -> None:
    async with driving() as d:
        await d.at("exposure")
        shown = d.screen()
        assert "✗ Make sure private services" in shown
        assert "✗ Action   2 public addresses" in shown
        assert "ready 1/23" in shown
        assert "fly ips release 203.0.113.7 -a storefront" in d.detail
        assert "cannot be undone" in d.detail


async def test_an_answer_moves_neither_cursor_nor_scroll_nor_reading_position() -> None:
    gate = asyncio.Event()
    session = FakeSession(
        findings(exposure=exposed(*map(address, "abcdefgh"))), gates={"exposure": gate}
    )
    async with driving(session, size=(100, 24)) as d:
        await d.at("sentry")
        cursor, scroll = d.tree.cursor_node, d.tree.scroll_offset
        pane = d.main.query_one(Detail)
        pane.scroll_to(y=4, animate=False)
        await d.settle()
        reading = pane.scroll_offset
        assert reading.y > 0
        gate.set()
        await d.settle()
        assert d.main.board.get("exposure") is not None
        assert d.tree.cursor_node is cursor
        assert d.tree.scroll_offset == scroll
        assert pane.scroll_offset == reading


async def test_rows_added_above_leave_the_cursor_on_its_row_of_the_screen() -> None:
    session = FakeSession(findings(exposure=exposed(address())))
    async with driving(session, size=(100, 24)) as d:
        await d.at("exposure")
        await d.press("right")
        await d.at("sentry")
        row = d.tree.cursor_line - d.tree.scroll_offset.y
        session.found["exposure"] = exposed(*map(address, ("203.0.113.7", "b", "c", "d")))
        await d.press("R")
        assert d.tree.place == Place("monitoring", "sentry")
        assert d.tree.cursor_line - d.tree.scroll_offset.y == row


async def test_a_resource_that_is_gone_leaves_the_cursor_on_its_item() -> None:
    session = FakeSession()
    async with driving(session) as d:
        await d.at("exposure", resource=0)
        session.found["exposure"] = Finding(Status.OK, "The app has no public address.")
        await d.press("R")
        assert d.tree.place == EXPOSURE
        assert "✓ OK" in d.detail


async def test_a_resource_shows_its_own_evidence_and_remedies() -> None:
    async with driving() as d:
        await d.at("exposure", resource=1)
        assert "2001:db8::1" in d.detail
        assert "public IPv6" in d.detail
        assert "203.0.113.7" not in d.detail


async def test_a_section_shows_its_items_with_words() -> None:
    async with driving() as d:
        await d.press("1")
        assert "1 of 5 settled" in d.detail
        assert "✗ Action" in d.detail
        assert "– Not applicable" in d.detail


async def test_an_unknown_item_says_why_and_what_would_cure_it() -> None:
    async with driving() as d:
        await d.at("flycast")
        assert "~ Unknown" in d.detail
        assert "The token may not read the network." in d.detail
        assert "Run fly tokens create org -o acme." in d.detail


async def test_a_failed_refresh_keeps_the_finding_with_its_age_and_says_what_failed() -> None:
    session = FakeSession()
    async with driving(session) as d:
        await d.at("exposure")
        session.failing = Unseen("Fly.io did not answer.", "Try again in a minute.")
        await d.press("R")
        assert "A newer look failed" in d.detail
        assert "Fly.io did not answer." in d.detail
        assert "2 public addresses" in d.detail
        assert "could not be looked at again" in d.main.query_one(Notice).words
        assert d.app.screen is d.main


async def test_a_stale_review_says_what_changed_since() -> None:
    found = findings()
    old = review("exposure", exposed(address()))
    async with driving(FakeSession(found, reviews=[old])) as d:
        await d.at("exposure")
        assert "Reviewed on 12 March 2026 by Ana" in d.detail
        assert "since then: " in d.detail.split("Reviewed on", 1)[1]
        assert "2001:db8::1" in d.detail.split("since then: ", 1)[1]
        assert "changed" in d.screen()


async def test_review_files_that_cannot_be_read_are_named() -> None:
    async with driving(FakeSession(problems=[ValueError("/reviews/sso.toml is broken")])) as d:
        assert "1 problem: /reviews/sso.toml" in d.main.query_one(Notice).words


async def test_the_organisation_shows_as_soon_as_it_is_known() -> None:
    session = FakeSession(identity=identity(organization=None))
    async with driving(session, begin=False) as d:
        assert "storefront   PRODUCTION" in d.screen()
        session.identity = identity()
        await d.app._open()
        await d.settle()
        assert "storefront · acme   PRODUCTION" in d.screen()


async def test_the_demo_says_so() -> None:
    async with driving(FakeSession(identity=identity(production=False, demo=True))) as d:
        top = d.screen().splitlines()[0]
        assert "DEMO" in top
        assert "PRODUCTION" not in top


async def test_the_session_is_closed_when_the_app_ends() -> None:
    session = FakeSession()
    async with driving(session):
        pass
    assert session.closed


async def test_a_key_means_the_row_the_cursor_was_just_moved_to() -> None:
    async with driving() as d:
        await d.at("sso")
        for key in "jjh":
            d.app.post_message(Key(key, key))
        await d.settle()
        assert (
            d.on(DecisionsScreen)._known.item.id == d.main.board.checklist.sections[0].items[2].id
        )
