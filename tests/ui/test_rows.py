"""The rows of the tree: what somebody answers for stands out no more, and is not made OK."""

import pytest

from flytui import checklist as checklists
from flytui.assessment import Assessment
from flytui.finding import Finding, Status, Unseen, unknown
from flytui.review import Standing
from flytui.ui.board import Board, Place
from flytui.ui.widgets.rows import Row, rows
from flytui.ui.words import sign
from tests.ui.fake_session import identity


def row(status: Status, standing: Standing | None) -> Row:
    items = checklists.load()
    hidden = unknown(Unseen("It is hidden.", "Ask for it."))
    found = hidden if status is Status.UNKNOWN else Finding(status, "As found.")
    known = Assessment(items["sso"], found, standing=standing)
    return rows(Board(items, identity()).heard(known))[Place(items["sso"].section, "sso")]


@pytest.mark.parametrize("status", [Status.ACTION, Status.ADVICE, Status.MANUAL, Status.UNKNOWN])
def test_a_review_that_holds_takes_the_alarm_from_the_sign_and_leaves_the_sign(
    status: Status,
) -> None:
    settled = row(status, Standing.HOLDS)
    assert settled.colour == "quiet"
    assert settled.glyph == sign(status).glyph


@pytest.mark.parametrize("standing", [None, *(s for s in Standing if s is not Standing.HOLDS)])
def test_a_review_that_does_not_hold_takes_nothing_from_it(standing: Standing | None) -> None:
    assert row(Status.ACTION, standing).colour == "action"


def test_what_is_ok_stays_green_when_it_was_reviewed_as_well() -> None:
    assert row(Status.OK, Standing.HOLDS).colour == "ok"
