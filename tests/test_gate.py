"""What fails the gate, what does not, and that nothing unseen or waived is called good."""

from dataclasses import replace

import pytest

from flytui.exit_code import ExitCode
from flytui.finding import Finding, Status
from flytui.gate import FAILING, Gate, Ruling, fail_on
from flytui.report import Report
from flytui.review import Standing
from flytui.share import Share
from tests.report.builders import address, assessment, finding, report
from tests.report.former import former


def judged(of: Report, gate: Gate | None = None) -> tuple[ExitCode, list[Ruling]]:
    judgement = replace(of, gate=gate or Gate()).judgement
    return judgement.code, list(judgement.rulings.values())


@pytest.mark.parametrize(
    ("named", "status", "code"),
    [
        ((), Status.ACTION, ExitCode.ACTION),
        ((), Status.UNKNOWN, ExitCode.UNSEEN),
        ((), Status.ADVICE, ExitCode.DONE),
        (("action",), Status.ACTION, ExitCode.ACTION),
        (("action",), Status.UNKNOWN, ExitCode.DONE),
        (("advice",), Status.ACTION, ExitCode.ACTION),
        (("advice",), Status.ADVICE, ExitCode.ACTION),
        (("advice",), Status.UNKNOWN, ExitCode.DONE),
        (("unknown", "advice"), Status.UNKNOWN, ExitCode.UNSEEN),
        (("unknown", "advice"), Status.ADVICE, ExitCode.ACTION),
        (("unknown", "advice"), Status.MANUAL, ExitCode.DONE),
    ],
)
def test_what_fails_is_what_was_asked_for_and_always_an_action(
    named: tuple[str, ...], status: Status, code: ExitCode
) -> None:
    assert judged(report(assessment(found=finding(status))), Gate(fail_on(named)))[0] is code


def test_without_a_word_an_action_and_the_unseen_fail() -> None:
    assert fail_on(()) == FAILING == {Status.ACTION, Status.UNKNOWN}


@pytest.mark.parametrize("status", [Status.ACTION, Status.UNKNOWN])
def test_an_optional_item_fails_only_when_asked_to(status: Status) -> None:
    told = report(assessment("ipv4", finding(status)))
    assert judged(told) == (ExitCode.DONE, [Ruling.OPTIONAL])
    assert judged(told, Gate(optional=True))[1] == [Ruling.FAILED]


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.OK])
@pytest.mark.parametrize("standing", [None, *Standing])
def test_nothing_but_ok_ever_passes(status: Status, standing: Standing | None) -> None:
    (ruling,) = judged(report(assessment(found=finding(status), standing=standing)))[1]
    assert ruling is not Ruling.PASSED


@pytest.mark.parametrize("standing", Standing)
def test_only_a_review_that_holds_waives(standing: Standing) -> None:
    (ruling,) = judged(report(assessment(standing=standing)))[1]
    assert (ruling is Ruling.REVIEWED) is (standing is Standing.HOLDS)


WELL = address(status=Status.OK)
ONE = finding(Status.ACTION, "1.", address())
TWO = finding(Status.ACTION, "2.", address(), address(name="203.0.113.8"))
ADVISED = finding(Status.ADVICE, "Consider it.", address(status=Status.ADVICE))
UNSEEN = finding(Status.UNKNOWN)


@pytest.mark.parametrize(
    ("then", "now", "code"),
    [
        (ONE, ONE, ExitCode.DONE),
        (TWO, ONE, ExitCode.DONE),
        (ONE, ADVISED, ExitCode.DONE),
        (UNSEEN, UNSEEN, ExitCode.DONE),
        (ONE, TWO, ExitCode.ACTION),
        (ADVISED, ONE, ExitCode.ACTION),
        (UNSEEN, ONE, ExitCode.ACTION),
        (finding(Status.OK), ONE, ExitCode.ACTION),
        (finding(Status.NOT_APPLICABLE), ONE, ExitCode.ACTION),
        (ONE, UNSEEN, ExitCode.UNSEEN),
        (finding(Status.OK), UNSEEN, ExitCode.UNSEEN),
        (finding(Status.ACTION, "1.", WELL), ONE, ExitCode.ACTION),
    ],
)
def test_with_a_baseline_only_what_is_new_or_worse_fails(
    then: Finding, now: Finding, code: ExitCode
) -> None:
    baseline = former(report(assessment(found=then)))
    every = frozenset({Status.ACTION, Status.UNKNOWN, Status.ADVICE})
    told, rulings = judged(report(assessment(found=now)), Gate(every, baseline=baseline))
    assert told is code
    assert rulings == [Ruling.KNOWN if code is ExitCode.DONE else Ruling.FAILED]


def test_what_a_review_settled_in_the_baseline_fails_when_the_review_is_gone() -> None:
    baseline = former(report(assessment(standing=Standing.HOLDS)))
    assert judged(report(assessment()), Gate(baseline=baseline))[1] == [Ruling.FAILED]


def test_an_item_the_baseline_has_not_looked_at_is_new() -> None:
    baseline = former(report(assessment("secrets")))
    assert judged(report(assessment()), Gate(baseline=baseline))[1] == [Ruling.FAILED]


@pytest.mark.parametrize(
    ("gate", "code", "told"),
    [
        (Gate(min_ready=Share(1)), ExitCode.DONE, ()),
        (Gate(min_ready=Share(2)), ExitCode.ACTION, ("1 of 2 items are ready; 2 were asked for.",)),
        (Gate(min_ready=Share(50, percent=True)), ExitCode.DONE, ()),
        (
            Gate(min_ready=Share(51, percent=True)),
            ExitCode.ACTION,
            ("1 of 2 items are ready; 51% were asked for.",),
        ),
        (Gate(min_seen=Share(100, percent=True)), ExitCode.DONE, ()),
        (Gate(min_seen=Share(3)), ExitCode.UNSEEN, ("2 of 2 items are seen; 3 were asked for.",)),
    ],
)
def test_too_little_ready_or_seen_fails(gate: Gate, code: ExitCode, told: tuple[str, ...]) -> None:
    half = report(assessment(found=finding(Status.OK)), assessment("secrets", ADVISED))
    judgement = replace(half, gate=gate).judgement
    assert (judgement.code, judgement.shortfalls) == (code, told)


@pytest.mark.parametrize("text", ["", "x", "-1", "101%", "1.5", "1e3", "%", "10 %", "²"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither a number of items nor a percentage"):
        Share.parse(text)


@pytest.mark.parametrize(
    ("text", "whole", "least"), [("3", 10, 3), ("80%", 19, 16), ("0%", 5, 0), ("100%", 0, 0)]
)
def test_a_part_of_an_item_counts_as_one(text: str, whole: int, least: int) -> None:
    share = Share.parse(text)
    assert share.of(whole) == least
    assert str(share) == text
