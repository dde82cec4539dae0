"""What names mean at one place of a workflow, and under which conditions it is reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flytui.repo.expressions import UNKNOWN, Lookup, Value, holds, interpolate
from flytui.repo.triggers import Event

NO_EVENT = Event({})


@dataclass(frozen=True, slots=True)
class Scope:
    """Environment, inputs and matrix values, as written in the files."""

    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    inputs: Mapping[str, Value] = field(default_factory=dict, repr=False)
    matrix: Mapping[str, Value] = field(default_factory=dict)

    def with_env(self, more: object) -> "Scope":
        """The scope with another `env` table laid over it."""
        return replace(self, env={**self.env, **strings(more)})

    def lookup(self, event: Event = NO_EVENT) -> Lookup:
        """Values by dotted path; those only a run can know are unknown."""

        def find(path: str) -> Value:
            context, _, name = path.partition(".")
            if path.startswith("github.event.inputs."):
                context, name = "inputs", path.removeprefix("github.event.inputs.")
            tables: dict[str, Mapping[str, Value]] = {
                "env": {key.lower(): value for key, value in self.env.items()},
                "inputs": self.inputs,
                "matrix": self.matrix,
            }
            if context in tables:
                return tables[context].get(name, UNKNOWN)
            return event.lookup(path)

        return find

    def text(self, written: str) -> str:
        """The text with every expression replaced whose value stands in the files."""
        return interpolate(written, self.lookup())

    def variables(self) -> dict[str, str]:
        """The environment a shell would see."""
        return {name: self.text(value) for name, value in self.env.items()}


@dataclass(frozen=True, slots=True)
class Condition:
    """One `if`, with the scope its names are taken from."""

    written: object
    scope: Scope

    def holds(self, event: Event) -> bool | None:
        return holds(self.written, self.scope.lookup(event))

    @property
    def ignores_others(self) -> bool:
        """It holds although a job this one needs was skipped."""
        text = str(self.written).lower()
        return "always()" in text or "cancelled()" in text or "failure()" in text


def reached(conditions: tuple[Condition, ...], event: Event) -> bool:
    """Whether nothing is known to keep the event from getting here."""
    return all(condition.holds(event) is not False for condition in conditions)


def strings(table: object) -> dict[str, str]:
    """A table's plain values as text; `true` and numbers as YAML writes them."""
    if not isinstance(table, Mapping):
        return {}
    return {str(key): _string(value) for key, value in table.items() if not _is_nested(value)}


def values(table: object) -> dict[str, Value]:
    """A table's plain values by lower-case name."""
    if not isinstance(table, Mapping):
        return {}
    return {str(k).lower(): _value(v) for k, v in table.items() if not _is_nested(v)}


def _is_nested(value: object) -> bool:
    return isinstance(value, Mapping | list)


def _string(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > 1024:
            return ""
    return str(value)


def _value(value: Any) -> Value:
    return value if isinstance(value, bool) else _string(value)
