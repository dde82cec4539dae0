"""What the session promises a screen: verdicts as they come, nothing unseen green, reviews kept."""

from dataclasses import replace
from datetime import date

import pytest

from flytui.assessment import Assessment
from flytui.events import Assessed, Known
from flytui.facts.fact import Unseen
from flytui.finding import Status
from flytui.fly.errors import Refused
from flytui.review import Decision, Standing
from flytui.review_file import ReviewFileError
from tests.fakes import Memory
from tests.worlds import Lamp, session, verdicts


async def test_every_item_of_the_checklist_gets_a_verdict() -> None:
    opened = session(Lamp())
    found = await verdicts(opened)
    assert set(found) == {item.id for item in opened.checklist}


async def test_an_item_whose_fact_was_refused_is_unknown_with_cause_and_cure() -> None:
    lamp = Lamp()
    lamp.error = Refused("The token may not look at the lamp.", "fly tokens create deploy -a shop")
    found = (await verdicts(session(lamp)))["exposure"]
    assert found.finding.status is Status.UNKNOWN
    assert found.finding.unseen == Unseen(lamp.error.cause, lamp.error.cure)
    assert not found.settled


async def test_a_defect_in_one_check_leaves_the_others_alone_and_is_not_green() -> None:
    lamp = Lamp(defective=True)
    found = await verdicts(session(lamp))
    assert found["exposure"].finding.status is Status.UNKNOWN
    assert "KeyError" in found["exposure"].finding.summary
    assert found["flycast"].finding.status is Status.OK


async def test_evidence_carries_the_time_of_its_fact() -> None:
    opened = session(Lamp())
    found = (await verdicts(opened))["exposure"]
    assert [e.at for e in found.finding.evidence] == [opened.parts.clock()]
    assert found.at == opened.parts.clock()


async def test_a_refresh_that_fails_keeps_the_earlier_finding_and_says_so() -> None:
    lamp = Lamp()
    opened = session(lamp)
    before = (await verdicts(opened))["exposure"]
    lamp.error = Refused("The token has expired.", "fly auth login")
    events = [e async for e in opened.refresh({"exposure"})]
    after = opened.assessments["exposure"]
    assert after.finding == before.finding
    assert after.outdated == Unseen("The token has expired.", "fly auth login")
    assert Assessed(after) in events


async def test_the_identity_is_not_invented_when_the_app_cannot_be_seen() -> None:
    opened = session(Lamp())
    events = [e async for e in opened.assess()]
    assert not any(isinstance(e, Known) for e in events)
    assert opened.identity.organization is None


class TestDeciding:
    async def test_a_review_settles_an_item_and_survives_a_new_session(self) -> None:
        memory, lamp = Memory(), Lamp(on=True)
        first = session(lamp, reviews=memory)
        await verdicts(first)
        decided = first.decide("exposure", Decision.REVIEWED, " seen ", date(2026, 6, 1))
        assert decided.settled
        again = (await verdicts(session(lamp, reviews=memory)))["exposure"]
        assert again.settled
        assert again.review is not None
        assert (again.review.note, again.review.by) == ("seen", "Ana")

    async def test_it_reopens_when_what_it_was_given_on_changes(self) -> None:
        memory, lamp = Memory(), Lamp(on=True)
        opened = session(lamp, reviews=memory)
        await verdicts(opened)
        opened.decide("exposure", Decision.REVIEWED, "seen")
        lamp.others = 1
        found = await verdicts(session(lamp, reviews=memory))
        assert found["exposure"].standing is Standing.STALE
        assert found["exposure"].open
        assert "the lamp 1 was added" in found["exposure"].changed

    async def test_not_applicable_needs_a_reason(self) -> None:
        opened = session(Lamp())
        await verdicts(opened)
        with pytest.raises(ValueError, match="reason"):
            opened.decide("exposure", Decision.NOT_APPLICABLE, "  ")

    async def test_nothing_is_decided_about_what_was_not_looked_at(self) -> None:
        with pytest.raises(ValueError, match="not been looked at"):
            session(Lamp()).decide("exposure", Decision.REVIEWED, "")

    async def test_undo_brings_back_the_earlier_decision_then_none(self) -> None:
        memory = Memory()
        opened = session(Lamp(on=True), reviews=memory)
        await verdicts(opened)
        opened.decide("exposure", Decision.REVIEWED, "first")
        opened.decide("exposure", Decision.REVIEWED, "second")
        assert _note(opened.undo()) == "first"
        assert memory.kept["exposure"].note == "first"
        assert _note(opened.undo()) is None
        assert not memory.kept
        assert opened.undo() is None

    async def test_a_decision_that_cannot_be_kept_is_not_shown_as_taken(self) -> None:
        memory = Memory()
        opened = session(Lamp(on=True), reviews=memory)
        await verdicts(opened)
        memory.failing = True
        with pytest.raises(ReviewFileError, match="full"):
            opened.decide("exposure", Decision.REVIEWED, "x")
        assert opened.assessments["exposure"].review is None

    async def test_an_undo_that_cannot_be_kept_can_be_tried_again(self) -> None:
        memory = Memory()
        opened = session(Lamp(on=True), reviews=memory)
        await verdicts(opened)
        opened.decide("exposure", Decision.REVIEWED, "x")
        memory.failing = True
        with pytest.raises(ReviewFileError):
            opened.undo()
        memory.failing = False
        assert _note(opened.undo()) is None


async def test_the_two_numbers_count_what_they_say() -> None:
    opened = session(Lamp(on=True))
    await verdicts(opened)
    before = opened.tally
    opened.decide("exposure", Decision.REVIEWED, "seen")
    after = opened.tally
    assert (before.settled + 1, before.applicable) == (after.settled, after.applicable)
    assert before.observable == before.observed


async def test_waiving_does_not_change_how_many_items_are_applicable() -> None:
    opened = session(Lamp(on=True))
    await verdicts(opened)
    before = opened.tally.applicable
    opened.decide("exposure", Decision.NOT_APPLICABLE, "internal tool")
    assert opened.tally.applicable == before


def _note(assessment: Assessment | None) -> str | None:
    assert assessment is not None
    return assessment.review.note if assessment.review else None


async def test_a_plan_keeps_what_was_shown() -> None:
    opened = session(Lamp(on=True))
    found = (await verdicts(opened))["exposure"]
    switch = Lamp.switch()
    plan = opened.plan("exposure", switch)
    assert plan.command == replace(switch)
    assert plan.before == found
