"""Every value in force with where it was said: a file's line, a variable, or nowhere."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from flytui.settings import precedence
from flytui.settings.declared import LongestDays, Policy, Thresholds, declared
from flytui.settings.document import Document, name_of
from flytui.settings.personal import DEFAULT_EVERY, personal


@dataclass(frozen=True, slots=True)
class Value:
    """One setting."""

    key: str
    value: Any
    """As JSON would have it; None: nobody said."""
    origin: str
    """A variable's name, `default`, `chosen on the screen`, `team` or `person`."""
    file: Path | None = None
    line: int | None = None

    @property
    def where(self) -> str:
        """The origin as a person looks it up."""
        return f"{self.file}:{self.line}" if self.file and self.line else self.origin


def values(
    mine: Document, ours: Document, state: Path, environ: Mapping[str, str]
) -> Iterator[Value]:
    """What the person's file and the team's say, with what goes before them. Raises SettingsError.

    Keys are not among them: which of them work, only the screen knows.
    """
    said = personal(mine)
    theme, origin = precedence.theme(said.theme, state, environ)
    yield _either(mine, "theme", theme, origin)
    editor, origin = precedence.editor(said.editor, environ)
    yield _either(mine, "editor", editor or None, origin)
    yield of_file(mine, "person", said.filter or None, "filter")
    every = DEFAULT_EVERY if said.refresh_every is None else said.refresh_every
    yield of_file(mine, "person", every, "refresh", "every")
    yield of_file(mine, "person", list(said.production.apps), "production", "apps")
    organizations = list(said.production.organizations)
    yield of_file(mine, "person", organizations, "production", "organizations")
    yield from _of_the_team(ours)


def _of_the_team(file: Document) -> Iterator[Value]:
    said = declared("", file)
    yield of_file(file, "team", said.read_only, "read_only")
    for app, table in file.values.get("apps", {}).items():
        for key, value in table.items():
            yield of_file(file, "team", value, "apps", app, key)
    yield from _policy(file, said.policy)
    for each in fields(Thresholds):
        yield of_file(file, "team", getattr(said.thresholds, each.name), "thresholds", each.name)


def _policy(file: Document, policy: Policy) -> Iterator[Value]:
    for each in fields(LongestDays):
        days = getattr(policy.longest_days, each.name)
        yield of_file(file, "team", days, "policy", "longest_days", each.name)
    items: tuple[tuple[str, Collection[str]], ...] = (
        ("two_reviewers", policy.two_reviewers),
        ("never_waive", policy.never_waive),
    )
    for key, ids in items:
        yield of_file(file, "team", sorted(ids), "policy", key)


def of_file(file: Document, whose: str, value: Any, *keys: str) -> Value:
    """The value with the line on which the file says it, or the default where it does not."""
    line = file.line(*keys)
    if line is None:
        return Value(name_of(*keys), value, precedence.DEFAULT)
    return Value(name_of(*keys), value, whose, file.path, line)


def _either(file: Document, key: str, value: Any, origin: str) -> Value:
    """Said by the person's file, or by what goes before it."""
    if origin == precedence.FILE:
        return of_file(file, "person", value, key)
    return Value(key, value, origin)
