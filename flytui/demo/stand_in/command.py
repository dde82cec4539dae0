"""A command of the stand-in: its words, flags and arguments, and what it is given to run with."""

import json
import os
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from flytui.demo.stand_in.flags import APP, CONFIG, EVERYWHERE, Flag, Parsed, UsageError, truth
from flytui.demo.stand_in.wire import Failure, Wire

_NO_APP = (
    "the config for your app is missing an app name, add an app field to the fly.toml file "
    "or specify with the -a flag"
)


@dataclass(frozen=True)
class Invocation:
    """One run of a command."""

    parsed: Parsed
    environment: Mapping[str, str]
    folder: Path

    @cached_property
    def wire(self) -> Wire:
        """Made when first needed: `fly version` speaks to nobody."""
        return Wire(self.environment)

    @property
    def arguments(self) -> list[str]:
        return self.parsed.arguments

    def text(self, name: str, default: str = "") -> str:
        """The flag's last value."""
        return self.parsed.values.get(name, [default])[-1]

    def given(self, name: str) -> bool:
        return name in self.parsed.values

    def switch(self, name: str) -> bool:
        return truth(self.text(name, "false"))

    def number(self, name: str, default: int = 0) -> int:
        return int(self.text(name, str(default)))

    @property
    def json(self) -> bool:
        return self.switch("json")

    @property
    def app(self) -> str:
        """From `-a`, FLY_APP or the configuration file, in this order."""
        name = self.text("app") or self.environment.get("FLY_APP", "") or self._configured()
        if not name:
            raise Failure(_NO_APP)
        return name

    @property
    def organization(self) -> str:
        """FLY_ORG counts even against a slug in the arguments: so it does with fly."""
        slug = self.text("org") or self.environment.get("FLY_ORG", "")
        return slug or self.environment.get("FLY_ORGANIZATION", "")

    def _configured(self) -> str:
        path = Path(self.text("config") or self.folder / "fly.toml")
        path = path / "fly.toml" if path.is_dir() else path
        if not path.is_file():
            return ""
        try:
            return str(tomllib.loads(path.read_text("utf-8")).get("app", ""))
        except tomllib.TOMLDecodeError as error:
            raise Failure(f"failed loading app config from {path}: {error}") from error

    def confirm(self, hint: str = "prompt: non interactive") -> None:
        """Needs `--yes`: nobody can answer a question here."""
        if not self.switch("yes"):
            raise Failure(hint)


@dataclass(frozen=True)
class Command:
    words: tuple[str, ...]
    run: Callable[[Invocation], None]
    about: str
    flags: tuple[Flag, ...] = ()
    least: int = 0
    most: int | None = None
    aliases: tuple[str, ...] = field(default=())
    """Other spellings of the last word."""

    @property
    def name(self) -> str:
        return " ".join(self.words)

    @property
    def all_flags(self) -> tuple[Flag, ...]:
        return self.flags + EVERYWHERE

    def check(self, arguments: Sequence[str]) -> None:
        """Raises `UsageError`, in fly's words, for too few or too many arguments."""
        count = len(arguments)
        if self.most is None:
            if count < self.least:
                raise UsageError(f"requires at least {self.least} arg(s), only received {count}")
        elif self.most == 0 and count:
            raise UsageError(f'unknown command "{arguments[0]}" for "fly {self.name}"')
        elif self.least == self.most and count != self.most:
            raise UsageError(f"accepts {self.most} arg(s), received {count}")
        elif not self.least <= count <= self.most:
            raise UsageError(
                f"accepts between {self.least} and {self.most} arg(s), received {count}"
            )


OF_APP = (APP, CONFIG)


def say(*words: object) -> None:
    """A line on standard output."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")


def warn(*words: object) -> None:
    sys.stderr.write(" ".join(str(word) for word in words) + "\n")


def say_json(value: Any) -> None:
    say(json.dumps(value, indent=4, ensure_ascii=False))


def table(title: str, rows: Sequence[Sequence[object]], *columns: str) -> None:
    """Rows under their column names, as wide as they need."""
    if title:
        say(title)
    cells = [[str(cell) for cell in row] for row in (columns, *rows)] if columns else []
    cells = cells or [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))] if cells else []
    for number, row in enumerate(cells):
        shown = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        say(" │ ".join(shown).rstrip())
        if number == 0 and columns:
            say("─┼─".join("─" * width for width in widths))
    say()


def piped() -> bool:
    """Whether something other than a person is on standard input."""
    return not os.isatty(sys.stdin.fileno())
