"""What a shell offers after `flytui`: read off the parser, so that it cannot fall behind it."""

from argparse import Action, _SubParsersAction
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Option:
    """One option with its spellings."""

    flags: tuple[str, ...]
    about: str
    takes: bool
    """Whether a value follows."""
    values: tuple[str, ...] = ()
    files: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One command of one or two words; the first of all has none."""

    at: str
    """Its words, with a slash before each."""
    options: tuple[Option, ...]
    below: tuple[tuple[str, str], ...]
    """The words that may follow, and what each is about."""


Known = Mapping[str, tuple[str, ...]]
"""What can be said where the parser takes any text, by the name of the argument."""


class Filled(Protocol):
    """A parser that can be asked for its arguments without being given any."""

    def filled(self) -> list[Action]: ...


def commands(parser: Filled, known: Known, at: str = "") -> Iterator[Command]:
    """The command, and every one below it."""
    actions = parser.filled()
    options = tuple(_option(a, known) for a in actions if a.option_strings)
    below: list[tuple[str, str]] = []
    for action in actions:
        if isinstance(action, _SubParsersAction):
            below += [(each.dest, each.help or "") for each in action._get_subactions()]  # noqa: SLF001 (argparse tells them nowhere else)
            for name, sub in action.choices.items():
                yield from commands(sub, known, f"{at}/{name}")
        elif not action.option_strings:
            below += [(word, action.help or "") for word in _values(action, known)]
    yield Command(at, options, tuple(below))


def _option(action: Action, known: Known) -> Option:
    takes = action.nargs != 0
    files = takes and action.type is Path
    values = _values(action, known) if takes else ()
    return Option(tuple(action.option_strings), action.help or "", takes, values, files)


def _values(action: Action, known: Known) -> tuple[str, ...]:
    return tuple(map(str, action.choices)) if action.choices else known.get(action.dest, ())


def script(shell: str, every: tuple[Command, ...]) -> str:
    """The shell's own words for all of it."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](every)


_BASH_FILES = (
    "local IFS=$'\\n'; compopt -o filenames 2> /dev/null; "
    'COMPREPLY=( $(compgen -f -- "${COMP_WORDS[COMP_CWORD]}") ); return'
)


def _bash(every: tuple[Command, ...]) -> str:
    lines = [
        "_flytui() {",
        "    local at= words= word i",
        *_walk(every, "COMP_WORDS", "COMP_CWORD"),
    ]
    lines.append('    case "$at:${COMP_WORDS[COMP_CWORD-1]}" in')
    for command, option in _valued(every):
        asked = "|".join(f'"{command.at}:{flag}"' for flag in option.flags)
        taken = _BASH_FILES if option.files else f'words="{" ".join(option.values)}"; at=-'
        lines.append(f"        {asked}) {taken} ;;")
    lines += ["    esac", '    case "$at" in']
    for command in every:
        words = [word for word, _ in command.below]
        words += [flag for option in command.options for flag in option.flags]
        lines.append(f'        "{command.at}") words="{" ".join(words)}" ;;')
    lines += [
        "    esac",
        '    COMPREPLY=( $(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}") )',
        "}",
        "complete -F _flytui flytui",
    ]
    return "\n".join(lines) + "\n"


def _zsh(every: tuple[Command, ...]) -> str:
    lines = ["#compdef flytui", "_flytui() {", "    local at= word i", "    local -a found"]
    lines += [*_walk(every, "words", "CURRENT", first=2)]
    lines.append('    case "$at:${words[CURRENT-1]}" in')
    for command, option in _valued(every):
        asked = "|".join(f'"{command.at}:{flag}"' for flag in option.flags)
        offer = "_files" if option.files else f"compadd -- {' '.join(option.values)}"
        lines.append(f"        {asked}) {offer}; return ;;")
    lines += ["    esac", '    case "$at" in']
    for command in every:
        lines.append(f'        "{command.at}") found=(')
        for word, about in _offered(command):
            lines.append(f"            {_quoted(word.replace(':', chr(92) + ':') + ':' + about)}")
        lines.append("        ) ;;")
    lines += ["    esac", "    _describe flytui found", "}", "compdef _flytui flytui"]
    return "\n".join(lines) + "\n"


def _walk(every: tuple[Command, ...], words: str, current: str, first: int = 1) -> Iterator[str]:
    """Which command the words before the current one name; an option's value names none."""
    skipped = "|".join(
        f'"{command.at}:{flag}"' for command, option in _valued(every) for flag in option.flags
    )
    named = "|".join(f'"{command.at}"' for command in every if command.at)
    yield f"    for ((i = {first}; i < {current}; i++)); do"
    yield f'        word="${{{words}[i]}}"'
    yield f'        case "$at:${{{words}[i-1]}}" in {skipped}) continue ;; esac'
    yield f'        case "$at/$word" in {named}) at="$at/$word" ;; esac'
    yield "    done"


def _fish(every: tuple[Command, ...]) -> str:
    named = " ".join(_quoted(command.at) for command in every if command.at)
    skipped = " ".join(
        _quoted(f"{command.at}:{flag}")
        for command, option in _valued(every)
        for flag in option.flags
    )
    lines = [
        "function __flytui_at",
        "    set -l at",
        "    set -l last",
        "    for word in (commandline -opc)[2..-1]",
        '        if contains -- "$at:$last" ' + skipped,
        "            set last",
        "            continue",
        '        else if contains -- "$at/$word" ' + named,
        '            set at "$at/$word"',
        "        end",
        "        set last $word",
        "    end",
        '    test "$at" = "$argv[1]"',
        "end",
        "complete -c flytui -f",
    ]
    for command in every:
        here = f"complete -c flytui -n {_quoted(f'__flytui_at {chr(34)}{command.at}{chr(34)}')}"
        lines += [f"{here} -a {_quoted(word)} -d {_quoted(about)}" for word, about in command.below]
        for option in command.options:
            flags = " ".join(
                f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"
                for flag in option.flags
            )
            takes = " -r -F" if option.files else " -x" if option.takes else ""
            values = f" -a {_quoted(' '.join(option.values))}" if option.values else ""
            lines.append(f"{here} {flags}{takes}{values} -d {_quoted(option.about)}")
    return "\n".join(lines) + "\n"


def _valued(every: tuple[Command, ...]) -> Iterator[tuple[Command, Option]]:
    for command in every:
        for option in command.options:
            if option.takes:
                yield command, option


def _offered(command: Command) -> Iterator[tuple[str, str]]:
    yield from command.below
    for option in command.options:
        yield from ((flag, option.about) for flag in option.flags)


def _quoted(text: str) -> str:
    """As a word of each of the shells, on one line."""
    return "'" + " ".join(text.split()).replace("'", "’") + "'"
