"""What flytui rests on is pinned, and an audit of it fails for a vulnerability and nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.audit import PINS, Audit, read

ROOT = Path(__file__).parents[2]
FLAW = {"id": "PYSEC-2026-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}
SOUND = {"name": "a", "version": "1.0", "vulns": []}
FLAWED = {"name": "b", "version": "1.0", "vulns": [FLAW, {**FLAW, "fix_versions": []}]}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            read({"dependencies": [SOUND]}),
            "1 was audited, no vulnerability is known.",
        ),
        (read({"dependencies": [SOUND, UNKNOWN]}), "known; 1 could not be."),
        (read({"dependencies": [UNKNOWN]}), "were not audited: none of them is known here."),
        (read({"dependencies": [UNKNOWN, FLAWED]}), "b 1.0: PYSEC-2026-1, mended in 2.0"),
        (read({"dependencies": [FLAWED]}), "mended in no version yet"),
        (Audit(why="nobody could be asked"), "not audited: nobody could be asked."),
    ],
)
def test_an_audit_says_what_was_looked_at(found: Audit, said: str) -> None:
    assert said in str(found)
    assert bool(found.vulnerable) is ("PYSEC" in str(found))


def name_of(requirement: str) -> str:
    """As the index spells it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_every_dependency_is_pinned_to_one_version() -> None:
    lines = [line for line in PINS.read_text("utf-8").splitlines() if line]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.]*", line)] == []
    pinned = [name_of(line) for line in lines]
    assert len(pinned) == len(set(pinned))
    project: dict[str, Any] = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(each for extra in extras for each in extra)]
    names = {name_of(requirement) for requirement in wanted} - {"flytui"}
    assert names - set(pinned) == set()
