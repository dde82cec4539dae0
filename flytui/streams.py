"""Standard output and standard error of a command without a screen."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

from flytui.text import one_line


@dataclass(frozen=True, slots=True)
class Streams:
    """Data goes to `out`, narration to `err`."""

    out: TextIO
    err: TextIO
    colour: bool = False

    def write(self, report: str) -> None:
        """The report, as far as somebody reads it and the locale can spell it."""
        encoding = getattr(self.out, "encoding", None) or "utf-8"
        with suppress(BrokenPipeError):
            self.out.write(report.encode(encoding, errors="replace").decode(encoding))
            self.out.flush()

    def tell(self, cause: str, cure: str = "") -> None:
        """Narrate one thing, on a line of its own."""
        self.err.write(f"flytui: {one_line(f'{cause} {cure}', 2_000)}\n")
        self.err.flush()
