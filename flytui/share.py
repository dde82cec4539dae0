"""How many items there must be, as a number or in percent."""

import math
import re
from dataclasses import dataclass

_SHARE = re.compile(r"([0-9]{1,6})(%?)")


@dataclass(frozen=True, slots=True)
class Share:
    """`12`, or `80%` of all."""

    number: int
    percent: bool = False

    @classmethod
    def parse(cls, text: str) -> "Share":
        """Raises ValueError for what is neither a number of items nor a percentage."""
        match = _SHARE.fullmatch(text)
        if match is None or (match[2] and int(match[1]) > 100):
            raise ValueError("neither a number of items nor a percentage up to 100%")
        return cls(int(match[1]), bool(match[2]))

    def of(self, whole: int) -> int:
        """The least number that meets it; a part of an item counts as one."""
        return math.ceil(self.number * whole / 100) if self.percent else self.number

    def __str__(self) -> str:
        return f"{self.number}%" if self.percent else str(self.number)
