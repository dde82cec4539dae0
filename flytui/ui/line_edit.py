"""A line being typed: its text and where the cursor stands; pure."""

from dataclasses import dataclass

LONGEST = 300
"""Characters; what is pasted beyond is left out."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """Invariant: the cursor stands within the text or at its end."""

    text: str = ""
    at: int = 0

    def insert(self, letters: str) -> "TypedLine":
        """With the letters at the cursor, on one line."""
        letters = " ".join(letters.splitlines())[: LONGEST - len(self.text)]
        text = self.text[: self.at] + letters + self.text[self.at :]
        return TypedLine(text, self.at + len(letters))

    def pressed(self, key: str) -> "TypedLine | None":
        """After a key that edits; None for a key that does not."""
        before, after = self.text[: self.at], self.text[self.at :]
        word = before.rstrip().rpartition(" ")
        kept = word[0] + word[1]
        edits = {
            "left": (self.text, self.at - 1),
            "right": (self.text, self.at + 1),
            "home": (self.text, 0),
            "end": (self.text, len(self.text)),
            "backspace": (before[:-1] + after, self.at - 1),
            "delete": (before + after[1:], self.at),
            "ctrl+u": (after, 0),
            "ctrl+w": (kept + after, len(kept)),
        }
        if key not in edits:
            return None
        text, at = edits[key]
        return TypedLine(text, max(0, min(at, len(text))))
