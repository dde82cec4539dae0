"""What a command prints, cut into lines that are safe to show and to keep."""

import re
from collections.abc import Iterator

from flytui.text import plain, redact

LONGEST = 4_000
"""Characters of a line that are kept."""

_MOST_BYTES = 4 * LONGEST
_END = re.compile(rb"\r\n|\r|\n")


class Lines:
    """Collects bytes and yields whole lines.

    A carriage return ends a line too, as progress bars use it. Invariant: what is held back is
    never longer than one line may be, however much arrives without an end.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        self._secrets = tuple(sorted((s for s in secrets if s), key=len, reverse=True))
        self._held = b""
        self._skip_feed = False

    def feed(self, chunk: bytes) -> Iterator[str]:
        """The lines that this chunk completes."""
        if self._skip_feed and chunk:
            # The line feed of a pair that fell between two chunks.
            chunk = chunk.removeprefix(b"\n")
        self._skip_feed = chunk.endswith(b"\r") if chunk else self._skip_feed
        *whole, rest = _END.split(self._held + chunk)
        self._held = rest[:_MOST_BYTES]
        for line in whole:
            yield self._clean(line)

    def rest(self) -> Iterator[str]:
        """What is left when no more will come."""
        if self._held:
            yield self._clean(self._held)
            self._held = b""

    def _clean(self, line: bytes) -> str:
        text = plain(line.decode("utf-8", errors="replace")).replace("\t", "    ")
        # Before cutting, or half a secret would be left.
        for secret in self._secrets:
            text = text.replace(secret, "…")
        text = redact(text)
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
