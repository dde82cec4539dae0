"""The command line tells what it takes, and what is wrong with what it was given."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flytui import __version__
from flytui.arguments import parse
from flytui.cli import main
from flytui.exit_code import ExitCode
from flytui.terminal import coloured

Ends = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ends(capsys: pytest.CaptureFixture[str]) -> Ends:
    """Runs flytui in this process, away from any terminal: its code and what it wrote."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = main(words)
        except SystemExit as end:
            code = int(end.code or 0)
        written = capsys.readouterr()
        return code, written.out, written.err

    return run


def test_the_version_is_told(ends: Ends) -> None:
    assert ends("--version") == (0, f"flytui {__version__}\n", "")


@pytest.mark.parametrize("words", [(), ("--read-only",), ("-a", "storefront"), ("demo",)])
def test_without_a_terminal_it_says_so_and_what_to_use(ends: Ends, words: tuple[str, ...]) -> None:
    code, out, err = ends(*words)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "terminal" in err
    assert "flytui check" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "--format", "yaml"), "invalid choice: 'yaml'"),
        (("chek",), "there is no command 'chek'. Did you mean check? See flytui --help."),
        (("qqq",), "There are check, walk, seal,"),
        (("check", "--token", "fm2_hidden"), "unrecognized arguments: --token fm2_…"),
        (("--access-token=fo1_hidden",), "unrecognized arguments: --access-token=fo1_…"),
        (("check", "--ite", "ipv4"), "unrecognized arguments: --ite"),
        (("check", "\x1b[31m"), "unrecognized arguments"),
        (("demo", "--port", "70000"), "70000 is not a port"),
        (("demo", "--machines", "-3"), "'-3' is not a whole number"),
        (("demo", "--latency", "soon"), "'soon' is not a whole number"),
        (("demo", "--serve", "--scenario", "nothing"), "no scenario 'nothing'. Choose from"),
        (("check", "--item", "nothing", "-a", "x"), "no item 'nothing'"),
    ],
)
def test_a_mistaken_line_is_told_with_code_2_and_no_secret(
    ends: Ends, words: tuple[str, ...], told: str
) -> None:
    code, out, err = ends(*words)
    assert (code, out) == (ExitCode.USAGE, "")
    assert told in err
    assert "hidden" not in err
    assert err.removesuffix("\n").isprintable()


def test_the_help_of_check_explains_every_code(ends: Ends) -> None:
    _, out, _ = ends("check", "--help")
    assert all(code.meaning in out for code in ExitCode)


@pytest.mark.parametrize(
    ("words", "app"),
    [
        (("-a", "one", "check"), "one"),
        (("check", "-a", "two"), "two"),
        (("-a", "one", "check", "-a", "two"), "two"),
        (("check",), None),
    ],
)
def test_the_app_may_stand_before_or_after_the_command(
    words: tuple[str, ...], app: str | None
) -> None:
    assert parse(words).app == app


def test_several_items_may_be_asked_for() -> None:
    assert parse(["check", "--item", "ipv4", "--item", "flycast"]).item == ["ipv4", "flycast"]


@pytest.mark.parametrize(
    ("environ", "terminal", "colours"),
    [
        ({"TERM": "xterm"}, True, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"TERM": "xterm"}, False, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], terminal: bool, colours: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    for name in ("TERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert coloured() is colours


def test_an_interrupted_check_ends_with_130(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("flytui.check_command.check", interrupt)
    assert ends("check", "-a", "x")[0] == 130


def test_it_runs_as_a_module_and_a_pipe_that_closes_is_no_failure(tmp_path: Path) -> None:
    """The reader is gone before the first word; Python must not complain at the end either."""
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "flytui", "check", "--item", "nothing"],
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        check=False,
        text=True,
    )
    os.close(writing)
    assert ended.returncode == ExitCode.USAGE
    assert "Traceback" not in ended.stderr
    assert "BrokenPipe" not in ended.stderr
