"""SARIF 2.1.0: a rule for each item, a result for each that is not in order."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from flytui.finding import Status
from flytui.gate import Gate
from flytui.remedy import Edit
from flytui.report import Report
from flytui.report.sarif import render
from flytui.review import Standing
from tests.report.builders import LINK, assessment, command, finding, report
from tests.report.former import former
from tests.report.published import SARIF, published_sarif_faults


def run(of: Report) -> dict[str, Any]:
    text = render(of)
    assert published_sarif_faults(text) == []
    document = json.loads(text)
    checker = jsonschema.FormatChecker()
    jsonschema.validate(document, SARIF, format_checker=checker)
    read: dict[str, Any] = document["runs"][0]
    return read


def result(of: Report) -> dict[str, Any]:
    (only,) = run(of)["results"]
    found: dict[str, Any] = only
    return found


@pytest.mark.parametrize(
    ("item", "status", "kind", "level"),
    [
        ("exposure", Status.ACTION, "fail", "error"),
        ("ipv4", Status.ACTION, "fail", "warning"),
        ("exposure", Status.ADVICE, "fail", "note"),
        ("exposure", Status.UNKNOWN, "open", "none"),
        ("sso", Status.MANUAL, "review", "none"),
    ],
)
def test_each_status_has_a_kind_and_a_level(
    item: str, status: Status, kind: str, level: str
) -> None:
    told = result(report(assessment(item, finding(status))))
    assert (told["kind"], told["level"]) == (kind, level)


@pytest.mark.parametrize("status", [Status.OK, Status.NOT_APPLICABLE])
def test_what_is_in_order_is_a_rule_without_a_result(status: Status) -> None:
    told = run(report(assessment(found=finding(status))))
    assert told["results"] == []
    assert [rule["id"] for rule in told["tool"]["driver"]["rules"]] == ["exposure"]


def test_what_could_not_be_seen_is_told_as_the_tools_own_trouble_too() -> None:
    (told,) = run(report(assessment(found=finding(Status.UNKNOWN))))["invocations"]
    (notification,) = told["toolExecutionNotifications"]
    assert notification["associatedRule"] == {"id": "exposure"}
    assert "Use an organisation token." in notification["message"]["text"]
    assert told["exitCode"] == 3


def test_a_rule_helps_with_text_and_links() -> None:
    (rule,) = run(report(assessment()))["tool"]["driver"]["rules"]
    assert rule["helpUri"].startswith("https://fly.io/")
    assert rule["help"]["text"]
    assert f"<{rule['helpUri']}>" in rule["help"]["markdown"]


def test_the_fingerprint_stays_with_the_item_and_the_app() -> None:
    one, worse = assessment(), assessment(found=finding(summary="9 public addresses."))
    print_ = result(report(one))["fingerprints"]
    assert result(report(worse))["fingerprints"] == print_
    assert result(report(one, app="other"))["fingerprints"] != print_
    assert result(report(assessment("secrets")))["fingerprints"] != print_


def test_a_review_that_holds_suppresses_and_one_that_does_not_leaves_it() -> None:
    (suppression,) = result(report(assessment(standing=Standing.HOLDS)))["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert "Behind the office proxy." in suppression["justification"]
    assert result(report(assessment(standing=Standing.STALE)))["suppressions"] == []


def test_the_baseline_is_told_for_each_result() -> None:
    old = report(assessment())
    now = replace(report(assessment(), assessment("secrets")), gate=Gate(baseline=former(old)))
    told = {r["ruleId"]: r for r in run(now)["results"]}
    assert told["exposure"]["baselineState"] == "unchanged"
    assert told["exposure"]["suppressions"]
    assert told["secrets"]["baselineState"] == "new"
    assert not told["secrets"]["suppressions"]


def test_a_result_stands_in_the_file_that_mends_it() -> None:
    edit = Edit("deploy/my fly.toml", "Set a minimum", "It answers at once.", "x = 1")
    told = result(report(assessment(found=finding(remedies=(command(), edit, LINK)))))
    location = told["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "deploy/my%20fly.toml"
