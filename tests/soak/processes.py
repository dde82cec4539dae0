"""A process and everything it started, seen from outside (Linux only)."""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Seen:
    """One process, or several together."""

    resident: int
    """Bytes."""
    threads: int
    descriptors: Counter[str]
    """By kind: socket, pipe, file, terminal and anon_inode."""


def tree(root: int, proc: Path = PROC) -> list[int]:
    """The process and its descendants, those that are gone meanwhile left out."""
    parents = {pid: parent for pid in _pids(proc) if (parent := _parent(proc, pid)) is not None}
    found = [root] if root in parents else []
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def seen(pid: int, proc: Path = PROC) -> Seen | None:
    """None when it has gone."""
    try:
        fields = _stat(proc, pid)
        kinds = Counter(_kind(one) for one in (proc / str(pid) / "fd").iterdir())
    except OSError:
        return None
    return Seen(int(fields[21]) * _PAGE, int(fields[17]), kinds)


def _pids(proc: Path) -> list[int]:
    return [int(one.name) for one in proc.iterdir() if one.name.isdecimal()]


def _parent(proc: Path, pid: int) -> int | None:
    """None for one that has gone, or has ended and only waits to be asked for its code."""
    try:
        fields = _stat(proc, pid)
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[1])


def _stat(proc: Path, pid: int) -> list[str]:
    """What follows the name, which may hold anything."""
    return (proc / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _kind(descriptor: Path) -> str:
    try:
        target = str(descriptor.readlink())
    except OSError:
        return "gone"
    if target.startswith("/"):
        return "terminal" if target.startswith(("/dev/pts", "/dev/tty", "/dev/ptmx")) else "file"
    return target.partition(":")[0]


def zombies(root: int, proc: Path = PROC) -> int:
    """Children that have ended and were never asked for their code."""
    found = 0
    for pid in _pids(proc):
        try:
            fields = _stat(proc, pid)
        except OSError:
            continue
        found += fields[0] == "Z" and int(fields[1]) == root
    return found
