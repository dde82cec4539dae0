"""Review apps: a workflow that makes them, and destroys them with their pull request."""

from dataclasses import replace
from typing import Any

import pytest

from flytui.checks.cicd import review_apps
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import OrganizationApp
from flytui.remedy import Command, Edit
from flytui.repo import BrokenFile, Checkout, Workflow
from flytui.repo.checkout import ReviewStep
from tests.checks.builders import app, checkout

UNSEEN = Unseen("An app's token may not list apps.", "Use an organisation token.")
GOOD = ReviewStep(
    job="review",
    action="superfly/fly-pr-review-apps@1.5.0",
    on_pull_request=True,
    closes=True,
    organization="acme-review",
    token_from_secret=True,
    concurrency=True,
)


def here(*steps: ReviewStep, **more: Any) -> Checkout:
    workflow = Workflow(".github/workflows/fly-review.yml", (), steps)
    known = {"is_repository": True, "github": "acme/storefront", "workflows": (workflow,)}
    return checkout(**{**known, **more})


def judged(where: Checkout, apps: Any = UNSEEN) -> Finding:
    return review_apps(app(), where, apps)


def test_a_workflow_that_makes_and_destroys_them_is_good() -> None:
    finding = judged(here(GOOD))
    assert finding.status is Status.OK
    assert finding.summary == "1 workflow job makes review apps and destroys them."


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        ({"closes": False}, "so its review apps stay"),
        ({"token_from_secret": False}, "does not come from the repository's secrets"),
        ({"token_from_secret": None}, "without any Fly.io token in sight"),
        ({"concurrency": False}, "at the same time"),
        ({"on_pull_request": False}, "no pull request starts it"),
        ({"organization": "acme"}, "in 1 organisation with storefront"),
    ],
)
def test_each_flaw_is_advice_with_an_edit(flaw: dict[str, Any], words: str) -> None:
    finding = judged(here(replace(GOOD, **flaw)))
    assert finding.status is Status.ADVICE
    assert words in finding.summary
    assert isinstance(finding.remedies[0], Edit)


def test_without_one_a_whole_file_is_offered() -> None:
    finding = judged(here())
    assert finding.status is Status.ADVICE
    assert finding.summary == "The checkout has 1 workflow; review apps are made by none of them."
    edit = finding.remedies[0]
    assert isinstance(edit, Edit)
    assert edit.path == ".github/workflows/fly-review-2.yml"
    assert "closed" in edit.snippet


def test_the_token_for_review_apps_is_not_kept() -> None:
    command = next(r for r in judged(here()).remedies if isinstance(r, Command))
    assert command.prints_secret
    filled = command.fill({"organization": "acme-review"})
    assert filled.line == "fly tokens create org -o acme-review -n review-apps -x 8760h"


@pytest.mark.parametrize(
    ("where", "status"),
    [
        (here(is_repository=False, github=None, workflows=()), Status.UNKNOWN),
        (here(github=None, workflows=()), Status.NOT_APPLICABLE),
        (here(GOOD, github=None), Status.OK),
        (here(GOOD, is_repository=False), Status.OK),
        (
            here(broken=(BrokenFile(".github/workflows/x.yml", "Not YAML.", 3),)),
            Status.UNKNOWN,
        ),
        (here(broken=(BrokenFile("package.json", "Not JSON.", 3),)), Status.ADVICE),
    ],
)
def test_absence_only_counts_where_it_can_be_seen(where: Checkout, status: Status) -> None:
    assert judged(where).status is status


def test_review_apps_that_exist_are_shown_and_prove_nothing() -> None:
    apps = tuple(
        OrganizationApp(name=n, status="deployed", network="default")
        for n in ("pr-12-acme-storefront", "storefront", "storefront-pr-7", "april-1")
    )
    finding = judged(here(), apps)
    (line,) = [e for e in finding.evidence if e.label == "Review apps now"]
    assert line.value == "2 in acme: pr-12-acme-storefront and storefront-pr-7"
    assert line.moves
    assert finding.status is Status.ADVICE


def test_a_version_deaf_to_sizes_is_mentioned() -> None:
    assert any("ignores vmsize" in e.value for e in judged(here(GOOD)).evidence)
    newer = replace(GOOD, action="superfly/fly-pr-review-apps@main")
    assert not any("ignores vmsize" in e.value for e in judged(here(newer)).evidence)
