"""A home of one's own for each story: nothing of the user's is read or written."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stories.terminal import Terminal

Start = Callable[..., Terminal]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The variables of a home that is the same every time within one story."""
    home = tmp_path / "home"
    home.mkdir()
    return {
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "TEXTUAL_ANIMATIONS": "none",
        "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
    }


@pytest.fixture
def start(environment: dict[str, str]) -> Start:
    """Starts flytui in a terminal; the same home every time within one story."""

    def begin(*arguments: str, columns: int = 120, rows: int = 36, **more: str) -> Terminal:
        argv = [sys.executable, "-m", "flytui", *arguments]
        home = environment["HOME"]
        return Terminal(argv, environment | more, cwd=home, columns=columns, rows=rows)

    return begin
