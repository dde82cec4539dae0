"""What a PromQL expression gives at a moment, over a list of series."""

import math
import operator
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import TypeAlias, assert_never

from flytui.demo.rest.promql.series import (
    Labels,
    Sample,
    increase_in,
    labels_of,
    nameless,
    select,
    value_at,
    values_in,
)
from flytui.demo.rest.promql.syntax import (
    Aggregation,
    Expression,
    Function,
    Number,
    Operation,
    Selector,
    Text,
    Unsupported,
    Window,
)
from flytui.demo.state import Series

Value: TypeAlias = float | list[Sample]

_OVER_TIME: dict[str, Callable[[Sequence[float]], float]] = {
    "max_over_time": max,
    "min_over_time": min,
    "avg_over_time": fmean,
    "sum_over_time": math.fsum,
    "count_over_time": lambda values: float(len(values)),
    "last_over_time": lambda values: values[0],
}
_FOLDS: dict[str, Callable[[Sequence[float]], float]] = {
    "sum": math.fsum,
    "min": min,
    "max": max,
    "avg": fmean,
    "count": lambda values: float(len(values)),
}
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: left / right if right else math.nan,
}
_COMPARISON: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


@dataclass(frozen=True)
class Evaluation:
    """The series, looked at so many seconds ago."""

    series: tuple[Series, ...]
    age: float = 0.0
    chosen: dict[Selector, list[Series]] = field(default_factory=dict, compare=False)
    """What each selector was found to name."""

    def at(self, age: float) -> "Evaluation":
        """The same series, looked at another time."""
        return Evaluation(self.series, age, self.chosen)

    def _select(self, selector: Selector) -> list[Series]:
        if selector not in self.chosen:
            self.chosen[selector] = select(self.series, selector)
        return self.chosen[selector]

    def of(self, expression: Expression) -> Value:
        match expression:
            case Number(value):
                return value
            case Selector():
                return [
                    Sample(labels_of(one), value_at(one, self.age))
                    for one in self._select(expression)
                ]
            case Window() | Text():
                raise Unsupported("a range or a text is no value by itself")
            case Function():
                return self._function(expression)
            case Aggregation():
                return _aggregate(expression, self.vector(expression.inner))
            case Operation(sign, left, right):
                return _operate(sign, self.of(left), self.of(right))
            case _:
                assert_never(expression)

    def vector(self, expression: Expression) -> list[Sample]:
        value = self.of(expression)
        if isinstance(value, float):
            raise Unsupported("a number where series are needed")
        return value

    def _function(self, function: Function) -> list[Sample]:
        match function:
            case Function("increase" | "rate" as name, (Window(Selector() as chosen, seconds),)):
                return [
                    Sample(
                        nameless(labels_of(one)),
                        increase_in(one, self.age, seconds) / (seconds if name == "rate" else 1),
                    )
                    for one in self._select(chosen)
                ]
            case Function("label_replace", (inner, Text(label), Text(to), Text(of), Text(pattern))):
                return [_relabelled(s, label, to, of, pattern) for s in self.vector(inner)]
            case Function("histogram_quantile", (Number(share), inner)):
                return _quantiles(share, self.vector(inner))
            case Function(name, (Window() as window,)) if name in _OVER_TIME:
                fold = _OVER_TIME[name]
                past = self._past(window)
                return [Sample(nameless(labels), fold(values)) for labels, values in past.items()]
            case _:
                raise Unsupported(function.name)

    def _past(self, window: Window) -> dict[Labels, list[float]]:
        """Every value of the window, newest first, by its labels."""
        if isinstance(window.inner, Selector) and window.step is None:
            chosen = self._select(window.inner)
            return {labels_of(one): values_in(one, self.age, window.seconds) for one in chosen}
        step = window.step or 60.0
        found: dict[Labels, list[float]] = defaultdict(list)
        reach = max((len(one.past) * one.minutes for one in self.series), default=0) * 60
        for count in range(int(min(window.seconds, reach) // step) + 1):
            then = self.at(self.age + count * step)
            for sample in then.vector(window.inner):
                found[sample.labels].append(sample.value)
        return found


def _aggregate(wanted: Aggregation, samples: list[Sample]) -> list[Sample]:
    groups: dict[Labels, list[Sample]] = defaultdict(list)
    for sample in samples:
        groups[_group(wanted, sample.labels)].append(sample)
    if wanted.name in {"topk", "bottomk"}:
        count, most = int(wanted.parameter or 0), wanted.name == "topk"
        return [
            sample
            for members in groups.values()
            for sample in sorted(members, key=lambda one: one.value, reverse=most)[:count]
        ]
    fold = _FOLDS[wanted.name]
    return [
        Sample(labels, fold([member.value for member in members]))
        for labels, members in groups.items()
    ]


def _group(wanted: Aggregation, labels: Labels) -> Labels:
    named = set(wanted.by or ())
    if wanted.without:
        return frozenset(pair for pair in nameless(labels) if pair[0] not in named)
    return frozenset(pair for pair in labels if pair[0] in named)


def _relabelled(sample: Sample, label: str, to: str, of: str, pattern: str) -> Sample:
    """The sample with the label set, where the whole of another label fits the pattern."""
    found = re.fullmatch(pattern, sample.label(of))
    if found is None:
        return sample
    others = [pair for pair in sample.labels if pair[0] != label]
    value = found.expand(re.sub(r"\$(\d)", r"\\\1", to))
    return Sample(frozenset([*others, (label, value)]), sample.value)


def _either(left: Value, right: Value) -> list[Sample]:
    """All of the left, and of the right what has other labels."""
    if isinstance(left, float) or isinstance(right, float):
        raise Unsupported("or")
    known = {nameless(sample.labels) for sample in left}
    return [*left, *(sample for sample in right if nameless(sample.labels) not in known)]


def _operate(sign: str, left: Value, right: Value) -> Value:
    if sign == "or":
        return _either(left, right)
    match left, right:
        case float(), float():
            return _calculated(sign, left, right)
        case list(), float():
            return _kept(sign, [(sample, sample.value, right) for sample in left])
        case float(), list():
            return _kept(sign, [(sample, left, sample.value) for sample in right])
        case list(), list():
            known = {nameless(sample.labels): sample.value for sample in right}
            pairs = [(one, nameless(one.labels)) for one in left]
            return _kept(sign, [(one, one.value, known[key]) for one, key in pairs if key in known])
        case _:
            raise Unsupported(sign)


def _calculated(sign: str, left: float, right: float) -> float:
    if sign in _ARITHMETIC:
        return _ARITHMETIC[sign](left, right)
    return float(_COMPARISON[sign](left, right))


def _kept(sign: str, rows: list[tuple[Sample, float, float]]) -> list[Sample]:
    """Arithmetic loses the metric's name; a comparison keeps the samples for which it holds."""
    if sign in _COMPARISON:
        return [sample for sample, left, right in rows if _COMPARISON[sign](left, right)]
    count = _ARITHMETIC[sign]
    return [Sample(nameless(sample.labels), count(left, right)) for sample, left, right in rows]


def _quantiles(share: float, samples: list[Sample]) -> list[Sample]:
    """The quantile of each histogram, interpolated within its bucket."""
    histograms: dict[Labels, list[tuple[float, float]]] = defaultdict(list)
    for sample in samples:
        labels = frozenset(pair for pair in nameless(sample.labels) if pair[0] != "le")
        histograms[labels].append((float(sample.label("le") or "inf"), sample.value))
    return [
        Sample(labels, _quantile(share, sorted(buckets))) for labels, buckets in histograms.items()
    ]


def _quantile(share: float, buckets: list[tuple[float, float]]) -> float:
    total = buckets[-1][1]
    if not total:
        return math.nan
    floor, below = 0.0, 0.0
    for bound, count in buckets:
        if count >= share * total:
            if math.isinf(bound) or count == below:
                return floor
            return floor + (bound - floor) * (share * total - below) / (count - below)
        floor, below = bound, count
    return floor
