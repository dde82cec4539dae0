"""The evidence table: which changes reopen a review of each item, and which do not."""

from datetime import date
from pathlib import Path

import pytest

from flytui.checklist import load
from flytui.finding import Finding
from flytui.review import Decision, Review, Standing, basis, since, standing
from tests import evidence_changes as c
from tests.simulated import simulated

DEPLOY, REVIEW_APPS = ".github/workflows/deploy.yml", ".github/workflows/review.yml"

REOPEN: dict[str, tuple[tuple[str, c.Change], ...]] = {
    "sso": (("launch-ready", c.a_member), ("storefront", c.a_member_less)),
    "isolation": (
        ("launch-ready", c.a_staging_app),
        ("storefront", c.another_app_of_the_organization),
    ),
    "least-privilege": (("launch-ready", c.a_token), ("storefront", c.a_token_revoked)),
    "secrets": (
        ("launch-ready", c.a_password_in_clear),
        ("launch-ready", c.a_staged_secret),
        ("launch-ready", c.secret_gone("SENTRY_DSN")),
    ),
    "exposure": (
        ("storefront", c.a_public_address),
        ("storefront", c.one_public_address_less),
        ("storefront", c.declared_otherwise),
        ("launch-ready", c.another_port),
    ),
    "arcjet": (
        ("launch-ready", c.an_extension_less),
        ("storefront", c.a_secret("ARCJET_KEY")),
    ),
    "production-grade-postgres": (
        ("launch-ready", c.a_smaller_plan),
        ("storefront", c.a_cluster_less),
    ),
    "test-backups": (
        ("launch-ready", c.backups_that_failed),
        ("launch-ready", c.a_cluster_less),
    ),
    "machine-sizing": (("launch-ready", c.less_memory), ("launch-ready", c.a_machine_less)),
    "fine-tune-app": (("launch-ready", c.other_limits), ("launch-ready", c.no_health_checks)),
    "multiple-machines": (
        ("launch-ready", c.a_machine_less),
        ("launch-ready", c.all_on_one_host),
        ("worker", c.a_machine_more),
    ),
    "add-regions": (("launch-ready", c.a_machine_elsewhere),),
    "autostop-autostart": (("launch-ready", c.other_autostop), ("private-api", c.other_autostop)),
    "autoscale-by-metric": (("worker", c.a_machine_more),),
    "custom-domain": (
        ("launch-ready", c.a_hostname),
        ("launch-ready", c.a_hostname_less),
        ("launch-ready", c.dns_that_leads_elsewhere),
        ("launch-ready", c.an_uploaded_certificate),
    ),
    "ipv4": (
        ("launch-ready", c.one_public_address_less),
        ("launch-ready", c.a_dedicated_address),
    ),
    "flycast": (
        ("storefront", c.a_flycast_address),
        ("private-api", c.a_flycast_address),
        ("storefront", c.one_public_address_less),
    ),
    "metrics": (("launch-ready", c.no_metrics_endpoint),),
    "sentry": (
        ("launch-ready", c.secret_gone("SENTRY_DSN")),
        ("storefront", c.a_secret("SENTRY_DSN")),
    ),
    "export-logs": (("launch-ready", c.no_log_shipper),),
    "review-apps": (
        ("launch-ready", c.a_workflow_less(REVIEW_APPS)),
        (
            "launch-ready",
            c.rewritten(REVIEW_APPS, "FLY_ORG: boutique-staging", "FLY_ORG: boutique-production"),
        ),
    ),
    "deploy-with-github-actions": (
        ("launch-ready", c.a_workflow_less(DEPLOY)),
        ("launch-ready", c.rewritten(DEPLOY, "concurrency: deploy-production\n", "")),
        ("launch-ready", c.rewritten(DEPLOY, "branches: [main]", "branches: [next]")),
    ),
    "email-support": (("launch-ready", c.no_support), ("launch-ready", c.an_account_in_arrears)),
}

NOBODY_CAN_SEE = {"community"}
"""Nothing about them shows from outside: only time, or other words, ask for another review."""

HARMLESS: tuple[c.Change, ...] = (
    c.an_hour,
    c.another_order,
    c.other_measurements,
    c.a_backup,
    c.a_day_with_a_backup,
    c.a_release,
    c.a_renewed_certificate,
    c.a_rest,
)
"""All of it together reopens no item of an app in good order."""

ELSEWHERE: dict[c.Change, frozenset[str]] = {
    c.a_public_address: frozenset({"exposure", "flycast", "custom-domain", "ipv4"}),
    c.a_token: frozenset({"least-privilege"}),
    c.an_account_in_arrears: frozenset({"email-support"}),
    c.a_staged_secret: frozenset({"secrets"}),
    c.another_app_of_the_organization: frozenset({"isolation"}),
}
"""A change, and all the items that it concerns."""


def reviewed(item: str, found: Finding, at: c.There) -> Review:
    return Review(item, Decision.REVIEWED, "", "Ana", at.now, None, basis(found))


def test_every_item_has_its_rows() -> None:
    assert {*REOPEN, *NOBODY_CAN_SEE} == {item.id for item in load()}


@pytest.mark.parametrize(
    ("item", "scenario", "change"),
    [
        pytest.param(item, *row, id=f"{item}-{number}")
        for item, rows in REOPEN.items()
        for number, row in enumerate(rows)
    ],
)
async def test_a_change_that_matters_reopens_the_item_and_is_told(
    item: str, scenario: str, change: c.Change, tmp_path: Path
) -> None:
    there = c.There(simulated(scenario, tmp_path))
    review = reviewed(item, (await there.look(item))[item], there)
    change(there)
    found = (await there.look(item))[item]
    assert standing(review, found, there.now.date()) is Standing.STALE
    told = since(review, found)
    assert told
    assert all("was" in phrase or "is gone" in phrase for phrase in told)


@pytest.mark.parametrize("scenario", ["launch-ready", "private-api", "one-office", "own-postgres"])
async def test_what_happens_all_the_time_reopens_nothing(scenario: str, tmp_path: Path) -> None:
    there = c.There(simulated(scenario, tmp_path))
    a_while_ago = await there.look()
    reviews = {item: reviewed(item, found, there) for item, found in a_while_ago.items()}
    for change in HARMLESS:
        change(there)
    for item, found in (await there.look()).items():
        told = (item, since(reviews[item], found))
        assert standing(reviews[item], found, there.now.date()) is Standing.HOLDS, told


@pytest.mark.parametrize("change", ELSEWHERE, ids=lambda change: change.__name__)
async def test_a_change_reopens_only_the_items_it_concerns(
    change: c.Change, tmp_path: Path
) -> None:
    there = c.There(simulated("launch-ready", tmp_path))
    before = await there.look()
    change(there)
    after = await there.look()
    assert {i for i in before if basis(before[i]) != basis(after[i])} == ELSEWHERE[change]


async def test_a_review_without_evidence_ends_with_its_last_day(tmp_path: Path) -> None:
    there = c.There(simulated("launch-ready", tmp_path))
    for item in NOBODY_CAN_SEE:
        found = (await there.look(item))[item]
        review = Review(
            item, Decision.REVIEWED, "", "Ana", there.now, date(2026, 1, 1), basis(found)
        )
        assert standing(review, found, date(2026, 1, 1)) is Standing.HOLDS
        assert standing(review, found, date(2026, 1, 2)) is Standing.EXPIRED
