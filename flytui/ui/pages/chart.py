"""How a value went, drawn in one line; what it means stands in words beside it."""

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
WIDEST = 48


def sparkline(series: Sequence[float]) -> str:
    """A block for each value, lowest for the least and highest for the most; flat when all agree.

    A long series is drawn by the highest of neighbours, so that no peak is lost.
    """
    size = -(-len(series) // WIDEST) or 1
    drawn = [max(series[start : start + size]) for start in range(0, len(series), size)]
    least, most = min(drawn, default=0.0), max(drawn, default=0.0)
    if most <= least:
        return BLOCKS[0] * len(drawn)
    scale = (len(BLOCKS) - 1) / (most - least)
    return "".join(BLOCKS[int((value - least) * scale + 0.5)] for value in drawn)
