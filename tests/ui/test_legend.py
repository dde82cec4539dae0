"""The line below the matrix: what its numbers are, and what the last row counts, where it fits."""

import pytest

from flytui.ui.widgets.matrix import Measure, legend


@pytest.mark.parametrize("width", [68, 77, 98, 118, 158])
def test_the_legend_says_what_the_last_row_counts_and_fits(width: int) -> None:
    words = legend(Measure.of(width, 8), 8)
    assert words.endswith("last row: all apps and the organisation")
    assert len(words) <= width


@pytest.mark.parametrize("width", [38, 48, 66])
def test_a_narrow_legend_says_what_the_numbers_are(width: int) -> None:
    words = legend(Measure.of(width, 8), 8)
    assert "four at the worst sign" in words
    assert len(words) <= width
