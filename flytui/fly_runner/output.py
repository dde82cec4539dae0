"""What a command prints, cut into lines that are safe to show and to keep."""

import re
from collections.abc import Iterator

from flytui.secret import spellings
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

    def __init__(self, secrets: tuple[str, ...] = (), *, clear: bool = False) -> None:
        """With `clear`, tokens that are not among the secrets stay."""
        self._clear = clear
        every = {form for secret in secrets if secret for form in spellings(secret)}
        self._secrets = tuple(sorted(every, key=len, reverse=True))
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
        # Before anything is changed or cut, or part of a secret would be left; and after, for one
        # with colours in its middle.
        text = self._without_secrets(line.decode("utf-8", errors="replace"))
        text = self._without_secrets(plain(text)).replace("\t", "    ")
        text = text if self._clear else redact(text)
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    def _without_secrets(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text
