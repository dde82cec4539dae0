"""What real shells offer after `flytui`."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from flytui.arguments import parser
from flytui.completion import commands, script
from flytui.completion_command import tell
from flytui.exit_code import ExitCode
from flytui.streams import Streams

KNOWN = {"item": ("exposure", "secrets"), "section": ("security",), "scenario": ("storefront",)}
EVERY = tuple(commands(parser(), KNOWN))

BASH = """
{script}
COMP_WORDS=({words}) COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_flytui
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
FISH = """
{script}
complete -C '{line}' | string split -f1 \\t
true  # also where nothing is offered
"""
ZSH = """
autoload -U compinit; compinit -u
compdef() {{ }}
_describe() {{ print -l -- "${{(@)${{(P@)2}}%%:*}}" }}
_files() {{ print FILES }}
compadd() {{ shift; print -l -- "$@" }}
{script}
words=({words}) CURRENT=${{#words}}
_flytui
"""

OFFERED = [
    ("flytui ''", {"check", "reviews", "completion", "--app", "--read-only"}),
    ("flytui check ''", {"--format", "--fail-on", "--item"}),
    ("flytui check --format ''", {"text", "sarif", "github"}),
    ("flytui check --item ''", {"exposure", "secrets"}),
    ("flytui --app check ''", {"check", "demo"}),
    ("flytui --app x reviews ''", {"list", "show", "audit"}),
    ("flytui reviews show ''", {"--format", "--app"}),
    ("flytui demo --scenario ''", {"storefront"}),
    ("flytui config ''", {"show", "path", "init", "schema"}),
    ("flytui completion ''", {"bash", "zsh", "fish"}),
]


def run(shell: str, text: str) -> set[str]:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell} here")
    done = subprocess.run(
        [program, "-c", text], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stderr == ""
    return set(done.stdout.split())


@pytest.mark.parametrize(("words", "offered"), OFFERED)
def test_bash_offers_what_may_follow(words: str, offered: set[str]) -> None:
    assert offered <= run("bash", BASH.format(script=script("bash", EVERY), words=words))


@pytest.mark.parametrize(("words", "offered"), OFFERED)
def test_zsh_offers_what_may_follow(words: str, offered: set[str]) -> None:
    assert offered <= run("zsh", ZSH.format(script=script("zsh", EVERY), words=words))


@pytest.mark.parametrize(("words", "offered"), OFFERED)
def test_fish_offers_what_may_follow(words: str, offered: set[str]) -> None:
    line = words.removesuffix("''")
    said = run("fish", FISH.format(script=script("fish", EVERY), line=line))
    assert {word for word in offered if not word.startswith("-")} <= said


def test_bash_goes_on_with_what_was_begun() -> None:
    said = run("bash", BASH.format(script=script("bash", EVERY), words="flytui che"))
    assert said == {"check", "checklist"}


def test_bash_offers_files_where_a_file_is_asked_for_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "earlier.json").touch()
    monkeypatch.chdir(tmp_path)
    text = script("bash", EVERY)
    for words, offered in (("check --baseline ''", {"earlier.json"}), ("-a ''", set())):
        assert run("bash", BASH.format(script=text, words=f"flytui {words}")) == offered
    # What bash itself would offer, where nothing is found.
    assert "-o default" not in text


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_no_file_is_offered_as_an_app(shell: str) -> None:
    text = script(shell, EVERY)
    if shell == "fish":
        assert run("fish", FISH.format(script=text, line="flytui -a ")) == set()
    else:
        assert "FILES" not in run("zsh", ZSH.format(script=text, words="flytui -a ''"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_word_of_the_command_line_is_in_the_script(shell: str) -> None:
    text = script(shell, EVERY)
    for command in EVERY:
        assert command.at in text
        for option in command.options:
            assert all(flag.lstrip("-") in text for flag in option.flags)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_items_sections_and_scenarios_there_are_stand_in_it(shell: str) -> None:
    out = io.StringIO()
    assert tell(shell, Streams(out, io.StringIO())) == ExitCode.DONE
    for word in ("multiple-machines", "networking", "silent-region", "github"):
        assert word in out.getvalue()
