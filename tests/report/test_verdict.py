"""What every report says first: whether the gate was passed, and why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flytui.baseline import Former, FormerApp, FormerItem
from flytui.finding import Status
from flytui.gate import Gate
from flytui.report import forms
from flytui.report.verdict import verdict
from flytui.share import Share
from tests.report.builders import assessment, finding, report

ACTION = assessment("exposure", finding(Status.ACTION))
ADVICE = assessment("arcjet", finding(Status.ADVICE))
OK = assessment("sso", finding(Status.OK))


def known_before() -> Gate:
    items = tuple(
        FormerItem(
            id=a.item.id,
            title=a.item.title,
            status=a.finding.status,
            summary=a.finding.summary,
            settled=False,
            evidence=(),
            resources=(),
        )
        for a in (ACTION, ADVICE)
    )
    app = FormerApp(name="storefront", organization="acme")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Gate(baseline=Former(schema=1, flytui="1", at=at, app=app, items=items))


@pytest.mark.parametrize(
    ("gate", "assessments", "words"),
    [
        (Gate(), (ACTION, OK), "Failed: 1 item needs action (exit code 1)."),
        (Gate(), (OK,), "Passed: everything that was looked at is settled."),
        (Gate(), (ADVICE,), "Passed: nothing fails of what was asked for."),
        (
            known_before(),
            (ACTION, ADVICE),
            "Passed: nothing new since the baseline of 2026-03-01; 1 known item is waived.",
        ),
        (
            Gate(min_ready=Share.parse("90%")),
            (OK, ADVICE),
            "Failed: 1 of 2 items are ready; 90% were asked for (exit code 1).",
        ),
    ],
)
def test_the_verdict_says_whether_and_why(
    gate: Gate, assessments: tuple[object, ...], words: str
) -> None:
    assert verdict(replace(report(*assessments), gate=gate)) == words  # type: ignore[arg-type]  # all are assessments


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_passing_report_does_not_end_as_a_failing_one(form: str) -> None:
    told = forms.render(form, replace(report(ACTION, ADVICE), gate=known_before()))
    assert told.index("Passed: nothing new") < told.index("Open all the same: 1 needs action")
