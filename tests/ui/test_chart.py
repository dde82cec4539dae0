"""The course of a value in one line."""

from datetime import UTC, datetime

import pytest

from flytui.checklist import load
from flytui.finding import Evidence, Resource, Status
from flytui.ui.pages.chart import BLOCKS, WIDEST, sparkline
from flytui.ui.pages.item import resource_page

NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("series", "drawn"),
    [
        ((), ""),
        ((3.0,), "▁"),
        ((2.0, 2.0, 2.0), "▁▁▁"),
        ((0.0, 1.0), "▁█"),
        ((0.0, 0.5, 1.0, 0.5, 0.0), "▁▅█▅▁"),
        ((-1.0, 0.0, 1.0), "▁▅█"),
    ],
)
def test_the_least_is_lowest_and_the_most_highest(series: tuple[float, ...], drawn: str) -> None:
    assert sparkline(series) == drawn


def test_a_long_series_fits_and_keeps_its_peak() -> None:
    series = [0.0] * 500
    series[333] = 9.0
    drawn = sparkline(series)
    assert len(drawn) <= WIDEST
    assert drawn.count(BLOCKS[-1]) == 1


def test_a_course_stands_before_its_words_and_never_instead_of_them() -> None:
    seen = Evidence("Memory", "40% to 80% in use", "Prometheus", series=(0.4, 0.8, 0.7))
    bare = Evidence("Region", "ams", "Machines API")
    one = Resource("Machine", "148e", Status.OK, "It is well.", (seen, bare))
    page = resource_page(load()["machine-sizing"], one, (), NOW)
    lines = [row.plain for line in page for row in line.laid(80)]
    (memory,) = [line for line in lines if line.strip().startswith("Memory")]
    assert memory.endswith("▁█▆  40% to 80% in use")
    assert not any(block in line for line in lines for block in BLOCKS if "Region" in line)
