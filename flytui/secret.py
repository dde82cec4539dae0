"""What is shown never: the token, and what was typed masked, which is handed on once."""

import base64
import json
import shlex
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import quote, quote_plus


class Secret:
    """Text that shows itself only when asked to."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text in clear, for the request or the command that needs it and nothing else."""
        return self._text

    def __repr__(self) -> str:
        return "<secret>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not written anywhere.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a command reads from its standard input, and the secrets in it."""

    text: Secret
    values: tuple[Secret, ...] = ()


def import_line(value: str) -> str:
    """The value as `fly secrets import` reads it from one line, whatever it contains.

    `fly` cuts a line at `#` after an even number of double quotes, and strips quotes at both ends.
    """
    quotes = value.partition("#")[0].count('"')
    return f"'{value}'" if quotes % 2 else f'"""{value}"""'


def spellings(value: str) -> tuple[str, ...]:
    """The value and the ways in which a program may print it, the longest first."""
    raw = value.encode()
    groups = [raw[cut:][: (len(raw) - cut) // 3 * 3] for cut in range(3)]
    forms = {
        value,
        repr(value)[1:-1],
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        shlex.quote(value),
        import_line(value),
        quote(value, safe=""),
        quote_plus(value),
        raw.hex(),
        *(base64.b64encode(group).decode() for group in groups if len(group) > 3),
    }
    return tuple(sorted((form for form in forms if form), key=len, reverse=True))
