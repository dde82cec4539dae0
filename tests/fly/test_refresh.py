import os
import stat
import time
from pathlib import Path

import pytest

from flytui.fly.refresh import session_token

ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nowhere"}


def fly(folder: Path, script: str) -> str:
    """A `fly` that does what the script says."""
    path = folder / "fly"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


async def test_the_token_is_read_from_standard_output_alone(tmp_path: Path) -> None:
    script = """echo 'Warning: Metrics token unavailable' >&2; echo '{"token":"fm2_a,fo1_b"}'"""
    assert await session_token(fly(tmp_path, script), ENVIRONMENT) == "fm2_a,fo1_b"


async def test_fly_is_asked_for_the_session_and_nothing_else(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    script = f'echo "$*" > {seen}; env >> {seen}; echo \'{{"token":"fo1_b"}}\''
    loud = dict.fromkeys(
        ("FLY_ORG", "FLY_ORGANIZATION", "FLY_APP", "FLY_REGION", "FLY_JSON", "FLY_API_TOKEN"), "no"
    )
    await session_token(fly(tmp_path, script), ENVIRONMENT | loud | {"FLY_CONFIG_DIR": "/c"})
    lines = seen.read_text().splitlines()
    assert lines[0] == "auth token --json"
    assert {"FLY_NO_UPDATE_CHECK=1", "FLY_CONFIG_DIR=/c"} <= set(lines)
    assert not {line for line in lines if line.endswith("=no")}


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        """echo '{"token":"fo1_b"}'; exit 1""",
        "echo 'no json'",
        "echo '[]'",
        """echo '{"token":""}'""",
        """echo '{"token":7}'""",
    ],
)
async def test_anything_else_is_no_token(tmp_path: Path, script: str) -> None:
    assert await session_token(fly(tmp_path, script), ENVIRONMENT) is None


async def test_without_fly_there_is_no_token(tmp_path: Path) -> None:
    assert await session_token(str(tmp_path / "fly"), ENVIRONMENT) is None


async def test_a_fly_that_hangs_is_ended_at_the_deadline(tmp_path: Path) -> None:
    began = time.monotonic()
    assert await session_token(fly(tmp_path, "sleep 30"), ENVIRONMENT, deadline=0.1) is None
    assert time.monotonic() - began < 5
