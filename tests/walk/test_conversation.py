"""The walkthrough in words: every decision, and nothing typed is lost."""

import io
from dataclasses import replace
from typing import Any

import pytest

from flytui.assessment import Identity
from flytui.journey.bookmark import InMemory
from flytui.journey.model import Journey
from flytui.review import Decision, Review
from flytui.review_file import ReviewFileError
from flytui.session import Session
from flytui.walk import vocabulary
from flytui.walk.voice import Voice
from tests.fakes import Memory
from tests.walk.walking import Walked, walked, with_open
from tests.worlds import Lamp, session

SSO, EXPOSED = "Set up single sign-on for organizations", "Make sure private services"


def burning(reviews: Memory | None = None, **parts: Any) -> Session:
    """Two items are open: `sso`, which only a person can tell, and `exposure`, the lamp."""
    return with_open(session(Lamp(on=True), reviews=reviews, **parts), "sso")


def told(walk: Walked, words: str) -> bool:
    return words in walk.text


async def test_it_tells_an_item_with_its_place_status_evidence_and_remedies() -> None:
    walk = await walked(session(Lamp(on=True)))
    for words in (
        f"Item 1 of 1 open: {EXPOSED}",
        "Status: Action. 1 lamp burns.",
        "Why it matters:",
        "  lamp: on",
        "  lamp 0, Action: It burns.",
        "Source: the wall, just now.",
        "  1. Switch the lamp off. It burns for nobody.",
        "You can say: fix (f), reviewed (r), not applicable (x), accepted risk (X), skip (s)",
    ):
        assert told(walk, words), walk.text


async def test_a_decision_is_kept_and_the_next_item_told() -> None:
    memory = Memory()
    walk = await walked(burning(memory), "reviewed", "fine", "")
    assert memory.kept["sso"].decision is Decision.REVIEWED
    assert memory.kept["sso"].note == "fine"
    assert told(walk, "Saved as reviewed by Ana, until it changes.")
    assert told(walk, f"Item 2 of 2 open: {EXPOSED}")
    assert told(walk, f"  {SSO}: reviewed by Ana, 12 March 2026.")
    assert told(walk, "1 decided, 0 fixed, 1 still open.")


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        ("r", Decision.REVIEWED),
        ("Reviewed", Decision.REVIEWED),
        ("x", Decision.NOT_APPLICABLE),
        ("not applicable", Decision.NOT_APPLICABLE),
        ("X", Decision.ACCEPTED_RISK),
        ("accepted risk", Decision.ACCEPTED_RISK),
    ],
)
async def test_each_decision_has_its_word_and_its_letter(word: str, decision: Decision) -> None:
    memory = Memory()
    await walked(burning(memory), word, "because", "90")
    kept = memory.kept["sso"]
    assert (kept.decision, kept.note, str(kept.expires)) == (decision, "because", "2026-06-10")


async def test_what_waives_needs_a_reason() -> None:
    memory = Memory()
    walk = await walked(burning(memory), "x", "", "s")
    assert told(walk, "Nothing was decided: not applicable needs a reason.")
    assert not memory.kept


@pytest.mark.parametrize("typed", ["soon", "2020-01-01", "99999999999999", "30 weeks"])
async def test_a_day_that_will_not_do_is_said_and_the_note_asked_again_with_what_was_typed(
    typed: str,
) -> None:
    memory = Memory()
    walk = await walked(burning(memory), "x", "one person", typed, "", "", "30")
    assert told(walk, "Not saved: ")
    assert told(walk, "What you typed is kept: one person")
    assert memory.kept["sso"].note == "one person"


async def test_a_note_that_cannot_be_saved_is_kept_and_saved_later() -> None:
    memory = Memory(failing=True)
    opened = burning(memory)
    walk = await walked(opened, "r", "fine", "", "leave", "stop")
    assert told(walk, "Not saved: The disk is full: make room and save again.")
    assert walk.talk.unsaved == {("sso", Decision.REVIEWED): "fine"}
    assert told(walk, f"Not saved, reviewed, {SSO}: fine")


async def test_leaving_a_note_and_coming_back_offers_it_again() -> None:
    class Once(Memory):
        def save(self, review: Review) -> None:
            failing, self.failing = self.failing, False
            if failing:
                raise ReviewFileError("The disk is full.")
            super().save(review)

    memory = Once(failing=True)
    walk = await walked(burning(memory), "r", "fine", "", "leave", "r", "", "")
    assert told(walk, "Typed before, and not saved yet: fine")
    assert memory.kept["sso"].note == "fine"
    assert walk.talk.unsaved == {}


async def test_the_end_of_the_input_in_a_note_loses_nothing_that_was_typed() -> None:
    walk = await walked(burning(), "x", "one person")
    assert told(walk, f"Not saved, not applicable, {SSO}: one person")


async def test_skip_and_back_move_and_the_summary_tells_what_was_skipped() -> None:
    walk = await walked(burning(), "s", "back", "b", "skip", "n")
    assert walk.text.count("Item 1 of 2 open") == 2
    assert told(walk, "This is the first one.")
    assert told(walk, f"  {SSO}: Manual, skipped.")
    assert walk.talk.journey.ended


async def test_it_goes_on_where_it_stopped_and_anew_from_the_first() -> None:
    bookmark = InMemory()
    await walked(burning(bookmark=bookmark), "s", "stop")
    walk = await walked(burning(bookmark=bookmark))
    assert told(walk, "Going on where the last walkthrough stopped.")
    assert not told(walk, "Item 1 of 2 open")
    assert told(walk, "It stopped at item 2 of 2 open")
    assert told(await walked(burning(bookmark=bookmark), anew=True), "Item 1 of 2 open")


async def test_a_place_that_cannot_be_kept_is_said_once() -> None:
    class Full(InMemory):
        def keep(self, journey: Journey) -> None:
            raise OSError(28, "No space left on device")

    walk = await walked(burning(bookmark=Full()), "s", "b", "s")
    assert walk.text.count("No space left on device") == 1


async def test_undo_takes_the_last_decision_back_and_goes_there() -> None:
    memory = Memory()
    walk = await walked(burning(memory), "undo", "r", "", "", "u")
    assert told(walk, "No decision was made in this walkthrough.")
    assert told(walk, f"Undone: {SSO}.")
    assert not memory.kept
    assert walk.text.count("Item 1 of 2 open") == 2


@pytest.mark.parametrize("word", ["fixx", "xx", "review me", "stop 2", "R", "S", "[/etc]", "фикс"])
async def test_a_word_that_is_not_known_gets_those_that_are(word: str) -> None:
    walk = await walked(burning(), word)
    assert told(walk, f"{word!r} is not understood. You can say: fix (f), reviewed (r)")
    assert not walk.talk.journey.deeds


async def test_enter_alone_does_nothing() -> None:
    walk = await walked(burning(), "", "", "")
    assert walk.talk.journey.at == "sso"
    assert not walk.talk.journey.deeds


async def test_help_tells_each_word_and_read_tells_the_item_again() -> None:
    walk = await walked(burning(), "help", "read")
    assert told(walk, "  skip: leave it open, and go to the next open item")
    assert walk.text.count("Item 1 of 2 open") == 2


async def test_read_only_knows_no_word_that_decides() -> None:
    opened = burning()
    opened.identity = Identity("shop", "acme", production=True, read_only=True)
    walk = await walked(opened, "reviewed", "r", "x", "X", "undo")
    assert walk.text.count("is not understood. You can say: fix (f), skip (s), back (b)") == 5
    assert told(walk, "shop, organisation acme, PRODUCTION, READ-ONLY")


async def test_nothing_open_is_told_and_asks_nothing() -> None:
    walk = await walked(session(Lamp(on=False)))
    assert told(walk, "Nothing is open any more.")
    assert not told(walk, "Your word:")


async def test_what_a_server_says_cannot_speak_to_the_terminal() -> None:
    opened = session(Lamp(on=True))
    check = opened.parts.checks["exposure"]
    finding = replace(
        check.decide(Lamp(on=True)), summary="\x1b]0;owned\x07red \x1b[31m\u202e [/etc] \r\n::x"
    )
    hostile = replace(check, decide=lambda _: finding)
    parts = replace(opened.parts, checks={**opened.parts.checks, "exposure": hostile})
    walk = await walked(Session(opened.identity, parts))
    assert told(walk, "Status: Action. red � [/etc] ::x")


async def test_what_is_typed_cannot_either() -> None:
    memory = Memory()
    await walked(burning(memory), "r", "\x1b[A\x1b]52;c;aGk=\x07fine\x07", "")
    assert memory.kept["sso"].note == "fine�"


async def test_nobody_has_to_listen_to_a_thousand_of_them() -> None:
    walk = await walked(session(Lamp(on=True, others=1_000)))
    assert "  And 971 more, which flytui check --format json tells in full." in walk.text
    assert len(walk.text.splitlines()) < 100


def test_a_number_may_stand_right_behind_its_word() -> None:
    words = vocabulary.known(may_change=True)
    for typed in ("fix1", "fix 1", "f1"):
        assert vocabulary.understood(typed, words) == ("fix", "1")
    assert vocabulary.understood("skip1", words) is None


def test_a_terminals_lines_end_between_words_and_what_is_run_stays_as_it_is() -> None:
    words = "  One sentence that is longer than the terminal is wide, and goes on for a while."
    for width in (0, 40):
        out = io.StringIO()
        Voice(out, io.StringIO(), None, width).say(words)
        rows = out.getvalue().splitlines()
        assert " ".join(row.strip() for row in rows) == words.strip()
        assert all(row.startswith("  ") for row in rows)
        assert (len(rows) == 1) is (width == 0)
        assert width == 0 or max(map(len, rows)) <= width
    out = io.StringIO()
    Voice(out, io.StringIO(), None, 40).exact("fly " + "x " * 60)
    assert len(out.getvalue().splitlines()) == 1
