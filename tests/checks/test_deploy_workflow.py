"""Deploys from the repository: each push to the default branch, this app, a secret token."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flytui.checks.cicd import deploy_with_github_actions
from flytui.checks.remedies_cicd import deploy_workflow, review_workflow
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import DeploymentSource, LimitedAccessToken
from flytui.remedy import Command, Edit
from flytui.repo import BrokenFile, Checkout, Workflow
from flytui.repo.checkout import DeployStep
from flytui.repo.config import local_config
from tests.checks.builders import NOW, ago, ahead, app, checkout, preferences

UNSEEN = Unseen("Refused.", "Use another token.")
PATH = ".github/workflows/fly-deploy.yml"
GOOD = DeployStep(
    job="deploy",
    app="storefront",
    config=None,
    on_push_to=("main",),
    other_triggers=(),
    token_from_secret=True,
    concurrency=True,
    pinned=True,
)


def here(*steps: DeployStep, leaks: tuple[int, ...] = (), **more: Any) -> Checkout:
    workflow = Workflow(PATH, steps, (), leaked_token_lines=leaks)
    known = {
        "is_repository": True,
        "github": "acme/storefront",
        "default_branch": "main",
        "workflows": (workflow,),
    }
    return checkout(**{**known, **more})


def judged(where: Checkout, source: Any = None, tokens: Any = UNSEEN) -> Finding:
    return deploy_with_github_actions(app(), where, preferences(), NOW, source, tokens, UNSEEN)


def test_a_push_to_the_default_branch_that_deploys_is_good() -> None:
    finding = judged(here(GOOD))
    assert finding.status is Status.OK
    assert finding.summary == "1 workflow job deploys storefront from the repository."


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"on_push_to": ("*",)}, Status.OK),
        ({"on_push_to": (), "other_triggers": ("release",)}, Status.OK),
        ({"on_push_to": (), "other_triggers": ("workflow_run",)}, Status.OK),
        ({"on_push_to": (), "other_triggers": ("workflow_dispatch",)}, Status.ADVICE),
        ({"on_push_to": ("staging",)}, Status.ADVICE),
        ({"on_push_to": ("*", "!main")}, Status.ADVICE),
        ({"token_from_secret": False}, Status.ADVICE),
        ({"token_from_secret": None}, Status.ADVICE),
        ({"concurrency": False, "pinned": False}, Status.OK),
        ({"app": "storefront-staging"}, Status.UNKNOWN),
        ({"app": None}, Status.UNKNOWN),
    ],
)
def test_each_way_to_deploy(change: dict[str, Any], status: Status) -> None:
    assert judged(here(replace(GOOD, **change))).status is status


def test_a_workflow_for_staging_only_is_told() -> None:
    config = local_config("fly.toml", {"app": "storefront"})
    staging = replace(GOOD, app="storefront-staging")
    finding = judged(here(staging, config=config))
    assert finding.status is Status.ADVICE
    assert finding.summary == (
        "1 workflow job is there to deploy storefront-staging, 0 to deploy storefront."
    )


def test_a_token_in_a_workflow_is_to_be_acted_on_and_never_shown() -> None:
    finding = judged(here(GOOD, leaks=(7,)))
    assert finding.status is Status.ACTION
    assert finding.summary == f"1 Fly.io token can be read in {PATH}."
    assert any(e.value == f"{PATH}, line 7" for e in finding.evidence)


@pytest.mark.parametrize(("connected", "status"), [(True, Status.OK), (False, Status.ADVICE)])
def test_the_integration_of_fly_counts_while_connected(connected: bool, status: Status) -> None:
    source = DeploymentSource(
        provider="github", repository_url="acme/storefront", ref="main", connected=connected
    )
    assert judged(here(), source).status is status


def test_the_integration_decides_without_a_checkout() -> None:
    source = DeploymentSource(
        provider="github", repository_url="acme/storefront", ref="main", connected=True
    )
    nowhere = here(is_repository=False, github=None, workflows=())
    assert judged(nowhere, source).status is Status.OK
    assert judged(nowhere).status is Status.UNKNOWN


def test_a_token_in_clear_outweighs_the_integration() -> None:
    source = DeploymentSource(
        provider="github", repository_url="acme/storefront", ref="main", connected=True
    )
    assert judged(here(leaks=(1,)), source).status is Status.ACTION


@pytest.mark.parametrize(
    ("where", "status"),
    [
        (here(), Status.ADVICE),
        (here(workflows=()), Status.ADVICE),
        (here(other_ci=(".gitlab-ci.yml",)), Status.MANUAL),
        (here(broken=(BrokenFile(PATH, "Not YAML.", 3),)), Status.UNKNOWN),
        (
            here(workflows=(Workflow(PATH, (), (), remote_workflows=("o/r/x.yml@v1",)),)),
            Status.UNKNOWN,
        ),
        (here(config=local_config("fly.toml", {"app": "another"})), Status.UNKNOWN),
    ],
)
def test_absence_only_counts_where_it_can_be_seen(where: Checkout, status: Status) -> None:
    assert judged(where).status is status


def test_a_broken_workflow_beside_a_good_one_is_told_with_its_line() -> None:
    finding = judged(here(GOOD, broken=(BrokenFile(".github/workflows/x.yml", "Not YAML.", 3),)))
    assert finding.status is Status.ADVICE
    assert ".github/workflows/x.yml, line 3" in finding.summary


def test_without_one_a_file_and_a_token_of_the_app_are_offered() -> None:
    edit, command, link = judged(here()).remedies
    assert isinstance(edit, Edit)
    assert edit.path == ".github/workflows/fly-deploy-2.yml"
    assert isinstance(command, Command)
    assert command.line == "fly tokens create deploy -a storefront -n github-actions -x 8760h"
    assert command.prints_secret
    assert getattr(link, "url", "").endswith("acme/storefront/settings/secrets/actions")


def test_tokens_for_longer_than_a_year_are_counted() -> None:
    def token(name: str, days: float, **more: Any) -> LimitedAccessToken:
        known = {"profile": "deploy", "created_at": ago(days=1), "revoked_at": None}
        return LimitedAccessToken(
            id=name, name=name, expires_at=ahead(days=days), user_email="a@b.c", **{**known, **more}
        )

    tokens = (
        token("long", 7000),
        token("short", 30),
        token("old", -1),
        token("revoked", 30, revoked_at=ago(days=1)),
        token("other", 30, profile="identity"),
    )
    (line,) = [e for e in judged(here(GOOD), tokens=tokens).evidence if e.label == "Deploy tokens"]
    assert line.value == "2 in force, 1 for more than 365 days"


def test_the_offered_files_are_judged_good_once_written(tmp_path: Path) -> None:
    reading = pytest.importorskip("flytui.repo.reading")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "fly.toml").write_text('app = "storefront"\n')
    empty = checkout(default_branch="main")
    for edit in (deploy_workflow(app(), empty), review_workflow(app(), empty, "ams")):
        path = tmp_path / edit.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit.snippet)
    found = reading.read(tmp_path, default_branch="main")
    assert judged(found).status is Status.OK
    (review,) = [step for w in found.workflows for step in w.reviews]
    assert review.closes
    assert review.concurrency
    assert review.token_from_secret
