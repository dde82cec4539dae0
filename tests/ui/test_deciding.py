"""Reviews: what the dialog asks, keeps and refuses."""

from datetime import date

import pytest
from textual.widgets import Button, Input, Static, TextArea

from flytui.review import Decision
from flytui.ui.screens.leave import DraftsScreen
from flytui.ui.screens.note import EXPIRIES, Draft, NoteScreen
from flytui.ui.widgets.pick import Pick
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import NOW, FakeSession, refusing

TODAY = NOW.date()


def error(d: Driven) -> str:
    return str(d.on(NoteScreen).query_one(".error", Static).content)


async def save(d: Driven) -> None:
    d.on(NoteScreen).query_one("#save", Button).press()
    await d.settle()


async def test_r_keeps_a_review_and_settles_the_item() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", *"fine")
        await save(d)
        assert d.app.screen is d.main
        kept = d.session.assessments["sso"].review
        assert kept is not None
        assert (kept.decision, kept.note, kept.by) == (Decision.REVIEWED, "fine", "Ana")
        assert "ready 2/23" in d.screen()
        assert "reviewed" in d.screen()
        assert any("Saved as reviewed" in toast for toast in d.toasts)


async def test_keys_typed_into_the_note_do_nothing_else() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", "q", "x", "f", "question_mark")
        assert d.on(NoteScreen).query_one(TextArea).text == "qxf?"


async def test_not_applicable_needs_a_reason() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("x")
        await save(d)
        assert "needs a reason" in error(d)
        assert d.session.assessments["sso"].review is None


async def test_a_risk_is_accepted_with_a_reason_and_says_so() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("X")
        await save(d)
        assert "Accepted risk needs a reason" in error(d)
        d.on(NoteScreen).query_one(TextArea).focus()
        await d.press("u")
        assert not error(d)
        await d.press(*"ntil spring")
        await save(d)
        assert "Accepted risk on" in d.screen()
        assert "until spring" in d.screen()


async def test_u_takes_the_last_decision_back() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r")
        await save(d)
        await d.at("exposure")
        await d.press("u")
        assert d.session.assessments["sso"].review is None
        assert "Undone: Set up single sign-on for organizations" in d.toasts
        assert "ready 1/23" in d.screen()
        assert d.tree.place is not None
        assert d.tree.place.item == "sso"


async def test_e_edits_the_note_that_is_there() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", *"fine")
        await save(d)
        await d.press("e")
        assert d.on(NoteScreen).query_one(TextArea).text == "fine"
        d.on(NoteScreen).query_one(TextArea).text = "fine, says Ben"
        await d.settle()
        await save(d)
        kept = d.session.assessments["sso"].review
        assert kept is not None
        assert kept.note == "fine, says Ben"


async def test_leaving_keeps_what_was_typed_for_the_next_time() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("x", *"half a", "escape")
        assert "Not saved. What you typed is kept until you quit." in d.toasts
        await d.at("isolation")
        await d.press("x")
        assert d.on(NoteScreen).query_one(TextArea).text == ""
        await d.press("escape")
        await d.at("sso")
        await d.press("x")
        assert d.on(NoteScreen).query_one(TextArea).text == "half a"


async def test_a_draft_goes_on_where_it_ended() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("x", *"half a", "escape", "x", *" word")
        assert d.on(NoteScreen).query_one(TextArea).text == "half a word"


async def test_where_the_note_is_written_is_in_sight_on_the_smallest_terminal() -> None:
    async with driving(size=(40, 12)) as d:
        await d.at("custom-domain")
        await d.press("r", *"seen")
        await d.passing(1.0)
        assert "Reviewed: Set up a custom domain" in d.screen()
        assert "seen" in d.screen()
        await d.resize(120, 36)
        await d.resize(50, 10)
        assert "seen" in d.screen()


async def test_a_review_that_cannot_be_kept_loses_nothing_typed() -> None:
    session = FakeSession(refuses=refusing())
    async with driving(session) as d:
        await d.at("sso")
        await d.press("r", *"fine")
        await save(d)
        assert "/reviews is read-only" in error(d)
        assert d.on(NoteScreen).query_one(TextArea).text == "fine"
        session.refuses = None
        await save(d)
        assert d.app.screen is d.main


async def test_the_expiry_is_chosen_with_the_arrows_and_told_by_brackets() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", "tab", "right", "right")
        assert "[90 days]" in d.screen()
        await save(d)
        kept = d.session.assessments["sso"].review
        assert kept is not None
        assert kept.expires == date(2026, 6, 10)


async def test_a_date_is_asked_for_and_checked() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r")
        dialog = d.on(NoteScreen)
        assert not dialog.query_one(Input).display
        dialog.query_one(Pick).chosen = EXPIRIES.index("a date")
        await d.settle()
        dialog.query_one(Input).focus()
        await d.press(*"soon", "enter")
        assert "'soon' is not a date like 2026-05-11." in error(d)
        dialog.query_one(Input).value = "2026-12-01"
        await d.press("enter")
        kept = d.session.assessments["sso"].review
        assert kept is not None
        assert kept.expires == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("draft", "expires"),
    [
        (Draft(), None),
        (Draft(expiry="30 days"), date(2026, 4, 11)),
        (Draft(expiry="180 days"), date(2026, 9, 8)),
        (Draft(expiry="a date", until=" 2026-03-12 "), TODAY),
    ],
)
def test_an_expiry_is_the_last_day_it_holds(draft: Draft, expires: date | None) -> None:
    assert draft.expires(TODAY) == expires


@pytest.mark.parametrize("until", ["", "2026-02-30", "12 March", "2026-03-11"])
def test_a_date_that_will_not_do_is_refused(until: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|passed"):
        Draft(expiry="a date", until=until).expires(TODAY)


@pytest.mark.parametrize("way", ["main", "walk"])
async def test_q_asks_before_it_loses_a_note_that_was_not_saved(way: str) -> None:
    async with driving() as d:
        if way == "walk":
            await d.press("w")
        else:
            await d.at("sso")
        await d.press("x", *"abc", "escape")
        if way == "walk":
            await d.press("escape")
        await d.press("q")
        screen = d.on(DraftsScreen)
        assert d.main.unsaved[0] in d.screen()  # type: ignore[attr-defined]  # it can decide
        assert d.app.focused is screen.query_one("#stay")
        await d.press("q", "enter")
        assert d.app.is_running
        assert not isinstance(d.app.screen, DraftsScreen)
        await d.press("q", "tab", "enter")
        assert d.app._exit


async def test_q_quits_at_once_where_nothing_would_be_lost() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", *"fine")
        await save(d)
        await d.press("e", "escape", "x", "escape", "q")
        assert d.app._exit


async def test_a_note_is_saved_from_within_its_text() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", *"fine")
        assert "^d saves" in d.screen()
        await d.press("ctrl+d")
        kept = d.session.assessments["sso"].review
        assert kept is not None
        assert kept.note == "fine"


async def test_what_was_said_before_lies_over_no_dialog() -> None:
    async with driving() as d:
        await d.at("sso")
        d.app.notify("Something was said.")
        await d.press("r")
        assert not d.toasts
