"""Several queries as one, and the one answer as a share for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flytui.fly.document import Document


@dataclass(frozen=True, slots=True)
class Data:
    """The `data` a query would have been answered alone."""

    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Denied:
    """An entry of `errors` that names the query."""

    error: object


@dataclass(frozen=True, slots=True)
class Open:
    """The answer leaves open what became of the query: it has to be asked again alone."""


Share: TypeAlias = Data | Denied | Open


def combined(queries: Sequence[Document]) -> tuple[Document, tuple[str, ...]]:
    """One query of all these, and the alias of each in it."""
    aliases = tuple(f"{query.name}_{place}" for place, query in enumerate(queries))
    pairs = list(zip(aliases, queries, strict=True))
    variables = tuple(
        (f"{alias}_{name}", kind) for alias, query in pairs for name, kind in query.variables
    )
    declared = ", ".join(f"${name}: {kind}" for name, kind in variables)
    head = f"query Together({declared})" if declared else "query Together"
    fields = "\n".join(query.aliased(alias) for alias, query in pairs)
    return Document("Together", f"{head} {{\n{fields}\n}}", variables), aliases


def shares(answer: object, aliases: Sequence[str], queries: Sequence[Document]) -> list[Share]:
    """What each query got. An error that names none of them may be about any of them."""
    whole = answer if isinstance(answer, dict) else {}
    named: dict[str | None, object] = {}
    for error in errors_of(whole):
        named.setdefault(_named(error, aliases), error)
    data = whole.get("data")
    certain = data if isinstance(data, dict) and None not in named else {}
    pairs = zip(aliases, queries, strict=True)
    return [_share(alias, query, named, certain) for alias, query in pairs]


def errors_of(answer: dict[str, Any]) -> list[object]:
    """The entries of `errors`; something else in their place is one."""
    found = answer.get("errors")
    return found if isinstance(found, list) else [found] if found else []


def _named(error: object, aliases: Sequence[str]) -> str | None:
    """The alias the error's path starts with; in a query that is not valid, after its own name."""
    path = error.get("path") if isinstance(error, dict) else None
    start = path[:2] if isinstance(path, list) else []
    return next((step for step in start if isinstance(step, str) and step in aliases), None)


def _share(
    alias: str, query: Document, named: dict[str | None, object], data: dict[str, Any]
) -> Share:
    if alias in named:
        return Denied(named[alias])
    return Data({query.root: data[alias]}) if alias in data else Open()
