"""A deploy follows the branches its triggers and conditions let through, and no others."""

from pathlib import Path

import pytest

from flytui.repo.branches import matches
from flytui.repo.expressions import UNKNOWN, Value, evaluate, holds
from tests.repo.builders import deploys, write

JOB = "jobs: {a: {steps: [{run: fly deploy}]}}\n"


@pytest.mark.parametrize(
    ("on", "branches"),
    [
        ("push", ("*",)),
        ("[push, pull_request]", ("*",)),
        ("{push: , pull_request: }", ("*",)),
        ("{push: {branches: [main, dev]}}", ("main", "dev")),
        ("{push: {branches: main}}", ("main",)),
        ("{push: {branches: ['release/**', '!release/old']}}", ("release/**", "!release/old")),
        ("{push: {branches-ignore: [dev]}}", ("*", "!dev")),
        ("{push: {paths: ['api/**']}}", ("*",)),
        ("{push: {tags: ['v*']}}", ()),
        ("{push: {tags: ['v*'], branches: [main]}}", ("main",)),
        ("workflow_dispatch", ()),
        ("{schedule: [{cron: '0 0 * * *'}]}", ()),
    ],
)
def test_pushes_in_every_shape_of_on(tmp_path: Path, on: str, branches: tuple[str, ...]) -> None:
    (step,) = deploys(tmp_path, f"on: {on}\n{JOB}")
    assert step.on_push_to == branches


@pytest.mark.parametrize("key", ["on", "'on'", '"on"', "on "])
def test_the_key_on_is_a_word_however_it_is_written(tmp_path: Path, key: str) -> None:
    (step,) = deploys(tmp_path, f"{JOB}{key}: push\n")
    assert step.follows("main")


@pytest.mark.parametrize(
    ("on", "others"),
    [
        ("[push, workflow_dispatch]", ("workflow_dispatch",)),
        ("{push: {tags: ['v*']}}", ("tag",)),
        ("{release: {types: [published]}}", ("release",)),
        ("{schedule: [{cron: '0 0 * * *'}]}", ("schedule",)),
        ("[push, pull_request]", ("pull_request",)),
    ],
)
def test_other_triggers_are_named(tmp_path: Path, on: str, others: tuple[str, ...]) -> None:
    (step,) = deploys(tmp_path, f"on: {on}\n{JOB}")
    assert step.other_triggers == others


@pytest.mark.parametrize(
    ("condition", "main", "dev"),
    [
        ("github.ref == 'refs/heads/main'", True, False),
        ("github.ref_name == 'main'", True, False),
        ("${{ github.ref == 'refs/heads/dev' }}", False, True),
        ("github.ref != 'refs/heads/main'", False, True),
        ("github.event_name == 'push'", True, True),
        ("github.event_name == 'pull_request'", False, False),
        ("github.event_name == 'workflow_dispatch'", False, False),
        (
            "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)",
            True,
            False,
        ),
        ("startsWith(github.ref, 'refs/tags/')", False, False),
        ("startsWith(github.ref, 'refs/heads/m')", True, False),
        ('contains(fromJSON(\'["main", "live"]\'), github.ref_name)', True, False),
        ("github.event_name == 'push' && github.ref == 'refs/heads/main'", True, False),
        ("github.ref == 'refs/heads/main' || github.ref == 'refs/heads/dev'", True, True),
        ("needs.changes.outputs.api == 'true' && github.ref_name == 'main'", True, False),
        ("secrets.FLY_API_TOKEN != ''", True, True),
        ("always() && !cancelled()", True, True),
        ("failure()", False, False),
        ("false", False, False),
        ("env.TARGET == 'prod'", True, True),
        ("github.event.pull_request.merged == true", False, False),
    ],
)
@pytest.mark.parametrize("level", ["job", "step"])
def test_a_condition_on_the_branch_is_understood(
    tmp_path: Path, condition: str, level: str, *, main: bool, dev: bool
) -> None:
    at = {level: f"if: {condition}"}
    workflow = f"""
on: push
env: {{TARGET: prod}}
jobs:
  a:
    {at.get("job", "")}
    steps:
      - run: fly deploy
        {at.get("step", "")}
"""
    steps = deploys(tmp_path, workflow)
    assert any(step.follows("main") for step in steps) is main
    assert any(step.follows("dev") for step in steps) is dev


def test_a_job_is_skipped_with_the_job_it_needs(tmp_path: Path) -> None:
    workflow = """
on: push
jobs:
  gate: {if: "github.ref_name == 'main'", steps: [{run: 'true'}]}
  ship: {needs: gate, steps: [{run: fly deploy}]}
"""
    (step,) = deploys(tmp_path, workflow)
    assert (step.follows("main"), step.follows("dev")) == (True, False)
    anyway = workflow.replace("{needs: gate,", "{needs: gate, if: always(),")
    (step,) = deploys(tmp_path, anyway)
    assert step.follows("dev")


def test_steps_for_two_branches_are_told_apart(tmp_path: Path) -> None:
    workflow = """
on: {push: {branches: [main, dev]}}
jobs:
  ship:
    steps:
      - run: fly deploy --app shop-staging
        if: ${{ github.ref == 'refs/heads/dev' }}
      - run: fly deploy --app shop
        if: ${{ github.ref == 'refs/heads/main' }}
"""
    found = {step.app: step.on_push_to for step in deploys(tmp_path, workflow)}
    assert found == {"shop-staging": ("dev",), "shop": ("main",)}


def test_conditions_of_a_called_workflow_are_tried_on_the_callers_event(tmp_path: Path) -> None:
    called = """
on: {workflow_call: {inputs: {env: {type: string}}}}
jobs:
  go: {if: "inputs.env == 'prod'", steps: [{run: fly deploy}]}
"""
    caller = """
on: {push: {branches: [main]}}
jobs:
  stage: {uses: ./.github/workflows/_go.yml, with: {env: stage}}
  prod: {uses: ./.github/workflows/_go.yml, with: {env: prod}}
"""
    steps = deploys(tmp_path, caller, files={".github/workflows/_go.yml": called})
    assert [step.job for step in steps] == ["prod"]


AFTER = """
on:
  workflow_run:
    workflows: [Tests]
    branches: [main]
    types: [completed]
jobs: {a: {IF steps: [{run: fly deploy}]}}
"""


def test_a_deploy_after_another_workflow_follows_its_branch(tmp_path: Path) -> None:
    (step,) = deploys(tmp_path, AFTER.replace("IF", ""))
    assert step.on_push_to == ()
    assert step.other_triggers == ("workflow_run",)
    assert (step.follows("main"), step.follows("dev")) == (True, False)
    assert (step.after_workflow, step.waits_for_success) == (("Tests",), False)


def test_a_deploy_may_wait_for_the_other_workflows_success(tmp_path: Path) -> None:
    condition = "if: \"github.event.workflow_run.conclusion == 'success'\","
    (step,) = deploys(tmp_path, AFTER.replace("IF", condition))
    assert step.follows("main")
    assert step.waits_for_success is True


def test_a_deploy_after_a_workflow_no_push_starts_follows_no_branch(tmp_path: Path) -> None:
    files = {".github/workflows/tests.yml": "name: Tests\non: workflow_dispatch\njobs: {}\n"}
    steps = deploys(tmp_path, AFTER.replace("IF", ""), files=files)
    assert not any(step.follows("main") for step in steps)


def test_with_an_unknown_default_branch_any_push_counts(tmp_path: Path) -> None:
    (step,) = deploys(tmp_path, f"on: {{push: {{branches: [live]}}}}\n{JOB}", branch=None)
    assert step.follows(None)
    assert not step.follows("main")


@pytest.mark.parametrize(
    ("patterns", "branch", "expected"),
    [
        (("main",), "main", True),
        (("main",), "mainline", False),
        (("*",), "feature/x", True),
        (("release/*",), "release/1", True),
        (("release/*",), "release/1/2", False),
        (("release/**",), "release/1/2", True),
        (("**", "!dev"), "dev", False),
        (("v[12].x",), "v2.x", True),
        ((), "main", False),
        (("(((",), "main", False),
    ],
)
def test_branch_filters_match_as_githubs_do(
    patterns: tuple[str, ...], branch: str, *, expected: bool
) -> None:
    assert matches(patterns, branch) is expected


def known(path: str) -> Value:
    return {"github.ref": "refs/heads/main", "github.run_attempt": "1"}.get(path, UNKNOWN)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'it''s'", "it's"),
        ("github.ref", "refs/heads/main"),
        ("github['ref']", "refs/heads/main"),
        ("GITHUB.REF == 'REFS/heads/MAIN'", True),
        ("github.run_attempt == 1", True),
        ("null == ''", True),
        ("!unknown.thing", UNKNOWN),
        ("unknown.thing && false", False),
        ("unknown.thing || true", True),
        ("unknown.thing || false", UNKNOWN),
        ("github.ref && 'a' || 'b'", "a"),
        ("(true && (false || true))", True),
        ("toJSON(github)", UNKNOWN),
        ("github.event.*.name", UNKNOWN),
        ("github.ref ==", UNKNOWN),
        ("`", UNKNOWN),
        ("(" * 5000, UNKNOWN),
        ("!" * 5000 + "true", UNKNOWN),
    ],
)
def test_expressions_are_decided_only_where_they_can_be(text: str, value: Value) -> None:
    assert evaluate(text, known) == value


def test_a_mixture_of_text_and_expressions_is_not_decided() -> None:
    assert holds("${{ github.ref == 'x' }} && ${{ true }}", known) is None


def test_the_repository_names_its_default_branch(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".git/HEAD": "ref: refs/heads/feature\n",
            ".git/refs/remotes/origin/HEAD": "ref: refs/remotes/origin/trunk\n",
        },
    )
    workflow = f"on: {{push: {{branches: [trunk]}}}}\n{JOB}"
    (step,) = deploys(tmp_path, workflow, branch=None)
    assert step.follows("trunk")
