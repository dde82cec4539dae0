"""The way through the open items, told by a line of letters: `o` open, `.` not, `?` not known."""

from datetime import UTC, datetime

import pytest

from flytui.assessment import Assessment
from flytui.checklist import Item
from flytui.finding import Finding, Status
from flytui.journey.model import Journey, Outcome, Progress, begin, resume
from flytui.journey.words import counted, progress, why_left

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
ORDER = tuple("abcdef")


def known(line: str) -> dict[str, Assessment]:
    """What is known of the items a, b, c …, a letter each."""
    found = {"o": Finding(Status.ACTION, "Open."), ".": Finding(Status.OK, "Settled.")}
    return {
        item: Assessment(Item(item, "section", item.upper(), "", (), ()), found[letter])
        for item, letter in zip(ORDER, line, strict=False)
        if letter != "?"
    }


def at(item: str | None, *done: tuple[str, Outcome], shown: bool = True) -> Journey:
    journey = Journey(ORDER, item, shown=shown)
    for other, outcome in done:
        journey = journey.did(other, outcome, "Ana", NOW)
    return journey


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("oooooo", "a"),
        ("..oooo", "c"),
        (".?oooo", "b"),
        ("??????", "a"),
        ("......", None),
        (".....?", "f"),
    ],
)
def test_it_begins_with_the_first_item_that_is_open_or_not_known(
    line: str, first: str | None
) -> None:
    assert begin(ORDER).look(known(line)).at == first


@pytest.mark.parametrize(
    ("line", "here", "after"),
    [
        ("oooooo", "b", "c"),
        ("oo..oo", "b", "e"),
        ("oo.?oo", "b", "d"),
        ("oo....", "b", None),
        ("oooooo", "f", None),
    ],
)
def test_next_passes_what_is_settled_and_waits_for_what_is_not_known(
    line: str, here: str, after: str | None
) -> None:
    assert at(here).next(known(line)).at == after


@pytest.mark.parametrize(
    ("line", "here", "before"),
    [
        ("oooooo", "c", "b"),
        ("o..ooo", "d", "a"),
        ("o.?ooo", "d", "a"),
        ("...ooo", "d", "d"),
        ("oo....", None, "b"),
    ],
)
def test_back_goes_to_the_open_item_before_and_stays_where_there_is_none(
    line: str, here: str | None, before: str
) -> None:
    assert at(here).back(known(line)).at == before


def test_back_also_leads_to_what_was_decided_on_the_way() -> None:
    assert at("c", ("b", Outcome.REVIEWED)).back(known("o.oooo")).at == "b"


def test_an_item_that_is_read_stays_when_it_turns_out_settled() -> None:
    assert at("b").look(known("o.oooo")).at == "b"


def test_an_item_that_was_waited_for_is_passed_when_it_turns_out_settled() -> None:
    journey = begin(ORDER).look(known("?ooooo"))
    assert (journey.at, journey.shown) == ("a", False)
    assert journey.look(known(".ooooo")).at == "b"
    assert journey.look(known("oooooo")) == Journey(ORDER, "a", shown=True)


def test_what_becomes_known_before_the_item_that_is_read_moves_nothing() -> None:
    journey = begin(ORDER).look(known("o?????")).next(known("o?o???")).next(known("o?o???"))
    assert journey.at == "c"
    assert journey.look(known("ooo???")).at == "c"


@pytest.mark.parametrize(
    ("line", "journey", "expected"),
    [
        ("oooooo", at("c"), Progress(3, 6, 0)),
        ("o.o.oo", at("c"), Progress(2, 4, 0)),
        ("..o.oo", at("c", ("a", Outcome.REVIEWED)), Progress(2, 4, 0)),
        ("o.o???", at("c"), Progress(2, 2, 3)),
        ("ooo.oo", at("d"), Progress(4, 6, 0)),
    ],
)
def test_progress_counts_what_is_open_or_was_until_it_was_decided(
    line: str, journey: Journey, expected: Progress
) -> None:
    assert journey.progress(known(line)) == expected


def test_progress_in_words() -> None:
    assert progress(at("c"), known("o.oooo")) == "item 2 of 5 open"
    assert progress(at("c"), known("o.o??o")) == "item 2 of 3 open, 2 still being looked at"
    waiting = at("d", shown=False)
    assert (
        progress(waiting, known("o.o???")) == "waiting for the next item, 3 still being looked at"
    )


def test_one_thing_is_told_of_an_item_the_latest() -> None:
    journey = at("a", ("a", Outcome.TRIED), ("b", Outcome.SKIPPED), ("a", Outcome.FIXED))
    assert [(d.item, d.outcome) for d in journey.deeds] == [
        ("b", Outcome.SKIPPED),
        ("a", Outcome.FIXED),
    ]


def test_to_skip_what_was_worked_on_does_not_forget_that() -> None:
    journey = at("a", ("a", Outcome.TRIED), ("a", Outcome.SKIPPED))
    assert journey.deeds[0].outcome is Outcome.TRIED


def test_the_summary_tells_what_was_decided_and_what_stays_open() -> None:
    journey = at(
        None,
        ("d", Outcome.FIXED),
        ("a", Outcome.REVIEWED),
        ("b", Outcome.SKIPPED),
        ("e", Outcome.ACCEPTED_RISK),
    )
    summary = journey.summary(known(".o..o?"))
    assert [deed.item for deed in summary.settled] == ["a", "d"]
    assert [(left.item, why_left(left)) for left in summary.left] == [
        ("b", "skipped"),
        # It opened again, or waits for a second reviewer.
        ("e", "accepted risk by Ana, 12 March 2026, and open all the same"),
    ]
    assert summary.waiting == ("f",)
    assert counted(summary) == "1 decided, 1 fixed, 2 still open, 1 not looked at yet."


def test_again_keeps_what_was_done_and_offers_what_was_skipped() -> None:
    journey = at(None, ("a", Outcome.REVIEWED), ("b", Outcome.SKIPPED)).again(known(".ooooo"))
    assert journey.at == "b"
    assert [deed.item for deed in journey.deeds] == ["a"]


def test_resumed_it_stands_where_it_stopped_or_at_the_next_that_is_open() -> None:
    assert resume(ORDER, "c", ()).look(known("oooooo")).at == "c"
    assert resume(ORDER, "c", ()).look(known("oo.ooo")).at == "d"


def test_resumed_on_another_checklist_it_starts_over() -> None:
    deeds = at("a", ("gone", Outcome.REVIEWED)).deeds
    assert resume(ORDER, "gone", deeds) == begin(ORDER)
    assert resume(ORDER, "b", deeds).deeds == ()


def test_a_checklist_without_items_is_at_its_end() -> None:
    assert begin(()).look({}).ended
