"""The place of a walkthrough survives a restart, and nothing that is wrong with it matters."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flytui.journey.bookmark import BookmarkFile
from flytui.journey.model import Journey, Outcome, begin

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
ORDER = ("a", "b", "c")


def journey() -> Journey:
    return Journey(ORDER, "b", shown=True).did("a", Outcome.NOT_APPLICABLE, "Ana", NOW)


def test_it_goes_on_where_it_stopped_with_what_was_decided(tmp_path: Path) -> None:
    BookmarkFile(tmp_path / "walks", "storefront").keep(journey())
    kept = BookmarkFile(tmp_path / "walks", "storefront").load(ORDER)
    assert (kept.at, kept.deeds) == ("b", journey().deeds)
    assert not kept.shown
    assert [file.name for file in (tmp_path / "walks").iterdir()] == ["storefront.json"]


def test_a_journey_that_has_ended_leaves_nothing(tmp_path: Path) -> None:
    bookmark = BookmarkFile(tmp_path, "storefront")
    bookmark.keep(journey())
    bookmark.keep(Journey(ORDER, None))
    assert list(tmp_path.iterdir()) == []
    bookmark.keep(Journey(ORDER, None))
    assert bookmark.load(ORDER) == begin(ORDER)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"a"',
        b"\xff\xfe",
        b'{"schema": 2, "at": "b", "deeds": []}',
        b'{"schema": 1, "at": 7, "deeds": []}',
        b'{"schema": 1, "at": ["b"], "deeds": []}',
        b'{"schema": 1, "at": "b"}',
        b'{"schema": 1, "at": "b", "deeds": 7}',
        b'{"schema": 1, "at": "b", "deeds": [7]}',
        b'{"schema": 1, "at": "b", "deeds": [{"item": "a", "outcome": "eaten", "at": ""}]}',
        b'{"schema": 1, "at": "b", "deeds": [{"item": "a", "outcome": "fixed", "at": 1}]}',
        b'{"schema": 1, "at": "zebra", "deeds": []}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_not_ours_starts_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "storefront.json").write_bytes(content)
    assert BookmarkFile(tmp_path, "storefront").load(ORDER) == begin(ORDER)


def test_a_folder_in_its_place_starts_over_and_says_that_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "storefront.json").mkdir()
    bookmark = BookmarkFile(tmp_path, "storefront")
    assert bookmark.load(ORDER) == begin(ORDER)
    with pytest.raises(OSError, match="directory"):
        bookmark.keep(journey())
    assert [file.name for file in tmp_path.iterdir()] == ["storefront.json"]


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot name a file"):
        BookmarkFile(tmp_path, "../storefront")
