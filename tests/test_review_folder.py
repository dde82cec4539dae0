"""Nothing typed is lost: not to a full disk, a second flytui, a broken file or a strange name."""

import errno
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flytui.review import Decision, Review
from flytui.review_file import ReviewFileError
from flytui.review_folder import Place, ReviewFolder, choose


def review(item: str = "exposure", note: str = "Fine.") -> Review:
    at = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
    return Review(item, Decision.REVIEWED, note, "Ana", at, None, ("status: action",))


def folder(root: Path, *, private: bool = True) -> ReviewFolder:
    return ReviewFolder(Place(root / "acme" / "storefront", root, private))


def opened(root: Path) -> ReviewFolder:
    """A folder as a session holds it: loaded once."""
    reviews = folder(root)
    reviews.load()
    return reviews


def file(root: Path, item: str = "exposure") -> Path:
    return root / "acme" / "storefront" / f"{item}.toml"


def notes(root: Path) -> dict[str, str]:
    loaded, problems = folder(root).load()
    assert not problems
    return {item: one.note for item, one in loaded.items()}


def test_a_review_survives_a_restart(tmp_path: Path) -> None:
    opened(tmp_path).save(review())
    assert folder(tmp_path).load() == ({"exposure": review()}, ())


def test_a_later_decision_replaces_the_earlier_one(tmp_path: Path) -> None:
    reviews = opened(tmp_path)
    reviews.save(review(note="One."))
    reviews.save(review(note="Two."))
    assert notes(tmp_path) == {"exposure": "Two."}


def test_each_item_has_its_own_file_and_nothing_else_stays(tmp_path: Path) -> None:
    reviews = opened(tmp_path)
    reviews.save(review("exposure"))
    reviews.save(review("ipv4"))
    assert sorted(p.name for p in file(tmp_path).parent.iterdir()) == [
        "exposure.toml",
        "ipv4.toml",
    ]


def test_a_removed_review_is_gone_and_removing_it_twice_is_fine(tmp_path: Path) -> None:
    reviews = opened(tmp_path)
    reviews.save(review())
    reviews.remove("exposure")
    reviews.remove("exposure")
    assert notes(tmp_path) == {}


def test_removing_from_a_folder_that_never_was_makes_none(tmp_path: Path) -> None:
    opened(tmp_path).remove("exposure")
    assert list(tmp_path.iterdir()) == []


def test_the_user_s_own_reviews_are_for_the_user_alone(tmp_path: Path) -> None:
    opened(tmp_path).save(review())
    assert stat.S_IMODE(file(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(file(tmp_path).parent.stat().st_mode) == 0o700


def test_reviews_in_a_checkout_can_be_read_by_others(tmp_path: Path) -> None:
    earlier = os.umask(0o022)
    try:
        folder(tmp_path, private=False).save(review())
    finally:
        os.umask(earlier)
    assert stat.S_IMODE(file(tmp_path).stat().st_mode) == 0o644


def test_two_flytuis_that_review_different_items_both_succeed(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path)
    one.save(review("exposure", "One."))
    other.save(review("ipv4", "Other."))
    assert notes(tmp_path) == {"exposure": "One.", "ipv4": "Other."}


def test_the_second_of_two_who_review_the_same_item_is_told(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path)
    one.save(review(note="One."))
    with pytest.raises(ReviewFileError, match="was changed since flytui read it"):
        other.save(review(note="Other."))
    with pytest.raises(ReviewFileError, match="was changed"):
        other.remove("exposure")
    assert notes(tmp_path) == {"exposure": "One."}


def test_having_seen_the_other_s_version_one_may_decide_again(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path)
    one.save(review(note="One."))
    other.load()
    other.save(review(note="Other."))
    assert notes(tmp_path) == {"exposure": "Other."}


def test_a_review_removed_by_a_colleague_is_not_silently_brought_back(tmp_path: Path) -> None:
    reviews = opened(tmp_path)
    reviews.save(review())
    file(tmp_path).unlink()
    with pytest.raises(ReviewFileError, match="was changed"):
        reviews.save(review(note="Again."))


@pytest.mark.parametrize("content", [b"<<<<<<< ours\n", b"\xff\xfe", b"", b"decision = 1\n"])
def test_a_broken_file_is_told_and_the_others_still_count(tmp_path: Path, content: bytes) -> None:
    opened(tmp_path).save(review("ipv4"))
    file(tmp_path).write_bytes(content)
    loaded, problems = folder(tmp_path).load()
    assert list(loaded) == ["ipv4"]
    assert len(problems) == 1
    assert "exposure.toml" in str(problems[0])


def test_a_broken_file_is_put_aside_never_overwritten(tmp_path: Path) -> None:
    opened(tmp_path).save(review())
    for attempt in (b"first", b"second"):
        file(tmp_path).write_bytes(attempt)
        opened(tmp_path).save(review(note="Repaired."))
    aside = sorted(file(tmp_path).parent.glob("*.broken-*"))
    assert [(p.name, p.read_bytes()) for p in aside] == [
        ("exposure.toml.broken-1", b"first"),
        ("exposure.toml.broken-2", b"second"),
    ]
    assert notes(tmp_path) == {"exposure": "Repaired."}


def test_removing_a_broken_file_puts_it_aside(tmp_path: Path) -> None:
    opened(tmp_path).save(review())
    file(tmp_path).write_bytes(b"broken")
    opened(tmp_path).remove("exposure")
    assert file(tmp_path).with_name("exposure.toml.broken-1").read_bytes() == b"broken"
    assert notes(tmp_path) == {}


def test_a_full_disk_leaves_the_old_review_intact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviews = opened(tmp_path)
    reviews.save(review(note="Old."))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReviewFileError, match=r"No space left.*Make room"):
        reviews.save(review(note="New."))
    monkeypatch.undo()
    assert notes(tmp_path) == {"exposure": "Old."}
    assert [p.name for p in file(tmp_path).parent.iterdir()] == ["exposure.toml"]
    reviews.save(review(note="New."))
    assert notes(tmp_path) == {"exposure": "New."}


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("a file")
    with pytest.raises(ReviewFileError, match=r"was not kept.*try again"):
        opened(tmp_path).save(review())
    assert (tmp_path / "acme").read_text() == "a file"


def test_a_team_s_own_item_has_a_file_of_its_own(tmp_path: Path) -> None:
    opened(tmp_path).save(review("team/runbook"))
    assert file(tmp_path, "team--runbook").exists()
    assert list(notes(tmp_path)) == ["team/runbook"]


@pytest.mark.parametrize("item", ["../../x", "a/b", ".hidden", "", "a b", "/x"])
def test_an_item_never_leads_out_of_the_folder(tmp_path: Path, item: str) -> None:
    with pytest.raises(ReviewFileError, match="cannot name a file"):
        opened(tmp_path).save(review(item))
    assert not list(tmp_path.rglob("*.toml"))


def test_a_linked_file_is_neither_read_nor_written(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password")
    file(tmp_path).parent.mkdir(parents=True)
    file(tmp_path).symlink_to(secret)
    reviews = folder(tmp_path)
    loaded, problems = reviews.load()
    assert not loaded
    assert "password" not in str(problems[0])
    with pytest.raises(ReviewFileError):
        reviews.save(review())
    assert secret.read_text() == "password"


def test_a_pipe_in_the_folder_does_not_hang(tmp_path: Path) -> None:
    file(tmp_path).parent.mkdir(parents=True)
    os.mkfifo(file(tmp_path))
    _, problems = folder(tmp_path).load()
    assert "plain file" in str(problems[0])


def test_reviews_are_beside_the_code_when_their_folder_is(tmp_path: Path) -> None:
    shared = tmp_path / "checkout" / ".flytui" / "storefront"
    shared.mkdir(parents=True)
    place = choose("storefront", "acme", tmp_path / "checkout", tmp_path / "ours")
    assert (place.folder, place.private) == (shared, False)


def test_without_it_they_are_the_user_s_own(tmp_path: Path) -> None:
    place = choose("storefront", None, tmp_path / "checkout", tmp_path / "ours")
    assert (place.folder, place.private) == (tmp_path / "ours" / "_" / "storefront", True)


def test_reviews_are_found_again_once_the_organisation_is_known(tmp_path: Path) -> None:
    first = choose("storefront", None, tmp_path, tmp_path / "ours")
    ReviewFolder(first).save(review())
    later = choose("storefront", "acme", tmp_path, tmp_path / "ours")
    assert ReviewFolder(later).load()[0] == {"exposure": review()}


def test_a_link_out_of_the_checkout_is_not_followed_and_told(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "storefront").mkdir(parents=True)
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout" / ".flytui").symlink_to(elsewhere)
    place = choose("storefront", "acme", tmp_path / "checkout", tmp_path / "ours")
    assert place.folder == tmp_path / "ours" / "acme" / "storefront"
    reviews = ReviewFolder(place)
    assert "symbolic link" in str(reviews.load()[1][0])
    reviews.save(review())
    assert not list(elsewhere.rglob("*.toml"))


def test_a_link_made_after_the_start_is_not_followed_either(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "storefront").mkdir(parents=True)
    reviews = opened(tmp_path / "ours")
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "acme").symlink_to(elsewhere)
    with pytest.raises(ReviewFileError, match="symbolic link"):
        reviews.save(review())
    assert not list(elsewhere.rglob("*.toml"))


@pytest.mark.parametrize("app", ["../../x", ".git", ""])
def test_an_app_never_leads_out_of_the_folders(tmp_path: Path, app: str) -> None:
    with pytest.raises(ValueError, match="cannot name a file"):
        choose(app, "acme", tmp_path, tmp_path / "ours")
