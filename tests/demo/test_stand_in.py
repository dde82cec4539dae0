"""The stand-in for `fly`: strict as fly is, loopback alone, plain about what it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flytui.demo.environment import environment
from flytui.demo.stand_in import install
from flytui.demo.stand_in.__main__ import main
from flytui.demo.stand_in.commands import COMMANDS
from flytui.demo.stand_in.commands.secrets import parse_pairs
from flytui.demo.stand_in.commands.tokens import duration
from flytui.demo.stand_in.flags import APP, JSON, YES, Flag, Parsed, UsageError, parse
from flytui.demo.stand_in.wire import Failure, Wire

FLAGS = (APP, JSON, YES, Flag("vm-memory", kind="whole"), Flag("autostop", bare="stop"))
LOCAL = environment("http://127.0.0.1:1", "fo1_simulator", "/nowhere")


def read(*tokens: str) -> Parsed:
    return parse(tokens, FLAGS)


@pytest.mark.parametrize(
    "tokens",
    [
        ("one", "-a", "shop"),
        ("-a", "shop", "one"),
        ("--app", "shop", "one"),
        ("--app=shop", "one"),
        ("-ashop", "one"),
        ("-a=shop", "one"),
        ("-a", "shop", "--", "one"),
    ],
)
def test_a_flag_may_stand_anywhere_and_be_spelled_in_every_way(tokens: tuple[str, ...]) -> None:
    parsed = read(*tokens)
    assert parsed.arguments == ["one"]
    assert parsed.values == {"app": ["shop"]}


def test_short_switches_may_be_written_together() -> None:
    assert read("-jy", "-a", "shop").values == {"json": ["true"], "yes": ["true"], "app": ["shop"]}


def test_a_flag_with_a_meaning_of_its_own_takes_a_value_after_an_equals_sign_alone() -> None:
    assert read("--autostop", "off").values == {"autostop": ["stop"]}
    assert read("--autostop=off").values == {"autostop": ["off"]}


@pytest.mark.parametrize(
    ("tokens", "words"),
    [
        (("--force",), "unknown flag: --force"),
        (("-q",), "unknown shorthand flag: 'q' in -q"),
        (("--app",), "flag needs an argument: --app"),
        (("-a",), "flag needs an argument: 'a' in -a"),
        (("--vm-memory", "much"), 'invalid argument "much" for "--vm-memory" flag'),
        (("--yes=perhaps",), 'invalid argument "perhaps" for "--yes" flag'),
    ],
)
def test_a_wrong_flag_is_refused_in_flys_words(tokens: tuple[str, ...], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(*tokens)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("ips release -a shop", "requires at least 1 arg(s), only received 0"),
        ("certs add -a shop", "accepts 1 arg(s), received 0"),
        ("machine clone one two -a shop", "accepts between 0 and 1 arg(s), received 2"),
    ],
)
def test_the_number_of_arguments_counts(
    command: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command.split()) == 1
    assert f"Error: {words}\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["https://api.fly.io", "http://192.0.2.1", "http://127.0.0.1.example.com", ""]
)
@pytest.mark.parametrize("name", ["FLY_API_BASE_URL", "FLY_FLAPS_BASE_URL", "FLY_UIEX_BASE_URL"])
def test_it_speaks_to_nothing_but_loopback(name: str, address: str) -> None:
    with pytest.raises(Failure, match=f"{name} does not lead to this computer"):
        Wire(LOCAL | {name: address})


def test_a_variable_left_out_is_no_way_to_the_real_fly() -> None:
    with pytest.raises(Failure):
        Wire({"FLY_ACCESS_TOKEN": "fo1_simulator"})


def test_the_first_token_variable_present_counts_even_when_empty() -> None:
    with pytest.raises(Failure, match="no access token available"):
        Wire(LOCAL | {"FLY_ACCESS_TOKEN": "", "FLY_API_TOKEN": "fo1_simulator"})


def test_macaroons_stand_before_other_tokens_and_no_scheme_is_printed() -> None:
    assert Wire(LOCAL | {"FLY_ACCESS_TOKEN": "FlyV1 fo1_a,fm2_b"}).token == "fm2_b,fo1_a"


def test_without_an_app_it_says_how_to_name_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in LOCAL.items():
        monkeypatch.setenv(name, value)
    assert main(["ips", "list"]) == 1
    assert "specify with the -a flag" in capsys.readouterr().err


def test_a_server_that_is_not_there_is_an_error_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in LOCAL.items():
        monkeypatch.setenv(name, value)
    assert main(["auth", "whoami"]) == 1
    assert capsys.readouterr().err.startswith("Error: POST /graphql: ")


def test_help_and_version_say_plainly_what_this_is(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["version"], ["--help"], ["ips", "release", "--help"]):
        assert main(arguments) == 0
        assert "flytui demo stand-in" in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    output = capsys.readouterr().out
    assert all(f"fly {command.name} " in output for command in COMMANDS)


def test_an_unknown_command_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["launch"]) == 1
    assert 'unknown command "launch"' in capsys.readouterr().err


@pytest.mark.parametrize("command", ["ips ls", "ip list", "m list", "certs show x", "apps ls"])
def test_flys_short_spellings_are_known(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([*command.split(), "--help"])
    assert "Usage:" in capsys.readouterr().out


def test_the_installed_script_runs_from_anywhere_with_nothing_in_its_environment(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    script = install(folder)
    assert script.name == "fly"
    assert os.access(script, os.X_OK)
    # A module of the user's own must not be taken for one of Python's.
    (tmp_path / "json.py").write_text("raise SystemExit(99)")
    ended = subprocess.run(
        [str(script), "version"],
        env={"PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "flytui demo stand-in" in ended.stdout


def test_it_starts_with_the_standard_library_alone() -> None:
    program = (
        "import sys, flytui.demo.stand_in.__main__;"
        "print(*{n.partition('.')[0] for n in sys.modules} - set(sys.stdlib_module_names))"
    )
    ended = subprocess.run(
        [sys.executable, "-S", "-E", "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(ended.stdout.split()) <= {"flytui", "__main__"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A=1\n# no\n\nB = 2", {"A": "1", "B": "2"}),
        ("A=\"two words\"\nB='x'", {"A": "two words", "B": "x"}),
        ("A=x=y", {"A": "x=y"}),
        ('A="""one\ntwo"""', {"A": "one\ntwo"}),
        ('A="""one"""', {"A": "one"}),
        ('A="', {"A": '"'}),
    ],
)
def test_imported_pairs_are_read_as_fly_reads_them(text: str, values: dict[str, str]) -> None:
    assert parse_pairs(text) == values


def test_a_line_that_is_no_pair_is_not_repeated_in_the_error() -> None:
    with pytest.raises(Failure) as caught:
        parse_pairs("hunter2")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "written"),
    [("720h", "720h0m0s"), ("90m", "1h30m0s"), ("45s", "45s"), ("1h30m", "1h30m0s")],
)
def test_a_duration_is_sent_as_go_writes_it(text: str, written: str) -> None:
    assert duration(text) == written
