"""Prometheus answers as samples, tracks and names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flytui.fly import failures, models, parse
from flytui.fly.call import Call

if TYPE_CHECKING:
    from flytui.fly.models import Sample, Track


def samples(call: Call, body: bytes) -> tuple[Sample, ...]:
    """The vector's finite values. NaN and infinity, which say nothing, are left out."""
    result = parse.one(call, models.wire.Vector, body).data.result
    read = ((one.metric, _number(call, index, one.value)) for index, one in enumerate(result))
    return tuple(
        models.Sample(labels=labels, value=value) for labels, value in read if _finite(value)
    )


def tracks(call: Call, body: bytes) -> tuple[Track, ...]:
    """The series' finite values, oldest first; a series without any is left out."""
    result = parse.one(call, models.wire.Matrix, body).data.result
    read = (
        (one.metric, [_number(call, index, value) for value in one.values])
        for index, one in enumerate(result)
    )
    kept = ((labels, tuple(filter(_finite, values))) for labels, values in read)
    return tuple(models.Track(labels=labels, values=values) for labels, values in kept if values)


def names(call: Call, body: bytes) -> tuple[str, ...]:
    """The values of a label."""
    return parse.one(call, models.wire.LabelValues, body).data


def _finite(value: float) -> bool:
    return math.isfinite(value)


def _number(call: Call, index: int, point: Sequence[float | str]) -> float:
    try:
        return float(point[1])
    except ValueError:
        error = failures.shape(call, f"data.result.{index}.value", "it is not a number")
    raise error
