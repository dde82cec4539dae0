"""A property: what must hold for whatever a strategy makes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st


@dataclass(frozen=True, slots=True)
class Property:
    """Its name is the rule."""

    name: str
    made: st.SearchStrategy[Any]
    holds: Callable[[Any], None]
    """Raises AssertionError where it does not."""
    share: float = 1.0
    """Of the examples asked for: those that cost much are tried less often."""

    def hold(self, examples: int, chance: int | None = None) -> None:
        """Try so many; the same ones every time unless there is a chance."""

        def once(made: Any) -> None:
            self.holds(made)

        tried = settings(
            max_examples=max(1, round(examples * self.share)),
            deadline=None,
            derandomize=chance is None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=[*HealthCheck],
        )(given(self.made)(once))
        (tried if chance is None else seed(chance)(tried))()
