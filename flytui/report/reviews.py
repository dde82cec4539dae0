"""The reviews on file, told to a person or to a program."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from flytui.ledger import Entry, State
from flytui.review import Review
from flytui.review_history import Past, Recorded
from flytui.review_sharing import Shared
from flytui.text import one_line, plain

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Document:
    """The same content in both forms."""

    lines: tuple[str, ...]
    data: dict[str, Any]

    def render(self, form: Literal["text", "json"]) -> str:
        """The text, ending in a line feed; JSON in ASCII."""
        if form == "json":
            return json.dumps({"schema": SCHEMA, **self.data}, indent=2, ensure_ascii=True) + "\n"
        return "".join(f"{plain(line)}\n" for line in self.lines)


def ledger(app: str, place: str, looked: str, entries: tuple[Entry, ...]) -> Document:
    """All of them, with what each is worth."""
    data = {"app": app, "place": place, "told": looked, "reviews": [_entry(e) for e in entries]}
    return Document(tuple(_ledger(app, place, looked, entries)), data)


def _ledger(app: str, place: str, looked: str, entries: tuple[Entry, ...]) -> Iterator[str]:
    yield f"{app} · {len(entries)} {'review' if len(entries) == 1 else 'reviews'} in {place}"
    for entry in entries:
        yield ""
        yield f"{entry.state.value:<15} {one_line(entry.item or entry.why, 500)}"
        if entry.review is not None:
            yield f"  {_given(entry.review)}"
        told = (entry.why if entry.item else "", *entry.notes)
        yield from (f"  {one_line(each, 1_000)}" for each in told if each)
    yield ""
    yield f"{_count(entries)}, told {looked}."


def _count(entries: tuple[Entry, ...]) -> str:
    numbers = {state: sum(e.state is state for e in entries) for state in State}
    told = [f"{number} {state.value}" for state, number in numbers.items() if number]
    return ", ".join(told) or "No review"


def _given(review: Review) -> str:
    until = f", until {review.last_day}" if review.last_day else ""
    others = "".join(f" and {one_line(a.by)}" for a in review.agreed)
    note = f": {one_line(review.note, 300)}" if review.note else ""
    decided = review.decision.words.capitalize()
    return f"{decided} on {review.at:%Y-%m-%d} by {one_line(review.by)}{others}{until}{note}"


def one(item: str, file: Path, entry: Entry | None, past: Past) -> Document:
    """One item's review in full, with those before it."""
    data = {
        "item": item,
        "file": str(file),
        "review": None if entry is None else _entry(entry),
        "uncommitted": past.uncommitted,
        "history": [_recorded(each) for each in past.entries],
        "history_gap": past.gap or None,
    }
    return Document(tuple(_one(item, file, entry, past)), data)


def _one(item: str, file: Path, entry: Entry | None, past: Past) -> Iterator[str]:
    if entry is None:
        yield f"{item}: not reviewed"
    else:
        yield f"{item}: {entry.state.value}"
        yield from _in_full(entry)
    yield f"Kept in {file}"
    yield ""
    if past.uncommitted:
        yield "The file on disk is not committed yet."
    yield "Earlier decisions, latest first:" if past.entries else past.gap
    yield from (f"  {line}" for each in past.entries for line in _commit(each))


def _in_full(entry: Entry) -> Iterator[str]:
    review = entry.review
    if review is not None:
        at = f"{review.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        yield f"{review.decision.words.capitalize()} by {one_line(review.by)} on {at}"
        yield from (f"  {line}" for line in review.note.splitlines())
        for word in review.agreed:
            note = f": {one_line(word.note, 300)}" if word.note else ""
            yield f"{one_line(word.by)} agreed on {word.at:%Y-%m-%d}{note}"
        if review.last_day:
            yield f"Its last day is {review.last_day}."
        yield "It was given on"
        yield from (f"  {one_line(line)}" for line in review.basis)
    yield from (one_line(each, 1_000) for each in (entry.why, *entry.notes) if each)


def _commit(each: Recorded) -> Iterator[str]:
    head = f"{each.at:%Y-%m-%d} {each.commit[:10]} {each.author}"
    if each.review is not None:
        yield f"{head}: {_given(each.review)}"
    else:
        yield f"{head}: {each.problem or 'removed it'}"


def shared(app: str, done: Shared) -> Document:
    """What was moved into the checkout."""
    data = {
        "app": app,
        "folder": str(done.folder),
        "moved": list(done.moved),
        "left": list(done.left),
    }
    number = len(done.moved)
    moved = f"{number} {'review was' if number == 1 else 'reviews were'} moved over"
    named = f": {', '.join(done.moved)}" if done.moved else ""
    lines = (
        f"Reviews of {app} are kept in {done.folder} now.",
        f"{moved}{named}.",
        *done.left,
        f"Commit the folder to share them: git add {shlex.quote(str(done.folder))}"
        if any(done.folder.glob("*.toml"))
        else "Git keeps no empty folder: your next decision makes the first file to commit.",
    )
    return Document(lines, data)


def removed(file: Path, entry: Entry) -> Document:
    """The review that is gone, in full, so that it can be written again."""
    aside = (
        "It was no review, so it was put aside beside its place."
        if entry.review is None
        else "It was this:"
    )
    lines = (f"The review of {entry.item} was removed from {file}.", aside, *_in_full(entry))
    return Document(lines, {"removed": _entry(entry), "file": str(file)})


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "item": entry.item or None,
        "state": entry.state.value.replace(" ", "_"),
        "why": entry.why or None,
        "notes": list(entry.notes),
        "review": None if entry.review is None else review(entry.review),
    }


def review(kept: Review) -> dict[str, Any]:
    """A review for programs, with everything it rests on."""
    return {
        "item": kept.item,
        "decision": kept.decision.value,
        "by": kept.by,
        "at": _time(kept.at),
        "expires": kept.expires.isoformat() if kept.expires else None,
        "last_day": kept.last_day.isoformat() if kept.last_day else None,
        "note": kept.note,
        "basis": list(kept.basis),
        "agreed": [
            {
                "by": word.by,
                "at": _time(word.at),
                "expires": word.expires.isoformat() if word.expires else None,
                "note": word.note,
            }
            for word in kept.agreed
        ],
    }


def _recorded(each: Recorded) -> dict[str, Any]:
    return {
        "commit": each.commit,
        "author": each.author,
        "at": _time(each.at),
        "subject": each.subject,
        "review": None if each.review is None else review(each.review),
        "problem": each.problem or None,
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
