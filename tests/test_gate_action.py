"""The action and the workflows in the documentation use what there is, pinned, and nothing else."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from flytui.arguments import parse
from flytui.outputs import Output, refuse_muddle

ROOT = Path(__file__).parents[1]
DOCS = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOWS: dict[str, dict[str, Any]] = {
    name: yaml.safe_load(text)
    for name, text in re.findall(r"<!-- workflow: (\w+) -->\n```yaml\n(.*?)```", DOCS, re.DOTALL)
}


def steps(workflow: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def script(name: str) -> str:
    found: str = next(s["run"] for s in ACTION["runs"]["steps"] if s["name"] == name)
    return found


def flags(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


def test_every_flag_that_is_used_exists(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["check", "--help"])
    offered = flags(capsys.readouterr().out)
    with pytest.raises(SystemExit):
        parse(["seal", "--help"])
    offered |= flags(capsys.readouterr().out)
    lines = [line for line in DOCS.splitlines() if "flytui check" in line or "flytui seal" in line]
    assert len(lines) >= 3
    assert flags("\n".join(lines)) <= offered
    assert flags(script("Check")) <= offered


def test_the_command_in_the_documentation_is_one_that_flytui_takes() -> None:
    (line,) = re.findall(r"^flytui (check .*)$", DOCS, re.MULTILINE)
    outputs = parse(line.split()).outputs
    refuse_muddle(
        [Output(form, None if file is None else Path(file.name)) for form, file in outputs]
    )
    assert [form for form, _ in outputs] == ["text", "junit", "sarif", "html"]


def test_both_workflows_are_there() -> None:
    assert set(WORKFLOWS) == {"check", "deploy"}


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))
def test_a_workflow_pins_what_it_uses_and_may_only_read_the_code(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"]["contents"] == "read"
    for step in steps(workflow):
        assert "uses" not in step or re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))
def test_a_workflow_gives_the_action_only_what_it_takes(workflow: dict[str, Any]) -> None:
    (ours,) = [s for s in steps(workflow) if s.get("uses", "").startswith("OWNER/flytui@")]
    assert set(ours["with"]) <= set(ACTION["inputs"])
    assert set(ours["env"]) == {"FLY_ACCESS_TOKEN"}


def test_the_deploy_waits_for_the_check() -> None:
    assert WORKFLOWS["deploy"]["jobs"]["deploy"]["needs"] == "check"


def test_no_input_is_read_as_a_part_of_a_script() -> None:
    assert all("${{" not in step["run"] for step in ACTION["runs"]["steps"])
    assert not any("token" in name for name in ACTION["inputs"])


def test_every_input_reaches_its_step() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert {name for name in ACTION["inputs"] if f"${{{{ inputs.{name} }}}}" not in text} == set()


NOTED = '#!/bin/sh\nprintf "%s\\n" "$@" > "$NOTED"\nexit 3\n'


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action's steps are for bash")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ()),
        (
            {"APP": "my app; rm -rf $(x)", "FAIL_ON": "advice unknown", "MIN_SEEN": "90%"},
            (
                *("--app", "my app; rm -rf $(x)", "--min-seen", "90%"),
                *("--fail-on", "advice", "--fail-on", "unknown"),
            ),
        ),
    ],
)
def test_the_action_asks_what_its_inputs_say(
    given: dict[str, str], words: tuple[str, ...], tmp_path: Path
) -> None:
    binary = tmp_path / "flytui" / "bin" / "flytui"
    binary.parent.mkdir(parents=True)
    binary.write_text(NOTED)
    binary.chmod(0o755)
    inputs = dict.fromkeys(
        ("APP", "ORG", "FAIL_ON", "MIN_READY", "MIN_SEEN", "BASELINE", "TIMEOUT"), ""
    )
    environ = {
        **inputs,
        "FORMAT": "json",
        "OUTPUT": "out.json",
        "PATH": os.environ["PATH"],
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"),
        "NOTED": str(tmp_path / "noted"),
        **given,
    }
    ended = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script("Check")], env=environ, check=False
    )
    assert ended.returncode == 3
    assert (tmp_path / "outputs").read_text() == "exit-code=3\nreport=out.json\n"
    asked = tuple((tmp_path / "noted").read_text().splitlines())
    always = "check --format text --format github --format json --output out.json"
    assert asked == (*always.split(), *words)
