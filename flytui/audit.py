"""An append-only record of what was run, by whom, and with what effect."""

import errno
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from flytui.text import file_name, redact


@dataclass(frozen=True, slots=True)
class Entry:
    """One run of one command."""

    id: str
    """Unique; the line written at the start and the one written at the end share it."""
    at: datetime
    app: str
    organization: str
    by: str
    argv: tuple[str, ...]
    before: str
    """The item's status and summary before."""
    exit: int | None = None
    """None while it runs, and for ever when flytui ended before it did."""
    ended: str = ""
    """Why it ended when not by itself."""
    after: str = ""
    seconds: float | None = None


class History(Protocol):
    """Where runs are recorded."""

    def begin(self, entry: Entry) -> None:
        """Record that it starts. Raises OSError when that cannot be kept: then nothing runs."""
        ...

    def end(self, entry: Entry) -> None:
        """Record how it ended. Raises OSError when that cannot be kept."""
        ...


_PRIVATE = 0o600


class HistoryFile:
    """The history of one app: a file of JSON lines that only grows.

    Invariant: each record is one write to the end of the file, so that two running flytuis never
    mix their lines, and a crash leaves a start without its end.
    """

    def __init__(self, folder: Path, app: str, organization: str | None) -> None:
        """Raises ValueError for a name that could lead out of the folder."""
        self.path = folder / file_name(organization or "_") / f"{file_name(app)}.jsonl"

    def begin(self, entry: Entry) -> None:
        """Record that it starts. Raises OSError when that cannot be kept: then nothing runs."""
        self._append("begin", entry)

    def end(self, entry: Entry) -> None:
        """Record how it ended. Raises OSError; its start is on record already."""
        self._append("end", entry)

    def entries(self) -> tuple[Entry, ...]:
        """What was run, oldest first. A line that cannot be read is passed over. Raises OSError."""
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ()
        latest: dict[str, Entry] = {}
        for line in text.splitlines():
            entry = _entry(line)
            if entry is not None:
                latest[entry.id] = entry
        return tuple(latest.values())

    def _append(self, event: str, entry: Entry) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        line = json.dumps({"event": event, **_fields(entry)}).encode() + b"\n"
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.path, flags, _PRIVATE)
        try:
            # A line that a full disk cut short must not swallow the next one.
            written = os.write(descriptor, line if _complete(descriptor) else b"\n" + line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if written < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))


def _complete(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _fields(entry: Entry) -> dict[str, Any]:
    kept = replace(
        entry,
        argv=_without_secrets(entry.argv),
        before=redact(entry.before),
        after=redact(entry.after),
        ended=redact(entry.ended),
    )
    return {**asdict(kept), "at": entry.at.isoformat()}


def _without_secrets(argv: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(redact(word) for word in argv)
    if words[1:2] != ("secrets",):
        return words
    return tuple(f"{w.partition('=')[0]}=…" if "=" in w and w[0] != "-" else w for w in words)


def _entry(line: str) -> Entry | None:
    try:
        record = json.loads(line)
        return Entry(
            id=str(record["id"]),
            at=datetime.fromisoformat(record["at"]),
            app=str(record["app"]),
            organization=str(record["organization"]),
            by=str(record["by"]),
            argv=tuple(str(word) for word in record["argv"]),
            before=str(record["before"]),
            exit=None if record["exit"] is None else int(record["exit"]),
            ended=str(record["ended"]),
            after=str(record["after"]),
            seconds=None if record["seconds"] is None else float(record["seconds"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
