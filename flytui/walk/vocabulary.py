"""The words that are understood, each with its letter. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that can be said."""

    name: str
    others: tuple[str, ...]
    """What means the same; a single letter counts as it is written, `x` is not `X`."""
    about: str
    changes: bool = False
    """Whether it decides something; such words are not known where nothing may be changed."""


WORDS = (
    Word("fix", ("f",), "see what can be done, with its consequences; fix 2 takes the second"),
    Word("reviewed", ("r", "review"), "note that this was reviewed", changes=True),
    Word(
        "not applicable",
        ("x", "n/a", "not_applicable"),
        "note that this does not concern the app, and why",
        changes=True,
    ),
    Word(
        "accepted risk",
        ("X", "accept", "accepted_risk"),
        "note that it stays as it is, and why",
        changes=True,
    ),
    Word("skip", ("s", "n", "next"), "leave it open, and go to the next open item"),
    Word("back", ("b", "p", "previous"), "go back to the item before"),
    Word("stop", ("q", "quit", "exit"), "stop here; the next walkthrough goes on from this item"),
    Word("read", ("again",), "hear this item once more"),
    Word("undo", ("u",), "undo the last decision", changes=True),
    Word("summary", (), "hear what was decided so far, and what stays open"),
    Word("help", ("h", "?"), "hear these words"),
)


def known(*, may_change: bool) -> tuple[Word, ...]:
    """The words that are understood here."""
    return tuple(word for word in WORDS if may_change or not word.changes)


def understood(typed: str, words: Sequence[Word]) -> tuple[str, str] | None:
    """The name of the word, and a number that followed it; None for anything else."""
    name = typed.rstrip("0123456789")
    rest = typed[len(name) :]
    name = name.rstrip()
    if not name:
        name, rest = typed, ""
    for word in words:
        meant = name in word.others if len(name) == 1 else name.casefold() in _spellings(word)
        if meant and (not rest or word.name == "fix"):
            return word.name, rest
    return None


def _spellings(word: Word) -> tuple[str, ...]:
    return (word.name, *(other for other in word.others if len(other) > 1))


def listed(words: Sequence[Word]) -> str:
    """All of them in one line, with their letters: `fix (f), reviewed (r)`."""
    letters = [next((o for o in word.others if len(o) == 1), "") for word in words]
    pairs = zip(words, letters, strict=True)
    return ", ".join(f"{word.name} ({letter})" if letter else word.name for word, letter in pairs)
