"""Folders for a while: their owner's alone, and gone afterwards, at the latest with the next start.

What a person typed is never kept in one of them, as another flytui may take it away.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

LOCK = ".flytui-temporary"
"""Locked by whoever uses the folder; one that nobody has locked was left by a flytui killed."""
_PREFIX = "flytui-"


@contextmanager
def folder(purpose: str = "") -> Iterator[Path]:
    """An empty folder, gone when the block is left. Raises OSError."""
    _sweep_once(tempfile.gettempdir())
    path, lock = _made(f"{_PREFIX}{purpose}-" if purpose else _PREFIX)
    try:
        # Beside the lock: some commands look at what lies where they run.
        inside = path / "inside"
        inside.mkdir(0o700)
        yield inside
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


def sweep(root: Path) -> None:
    """Remove what killed ones of the same user left in there; nothing that is in use or another's.

    The lock goes with its process, whatever ended it, and no process of another container that
    shares the folder is taken for gone.
    """
    with suppress(OSError), os.scandir(root) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False):
                _remove(Path(entry.path))


@cache
def _sweep_once(root: str) -> None:
    sweep(Path(root))


def _made(prefix: str) -> tuple[Path, int]:
    """Another flytui may sweep it away between two steps: then it is made once more."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=prefix))
        lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with suppress(OSError):  # a file system without locks: then nobody can sweep, either
            fcntl.flock(lock, fcntl.LOCK_EX)
        if (path / LOCK).exists():
            return path, lock
        os.close(lock)


def _remove(path: Path) -> None:
    """Remove the folder if it is ours, and its lock is there and nobody's."""
    with suppress(OSError):
        lock = os.open(path / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            told = os.fstat(lock)
            if stat.S_ISREG(told.st_mode) and told.st_uid == path.lstat().st_uid == os.geteuid():
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(lock)
