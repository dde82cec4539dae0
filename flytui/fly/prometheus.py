"""Prometheus answers as samples."""

import math

from flytui.fly import failures, parse
from flytui.fly.call import Call
from flytui.fly.models import Sample
from flytui.fly.models.wire import Vector, VectorSample


def samples(call: Call, body: bytes) -> tuple[Sample, ...]:
    """The vector's finite values. NaN and infinity, which say nothing, are left out."""
    result = parse.one(call, Vector, body).data.result
    read = ((sample, _number(call, index, sample)) for index, sample in enumerate(result))
    return tuple(
        Sample(labels=sample.metric, value=value) for sample, value in read if math.isfinite(value)
    )


def _number(call: Call, index: int, sample: VectorSample) -> float:
    try:
        return float(sample.value[1])
    except ValueError:
        error = failures.shape(call, f"data.result.{index}.value", "it is not a number")
    raise error
