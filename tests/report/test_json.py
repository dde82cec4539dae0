"""Programs may rely on the shape of the JSON."""

import json
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import jsonschema
import pytest

from flytui.finding import Finding, Status
from flytui.remedy import Edit
from flytui.report.json import document, render
from flytui.report.report import Report
from flytui.review import Standing
from tests.report.builders import LINK, NOW, address, assessment, command, finding, report
from tests.report.schema import REPORT


def checked(of: Report) -> dict[str, Any]:
    """The report as a program reads it, once it has been held against the contract."""
    read: dict[str, Any] = json.loads(render(of))
    jsonschema.validate(read, REPORT)
    return read


def item(found: Finding) -> dict[str, Any]:
    read: dict[str, Any] = checked(report(assessment(found=found)))["items"][0]
    return read


def test_the_whole_document_of_one_item() -> None:
    found = finding(Status.ACTION, "2 public addresses.", address(command(cost="-2")))
    assert checked(report(assessment(found=found))) == {
        "schema": 1,
        "flytui": "1.2.3",
        "at": "2026-03-12T10:30:15Z",
        "app": {"name": "storefront", "organization": "acme"},
        "ready": {"settled": 0, "applicable": 1},
        "seen": {"observed": 1, "observable": 1},
        "items": [
            {
                "id": "exposure",
                "section": "security",
                "title": "Make sure private services are not exposed",
                "status": "action",
                "summary": "2 public addresses.",
                "settled": False,
                "stale": False,
                "evidence": [
                    {
                        "label": "addresses",
                        "value": "2",
                        "source": "GraphQL app.ipAddresses",
                        "at": "2026-03-12T10:30:15Z",
                    }
                ],
                "resources": [
                    {
                        "kind": "address",
                        "id": "203.0.113.7",
                        "status": "action",
                        "summary": "203.0.113.7 is public.",
                        "evidence": [
                            {
                                "label": "kind",
                                "value": "dedicated IPv4",
                                "source": "GraphQL app.ipAddresses",
                                "at": "2026-03-12T10:30:15Z",
                            }
                        ],
                        "remedies": [
                            {
                                "kind": "command",
                                "argv": [
                                    *("fly", "ips", "release", "203.0.113.7"),
                                    *("-a", "storefront"),
                                ],
                                "why": "Nobody on the internet reaches it any more.",
                                "reversible": False,
                                "cost_per_month_usd": -2.0,
                            }
                        ],
                    }
                ],
                "remedies": [],
                "review": None,
                "unseen": None,
            }
        ],
    }


def test_items_come_in_the_order_of_the_checklist() -> None:
    items = checked(report(assessment("sentry"), assessment("exposure"), assessment("sso")))
    assert [each["id"] for each in items["items"]] == ["sso", "exposure", "sentry"]


@pytest.mark.parametrize("status", Status)
def test_every_status_fits_the_contract(status: Status) -> None:
    assert item(finding(status))["status"] == status.value


def test_an_item_that_could_not_be_seen_says_why_and_what_would_cure_it() -> None:
    assert item(finding(Status.UNKNOWN))["unseen"] == {
        "cause": "The token may not read this.",
        "cure": "Use an organisation token.",
    }


def test_each_kind_of_remedy_tells_its_means() -> None:
    edit = Edit("fly.toml", "Set a minimum", "It answers at once.", "min_machines_running = 1")
    remedies = item(finding(remedies=(command(), edit, LINK)))["remedies"]
    assert [(r["kind"], r.get("path"), r.get("url")) for r in remedies] == [
        ("command", None, None),
        ("edit", "fly.toml", None),
        ("link", None, "https://fly.io/docs/"),
    ]


@pytest.mark.parametrize(
    ("standing", "settled", "stale"),
    [
        (Standing.HOLDS, True, False),
        (Standing.STALE, False, True),
        (Standing.EXPIRED, False, True),
        (Standing.UNCONFIRMED, False, False),
    ],
)
def test_a_review_settles_an_item_only_while_it_holds(
    standing: Standing, settled: bool, stale: bool
) -> None:
    (told,) = checked(report(assessment(standing=standing)))["items"]
    assert (told["settled"], told["stale"]) == (settled, stale)
    assert told["review"] == {
        "decision": "reviewed",
        "note": "Behind the office proxy.",
        "by": "Ana",
        "at": "2026-03-12T10:30:15Z",
        "expires": "2026-06-10",
    }


def test_what_is_not_applicable_leaves_the_count() -> None:
    read = checked(report(assessment(), assessment("arcjet", finding(Status.NOT_APPLICABLE))))
    assert read["ready"] == {"settled": 0, "applicable": 1}


def test_times_are_told_in_utc() -> None:
    local = NOW.astimezone(timezone(timedelta(hours=-5)))
    assert document(replace(report(), at=local))["at"] == "2026-03-12T10:30:15Z"


def test_it_carries_nothing_a_terminal_would_obey_and_fits_every_locale() -> None:
    hostile = render(report(assessment(found=finding(summary="\x1b]0;x\x07 \x9b31m é \u202e"))))
    assert hostile.isascii()
    assert hostile.replace("\n", "").isprintable()
