"""The second wall against text from outside: no control character of it reaches the terminal."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# C0 and C1 controls, DEL, and the characters that turn the direction of writing.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Inert(LineFilter):
    """Replaces each control character of what is about to be drawn with U+FFFD."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        if not any(_CONTROL.search(segment.text) for segment in segments):
            return segments
        return [
            Segment(_CONTROL.sub("\ufffd", segment.text), segment.style, segment.control)
            for segment in segments
        ]
