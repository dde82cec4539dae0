"""The world's series as samples in time, counted back from now."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flytui.demo.rest.promql.syntax import Matcher, Selector
from flytui.demo.state import Series

Labels = frozenset[tuple[str, str]]
_MINUTE = 60.0


@dataclass(frozen=True)
class Sample:
    """A value with its labels; `__name__` is among them while it means anything."""

    labels: Labels
    value: float

    def label(self, name: str) -> str:
        return dict(self.labels).get(name, "")


def labels_of(series: Series) -> Labels:
    return frozenset({"__name__": series.metric, **series.labels}.items())


def nameless(labels: Labels) -> Labels:
    return frozenset(pair for pair in labels if pair[0] != "__name__")


def select(series: Iterable[Series], selector: Selector) -> list[Series]:
    """The series a selector names."""
    return [
        one
        for one in series
        if selector.metric in {"", one.metric}
        and all(_matches(one, matcher) for matcher in selector.matchers)
    ]


def value_at(series: Series, age: float) -> float:
    """The value so many seconds ago; before the oldest known, it was that one."""
    step = int(age // (_MINUTE * series.minutes))
    if step <= 0 or not series.past:
        return float(series.value)
    return float(series.past[min(step, len(series.past)) - 1])


def values_in(series: Series, age: float, seconds: float) -> list[float]:
    """Every value of a window that ends so many seconds ago, newest first."""
    apart = _MINUTE * series.minutes
    steps = min(int(seconds // apart), len(series.past)) + 1
    return [value_at(series, age + step * apart) for step in range(steps)]


def increase_in(series: Series, age: float, seconds: float) -> float:
    """How much a counter grew; one without a past began at zero inside the window."""
    values = values_in(series, age, seconds)
    return values[0] - values[-1] if series.past else float(series.value)


def _matches(series: Series, matcher: Matcher) -> bool:
    named = matcher.label == "__name__"
    actual = series.metric if named else series.labels.get(matcher.label, "")
    match matcher.operator:
        case "=":
            return actual == matcher.value
        case "!=":
            return actual != matcher.value
        case "=~":
            return re.fullmatch(matcher.value, actual) is not None
        case _:
            return re.fullmatch(matcher.value, actual) is None
