"""What a PromQL expression is made of."""

from dataclasses import dataclass
from typing import TypeAlias


class Unsupported(Exception):  # noqa: N818 - not a fault of anybody's: a limit of the demo
    """A form of PromQL, or a function, that the demo does not know."""


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Text:
    """An argument in quotes."""

    value: str


@dataclass(frozen=True)
class Matcher:
    label: str
    operator: str
    """`=`, `!=`, `=~` or `!~`."""
    value: str


@dataclass(frozen=True)
class Selector:
    metric: str
    """Empty: any metric."""
    matchers: tuple[Matcher, ...] = ()


@dataclass(frozen=True)
class Window:
    """A range of time over a selector, or a subquery over any expression."""

    inner: "Expression"
    seconds: float
    step: float | None = None


@dataclass(frozen=True)
class Function:
    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True)
class Aggregation:
    name: str
    inner: "Expression"
    by: tuple[str, ...] | None = None
    without: bool = False
    parameter: float | None = None
    """How many, for `topk` and `bottomk`."""


@dataclass(frozen=True)
class Operation:
    operator: str
    left: "Expression"
    right: "Expression"


Expression: TypeAlias = Number | Text | Selector | Window | Function | Aggregation | Operation
