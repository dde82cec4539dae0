"""Changes to a TOML file as data: in which table, which key, what value."""

from dataclasses import dataclass
from typing import TypeAlias

Plain: TypeAlias = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table to be written as it stands; its tables within come last."""

    pairs: "tuple[tuple[str, Plain | Row], ...]"


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name from the top, made where it is missing; the top itself by default."""

    path: tuple[str, ...] = ()
    existing: bool = False
    """Only where it is there already: alone, the key would mean something else."""


@dataclass(frozen=True, slots=True)
class ServiceOf:
    """The services of a process group: `[http_service]` and those of `[[services]]`.

    With a port, only those that listen there.
    """

    group: str
    port: int | None = None


Where: TypeAlias = Table | ServiceOf


@dataclass(frozen=True, slots=True)
class Put:
    """Give a key this value; a longer key names tables within."""

    where: Where
    key: tuple[str, ...]
    value: Plain


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a key away, where it is."""

    where: Where
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Append:
    """One more `[[table]]`, unless the same stands there already."""

    where: Where
    array: str
    """`http_checks` of a service is `checks` in `[http_service]`, as flyctl has it."""
    row: Row


@dataclass(frozen=True, slots=True)
class Resize:
    """The `[[vm]]` of one process group, and of no other, gets this size."""

    group: str
    size: str
    memory: str


Operation: TypeAlias = Put | Drop | Append | Resize
