"""Flags as fly reads them: strict, in any order, unknown ones an error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal


class UsageError(Exception):
    """The command line itself is wrong: fly shows how the command is used and exits 1."""


@dataclass(frozen=True)
class Flag:
    name: str
    short: str = ""
    kind: Literal["text", "whole", "switch"] = "text"
    bare: str | None = None
    """What it means without a value; such a flag takes one only after `=`."""
    aliases: tuple[str, ...] = ()

    @property
    def lone(self) -> str | None:
        return "true" if self.kind == "switch" else self.bare


@dataclass
class Parsed:
    """What was given: positional arguments, and each flag's values in order."""

    arguments: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)

    def give(self, flag: Flag, value: str, spelled: str) -> None:
        self.values.setdefault(flag.name, []).append(_checked(flag, value, spelled))


def parse(tokens: Sequence[str], flags: Iterable[Flag]) -> Parsed:
    """Reads a command's own words; raises `UsageError` as fly's flag library words it."""
    long = {name: flag for flag in flags for name in (flag.name, *flag.aliases)}
    short = {flag.short: flag for flag in long.values() if flag.short}
    parsed, rest = Parsed(), list(tokens)
    while rest:
        token = rest.pop(0)
        if token == "--":  # noqa: S105 - the end of flags, no secret
            parsed.arguments += rest
            break
        if token.startswith("--"):
            _long(token, long, rest, parsed)
        elif token.startswith("-") and token != "-":  # noqa: S105 - a flag, no secret
            _short(token, short, rest, parsed)
        else:
            parsed.arguments.append(token)
    return parsed


def _long(token: str, known: dict[str, Flag], rest: list[str], parsed: Parsed) -> None:
    name, equals, value = token[2:].partition("=")
    flag = known.get(name)
    if flag is None:
        raise UsageError(f"unknown flag: --{name}")
    if equals:
        parsed.give(flag, value, f"--{name}")
    elif flag.lone is not None:
        parsed.give(flag, flag.lone, f"--{name}")
    elif rest:
        parsed.give(flag, rest.pop(0), f"--{name}")
    else:
        raise UsageError(f"flag needs an argument: --{name}")


def _short(token: str, known: dict[str, Flag], rest: list[str], parsed: Parsed) -> None:
    letters = token[1:]
    while letters:
        letter, letters = letters[0], letters[1:]
        flag = known.get(letter)
        if flag is None:
            raise UsageError(f"unknown shorthand flag: '{letter}' in {token}")
        spelled = f"-{letter}"
        if letters.startswith("="):
            parsed.give(flag, letters[1:], spelled)
            return
        if flag.lone is not None:
            parsed.give(flag, flag.lone, spelled)
            continue
        if not letters and not rest:
            raise UsageError(f"flag needs an argument: '{letter}' in {token}")
        parsed.give(flag, letters or rest.pop(0), spelled)
        return


def _checked(flag: Flag, value: str, spelled: str) -> str:
    """The value, if it is of the flag's kind."""
    if flag.kind == "whole" and not value.lstrip("+-").isdigit():
        kind = "strconv.ParseInt"
    elif flag.kind == "switch" and value.lower() not in _TRUTHS:
        kind = "strconv.ParseBool"
    else:
        return value
    raise UsageError(
        f'invalid argument "{value}" for "{spelled}" flag: {kind}: parsing "{value}": '
        "invalid syntax"
    )


_TRUE = {"1", "t", "true"}
_TRUTHS = _TRUE | {"0", "f", "false"}


def truth(value: str) -> bool:
    return value.lower() in _TRUE


APP = Flag("app", "a")
CONFIG = Flag("config", "c")
JSON = Flag("json", "j", "switch")
ORG = Flag("org", "o")
REGION = Flag("region", "r")
YES = Flag("yes", "y", "switch", aliases=("auto-confirm",))
EVERYWHERE = (
    Flag("access-token", "t"),
    Flag("verbose", kind="switch"),
    Flag("debug", kind="switch"),
    Flag("help", "h", "switch"),
)
