"""What is printed and what is typed: lines of words, without a single escape."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap
from typing import TextIO

from flytui.text import one_line, plain

_LONGEST = 10_000
_SPOKEN = (
    *((" · ", ", "), ("·", ","), ("…", "..."), ("→", "to"), ("−", "minus ")),
    *(("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("–", "-"), ("—", "-")),
)
"""Signs that a screen reader or a serial console makes nothing of, and their words."""


class Gone(Exception):  # noqa: N818 (an end is no error)
    """Nobody types any more, or nobody reads any more."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Prints lines and reads lines, one after the other; the cursor is never moved."""

    out: TextIO
    lines: TextIO
    hidden: Callable[[str], str] | None
    """Reads a line without showing it, after a question; None where nobody sits at a terminal."""
    width: int = 0
    """Cells of a line, where it goes on a terminal, which would break within words; 0: any."""

    @property
    def terminal(self) -> bool:
        """Whether a person types. What a script types is shown, as it would be in a terminal."""
        return self.hidden is not None

    def say(self, *sentences: str) -> None:
        """Each sentence on a line of its own, in words. Raises Gone when nobody reads it."""
        for sentence in sentences:
            indent = len(sentence) - len(sentence.lstrip(" "))
            words = spoken(sentence)
            for row in _wrapped(words, self.width - indent) if self.width else [words]:
                self._write(" " * indent + row + "\n")

    def exact(self, text: str) -> None:
        """The text letter by letter: what is run or written must be seen as it is."""
        for line in plain(text).split("\n"):
            self._write(line.replace("\t", "    ") + "\n")

    def ask(self, question: str) -> str:
        """What was typed on one line, without spaces at its ends. Raises Gone at the end."""
        self._write(f"{spoken(question)} ")
        typed = self._read()
        if not self.terminal:
            self.exact(typed)
        return typed

    def ask_secret(self, question: str) -> str:
        """The same for what must not be seen, by whoever looks on. Raises Gone at the end."""
        if self.hidden is None:
            self._write(f"{spoken(question)} ")
            typed = self._line().rstrip("\r\n")
            self._write("(not shown)\n")
            return typed
        try:
            return self.hidden(f"{spoken(question)} ")
        except EOFError:
            self._write("\n")
            raise Gone from None

    def _read(self) -> str:
        typed = self._line()
        return one_line(typed, len(typed))

    def _line(self) -> str:
        try:
            typed = self.lines.readline()
        except (OSError, ValueError):  # the terminal is gone, or standard input is closed
            typed = ""
        if not typed:
            self._write("\n")
            raise Gone
        return typed

    def _write(self, text: str) -> None:
        encoding = getattr(self.out, "encoding", None) or "utf-8"
        try:
            self.out.write(text.encode(encoding, errors="replace").decode(encoding))
            self.out.flush()
        except OSError as error:
            # Nothing may be run that nobody was shown.
            raise Gone from error


def _wrapped(words: str, room: int) -> list[str]:
    """In rows that end between words; an address or a name that is longer stays whole."""
    return wrap(words, max(room, 20), break_long_words=False, break_on_hyphens=False) or [""]


def spoken(sentence: str) -> str:
    """The sentence on one line and in words."""
    line = one_line(sentence, _LONGEST)
    for sign, words in _SPOKEN:
        line = line.replace(sign, words)
    return line
