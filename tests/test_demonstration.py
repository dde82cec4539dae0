"""The demo is a world of its own: nothing of the real Fly.io gets in, nothing of it gets out."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from flytui import demonstration, launch
from flytui.cli import main
from flytui.exit_code import ExitCode
from flytui.launch import Launch, show
from flytui.session import Session
from flytui.settings.error import NoApp

USER = {
    "PATH": "/nowhere",
    "HOME": "/home/ana",
    "FLY_API_TOKEN": "fo1_real",
    "FLY_APP": "real",
    "FLYCTL_OUTPUT_HAR": "x",
}
DEMO = {"FLY_ACCESS_TOKEN": "fo1_demo", "FLY_API_BASE_URL": "http://127.0.0.1:1"}


def test_what_the_user_set_for_the_real_fly_io_stays_outside(tmp_path: Path) -> None:
    joined = demonstration._environ(USER, DEMO, tmp_path)
    assert {n: v for n, v in joined.items() if n.startswith("FLY")} == DEMO
    assert joined["HOME"] == "/home/ana"


def test_where_there_is_no_fly_the_demo_brings_one_that_runs(tmp_path: Path) -> None:
    joined = demonstration._environ(USER, DEMO, tmp_path)
    assert joined["PATH"].split(os.pathsep)[0] == str(tmp_path)
    told = subprocess.run(
        [tmp_path / "fly", "version"], env=joined, capture_output=True, text=True, check=True
    )
    assert told.stdout


def test_the_user_s_own_fly_is_used_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "fly").touch(mode=0o755)
    path = str(tmp_path / "own")
    assert demonstration._environ({**USER, "PATH": path}, DEMO, tmp_path)["PATH"] == path


def test_a_missing_extra_is_told_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demonstration, "find_spec", lambda name: None)
    assert main(["demo", "--serve"]) == ExitCode.USAGE
    assert "pip install 'flytui[demo]'" in capsys.readouterr().err


class Shown:
    """In place of the screen: keeps what it was given and opens the session, as the screen does."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}

    def __call__(
        self, opening: Any, identity: Any, checklist: Any, *, ways: Any, **flags: bool
    ) -> int:
        self.given = {"identity": identity, **flags}
        opened = opening()
        assert isinstance(opened, Session)
        self.given["reviews"] = opened.parts.reviews.place
        return 0


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shown:
    screen = Shown()
    monkeypatch.setattr(launch, "run", screen)
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return screen


def wanted(folder: Path, *, app: str | None = "storefront", demo: bool = False) -> Launch:
    environ = {**DEMO, "HOME": str(folder)}
    return Launch(app, "acme", environ, folder, folder, read_only=True, demo=demo)


def test_the_screen_is_told_whose_app_it_is_before_anything_is_fetched(
    shown: Shown, tmp_path: Path
) -> None:
    assert show(wanted(tmp_path)) == 0
    identity = shown.given["identity"]
    assert (identity.app, identity.organization) == ("storefront", "acme")
    assert (shown.given["read_only"], identity.demo) == (True, False)


def test_the_demo_s_reviews_are_not_those_of_an_app_of_the_same_name(
    shown: Shown, tmp_path: Path
) -> None:
    show(wanted(tmp_path))
    real = shown.given["reviews"]
    show(wanted(tmp_path, demo=True))
    assert shown.given["reviews"] != real


def test_without_an_app_the_screen_is_there_and_its_session_is_not(
    shown: Shown, tmp_path: Path
) -> None:
    with pytest.raises(NoApp, match="--app"):
        show(wanted(tmp_path, app=None))
    assert shown.given["identity"].app == "no app yet"


def test_the_demo_looks_as_the_person_likes_it(tmp_path: Path) -> None:
    joined = demonstration._environ({**USER, "FLYTUI_THEME": "light"}, DEMO, tmp_path)
    assert joined["FLYTUI_THEME"] == "light"
