"""`h` tells who decided what about an item, now and before; `p` writes a report."""

from dataclasses import replace

import pytest

from flytui.review import Decision
from flytui.review_history import Past, Recorded
from flytui.settings import SettingsError
from flytui.ui.screens.decisions import DecisionsScreen
from flytui.ui.screens.export import ExportScreen
from flytui.ui.screens.remedying import RemedyingScreen
from tests.ui.driving import driving
from tests.ui.fake_session import NOW, FakeSession, address, exposed, findings, review

GIVEN = review("exposure", exposed(address()), note="Agreed with [/ops].")
EARLIER = Recorded(
    "0123456789abcdef", "Ben", NOW, "", review("exposure", exposed(), note="For March only."), ""
)
REMOVED = replace(EARLIER, commit="fedcba9876543210", author="Cleo", review=None)
BROKEN = replace(REMOVED, problem="It is not TOML.")


async def test_the_decision_in_force_and_those_before_it_are_told() -> None:
    session = FakeSession(reviews=[GIVEN])
    session.pasts["exposure"] = Past((EARLIER, REMOVED, BROKEN), uncommitted=True)
    async with driving(session) as d:
        await d.at("exposure")
        await d.press("h")
        screen = d.on(DecisionsScreen)
        await screen.workers.wait_for_complete()
        await d.settle()
        shown = d.screen()
        for words in (
            "Reviewed by Ana",
            "Agreed with [/ops].",
            "the item is open again",
            "2001:db8::1",
            "The file on disk is not committed yet.",
            "0123456789 · Ben",
            "For March only.",
            "fedcba9876 · Cleo",
            "It was undone.",
            "It is not TOML.",
        ):
            assert words in shown
        await d.press("h")
        assert isinstance(d.app.screen, RemedyingScreen)


async def test_an_item_without_decisions_says_where_they_would_be_kept() -> None:
    async with driving(FakeSession()) as d:
        await d.at("exposure")
        await d.press("h")
        await d.on(DecisionsScreen).workers.wait_for_complete()
        await d.settle()
        assert "Nobody has decided about this item." in d.screen()
        assert "shared in a git" in d.screen()


async def test_a_section_has_no_decisions_of_its_own() -> None:
    async with driving(FakeSession()) as d:
        await d.press("1", "h")
        assert d.toasts == ["Choose an item first: this is a section."]


async def test_an_export_proposes_a_name_that_follows_the_form() -> None:
    session = FakeSession()
    async with driving(session) as d:
        await d.press("p")
        d.on(ExportScreen)
        assert "flytui-storefront.md" in d.screen()
        await d.press("right", "tab", "enter")
        assert session.exported == [("html", "flytui-storefront.html")]
        assert d.toasts == ["Written: /reports/flytui-storefront.html"]


async def test_a_refused_export_keeps_what_was_typed() -> None:
    session = FakeSession()
    session.refuses = SettingsError("x.md is there already.", "Give it another name.")
    async with driving(session) as d:
        await d.press("p", "tab", "a", "enter")
        d.on(ExportScreen)
        assert "x.md is there already. Give it another name." in d.screen()
        assert session.exported == []
        session.refuses = None
        await d.press("b", "enter")
        assert session.exported[0][1].endswith("ab")


@pytest.mark.parametrize("decision", Decision)
async def test_every_kind_of_decision_has_its_words(decision: Decision) -> None:
    given = replace(GIVEN, decision=decision, basis=review("exposure", exposed()).basis)
    async with driving(FakeSession(findings(), reviews=[given])) as d:
        await d.at("exposure")
        await d.press("h")
        assert decision.words.capitalize() + " by Ana" in d.screen()
