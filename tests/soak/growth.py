"""How much something grows: least squares over what was measured, against a bound."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Growth:
    """Of one figure over the time that was looked at."""

    name: str
    first: float
    """Where the line begins, not the first figure: one figure alone is chance."""
    last: float
    highest: float
    bound: float
    """How much it may grow over that time."""

    @property
    def grown(self) -> float:
        return self.last - self.first

    @property
    def held(self) -> bool:
        return self.grown <= self.bound


def line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where the line nearest to the points begins and ends. Raises ValueError for fewer than 2."""
    if len(points) < 2:
        raise ValueError("A line needs two points.")
    times = [time for time, _ in points]
    middle = sum(times) / len(times)
    height = sum(value for _, value in points) / len(points)
    spread = sum((time - middle) ** 2 for time in times)
    rise = sum((time - middle) * (value - height) for time, value in points)
    slope = rise / spread if spread else 0.0
    return height + slope * (min(times) - middle), height + slope * (max(times) - middle)


def growth(name: str, points: Sequence[tuple[float, float]], bound: float) -> Growth:
    first, last = line(points)
    return Growth(name, first, last, max(value for _, value in points), bound)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all do not exceed; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
