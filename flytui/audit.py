"""An append-only record of what was run, by whom, and with what effect."""

import errno
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from flytui import private
from flytui.remedy import Inverse
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
    started: bool = True
    """False when it is known that nothing was started."""
    told: bool = False
    """A person was told that nobody saw it end."""
    item: str = ""
    """The item it was run for."""
    changed: tuple[str, ...] = ()
    """What was not as before, a phrase each."""
    also: tuple[str, ...] = ()
    """Other items that were not as before: `Flycast: Advice → OK`."""
    reads: bool = False
    """It read standard input, which is not kept."""
    alters: tuple[str, ...] = ()
    """The facts it changes."""
    inverse: Inverse | None = None
    """What takes it back, in full."""
    undoes: str = ""
    """The id of the run that it takes back."""

    @property
    def unfinished(self) -> bool:
        """Whether nobody knows how it ended, and nobody has been told so."""
        return self.exit is None and self.started and not self.told


class History(Protocol):
    """Where runs are recorded."""

    def begin(self, entry: Entry) -> None:
        """Record that it starts. Raises OSError when that cannot be kept: then nothing runs."""
        ...

    def end(self, entry: Entry) -> None:
        """Record how it ended. Raises OSError when that cannot be kept."""
        ...

    def entries(self) -> tuple[Entry, ...]:
        """What was run, oldest first. Raises OSError."""
        ...


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
        private.folder(self.path.parent)
        line = json.dumps({"event": event, **_fields(entry)}).encode() + b"\n"
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.path, flags, private.FILE)
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
        changed=tuple(redact(line) for line in entry.changed),
        inverse=None,
    )
    record = {**asdict(kept), "at": entry.at.isoformat()}
    if entry.inverse is not None:
        cost = entry.inverse.cost_per_month_usd
        told = None if cost is None else str(cost)
        record["inverse"] = {**asdict(entry.inverse), "cost_per_month_usd": told}
    return record


def _without_secrets(argv: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(redact(word) for word in argv)
    if words[1:2] != ("secrets",):
        return words
    return tuple(f"{w.partition('=')[0]}=…" if "=" in w and w[0] != "-" else w for w in words)


def _entry(line: str) -> Entry | None:
    try:
        return _read(json.loads(line))
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None


def _read(record: dict[str, Any]) -> Entry:
    """What an earlier flytui did not write yet is as if it were empty."""
    return Entry(
        id=str(record["id"]),
        at=datetime.fromisoformat(record["at"]),
        app=str(record["app"]),
        organization=str(record["organization"]),
        by=str(record["by"]),
        argv=_words(record["argv"]),
        before=str(record["before"]),
        exit=None if record["exit"] is None else int(record["exit"]),
        ended=str(record["ended"]),
        after=str(record["after"]),
        seconds=None if record["seconds"] is None else float(record["seconds"]),
        started=record.get("started") is not False,
        told=record.get("told") is True,
        item=str(record.get("item", "")),
        changed=_words(record.get("changed", ())),
        also=_words(record.get("also", ())),
        reads=record.get("reads") is True,
        alters=_words(record.get("alters", ())),
        inverse=_inverse(record.get("inverse")),
        undoes=str(record.get("undoes", "")),
    )


def _inverse(record: dict[str, Any] | None) -> Inverse | None:
    if record is None:
        return None
    cost = record["cost_per_month_usd"]
    return Inverse(
        argv=_words(record["argv"]),
        title=str(record["title"]),
        changes=str(record["changes"]),
        new=str(record["new"]),
        reversible=record["reversible"] is not False,
        undo=str(record["undo"]),
        cost_per_month_usd=None if cost is None else Decimal(cost),
    )


def _words(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
