"""Where a walkthrough stopped: a small file for each app, without which one starts over."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from flytui import private
from flytui.journey.model import Deed, Journey, Outcome, begin, resume
from flytui.text import file_name, one_line

_SCHEMA = 1
_LARGEST = 200_000
"""Bytes; a file that is longer was not written here."""


class Bookmark(Protocol):
    """Where journeys are kept between two starts of flytui."""

    def load(self, order: Iterable[str]) -> Journey:
        """The journey over these items from where it stopped; a new one where nothing tells."""
        ...

    def keep(self, journey: Journey) -> None:
        """Keep it, or forget it when it has ended. Raises OSError: only the place is lost."""
        ...


@dataclass(slots=True)
class InMemory:
    """A bookmark that lasts as long as flytui runs."""

    kept: Journey | None = None

    def load(self, order: Iterable[str]) -> Journey:
        kept = self.kept
        return begin(order) if kept is None else resume(order, kept.at, kept.deeds)

    def keep(self, journey: Journey) -> None:
        self.kept = None if journey.ended else journey


class BookmarkFile:
    """A bookmark on file, replaced as a whole: half of one is never read."""

    def __init__(self, folder: Path, app: str) -> None:
        """Raises ValueError for a name that could lead out of the folder."""
        self.path = folder / f"{file_name(app)}.json"

    def load(self, order: Iterable[str]) -> Journey:
        """The journey from where it stopped; a new one where the file is missing or not ours."""
        try:
            with self.path.open("rb") as file:
                document = json.loads(file.read(_LARGEST))
            return resume(order, *_read(document))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return begin(order)

    def keep(self, journey: Journey) -> None:
        """Keep it, or forget it when it has ended. Raises OSError."""
        if journey.ended:
            self.path.unlink(missing_ok=True)
            return
        private.replace(self.path, json.dumps(_document(journey), indent=1))


def _document(journey: Journey) -> dict[str, Any]:
    deeds = [
        {"item": d.item, "outcome": d.outcome, "by": d.by, "at": d.at.isoformat()}
        for d in journey.deeds
    ]
    return {"schema": _SCHEMA, "at": journey.at, "deeds": deeds}


def _read(document: Any) -> tuple[str, list[Deed]]:
    """Raises ValueError, TypeError or KeyError for anything that `_document` does not write."""
    if document["schema"] != _SCHEMA or not isinstance(document["at"], str):
        raise ValueError("another version wrote it")
    return document["at"], [_deed(each) for each in document["deeds"]]


def _deed(each: Any) -> Deed:
    at = datetime.fromisoformat(each["at"])
    if at.tzinfo is None or not isinstance(each["item"], str):
        raise ValueError("not a deed")
    return Deed(each["item"], Outcome(each["outcome"]), one_line(str(each["by"]), 200), at)
