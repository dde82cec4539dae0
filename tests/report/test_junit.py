"""JUnit XML: nothing but what is in order passes, and the schemas accept the document."""

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from flytui.finding import Status
from flytui.gate import Gate
from flytui.report import Report
from flytui.report.junit import render
from flytui.review import Standing
from tests.report.builders import address, assessment, command, finding, report
from tests.report.former import former
from tests.report.published import junit_faults, published_junit_faults


def read(of: Report) -> Element:
    text = render(of)
    assert published_junit_faults(text) == []
    root = fromstring(text)
    assert junit_faults(root) == []
    return root


def outcome(of: Report) -> tuple[str, str]:
    """The one item's element within its test case, and its message; `passed` for none."""
    (case,) = read(of).iter("testcase")
    found = next(iter(case), None)
    return ("passed", "") if found is None else (found.tag, found.get("message", ""))


@pytest.mark.parametrize(
    ("status", "tag"),
    [
        (Status.OK, "passed"),
        (Status.ACTION, "failure"),
        (Status.UNKNOWN, "error"),
        (Status.ADVICE, "skipped"),
        (Status.MANUAL, "skipped"),
        (Status.NOT_APPLICABLE, "skipped"),
    ],
)
def test_each_status_has_its_outcome(status: Status, tag: str) -> None:
    assert outcome(report(assessment(found=finding(status))))[0] == tag


def test_what_a_review_settles_is_waived_and_never_passed() -> None:
    tag, message = outcome(report(assessment(standing=Standing.HOLDS)))
    assert tag == "skipped"
    assert "Waived. Reviewed on 2026-03-12 by Ana" in message


def test_what_the_baseline_knows_is_waived_and_never_passed() -> None:
    known = report(assessment())
    tag, message = outcome(replace(known, gate=Gate(baseline=former(known))))
    assert tag == "skipped"
    assert "Waived. It was so in the baseline of 2026-03-12" in message


def test_what_was_not_asked_to_fail_does_not_fail() -> None:
    unseen = report(assessment(found=finding(Status.UNKNOWN)))
    tag, message = outcome(replace(unseen, gate=Gate(frozenset({Status.ACTION}))))
    assert (tag, message) == (
        "skipped",
        "Unknown: 2 public addresses on an app that serves nobody.",
    )


def test_an_optional_item_says_why_it_does_not_fail() -> None:
    tag, message = outcome(report(assessment("ipv4")))
    assert tag == "skipped"
    assert "Optional: it does not fail the gate." in message


def test_a_suite_counts_its_cases() -> None:
    (suite,) = read(
        report(
            assessment("exposure"),
            assessment("secrets", finding(Status.UNKNOWN)),
            assessment("sso", finding(Status.MANUAL)),
            assessment("isolation", finding(Status.OK)),
        )
    )
    counts = [suite.get(name) for name in ("tests", "failures", "errors", "skipped")]
    assert counts == ["4", "1", "1", "1"]


def test_a_failure_says_what_is_amiss_and_what_to_do() -> None:
    found = finding(Status.ACTION, "1 public address.", address(command()))
    failure = read(report(assessment(found=found))).find(".//failure")
    assert failure is not None
    assert failure.text is not None
    assert "203.0.113.7 is public." in failure.text
    assert "To do: fly ips release 203.0.113.7 -a storefront" in failure.text
