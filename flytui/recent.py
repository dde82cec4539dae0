"""The apps opened last: a small file in the state folder, without which there are none."""

import json
from contextlib import suppress
from pathlib import Path

from flytui import private
from flytui.text import file_name

_MOST = 20
_LARGEST = 20_000
"""Bytes; a file that is longer was not written here."""


class Recent:
    """Names of apps, the one opened last first.

    Invariant: the file is replaced as a whole. It is a convenience: what cannot be read is empty,
    and what cannot be kept is not kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> tuple[str, ...]:
        """The apps opened last, at most 20."""
        try:
            with self._path.open("rb") as file:
                told = json.loads(file.read(_LARGEST))
        except (OSError, ValueError, RecursionError):
            return ()
        return tuple(filter(_name, told[:_MOST])) if isinstance(told, list) else ()

    def add(self, app: str) -> None:
        """Put the app first."""
        names = [app, *(name for name in self.names() if name != app)][:_MOST]
        with suppress(OSError):
            private.replace(self._path, json.dumps(names))


def _name(value: object) -> bool:
    """Whether it can be the name of an app."""
    try:
        return isinstance(value, str) and bool(file_name(value))
    except ValueError:
        return False
