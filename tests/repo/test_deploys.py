"""Deploy steps are found by what they do, not by the words they hold."""

from pathlib import Path

import pytest

from tests.repo.builders import deploys, deploys_of_run

ON_MAIN = "on: {push: {branches: [main]}}\n"


@pytest.mark.parametrize(
    "run",
    [
        "flyctl deploy --remote-only",
        "fly deploy",
        "flyctl -c fly.toml deploy",
        "flyctl --config=fly.toml deploy --now",
        "~/.fly/bin/flyctl deploy",
        "set -e\nflyctl deploy \\\n  --remote-only \\\n  --ha=false",
        "FLY_APP=x flyctl deploy",
        'echo "go" && flyctl deploy || exit 1',
        'if [ -n "$X" ]; then\n  flyctl deploy\nfi',
        "for app in a b; do flyctl deploy -a $app; done",
        "until timeout 600 flyctl deploy; do sleep 5; done",
        "OUT=$(flyctl deploy 2>&1)",
        'echo "$(flyctl deploy)"',
        "curl -L https://fly.io/install.sh | sh\n/home/runner/.fly/bin/flyctl deploy",
        "bash -c 'flyctl deploy'",
        "doppler run -- flyctl deploy",
        "docker run --rm -e FLY_API_TOKEN flyio/flyctl:latest deploy",
        "sudo -E flyctl deploy",
        "retries=3 # flyctl\nflyctl deploy # now",
    ],
)
def test_a_command_that_deploys_is_found(tmp_path: Path, run: str) -> None:
    steps = deploys_of_run(tmp_path, run)
    assert [step.job for step in steps] == ["ship"]
    assert steps[0].follows("main")
    assert not steps[0].follows("dev")


@pytest.mark.parametrize(
    "run",
    [
        "flyctl deploy --build-only --push",
        "flyctl deploy \\\n  --build-only \\\n  --push",
        "# flyctl deploy",
        "echo 'flyctl deploy'",
        'echo "then run flyctl deploy"',
        "cat <<EOF > help.txt\nflyctl deploy\nEOF",
        "flyctl proxy 5432 -a db &",
        "flyctl secrets set A=b --stage",
        "flyctl machine restart 1",
        "flyctl status",
        "fly-deploy-notes deploy",
        "butterfly deploy",
        "git commit -m 'flyctl deploy'",
        "flyctl apps restart deploy",
        "flyctl logs -a deploy",
        "npm run deploy",
    ],
)
def test_a_command_that_does_not_deploy_is_none(tmp_path: Path, run: str) -> None:
    assert deploys_of_run(tmp_path, run) == ()


@pytest.mark.parametrize(
    ("run", "files"),
    [
        ("yarn deploy:api", {"package.json": '{"scripts": {"deploy:api": "flyctl deploy"}}'}),
        (
            "npm run ship",
            {"package.json": '{"scripts": {"ship": "npm run go", "go": "fly deploy"}}'},
        ),
        ("cd web && pnpm run ship", {"web/package.json": '{"scripts": {"ship": "fly deploy"}}'}),
        ("pnpm --filter web ship", {"web/package.json": '{"scripts": {"ship": "fly deploy"}}'}),
        (
            "make deploy",
            {"Makefile": "all:\n\ttrue\n\ndeploy: build\n\t@flyctl deploy\n\nbuild:\n\ttrue\n"},
        ),
        ("make release", {"Makefile": "release: push\n\npush:\n\tflyctl deploy\n"}),
        ("just deploy", {"justfile": "deploy:\n    fly deploy\n"}),
        ("./ci/deploy.sh", {"ci/deploy.sh": "#!/bin/sh\nflyctl deploy\n"}),
        ("bash ci/go.sh", {"ci/go.sh": "flyctl deploy\n"}),
        ("./go", {"go": "#!/usr/bin/env bash\nflyctl deploy\n"}),
    ],
)
def test_a_command_behind_another_script_is_found(
    tmp_path: Path, run: str, files: dict[str, str]
) -> None:
    assert len(deploys_of_run(tmp_path, run, files)) == 1


def test_a_script_that_calls_itself_comes_to_an_end(tmp_path: Path) -> None:
    files = {"package.json": '{"scripts": {"a": "yarn b", "b": "yarn a && fly deploy"}}'}
    assert deploys_of_run(tmp_path, "yarn a", files)


CONFIGS = {
    "fly.toml": 'app = "top"',
    "web/fly.toml": 'app = "web"',
    "web/api/fly.json": '{"app": "api", "primary_region": "ams"}',
    "fly.staging.toml": 'app = "staging"',
}


@pytest.mark.parametrize(
    ("run", "app", "config"),
    [
        ("flyctl deploy", "top", "fly.toml"),
        ("cd web && flyctl deploy", "web", "web/fly.toml"),
        ("cd web\ncd api\nflyctl deploy", "api", "web/api/fly.json"),
        ("(cd web && true)\nflyctl deploy", "top", "fly.toml"),
        ("flyctl deploy web", "web", "web/fly.toml"),
        ("flyctl deploy -c fly.staging.toml", "staging", "fly.staging.toml"),
        ("flyctl deploy --config ./web", "web", "web/fly.toml"),
        ("cd web/api && flyctl deploy -c ../fly.toml", "web", "web/fly.toml"),
        ("flyctl deploy -a given", "given", "fly.toml"),
        ("flyctl deploy --app=given", "given", "fly.toml"),
        ("NAME=given\nflyctl deploy -a $NAME", "given", "fly.toml"),
        ("flyctl deploy -a ${{ vars.APP }}", None, "fly.toml"),
        ("flyctl deploy -c gone.toml", None, "gone.toml"),
        ("flyctl deploy -c ../../etc/passwd", None, "etc/passwd"),
    ],
)
def test_the_app_is_the_one_flyctl_would_take(
    tmp_path: Path, run: str, app: str | None, config: str
) -> None:
    (step,) = deploys_of_run(tmp_path, run, CONFIGS)
    assert (step.app, step.config) == (app, config)


def test_an_app_only_a_run_knows_is_kept_as_written(tmp_path: Path) -> None:
    (step,) = deploys_of_run(tmp_path, "flyctl deploy -a ${{ vars.APP }}-eu")
    assert step.app_given == "${{ vars.APP }}-eu"


def test_a_folder_changed_in_an_earlier_step_has_no_effect(tmp_path: Path) -> None:
    (step,) = deploys_of_run(tmp_path, "cd web", CONFIGS, extra="      - run: flyctl deploy\n")
    assert step.app == "top"


@pytest.mark.parametrize(
    "workflow",
    [
        "defaults: {run: {working-directory: web}}\njobs: {a: {steps: [{run: fly deploy}]}}",
        "jobs: {a: {defaults: {run: {working-directory: ./web}}, steps: [{run: fly deploy}]}}",
        "jobs: {a: {steps: [{run: fly deploy, working-directory: web/}]}}",
        "env: {D: web}\njobs: {a: {steps: [{run: fly deploy, working-directory: '${{ env.D }}'}]}}",
    ],
)
def test_the_working_folder_is_set_at_three_levels(tmp_path: Path, workflow: str) -> None:
    (step,) = deploys(tmp_path, ON_MAIN + workflow, files=CONFIGS)
    assert step.app == "web"


@pytest.mark.parametrize(
    "uses",
    [
        "{uses: superfly/flyctl-actions@1.1, with: {args: deploy}}",
        "{uses: superfly/flyctl-actions@master, with: {args: 'deploy --remote-only'}}",
        "{uses: 'docker://flyio/flyctl:latest', with: {args: deploy}}",
        "{uses: nick-fields/retry@v3, with: {command: flyctl deploy}}",
    ],
)
def test_an_action_that_is_told_to_deploy_is_found(tmp_path: Path, uses: str) -> None:
    assert len(deploys(tmp_path, f"{ON_MAIN}jobs: {{a: {{steps: [{uses}]}}}}")) == 1


@pytest.mark.parametrize(
    "uses",
    [
        "{uses: superfly/flyctl-actions@1.1, with: {args: 'secrets set A=b'}}",
        "{uses: superfly/flyctl-actions@1.1}",
        "{uses: superfly/flyctl-actions/setup-flyctl@master}",
        "{uses: docker/build-push-action@v6, with: {push: true}}",
    ],
)
def test_an_action_that_is_not_told_to_deploy_is_none(tmp_path: Path, uses: str) -> None:
    assert deploys(tmp_path, f"{ON_MAIN}jobs: {{a: {{steps: [{uses}]}}}}") == ()


LOCAL_ACTION = """
inputs:
  config: {required: true}
  token: {required: true}
runs:
  using: composite
  steps:
    - uses: superfly/flyctl-actions/setup-flyctl@v1
    - shell: bash
      run: flyctl deploy --config ${{ inputs.config }}
      env:
        FLY_API_TOKEN: ${{ inputs.token }}
"""


def test_a_local_action_is_followed_with_its_inputs(tmp_path: Path) -> None:
    workflow = f"""{ON_MAIN}
jobs:
  ship:
    steps:
      - uses: ./.github/actions/ship
        with:
          config: web/fly.toml
          token: ${{{{ secrets.WEB_TOKEN }}}}
"""
    files = {**CONFIGS, ".github/actions/ship/action.yaml": LOCAL_ACTION}
    (step,) = deploys(tmp_path, workflow, files=files)
    assert (step.job, step.app, step.token_from_secret, step.pinned) == ("ship", "web", True, True)
    assert step.via == ".github/actions/ship/action.yaml"


CALLED = """
on:
  workflow_call:
    inputs:
      app: {type: string}
      config: {type: string, default: fly.toml}
jobs:
  inner:
    concurrency: one
    steps:
      - run: flyctl deploy -a ${{ inputs.app }} -c ${{ inputs.config }}
        env: {FLY_API_TOKEN: "${{ secrets.FLY_API_TOKEN }}"}
"""


def test_a_local_reusable_workflow_is_followed_and_is_no_deploy_of_its_own(tmp_path: Path) -> None:
    workflow = (
        f"{ON_MAIN}jobs: {{prod: {{uses: ./.github/workflows/_go.yml, with: {{app: shop}}}}}}"
    )
    (step,) = deploys(tmp_path, workflow, files={**CONFIGS, ".github/workflows/_go.yml": CALLED})
    assert (step.job, step.app, step.config, step.concurrency) == ("prod", "shop", "fly.toml", True)
    assert step.via == ".github/workflows/_go.yml#inner"


def test_workflows_that_call_each_other_come_to_an_end(tmp_path: Path) -> None:
    loop = "on: [push, workflow_call]\njobs:\n" + "".join(
        f"  j{number}: {{uses: ./.github/workflows/ci.yml}}\n" for number in range(60)
    )
    assert deploys(tmp_path, loop) == ()


def test_a_matrix_deploys_each_of_its_apps(tmp_path: Path) -> None:
    workflow = f"""{ON_MAIN}
jobs:
  ship:
    strategy:
      matrix:
        app: [one, two]
        include:
          - app: three
    steps:
      - run: flyctl deploy --app ${{{{ matrix.app }}}}
"""
    assert {step.app for step in deploys(tmp_path, workflow)} == {"one", "two", "three"}


def test_a_matrix_that_only_builds_is_no_deploy(tmp_path: Path) -> None:
    workflow = f"""{ON_MAIN}
jobs:
  image:
    strategy: {{matrix: {{app: [one, two]}}}}
    steps:
      - run: docker build ${{{{ matrix.app }}}}
"""
    assert deploys(tmp_path, workflow) == ()


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ("FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}", True),
        ("FLY_API_TOKEN: ${{ secrets.SOME_OTHER_NAME }}", True),
        ("FLY_ACCESS_TOKEN: ${{ secrets.T }}", True),
        ("FLY_API_TOKEN: FlyV1 fm2_aaaaaaaaaaaaaaaaaaaa", False),
        ("FLY_API_TOKEN: ${{ vars.T }}", False),
        ("FLY_API_TOKEN: ${{ steps.mint.outputs.token }}", None),
        ("OTHER: 1", None),
    ],
)
@pytest.mark.parametrize("level", ["workflow", "job", "step"])
def test_the_token_is_a_secret_or_not(
    tmp_path: Path, env: str, level: str, *, expected: bool | None
) -> None:
    name, _, value = env.partition(": ")
    block = {level: f'env: {{{name}: "{value}"}}'}
    workflow = f"""{ON_MAIN}{block.get("workflow", "")}
jobs:
  ship:
    {block.get("job", "")}
    steps:
      - run: flyctl deploy
        {block.get("step", "")}
"""
    (step,) = deploys(tmp_path, workflow)
    assert step.token_from_secret is expected


@pytest.mark.parametrize(
    ("version", "pinned"),
    [("master", False), ("main", False), ("1.5", True), ("v1", True), ("f" * 40 + " # v1.5", True)],
)
def test_a_setup_action_is_pinned_by_tag_or_commit(
    tmp_path: Path, version: str, *, pinned: bool
) -> None:
    workflow = f"""{ON_MAIN}
jobs:
  ship:
    steps:
      - uses: superfly/flyctl-actions/setup-flyctl@{version}
      - run: flyctl deploy
"""
    (step,) = deploys(tmp_path, workflow)
    assert step.pinned is pinned


def test_without_a_setup_action_nothing_is_said_of_its_pin(tmp_path: Path) -> None:
    (step,) = deploys_of_run(tmp_path, "flyctl deploy")
    assert step.pinned is None


@pytest.mark.parametrize(
    ("file", "job", "expected"),
    [("", "", False), ("concurrency: one", "", True), ("", "concurrency: {group: g}", True)],
)
def test_concurrency_is_set_on_the_workflow_or_the_job(
    tmp_path: Path, file: str, job: str, *, expected: bool
) -> None:
    text = f"{ON_MAIN}{file}\njobs:\n  a:\n    {job}\n    steps:\n      - run: fly deploy\n"
    (step,) = deploys(tmp_path, text)
    assert step.concurrency is expected


def test_a_folded_command_over_two_lines_is_one(tmp_path: Path) -> None:
    workflow = f"""{ON_MAIN}
jobs:
  a:
    steps:
      - run:
          flyctl deploy --config fly.staging.toml
          --remote-only
      - name: second
        run: >-
          flyctl deploy
          --build-only
"""
    (step,) = deploys(tmp_path, workflow, files=CONFIGS)
    assert step.app == "staging"


def test_a_hidden_script_deploys_when_flyctl_was_installed_for_it(tmp_path: Path) -> None:
    workflow = f"""{ON_MAIN}
jobs:
  a:
    env: {{FLY_API_TOKEN: "${{{{ secrets.T }}}}"}}
    steps:
      - run: curl -L https://fly.io/install.sh | sh
      - run: ./scripts/deploy.sh
"""
    assert len(deploys(tmp_path, workflow)) == 1
    assert (
        deploys(tmp_path, workflow.replace("curl -L https://fly.io/install.sh | sh", "true")) == ()
    )
