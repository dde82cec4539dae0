"""What was run can be shown to a colleague, and a script made of it repeats what worked."""

import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from flytui.audit import Entry, HistoryFile
from flytui.exit_code import ExitCode
from flytui.history_command import Form, HistoryQuestion, tell
from flytui.opening import Surroundings
from flytui.streams import Streams
from tests.test_taking_back import entry


def told(folder: Path, form: Form, *entries: Entry) -> str:
    history = HistoryFile(folder / "history", "shop", None)
    for one in entries:
        history.begin(one)
    out = io.StringIO()
    around = Surroundings(environ={}, checkout=folder, state=folder)
    code = tell(HistoryQuestion("shop", form), around, Streams(out, io.StringIO()))
    assert code is ExitCode.DONE
    return out.getvalue()


def test_the_newest_run_stands_first_with_who_and_what_came_of_it(tmp_path: Path) -> None:
    older = entry(after="OK: The lamp is off.", changed=("the lamp 0 is gone",), seconds=1.25)
    text = told(tmp_path, "text", older, entry(id="2", by="Ben", exit=1, ended="It was stopped."))
    assert text.index("Ben") < text.index("Ana")
    for words in (
        "fly lamp off -a shop",
        "exit code 0, 1.2 s",
        "exit code 1, It was stopped.",
        "the lamp 0 is gone",
        "OK: The lamp is off.",
        "fly lamp on -a shop (It burns again.)",
    ):
        assert words in text


def test_a_run_whose_end_nobody_saw_is_unknown(tmp_path: Path) -> None:
    assert "unknown whether it ran to its end" in told(tmp_path, "text", entry(exit=None))


def test_no_runs_are_told_as_none(tmp_path: Path) -> None:
    assert told(tmp_path, "text") == "Nothing was run on shop from here yet.\n"
    assert json.loads(told(tmp_path, "json"))["runs"] == []


def test_a_program_reads_everything(tmp_path: Path) -> None:
    document = json.loads(told(tmp_path, "json", entry(), entry(id="2", undoes="1")))
    newest, oldest = document["runs"]
    assert (document["schema"], document["app"]) == (1, "shop")
    assert newest["takes_back"] == "1"
    assert oldest["argv"] == ["fly", "lamp", "off", "-a", "shop"]
    assert oldest["inverse"] is None


@pytest.mark.parametrize(
    ("one", "runs"),
    [
        (entry(), True),
        (entry(argv=("fly", "say", "it's $HOME; rm -rf x")), True),
        (entry(exit=1), False),
        (entry(exit=None), False),
        (entry(argv=("fly", "secrets", "set", "A=hunter2")), False),
        (entry(argv=("fly", "secrets", "import"), reads=True), False),
        (entry(argv=("fly", "say", "two\nlines")), False),
        (entry(by="Eve\nfly apps destroy shop"), True),
    ],
)
def test_a_script_runs_what_worked_and_nothing_else(tmp_path: Path, one: Entry, runs: bool) -> None:
    script = told(tmp_path, "sh", replace(one, before="x\nfly apps destroy shop"))
    fly = tmp_path / "fly"
    fly.write_text('#!/bin/sh\nprintf "%s\\0" "$@"\n')
    fly.chmod(0o755)
    ended = subprocess.run(
        ["/bin/sh", "-s"],
        input=script,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == ("\0".join(one.argv[1:]) + "\0" if runs else "")


def test_what_was_recorded_comes_back_whole(tmp_path: Path) -> None:
    history = HistoryFile(tmp_path, "shop", None)
    whole = entry(
        changed=("a",), also=("b: action → ok",), undoes="0", reads=True, told=True, started=False
    )
    history.begin(whole)
    assert history.entries() == (whole,)


def test_what_an_earlier_flytui_wrote_is_still_read(tmp_path: Path) -> None:
    history = HistoryFile(tmp_path, "shop", None)
    history.begin(entry())
    record = json.loads(history.path.read_text())
    for new in ("item", "changed", "also", "reads", "alters", "inverse", "undoes", "told"):
        del record[new]
    history.path.write_text(json.dumps(record) + "\n")
    (old,) = history.entries()
    assert (old.argv, old.inverse) == (entry().argv, None)
