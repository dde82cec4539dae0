"""What changed between two results, in words and for programs."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from flytui.finding import Evidence, Finding, Status
from flytui.report import Report
from flytui.report.comparison import compare, render
from flytui.review import Standing
from tests.report.builders import NOW, address, assessment, finding, report
from tests.report.former import former
from tests.report.schema import TEXT, TIME, _list, _object, _or_null

SIDE = _object(status=TEXT, summary=TEXT, settled={"type": "boolean"})
COMPARISON = _object(
    schema={"const": 1},
    kind={"const": "comparison"},
    flytui=TEXT,
    app=_object(name=TEXT, organization=_or_null(TEXT)),
    then=_object(at=TIME, flytui=TEXT),
    now=_object(at=TIME),
    items=_list(
        _object(
            id=TEXT,
            title=TEXT,
            direction={"enum": ["new", "better", "worse", "other"]},
            then=_or_null(SIDE),
            now=SIDE,
            differences=_list(TEXT),
        )
    ),
    gone=_list(TEXT),
)


def checked(then: Report, now: Report) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(render("json", former(then), now))
    jsonschema.validate(read, COMPARISON)
    return read


def one(found: Finding, standing: Standing | None = None) -> Report:
    return report(assessment(found=found, standing=standing))


ACTION = finding(Status.ACTION, "1.", address())


@pytest.mark.parametrize(
    ("then", "now", "direction"),
    [
        (one(ACTION), one(finding(Status.OK)), "better"),
        (one(finding(Status.OK)), one(ACTION), "worse"),
        (one(finding(Status.ADVICE)), one(ACTION), "worse"),
        (one(ACTION), one(finding(Status.UNKNOWN)), "better"),
        (one(finding(Status.OK)), one(finding(Status.UNKNOWN)), "worse"),
        (one(ACTION), one(ACTION, Standing.HOLDS), "better"),
        (one(ACTION, Standing.HOLDS), one(ACTION), "worse"),
        (one(ACTION), one(finding(Status.ACTION, "1.", address(name="203.0.113.9"))), "other"),
        (report(assessment("secrets")), one(ACTION), "new"),
    ],
)
def test_a_change_has_a_direction(then: Report, now: Report, direction: str) -> None:
    assert [item["direction"] for item in checked(then, now)["items"]] == [direction]


def test_nothing_changed_is_said_so() -> None:
    assert compare(former(one(ACTION)), one(ACTION)) == ()
    told = render("text", former(one(ACTION)), one(ACTION))
    assert told.startswith("storefront: nothing changed since 2026-03-12 10:30 UTC\n")


def test_an_age_or_a_counter_is_no_change() -> None:
    def aged(days: int) -> Report:
        seen = (Evidence("age", f"{days} days", "GraphQL app", NOW, moves=True),)
        return one(replace(ACTION, evidence=seen))

    assert compare(former(aged(1)), aged(2)) == ()


def test_it_is_told_item_by_item() -> None:
    now = one(finding(Status.ACTION, "2 public addresses.", address(), address(name="203.0.113.9")))
    assert render("text", former(one(ACTION)), now) == (
        "storefront: 1 item changed since 2026-03-12 10:30 UTC\n"
        "ready 0/1 · seen 1/1 · 2026-03-12 10:30 UTC · flytui 1.2.3\n"
        "\n"
        "✗ Make sure private services are not exposed: Action (was Action; other)\n"
        "    2 public addresses.\n"
        "    203.0.113.9 was added\n"
    )


def test_what_was_not_looked_at_this_time_is_not_called_better() -> None:
    then = report(assessment(), assessment("secrets"))
    read = checked(then, report(assessment()))
    assert (read["items"], read["gone"]) == ([], ["secrets"])
    assert "Not looked at this time: secrets." in render("text", former(then), report(assessment()))
