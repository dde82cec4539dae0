"""A GraphQL query taken apart far enough to travel with others."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

_QUERY = re.compile(
    r"\s*query\s+(\w+)\s*(?:\(([^)]*)\)\s*)?\{\s*(\w+)\b(?!\s*:)(.*)\}\s*", re.DOTALL
)
_FRAGMENT = re.compile(r"\.\.\.\s*(?!on\b)\w")
_VARIABLE = re.compile(r"\$(\w+)")
_DECLARED = re.compile(r"\$(\w+)\s*:\s*([\w!\[\]]+)")


class Lane(StrEnum):
    """Which queries may share a request: an answer takes as long as its slowest part."""

    FIRST = "first"
    """Other requests wait for the answer."""
    QUICK = "quick"
    """Fly.io finds it in its own records of the app."""
    SLOW = "slow"
    """Fly.io looks at hosts or DNS for it, or goes through a whole organisation."""


@dataclass(frozen=True, slots=True)
class Document:
    """A query as it is sent: alone as it was written, or under an alias among others."""

    name: str
    text: str
    variables: tuple[tuple[str, str], ...] = ()
    """Names without `$`, each with its type."""
    root: str = ""
    """The one field at the root."""
    rest: str = ""
    """What follows the root's name: its arguments and its selection."""
    lane: Lane = Lane.QUICK

    def aliased(self, alias: str) -> str:
        """The root field under the alias, its variables renamed to go with it."""
        return _VARIABLE.sub(rf"${alias}_\1", f"{alias}: {self.root}{self.rest}")


def query(text: str, lane: Lane = Lane.QUICK) -> Document:
    """The query in this text. Raises ValueError for one that could not travel with others."""
    found = _QUERY.fullmatch(text)
    declared = (found and found[2]) or ""
    if not found or _FRAGMENT.search(text) or _DECLARED.sub("", declared).strip(" \n,"):
        raise ValueError(f"Not a query of the form that can travel: {text.strip()[:80]}")
    name, _, root, rest = found.groups()
    return Document(
        name, text.strip(), tuple(_DECLARED.findall(declared)), root, rest.rstrip(), lane
    )


first = partial(query, lane=Lane.FIRST)
slow = partial(query, lane=Lane.SLOW)
