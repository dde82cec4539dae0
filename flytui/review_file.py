"""Reviews to and from small TOML files, one for each item."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

import tomli

from flytui.review import Agreement, Decision, Review, digest
from flytui.review_table import ReviewFileError, Table, complaint
from flytui.text import plain

__all__ = ["ReviewFileError", "Reviews", "from_toml", "to_toml"]


class Reviews(Protocol):
    """Where the reviews of one app are kept."""

    @property
    def place(self) -> str:
        """The folder, for people."""
        ...

    def load(self) -> tuple[dict[str, Review], tuple[ReviewFileError, ...]]:
        """The reviews by item id, and the files that could not be read as one."""
        ...

    def save(self, review: Review) -> None:
        """Keep it, replacing the item's earlier one. Raises ReviewFileError, the old one intact."""
        ...

    def remove(self, item: str) -> None:
        """Forget the item's review. Raises ReviewFileError. Nothing happens when there is none."""
        ...


SCHEMA = 2
_FIRST = ("schema", "item", "decision", "by", "at", "expires", "note", "basis")
_KEYS = {1: _FIRST, 2: (*_FIRST, "text", "digest", "agreed")}
"""The keys of each version of the file. The first had neither digests nor second reviewers."""
_AGREED = ("by", "at", "expires", "note", "seal")


def to_toml(review: Review) -> str:
    """The file's text: keys always in the same order, the note as it was typed.

    What changes with every decision stands together, so that two decisions on one item meet in
    git as one conflict; agreements come last, so that one of them meets with none.
    """
    fields: dict[str, Any] = {
        "schema": SCHEMA,
        "item": review.item,
        "decision": review.decision.value,
        "by": review.by,
        "at": _second(review.at),
        "expires": review.expires,
        "note": plain(review.note),
        "text": review.text or None,
        "digest": digest(review.basis),
        "basis": list(review.basis),
        "agreed": [_agreement(agreement) for agreement in review.agreements] or None,
    }
    import tomli_w  # noqa: PLC0415 (most looks write no review)

    text = tomli_w.dumps(_known(fields), multiline_strings=True)
    return text.encode("utf-8", errors="replace").decode()


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return _known(
        {
            "by": agreement.by,
            "at": _second(agreement.at),
            "expires": agreement.expires,
            "note": plain(agreement.note),
            "seal": agreement.seal,
        }
    )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def from_toml(text: str, path: str, item: str) -> Review:
    """The review of `item` in the text. Raises ReviewFileError naming `path` and the line."""
    try:
        values = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        where = f"{path}, line {error.lineno}"
        raise complaint(where, f"is not TOML ({error.msg})") from error
    except (ValueError, RecursionError) as error:
        raise complaint(path, "holds a value that is nested too deeply or too long") from error
    return _review(Table(values, text, path), item)


def _review(table: Table, item: str) -> Review:
    if (schema := table.value("schema", int)) not in _KEYS:
        raise table.wrong("schema", f"is not {SCHEMA}: another version of flytui wrote it")
    table.only(_KEYS[schema])
    if table.value("item", str) != item:
        raise table.wrong("item", f"is not {item!r}, as the file's name says")
    review = Review(
        item=item,
        decision=table.choice("decision", Decision),
        note=plain(table.value("note", str)),
        by=table.line("by"),
        at=table.time("at"),
        expires=table.day("expires"),
        basis=table.lines("basis"),
        text=table.line("text") if "text" in table.values else "",
        agreements=tuple(_read_agreement(each) for each in _agreements(table)),
    )
    if review.decision.waives and not review.note.strip():
        raise table.wrong("note", "is empty, and this decision needs a reason")
    if schema > 1 and table.line("digest") != digest(review.basis):
        raise table.wrong("digest", "does not fit the basis: one of them was changed by hand")
    return review


def _agreements(table: Table) -> Iterator[Table]:
    """The `[[agreed]]` tables, each with its own stretch of the file."""
    entries: list[Any] = table.value("agreed", list) if "agreed" in table.values else []
    starts = [m.start() for m in re.finditer(r"^\s*\[\[\s*agreed", table.text, re.MULTILINE)]
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise table.wrong("agreed", "is not a table")
        start = starts[number] if number < len(starts) else 0
        before = table.text.count("\n", 0, start)
        yield Table(entry, table.text[start:], table.path, before)


def _read_agreement(table: Table) -> Agreement:
    table.only(_AGREED)
    return Agreement(
        by=table.line("by"),
        at=table.time("at"),
        note=plain(table.value("note", str)),
        expires=table.day("expires"),
        seal=table.line("seal"),
    )
