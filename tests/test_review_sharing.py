"""Sharing moves reviews into the checkout and never loses one, wherever it is cut short."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flytui.review import Decision, Review
from flytui.review_file import ReviewFileError
from flytui.review_folder import Place, ReviewFolder, choose, own_place
from flytui.review_sharing import Shared, share

AT = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
ITEMS = ("exposure", "ipv4")


class Cut(BaseException):
    """As if the process ended here."""


def review(item: str, note: str = "Fine.") -> Review:
    return Review(item, Decision.REVIEWED, note, "Ana", AT, None, ("status: action",))


def own(root: Path) -> ReviewFolder:
    folder = ReviewFolder(own_place("shop", None, root / "ours"))
    folder.load()
    return folder


def decided(root: Path, *items: str) -> Path:
    (root / "checkout").mkdir()
    folder = own(root)
    for item in items:
        folder.save(review(item))
    return root / "checkout"


def shared(root: Path) -> ReviewFolder:
    checkout = root / "checkout"
    folder = ReviewFolder(Place(checkout / ".flytui" / "shop", checkout, private=False))
    folder.load()
    return folder


def in_force(root: Path) -> dict[str, Review]:
    """What a flytui started now would take for the reviews of the app."""
    return ReviewFolder(choose("shop", None, root / "checkout", root / "ours")).load()[0]


def run(root: Path) -> Shared:
    return share("shop", None, root / "checkout", root / "ours")


def test_all_of_them_are_moved_and_in_force_afterwards(tmp_path: Path) -> None:
    decided(tmp_path, *ITEMS)
    done = run(tmp_path)
    assert (set(done.moved), done.left) == (set(ITEMS), ())
    assert own(tmp_path).load() == ({}, ())
    assert in_force(tmp_path) == {item: review(item) for item in ITEMS}


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    decided(tmp_path, *ITEMS)
    run(tmp_path)
    assert run(tmp_path).moved == ()
    assert set(in_force(tmp_path)) == set(ITEMS)


def test_without_any_the_folder_is_made_for_those_to_come(tmp_path: Path) -> None:
    checkout = decided(tmp_path)
    assert run(tmp_path).moved == ()
    assert (checkout / ".flytui" / "shop").is_dir()


STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "open"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "mkdir"),
)


@pytest.mark.parametrize(("owner", "step"), STEPS, ids=[step for _, step in STEPS])
@pytest.mark.parametrize("error", [Cut(), OSError(28, "No space left on device")], ids=repr)
def test_cut_short_anywhere_it_loses_none_and_a_second_run_completes_it(
    tmp_path: Path, owner: Any, step: str, error: BaseException
) -> None:
    """At the first, second, third … of these steps, until one run needs no more of them."""
    real: Callable[..., Any] = getattr(owner, step)
    for limit in range(100):
        root = tmp_path / str(limit)
        root.mkdir()
        decided(root, *ITEMS)
        left = iter(range(limit))

        def fail(
            *words: Any, left: Any = left, real: Callable[..., Any] = real, **more: Any
        ) -> Any:
            if next(left, None) is None:
                raise error
            return real(*words, **more)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(owner, step, fail)
            try:
                run(root)
            except (Cut, ReviewFileError):
                ended = False
            else:
                ended = True
        everything = {**own(root).load()[0], **shared(root).load()[0]}
        assert everything == {item: review(item) for item in ITEMS}
        run(root)
        assert in_force(root) == everything
        assert own(root).load() == ({}, ())
        assert [p.name for p in (root / "checkout" / ".flytui").iterdir()] == ["shop"]
        if ended:
            assert limit > 0
            return
    pytest.fail("it never came to its end")


def test_where_the_team_decided_already_both_reviews_stay_and_that_is_said(tmp_path: Path) -> None:
    decided(tmp_path, *ITEMS)
    shared(tmp_path).save(review("exposure", "The team's."))
    done = run(tmp_path)
    assert set(done.moved) == {"ipv4"}
    assert len(done.left) == 1
    assert "another review of exposure is shared already" in done.left[0]
    assert in_force(tmp_path)["exposure"].note == "The team's."
    assert own(tmp_path).load()[0]["exposure"].note == "Fine."


def test_one_s_own_reviews_out_of_sight_are_told_of(tmp_path: Path) -> None:
    checkout = decided(tmp_path, "ipv4")
    (checkout / ".flytui" / "shop").mkdir(parents=True)
    place = choose("shop", None, checkout, tmp_path / "ours")
    assert "1 review does not count" in str(place.problems[0])
    assert "flytui reviews share" in str(place.problems[0])


def test_a_broken_file_stays_where_it_is_and_is_told(tmp_path: Path) -> None:
    decided(tmp_path, "ipv4")
    broken = own(tmp_path).file("exposure")
    broken.write_text("nonsense\n")
    done = run(tmp_path)
    assert done.moved == ("ipv4",)
    assert "is not TOML" in done.left[0]
    assert broken.read_text() == "nonsense\n"


def test_it_leads_nowhere_outside_of_the_checkout(tmp_path: Path) -> None:
    checkout = decided(tmp_path, *ITEMS)
    (tmp_path / "outside").mkdir()
    (checkout / ".flytui").symlink_to(tmp_path / "outside")
    with pytest.raises(ReviewFileError, match="symbolic link"):
        run(tmp_path)
    assert not list((tmp_path / "outside").iterdir())
    assert set(own(tmp_path).load()[0]) == set(ITEMS)
