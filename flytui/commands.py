"""How `fly` behaves, command by command, as `commands.toml` has it: asked, never guessed."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a price was read, and when."""

    url: str
    read: date

    @property
    def words(self) -> str:
        """`fly.io/docs/about/pricing, 2026-08-07`."""
        return f"{self.url.removeprefix('https://').rstrip('/')}, {self.read.isoformat()}"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What one of `fly`'s commands does beside what it is run for."""

    words: tuple[str, ...]
    """Its words without `fly`, and the flags that make it another command."""
    asks: str
    """What it asks in a terminal; empty where it acts at once."""
    yes: bool
    """Whether it knows `--yes`."""
    undo: str
    cost: Decimal | None
    """Change of the monthly bill in US dollars; None where that depends."""
    cost_note: str
    price: Source
    changes: str
    visible: str
    """When another look shows the effect."""
    not_offered: str = ""
    """Why flytui does not run it, though it knows all of the above."""

    def fits(self, argv: tuple[str, ...]) -> bool:
        """Whether the command line is one of this command, flags in any place."""
        plain = tuple(word for word in self.words if not word.startswith("-"))
        given = {word.partition("=")[0] for word in argv}
        flags = {word for word in self.words if word.startswith("-")}
        return argv[1 : 1 + len(plain)] == plain and flags <= given


@dataclass(frozen=True, slots=True)
class Left:
    """A command of `fly` that flytui does not offer, and says nothing more about."""

    words: tuple[str, ...]
    not_offered: str


def behaviour(argv: tuple[str, ...]) -> Behaviour | None:
    """What is known of the command line's command; None for one that flytui does not know."""
    fitting = [one for one in catalogue()[0] if one.fits(argv)]
    return max(fitting, key=lambda one: len(one.words), default=None)


@cache
def catalogue() -> tuple[tuple[Behaviour, ...], tuple[Left, ...]]:
    """The commands that are described, and those that are left to people. Raises KeyError."""
    text = (files("flytui") / "commands.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    sources = {name: Source(**source) for name, source in document["sources"].items()}
    entries: list[dict[str, Any]] = document["command"]
    told = tuple(_behaviour(entry, sources) for entry in entries if "asks" in entry)
    left = tuple(
        Left(tuple(entry["words"].split()), entry["not_offered"])
        for entry in entries
        if "asks" not in entry
    )
    return told, left


def _behaviour(entry: dict[str, Any], sources: dict[str, Source]) -> Behaviour:
    cost = entry["cost"]
    return Behaviour(
        words=tuple(entry["words"].split()),
        asks=entry["asks"],
        yes=entry["yes"],
        undo=entry["undo"],
        cost=None if cost == "unknown" else Decimal(cost),
        cost_note=entry.get("cost_note", ""),
        price=sources[entry["price"]],
        changes=entry["changes"],
        visible=entry["visible"],
        not_offered=entry.get("not_offered", ""),
    )
