"""Files and folders that are their owner's alone, whatever the umask allows others."""

import os
import tempfile
from pathlib import Path

FILE = 0o600
FOLDER = 0o700


def folder(path: Path) -> None:
    """Make the folder and all that is missing above it. Raises OSError.

    `Path.mkdir` gives only the last one the mode that it is told.
    """
    for each in reversed((path, *path.parents)):
        if not each.is_dir():
            each.mkdir(FOLDER, exist_ok=True)


def create(path: Path, text: str) -> None:
    """Write a file that is not there yet; a link in its place counts as there. Raises OSError."""
    folder(path.parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, FILE), "w", encoding="utf-8") as file:
        file.write(text)


def replace(path: Path, text: str) -> None:
    """Put the text in the file's place in one step; a link is replaced, never followed.

    Raises OSError, what was there intact.
    """
    folder(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
