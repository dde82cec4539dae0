"""No accepted decision is lost or silently replaced: the trials of `tests.durability`, in short."""

import random
from pathlib import Path

import pytest

from tests.durability.trials import (
    full_disk,
    killed,
    nonsense,
    read_only,
    rivals,
    tiny_disk,
)


def test_killed_at_any_moment_it_leaves_the_last_review_or_the_one_under_way(
    tmp_path: Path,
) -> None:
    count = killed(tmp_path, 25, random.Random(7))
    assert count.well
    assert count.kept >= 25
    assert count.killed > 1


def test_a_write_that_fails_half_way_leaves_the_earlier_review_and_says_what_to_do(
    tmp_path: Path,
) -> None:
    count = full_disk(tmp_path, 40)
    assert count.well
    assert min(count.kept, count.refused) > 0


def test_a_full_disk_refuses_and_says_what_to_do(tmp_path: Path) -> None:
    count = tiny_disk(tmp_path, 40)
    if count is None:
        pytest.skip("this user may mount no disk")
    assert count.well
    assert min(count.kept, count.refused) > 0


def test_a_read_only_folder_refuses_everything_and_keeps_what_it_has(tmp_path: Path) -> None:
    count = read_only(tmp_path, 9)
    assert count.well
    assert (count.kept, count.refused) == (0, 9)


def test_nonsense_on_file_is_told_and_put_aside_never_overwritten(tmp_path: Path) -> None:
    count = nonsense(tmp_path, 30, random.Random(7))
    assert count.well
    assert (count.refused, count.put_aside) == (30, 30)


def test_of_two_at_once_none_replaces_what_its_author_did_not_see(tmp_path: Path) -> None:
    count = rivals(tmp_path, 60)
    assert count.well
    assert count.kept == 60
