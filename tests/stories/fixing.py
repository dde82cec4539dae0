"""How the exposed service of the demo is found and fixed: each key, and what is then on the screen.

The README tells it, a story counts it in a real terminal, and the moving picture shows it.
"""

from dataclasses import dataclass

NAME = "storefront"
"""Has to be typed, as what is released cannot be had again."""


@dataclass(frozen=True)
class Step:
    """Keys that are pressed, what they lead to, and for how long the picture shows it."""

    keys: tuple[str, ...]
    sees: tuple[str, ...] = ()
    seconds: float = 1.5


FIX = (
    Step((), ("ready 1/21", "seen 23/23"), 2.0),
    Step(("1",), ("Security",)),
    Step(("j", "j", "j", "j", "j"), ("1 public address on an app",), 3.0),
    Step(("f",), ("fly will ask", f"Type {NAME} to run it"), 4.0),
    Step(tuple(NAME), ("space runs it",), 2.0),
    Step(("space",), (f"Released 203.0.113.7 from {NAME}", "before", "after", "✓ OK"), 4.0),
    Step(("enter",), ("✓ OK   Flycast alone leads to 1 service; no address is public.",), 4.0),
)
"""From the first screen to the green item."""

PRESSES = sum(len(step.keys) for step in FIX) - len(NAME)
"""What is pressed besides the name."""
