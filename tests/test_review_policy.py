"""What a team asks of its decisions is asked when they are taken, and of every file on disk."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from flytui.finding import Status
from flytui.policy import against
from flytui.review import Decision, Review, Standing, basis
from flytui.session import Session
from flytui.settings import LongestDays, Policy, SettingsError, preferences
from tests.fakes import NOON, Memory
from tests.worlds import Lamp, session, verdicts

TODAY = NOON.date()
TWO = Policy(two_reviewers=frozenset({"exposure"}))


async def opened(memory: Memory, policy: Policy, by: str = "Ana", *, on: bool = True) -> Session:
    """A session of this person, who has looked at everything."""
    first = session(Lamp(on=on), reviews=memory)
    own = Session(first.identity, replace(first.parts, policy=policy, by=by))
    await verdicts(own)
    return own


def test_every_decision_has_its_longest_expiry_in_the_configuration() -> None:
    assert {each.name for each in fields(LongestDays)} == {each.value for each in Decision}


@pytest.mark.parametrize("decision", [Decision.NOT_APPLICABLE, Decision.ACCEPTED_RISK])
async def test_what_waives_an_item_needs_a_reason(decision: Decision) -> None:
    ana = await opened(Memory(), Policy())
    with pytest.raises(ValueError, match="needs a reason that somebody else can follow"):
        ana.decide("exposure", decision, " \n ")
    assert ana.decide("exposure", decision, "behind a proxy").settled


async def test_a_last_day_that_has_passed_is_refused() -> None:
    ana = await opened(Memory(), Policy())
    with pytest.raises(ValueError, match="has passed already"):
        ana.decide("exposure", Decision.REVIEWED, "", TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("expires", "complaint"),
    [
        (None, "needs a last day, at most 90 days ahead"),
        (TODAY + timedelta(days=91), "may hold for 90 days at most"),
        (TODAY + timedelta(days=90), ""),
        (TODAY, ""),
    ],
)
async def test_a_decision_holds_no_longer_than_the_policy_lets_it(
    expires: date | None, complaint: str
) -> None:
    ana = await opened(Memory(), Policy(LongestDays(accepted_risk=90)))
    if complaint:
        with pytest.raises(ValueError, match=complaint):
            ana.decide("exposure", Decision.ACCEPTED_RISK, "why", expires)
    else:
        assert ana.decide("exposure", Decision.ACCEPTED_RISK, "why", expires).settled
    assert ana.decide("ipv4", Decision.REVIEWED, "").settled


@pytest.mark.parametrize(
    ("decision", "lamp_burns", "complaint"),
    [
        (Decision.NOT_APPLICABLE, False, "may not be decided not applicable"),
        (Decision.ACCEPTED_RISK, True, "may not be decided accepted risk"),
        (Decision.REVIEWED, True, "needs action, and a review cannot stand in for it"),
        (Decision.REVIEWED, False, ""),
    ],
)
async def test_an_item_that_may_not_be_waived_is_put_in_order(
    decision: Decision, lamp_burns: bool, complaint: str
) -> None:
    policy = Policy(never_waive=frozenset({"exposure"}))
    ana = await opened(Memory(), policy, on=lamp_burns)
    if complaint:
        with pytest.raises(ValueError, match=complaint):
            ana.decide("exposure", decision, "why")
    else:
        assert ana.decide("exposure", decision, "why").settled


async def test_a_waiver_on_file_against_the_policy_does_not_count_and_says_why() -> None:
    memory = Memory()
    (await opened(memory, Policy())).decide("exposure", Decision.ACCEPTED_RISK, "why")
    stricter = Policy(never_waive=frozenset({"exposure"}))
    found = (await opened(memory, stricter)).assessments["exposure"]
    assert found.standing is Standing.REFUSED
    assert found.open
    assert "may not be decided accepted risk" in found.objection


async def test_two_reviewers_are_two_people() -> None:
    memory = Memory()
    ana = await opened(memory, TWO)
    first = ana.decide("exposure", Decision.ACCEPTED_RISK, "why")
    assert (first.standing, first.settled) == (Standing.WAITING, False)
    assert "so far only Ana" in first.objection
    again = ana.decide("exposure", Decision.ACCEPTED_RISK, "said again")
    assert again.standing is Standing.WAITING
    ben = await opened(memory, TWO, "Ben")
    agreed = ben.decide("exposure", Decision.ACCEPTED_RISK, "I see it the same way")
    assert agreed.settled
    assert agreed.review is not None
    assert agreed.review.reviewers == ("Ana", "Ben")
    assert agreed.review.note == "said again"


async def test_one_person_is_no_two_however_the_name_is_written() -> None:
    memory = Memory()
    (await opened(memory, TWO, "Ana  Example")).decide("exposure", Decision.REVIEWED, "")
    again = (await opened(memory, TWO, "ana example")).decide("exposure", Decision.REVIEWED, "")
    assert again.standing is Standing.WAITING


async def test_who_decides_otherwise_does_not_agree() -> None:
    memory = Memory()
    (await opened(memory, TWO)).decide("exposure", Decision.ACCEPTED_RISK, "why")
    ben = (await opened(memory, TWO, "Ben")).decide("exposure", Decision.REVIEWED, "all fine")
    assert ben.standing is Standing.WAITING
    assert ben.review is not None
    assert ben.review.reviewers == ("Ben",)


async def test_an_agreement_is_to_a_review_as_it_stood() -> None:
    memory = Memory()
    (await opened(memory, TWO)).decide("exposure", Decision.ACCEPTED_RISK, "why")
    (await opened(memory, TWO, "Ben")).decide("exposure", Decision.ACCEPTED_RISK, "yes")
    memory.kept["exposure"] = replace(memory.kept["exposure"], note="something worse")
    found = (await opened(memory, TWO)).assessments["exposure"]
    assert found.standing is Standing.WAITING


async def test_the_shorter_word_counts() -> None:
    memory = Memory()
    (await opened(memory, TWO)).decide("exposure", Decision.REVIEWED, "", TODAY + timedelta(9))
    ben = await opened(memory, TWO, "Ben")
    kept = ben.decide("exposure", Decision.REVIEWED, "", TODAY + timedelta(2)).review
    assert kept is not None
    assert kept.last_day == TODAY + timedelta(2)


async def test_undo_takes_back_an_agreement_and_leaves_the_review() -> None:
    memory = Memory()
    (await opened(memory, TWO)).decide("exposure", Decision.REVIEWED, "")
    ben = await opened(memory, TWO, "Ben")
    ben.decide("exposure", Decision.REVIEWED, "")
    undone = ben.undo()
    assert undone is not None
    assert undone.standing is Standing.WAITING
    assert memory.kept["exposure"].reviewers == ("Ana",)


async def test_a_file_alone_tells_what_its_own_words_are_held_to() -> None:
    ana = await opened(Memory(), Policy())
    found = ana.assessments["exposure"].finding
    review = Review("exposure", Decision.REVIEWED, "", "Ana", NOON, None, basis(found))
    policy = Policy(never_waive=frozenset({"exposure"}))
    assert found.status is Status.ACTION
    assert against(policy, review, found.status)
    assert not against(policy, review)


POLICY = """\
[policy]
two_reviewers = ["exposure"]
never_waive = ["secrets"]
longest_days = { accepted_risk = 90, reviewed = 365 }
"""


def written(folder: Path, text: str) -> Path:
    (folder / ".flytui").mkdir()
    (folder / ".flytui" / "config.toml").write_text(text)
    return folder


def test_the_policy_is_read_from_the_configuration(tmp_path: Path) -> None:
    policy = preferences("shop", written(tmp_path, POLICY), {"exposure", "secrets"}).policy
    assert policy == Policy(
        LongestDays(reviewed=365, accepted_risk=90), frozenset({"exposure"}), frozenset({"secrets"})
    )


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("never_waive", "never_wave", "policy.never_wave, which flytui does not know"),
        ('"secrets"', '"secrts"', "'secrts' in policy.never_waive, which is no item"),
        ('["secrets"]', '"secrets"', "not a list of item ids"),
        ("accepted_risk = 90", "accepted = 90", "policy.longest_days.accepted, which"),
        ("= 90", "= 0", "not a whole number of days above 0"),
        ("= 90", "= true", "not a whole number of days above 0"),
        ("= 90", "= 10_000_000", "not a whole number of days above 0"),
    ],
)
def test_a_slip_in_the_policy_guards_nothing_silently(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    folder = written(tmp_path, POLICY.replace(old, new, 1))
    with pytest.raises(SettingsError, match=complaint):
        preferences("shop", folder, {"exposure", "secrets"})
