"""A review is one small file that people can read, and that a broken one never passes for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flytui.review import Decision, Review, digest
from flytui.review_file import ReviewFileError, from_toml, to_toml

BASIS = ("status: action", "address 203.0.113.7: action")
WRITTEN = '''\
schema = 2
item = "exposure"
decision = "not_applicable"
by = "Ana <ana@example.com>"
at = 2026-03-12 10:00:00+00:00
expires = 2026-06-10
note = """
Behind the office proxy.
See the runbook."""
digest = "DIGEST"
basis = [
    "status: action",
    "address 203.0.113.7: action",
]
'''.replace("DIGEST", digest(BASIS))


def review(note: str = "Fine.", **changes: object) -> Review:
    given_ = Review(
        item="exposure",
        decision=Decision.REVIEWED,
        note=note,
        by="Ana <ana@example.com>",
        at=datetime(2026, 3, 12, 10, 0, tzinfo=UTC),
        expires=None,
        basis=BASIS,
    )
    return replace(given_, **changes)  # type: ignore[arg-type]  # the caller names fields of Review


def read(text: str) -> Review:
    return from_toml(text, "exposure.toml", "exposure")


def test_the_file_reads_like_a_note() -> None:
    decided = review(
        "Behind the office proxy.\nSee the runbook.",
        decision=Decision.NOT_APPLICABLE,
        expires=date(2026, 6, 10),
    )
    assert to_toml(decided) == WRITTEN
    assert read(WRITTEN) == decided


@given(note=some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cf"])))
def test_a_note_comes_back_as_it_was_typed(note: str) -> None:
    assert read(to_toml(review(note))).note == note


@given(line=some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cf"])))
def test_a_basis_comes_back_as_it_was(line: str) -> None:
    assert read(to_toml(review(basis=(line,)))).basis == (line,)


def test_times_are_kept_in_utc() -> None:
    local = datetime(2026, 3, 12, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    assert "at = 2026-03-12 10:00:00+00:00" in to_toml(review(at=local))


@pytest.mark.parametrize(
    ("text", "replacement", "complaint"),
    [
        ("by =", "author =", "exposure.toml, line 4: 'author' is not a key"),
        ("note =", "[[note]]\nx =", "exposure.toml, line 7: 'note' is not a text"),
        ("schema = 2", "schema = 3", "line 1: 'schema' is not 2"),
        ("schema = 2", "schema = true", "line 1: 'schema' is not a whole number"),
        ("schema = 2\n", "", "has no 'schema'"),
        ('"exposure"', '"ipv4"', "line 2: 'item' is not 'exposure'"),
        ('"not_applicable"', '"waived"', "line 3: 'decision' is none of reviewed, not_applicable"),
        ("2026-06-10", '"June"', "line 6: 'expires' is not a date"),
        ("2026-06-10", "2026-06-10T00:00:00Z", "line 6: 'expires' is not a date"),
        ("2026-06-10", "2026-06-31", "exposure.toml, line 6: is not TOML"),
        ("10:00:00+00:00", "10:00:00", "line 5: 'at' has no time zone"),
        ('"Ana <ana@example.com>"', '""', "line 4: 'by' is empty"),
        ('    "status: action",', "    7,", "line 11: 'basis' is not a list of lines"),
        ("note =", "<<<<<<< ours\nnote =", "exposure.toml, line 7: is not TOML"),
    ],
)
def test_what_is_not_a_review_is_told_with_its_line(
    text: str, replacement: str, complaint: str
) -> None:
    with pytest.raises(ReviewFileError) as raised:
        read(WRITTEN.replace(text, replacement, 1))
    assert complaint in str(raised.value)
    assert "does not count" in str(raised.value)


def test_nothing_in_a_committed_review_commands_the_terminal() -> None:
    hostile = WRITTEN.replace("Behind", "\\u001b]0;owned\\u0007Behind").replace("Ana", "A\\u001bna")
    loaded = read(hostile)
    assert "\x1b" not in loaded.note + loaded.by
