"""The apps opened last: a small file in the state folder, without which there are none."""

import json
import os
import tempfile
from pathlib import Path

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
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, temporary = tempfile.mkstemp(prefix=".recent.", dir=self._path.parent)
        except OSError:
            return
        try:
            with os.fdopen(descriptor, "w") as file:
                json.dump(names, file)
            Path(temporary).replace(self._path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)


def _name(value: object) -> bool:
    """Whether it can be the name of an app."""
    try:
        return isinstance(value, str) and bool(file_name(value))
    except ValueError:
        return False
