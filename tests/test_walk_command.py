"""`flytui walk`: what it says by its exit code, and that it needs no screen."""

import io
from pathlib import Path

import pytest

from flytui.cli import main
from flytui.demo.faults import Fault
from flytui.exit_code import ExitCode
from flytui.settings import Flags
from flytui.streams import Streams
from flytui.walk.voice import Voice
from flytui.walk_command import WalkQuestion, walk
from tests.simulated import Simulated, simulated


@pytest.fixture
def demo(tmp_path: Path) -> Simulated:
    return simulated("launch-ready", tmp_path)


def walked(demo: Simulated, *typed: str, app: str | None = None) -> tuple[ExitCode, str, str]:
    """The exit code, and what was printed to each stream."""
    out, err = io.StringIO(), io.StringIO()
    voice = Voice(out, io.StringIO("".join(f"{line}\n" for line in typed)), None)
    question = WalkQuestion(Flags(app or demo.scenario.app))
    code = walk(question, demo.around(), demo.folder, Streams(out, err), voice)
    return code, out.getvalue(), err.getvalue()


def test_stopped_ended_or_out_of_input_it_is_done(demo: Simulated) -> None:
    for typed in (["stop"], [], ["skip"] * 3):
        code, out, err = walked(demo, *typed)
        assert code is ExitCode.DONE
        assert "Summary of the walkthrough of boutique, organisation boutique-production" in out
        assert err == ""


def test_a_note_that_is_not_on_file_is_told_by_the_code(demo: Simulated) -> None:
    (demo.folder / "data").write_text("in the way of the reviews", "utf-8")
    code, out, _ = walked(demo, "reviewed", "restored it twice", "", "leave")
    assert code is ExitCode.ACTION
    assert "What you typed is kept: restored it twice" in out
    assert out.rstrip().endswith(": restored it twice")


def test_the_place_is_kept_for_the_next_one(demo: Simulated) -> None:
    walked(demo, "skip")
    assert "Going on where the last walkthrough stopped." in walked(demo)[1]


def test_where_nothing_can_be_seen_it_says_so_first(demo: Simulated) -> None:
    demo.faults.add(Fault("401"))
    code, out, _ = walked(demo, "stop")
    assert code is ExitCode.UNSEEN
    assert out.index("Fly.io does not accept this token") < out.index("Item 1 of")


def test_an_app_that_does_not_exist_is_a_mistaken_question(demo: Simulated) -> None:
    code, _, err = walked(demo, app="nowhere")
    assert code is ExitCode.USAGE
    assert "nowhere" in err


def test_it_asks_for_no_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("FLY_APP", "FLY_API_TOKEN", "FLY_ACCESS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert main(["walk", "-a", "storefront"]) == ExitCode.USAGE
    assert "No Fly.io token was found" in capsys.readouterr().err
