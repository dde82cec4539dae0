"""Operations made definite for one document: each a path and what becomes of it there."""

import copy
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from flytui.edits.operations import (
    Append,
    Drop,
    Operation,
    Plain,
    Put,
    Resize,
    Row,
    ServiceOf,
    Table,
    Where,
)
from flytui.repo.config import local_config
from flytui.repo.shapes import words
from flytui.text import one_line

Path: TypeAlias = tuple[str | int, ...]
"""Keys from the top; a number is a place in an array of tables."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_VMS = ("vm", "compute", "computes")
_SIZE_KEYS = ("cpu_kind", "cpus", "memory_mb")


class Refused(Exception):  # noqa: N818 - it names what became of the edit, for a person
    """The edit is not made; the message is one sentence that says why, fit to be shown."""

    def __init__(self, sentence: str) -> None:
        super().__init__(one_line(sentence))


@dataclass(frozen=True, slots=True)
class Set:
    path: Path
    value: Plain


@dataclass(frozen=True, slots=True)
class Remove:
    path: Path


@dataclass(frozen=True, slots=True)
class Add:
    """One more table at the end of the array at `path`."""

    path: Path
    row: Row


Change: TypeAlias = Set | Remove | Add


def changes(operation: Operation, content: Mapping[str, Any]) -> tuple[Change, ...]:
    """What the operation means here; nothing when all is as it asks. Raises `Refused`."""
    match operation:
        case Put(where, key, value):
            found: Iterable[Change] = (Set((*at, *key), value) for at in _places(where, content))
        case Drop(where, key):
            found = (Remove((*at, *key)) for at in _places(where, content))
        case Append(where, array, row):
            found = (Add((*at, _array(at, array)), row) for at in _places(where, content))
        case Resize():
            found = _resize(operation, content)
        case _:
            assert_never(operation)
    return tuple(change for change in found if not done(change, content))


def done(change: Change, content: Mapping[str, Any]) -> bool:
    """Whether the document already is as the change would make it."""
    there = at(content, change.path)
    match change:
        case Set(_, value):
            return there == unfrozen(value) and type(there) is type(unfrozen(value))
        case Remove():
            return there is None
        case Add(_, row):
            return isinstance(there, list) and unfrozen(row) in there
        case _:
            assert_never(change)


def at(content: Any, path: Path) -> Any:
    """What stands at the path; None where nothing does."""
    for key in path:
        if isinstance(content, Mapping):
            content = content.get(key)
        elif isinstance(content, list) and isinstance(key, int) and key < len(content):
            content = content[key]
        else:
            return None
    return content


def changed(content: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """The document's content after the change, told without its text."""
    result: dict[str, Any] = copy.deepcopy(dict(content))
    holder: Any = result
    for key in change.path[:-1]:
        if isinstance(key, int) and isinstance(holder, list):
            holder = holder[key]
        elif isinstance(key, str) and isinstance(holder, dict):
            holder = holder.setdefault(key, {})
        else:
            raise Refused(f"{dotted(change.path)} is not in a table of its own.")
    if not isinstance(holder, dict):
        raise Refused(f"{dotted(change.path)} is not in a table of its own.")
    last = change.path[-1]
    match change:
        case Set(_, value):
            holder[last] = unfrozen(value)
        case Remove():
            del holder[last]
        case Add(_, row):
            array = holder.setdefault(last, [])
            if not isinstance(array, list):
                raise Refused(f"{dotted(change.path)} is one table, not a list of them.")
            array.append(unfrozen(row))
    return result


def unfrozen(value: Plain | Row) -> Any:
    """The value as a parser of TOML gives it."""
    match value:
        case Row(pairs):
            return {key: unfrozen(inner) for key, inner in pairs}
        case tuple():
            return list(value)
        case _:
            return value


def _array(where: Path, name: str) -> str:
    return "checks" if where == ("http_service",) and name == "http_checks" else name


def _places(where: Where, content: Mapping[str, Any]) -> tuple[Path, ...]:
    match where:
        case Table(path, existing):
            if existing and at(content, path) is None:
                raise Refused(f"The file has no [{dotted(path)}].")
            return (path,)
        case ServiceOf(group, port):
            found = tuple(_services(group, port, content))
            if not found:
                raise Refused(f"The file describes no service of {group} to change.")
            return found
        case _:
            assert_never(where)


def _services(group: str, port: int | None, content: Mapping[str, Any]) -> Iterator[Path]:
    for path, service in (*_tables(content, "http_service"), *_tables(content, "services")):
        if _concerns(content, group, service) and port in {None, service.get("internal_port")}:
            if len(words(service.get("processes"))) > 1:
                raise Refused(f"A service of {group} serves other process groups as well.")
            yield path


def _tables(content: Mapping[str, Any], key: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    match content.get(key):
        case Mapping() as table:
            yield (key,), table
        case list() as tables:
            yield from (((key, n), t) for n, t in enumerate(tables) if isinstance(t, Mapping) and t)


def _concerns(content: Mapping[str, Any], group: str, section: Mapping[str, Any]) -> bool:
    """Whether the section is the group's: it names it, or names none and it is the default."""
    named = words(section.get("processes"))
    groups = local_config("fly.toml", content).process_groups
    default = "app" if "app" in groups else min(groups)
    return group in named if named else group == default


def _resize(wanted: Resize, content: Mapping[str, Any]) -> Iterator[Change]:
    sections = [found for key in _VMS for found in _tables(content, key)]
    named = [found for found in sections if wanted.group in words(found[1].get("processes"))]
    general = [found for found in sections if not words(found[1].get("processes"))]
    groups = local_config("fly.toml", content).process_groups
    if not named and (not general or groups != (wanted.group,)):
        yield from _own_vm(wanted, [table for _, table in general])
        return
    path, table = (named or general)[0]
    if len(words(table.get("processes"))) > 1:
        raise Refused(f"The [[vm]] of {wanted.group} is for other process groups as well.")
    yield Set((*path, "size"), wanted.size)
    yield Set((*path, "memory"), wanted.memory)
    yield from (Remove((*path, key)) for key in _SIZE_KEYS)


def _own_vm(wanted: Resize, general: list[Mapping[str, Any]]) -> Iterator[Change]:
    """A section of the group's own, where the general one says nothing it would lose."""
    others = {key for table in general for key in table} - {"size", "memory", *_SIZE_KEYS}
    if others:
        raise Refused(f"The [[vm]] for all process groups also sets {', '.join(sorted(others))}.")
    size, memory = ("size", wanted.size), ("memory", wanted.memory)
    yield Add(("vm",), Row((size, memory, ("processes", (wanted.group,)))))


def dotted(path: Path) -> str:
    """The keys as TOML writes them in a row; places in arrays are not named."""
    keys = (key for key in path if isinstance(key, str))
    return ".".join(k if _BARE.fullmatch(k) else json.dumps(k, ensure_ascii=False) for k in keys)
