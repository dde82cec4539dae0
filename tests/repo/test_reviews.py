"""Review apps are those a pull request makes for itself, by Fly.io's action or by hand."""

from pathlib import Path

import pytest

from flytui.repo.reading import read
from tests.repo.builders import deploys, reviews, write

JOB = "jobs: {a: {steps: [{run: fly deploy}]}}"
ALL_TYPES = "{types: [opened, reopened, synchronize, closed]}"


def stock(on: str, *, version: str = "1.5.0", more: str = "") -> str:
    return f"""
on: {on}
env:
  FLY_API_TOKEN: ${{{{ secrets.FLY_API_TOKEN }}}}
  FLY_ORG: playground
jobs:
  review_app:
    {more}
    concurrency: {{group: "pr-${{{{ github.event.number }}}}"}}
    steps:
      - uses: actions/checkout@v4
      - uses: superfly/fly-pr-review-apps@{version}
        with: {{name: "shop-pr-${{{{ github.event.number }}}}"}}
"""


def test_the_stock_workflow_is_understood_whole(tmp_path: Path) -> None:
    (step,) = reviews(tmp_path, stock(f"{{pull_request: {ALL_TYPES}}}"))
    assert step.job == "review_app"
    assert step.action == "superfly/fly-pr-review-apps@1.5.0"
    assert (step.on_pull_request, step.closes, step.concurrency) == (True, True, True)
    assert (step.organization, step.token_from_secret, step.pinned) == ("playground", True, True)


@pytest.mark.parametrize(
    ("on", "on_pull_request", "closes"),
    [
        ("pull_request", True, False),
        ("{pull_request: {types: [opened, synchronize]}}", True, False),
        ("{pull_request_target: {types: [opened, closed]}}", True, True),
        ("workflow_dispatch", False, False),
        ("push", False, False),
    ],
)
def test_the_types_decide_whether_a_review_app_ends(
    tmp_path: Path, on: str, *, on_pull_request: bool, closes: bool
) -> None:
    (step,) = reviews(tmp_path, stock(on))
    assert (step.on_pull_request, step.closes) == (on_pull_request, closes)


def test_the_action_may_end_review_apps_in_a_file_of_its_own(tmp_path: Path) -> None:
    ends = {".github/workflows/end.yml": stock("{pull_request: {types: [closed]}}")}
    (step,) = reviews(tmp_path, stock("pull_request"), files=ends)
    assert (step.on_pull_request, step.closes) == (True, True)


def test_a_condition_may_keep_the_end_from_coming(tmp_path: Path) -> None:
    more = "if: github.event.action != 'closed'"
    (step,) = reviews(tmp_path, stock(f"{{pull_request: {ALL_TYPES}}}", more=more))
    assert (step.on_pull_request, step.closes) == (True, False)


def test_an_action_at_a_branch_is_not_pinned(tmp_path: Path) -> None:
    (step,) = reviews(tmp_path, stock("pull_request", version="main"))
    assert step.pinned is False


HOME_MADE = """
on: {pull_request: {types: [opened, synchronize, closed]}}
env: {NAME: "shop-pr-${{ github.event.number }}", FLY_API_TOKEN: "${{ secrets.T }}"}
jobs:
  up:
    if: github.event.action != 'closed'
    steps:
      - run: |
          flyctl apps create "$NAME" --org play || true
          flyctl deploy --app "$NAME" --config fly.review.toml
  down:
    if: github.event.action == 'closed'
    steps:
      - run: flyctl apps destroy "$NAME" --yes
"""


def test_a_home_made_one_is_found_with_its_end(tmp_path: Path) -> None:
    steps = reviews(tmp_path, HOME_MADE)
    assert {step.job for step in steps} == {"up"}
    assert all(step.on_pull_request and step.closes and step.action is None for step in steps)
    assert {step.organization for step in steps} == {"play", None}


def test_a_home_made_one_is_not_taken_for_a_deploy(tmp_path: Path) -> None:
    assert deploys(tmp_path, HOME_MADE) == ()


def test_create_and_destroy_may_stand_in_two_files(tmp_path: Path) -> None:
    up, _, down = HOME_MADE.partition("  down:")
    alone = reviews(tmp_path, up.replace("synchronize, closed", "synchronize"))
    assert not any(step.closes for step in alone)
    write(
        tmp_path, {".github/workflows/end.yml": HOME_MADE.partition("  up:")[0] + "  down:" + down}
    )
    found = read(tmp_path, default_branch="main")
    assert all(step.closes for workflow in found.workflows for step in workflow.reviews)


def test_one_made_in_a_loop_on_pull_request_target_is_found(tmp_path: Path) -> None:
    workflow = """
on: pull_request_target
jobs:
  preview:
    steps:
      - run: |
          for i in 1 2 3; do
            flyctl deploy --app "shop-${{ github.event.pull_request.number }}" && break
          done
"""
    (step,) = reviews(tmp_path, workflow)
    assert (step.on_pull_request, step.closes) == (True, False)


def test_one_made_by_a_script_nobody_here_can_read_is_found(tmp_path: Path) -> None:
    workflow = """
on: {pull_request: {types: [opened, closed]}}
jobs:
  review:
    steps:
      - run: curl -L https://fly.io/install.sh | sh
      - run: ./scripts/review-app.sh
        env: {FLY_API_TOKEN: "${{ secrets.T }}"}
"""
    (step,) = reviews(tmp_path, workflow)
    assert (step.on_pull_request, step.closes) == (True, True)


ONE_STEP = "jobs: {a: {steps: [{run: 'COMMAND'}]}}"


@pytest.mark.parametrize(
    ("head", "command"),
    [
        ("name: Review Pull Request\non: pull_request", "npm test"),
        ("on: pull_request", "fly deploy --build-only -a shop-pr-1"),
        ("on: pull_request", "echo review # fly deploy -a shop-pr-1"),
        ("on: workflow_dispatch", "fly deploy -a pr-${{ github.ref_name }}"),
        ("on: {push: {branches: [preview/*]}}", "fly deploy -a shop-preview"),
    ],
)
def test_what_only_sounds_like_one_is_none(tmp_path: Path, head: str, command: str) -> None:
    assert reviews(tmp_path, f"{head}\n{ONE_STEP.replace('COMMAND', command)}\n") == ()


def test_an_action_in_a_comment_makes_none(tmp_path: Path) -> None:
    workflow = """
on: pull_request
jobs:
  a:
    steps:
      # - uses: superfly/fly-pr-review-apps@1.2.0
      - run: "true"
"""
    assert reviews(tmp_path, workflow) == ()


def test_a_job_for_pushes_makes_none(tmp_path: Path) -> None:
    guarded = "jobs: {a: {if: github.event_name == 'push', steps: [{run: fly deploy -a pr-1}]}}"
    assert reviews(tmp_path, f"on: [push, pull_request]\n{guarded}\n") == ()


def test_a_configuration_for_reviews_without_a_workflow_makes_none(tmp_path: Path) -> None:
    write(tmp_path, {"fly.review.toml": "app = 'shop-review'"})
    assert read(tmp_path).workflows == ()


def test_only_workflows_and_actions_that_are_handed_secrets_are_noted(tmp_path: Path) -> None:
    workflow = """
on: push
jobs:
  lint: {uses: org/ci/.github/workflows/lint.yml@v1}
  ship: {uses: org/ci/.github/workflows/ship.yml@v1, secrets: inherit}
  other:
    steps:
      - uses: org/ship-to-fly@v1
        with: {token: "${{ secrets.FLY_API_TOKEN }}"}
"""
    write(tmp_path, {".github/workflows/ci.yml": workflow})
    (found,) = read(tmp_path).workflows
    assert found.remote_workflows == ("org/ci/.github/workflows/ship.yml@v1", "org/ship-to-fly@v1")


@pytest.mark.parametrize(
    "token", ["FlyV1 fm2_lJPECAAAAAA", "fm2_lJPECAAAAAAAAAAAA", "fo1_abcdefghijklmnop"]
)
def test_a_token_in_clear_is_told_by_its_line_alone(tmp_path: Path, token: str) -> None:
    workflow = (
        f"on: push\nenv:\n  FLY_API_TOKEN: {token}\njobs: {{a: {{steps: [{{run: fly deploy}}]}}}}\n"
    )
    write(tmp_path, {".github/workflows/ci.yml": workflow})
    (found,) = read(tmp_path).workflows
    assert found.leaked_token_lines == (3,)
    assert token.split("_")[1] not in repr(found)


def test_a_broken_workflow_says_its_line_and_the_others_go_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".github/workflows/bad.yml": "on: push\njobs:\n  a: [\n",
            ".github/workflows/empty.yaml": "",
            ".github/workflows/word.yml": "hello",
            ".github/workflows/good.yml": f"# 1\n---\non: push\n{JOB}\n",
        },
    )
    found = read(tmp_path)
    names = [one.path.rpartition("/")[2] for one in found.broken]
    assert names == ["bad.yml", "empty.yaml", "word.yml"]
    assert all(one.line for one in found.broken if one.path.endswith("bad.yml"))
    assert [len(workflow.deploys) for workflow in found.workflows] == [1]


@pytest.mark.parametrize(
    "workflow",
    [
        "jobs: []\non: 3\n",
        "on: {push: [1]}\njobs: {a: 1, b: {steps: 2}, c: {steps: [1, {run: 3}, {uses: 4}]}}\n",
        "on: [1, {}]\njobs: {a: {strategy: {matrix: '${{ x }}'}, steps: [{run: fly deploy}]}}\n",
        "on: push\nenv: [1]\ndefaults: 1\njobs: {a: {needs: {}, env: 1, with: 2, uses: ./../x}}\n",
        "on: push\n1: 2\njobs: {1: {steps: [{run: fly deploy, env: {A: [1], 2: 3}}]}}\n",
    ],
)
def test_a_misshapen_workflow_is_read_as_far_as_it_goes(tmp_path: Path, workflow: str) -> None:
    write(tmp_path, {".github/workflows/odd.yml": workflow})
    found = read(tmp_path)
    assert len(found.workflows) == 1
