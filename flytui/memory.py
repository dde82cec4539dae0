"""The file that keeps what was seen of an app the last time: the user's own, small, no secrets."""

import json
import os
import secrets
import stat
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flytui import private
from flytui.finding import Status
from flytui.last_look import MOST, LastLook, Remembered, Thing
from flytui.text import file_name, one_line

VERSION = 1
LARGEST = 4_000_000
FILES = 300
"""Apps that are remembered; those looked at longest ago go first."""
_ITEMS = 500


class Forgotten(Exception):  # noqa: N818  (named for what happened)
    """There is a file, and it cannot be used; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one app as one API tells of it.

    Names of apps are unique on Fly.io, so that the organisation need not be known to find one;
    an app that has moved on to another organisation is another one.
    """

    folder: Path
    api: str
    """The address of Fly.io's API: the demo's apps are not the real ones."""
    app: str

    def last(self, organization: str | None) -> LastLook | None:
        """What was seen last; None when nothing is remembered. Raises Forgotten."""
        path = self._found(organization)
        if path is None:
            return None
        try:
            look = _look(json.loads(_content(path)))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problem = type(error).__name__
        else:
            if (look.app, look.organization) == (self.app, path.parent.name):
                return look
            problem = "another app's"
        raise Forgotten(f"What was seen last is ignored: {path} cannot be read ({problem}).")

    def keep(self, look: LastLook) -> None:
        """Replace what is remembered, in one step. Raises OSError."""
        try:
            path = self._place(look.organization)
        except ValueError:
            return
        content = json.dumps(_document(look)).encode()
        if len(content) > LARGEST:
            return
        private.folder(path.parent)
        temporary = path.with_name(f".{path.stem}.{secrets.token_hex(4)}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            with os.fdopen(os.open(temporary, flags, private.FILE), "wb") as file:
                file.write(content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _tidy(self.folder)

    def _found(self, organization: str | None) -> Path | None:
        try:
            if organization is not None:
                path = self._place(organization)
                return path if path.is_file() else None
            known = self._place("_").parent.parent.glob(f"*/{file_name(self.app)}.json")
            return max(known, key=lambda path: path.stat().st_mtime, default=None)
        except (OSError, ValueError):
            return None

    def _place(self, organization: str) -> Path:
        """Raises ValueError for a name that could lead out of the folder."""
        host = file_name(urlsplit(self.api).netloc.rpartition("@")[2].replace(":", "_"))
        return self.folder / host / file_name(organization) / f"{file_name(self.app)}.json"


def _content(path: Path) -> bytes:
    """The bytes of a plain file; neither a link nor a pipe is followed. Raises OSError."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is not a plain file")
        return file.read(LARGEST + 1)


def _tidy(folder: Path) -> None:
    """What was killed while writing goes, and what nobody has looked at for longest."""
    files = []
    for path in folder.glob("*/*/*"):
        try:
            files.append((path.stat().st_mtime, path))
        except OSError:
            continue
    files.sort()
    for _, path in files[: max(len(files) - FILES, 0)]:
        path.unlink(missing_ok=True)


def _document(look: LastLook) -> dict[str, Any]:
    items = [
        {**asdict(replace(one, item=one.item)), "at": one.at.isoformat()}
        for one in look.items.values()
    ]
    return {
        "version": VERSION,
        "app": look.app,
        "organization": look.organization,
        "at": look.at.isoformat(),
        "items": items[:_ITEMS],
    }


def _look(document: dict[str, Any]) -> LastLook:
    """Raises ValueError, KeyError, TypeError and AttributeError for any other document."""
    if document["version"] != VERSION:
        raise ValueError("another version")
    items = [_remembered(each) for each in document["items"][:_ITEMS]]
    return LastLook(
        str(document["app"]),
        str(document["organization"]),
        _time(document["at"]),
        {one.item: one for one in items},
    )


def _remembered(each: dict[str, Any]) -> Remembered:
    return Remembered(
        item=str(each["item"]),
        status=Status(each["status"]),
        summary=one_line(str(each["summary"])),
        settled=each["settled"] is True,
        at=_time(each["at"]),
        things=tuple(_thing(one) for one in each["things"][:MOST]),
        lines=tuple(one_line(str(line)) for line in each["lines"][: MOST + 1]),
        digests={one_line(str(k)): str(v) for k, v in each["digests"].items()},
        hidden=tuple(str(name) for name in each["hidden"]),
    )


def _thing(each: dict[str, Any]) -> Thing:
    kind, id_, summary = (one_line(str(each[key])) for key in ("kind", "id", "summary"))
    return Thing(kind, id_, Status(each["status"]), summary)


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment
