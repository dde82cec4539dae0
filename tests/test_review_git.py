"""Shared reviews in a real git: branches merge, a conflict is read once, the past can be told."""

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flytui.review import Agreement, Decision, Review, digest, seal
from flytui.review_file import ReviewFileError, from_toml, to_toml
from flytui.review_folder import Place, ReviewFolder
from flytui.review_history import Past, past

AT = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
BASIS = ("status: action", "address 203.0.113.7: action", "203.0.113.7: dedicated IPv4")
ENVIRON = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.com",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.com",
}

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Repository:
    """A repository whose reviews are shared."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".flytui" / "storefront"
        self.folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        (root / "fly.toml").write_text('app = "storefront"\n')
        self.commit("begin")

    def git(self, *words: str, succeeds: bool = True) -> str:
        ended = subprocess.run(
            ("git", *words), cwd=self.root, env=ENVIRON, capture_output=True, text=True, check=False
        )
        assert (ended.returncode == 0) is succeeds, ended.stderr
        return ended.stdout

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def save(self, review: Review, message: str = "decide") -> None:
        folder = ReviewFolder(Place(self.folder, self.root, private=False))
        folder.load()
        folder.save(review)
        self.commit(message)

    def load(self) -> dict[str, Review]:
        reviews, problems = ReviewFolder(Place(self.folder, self.root, private=False)).load()
        assert not problems
        return reviews

    def text(self, item: str = "exposure") -> str:
        return (self.folder / f"{item}.toml").read_text()

    def past(self, item: str = "exposure") -> Past:
        return past(self.folder / f"{item}.toml", item, ENVIRON)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def review(item: str = "exposure", by: str = "Ana", minutes: int = 0, **more: object) -> Review:
    known = Review(
        item=item,
        decision=Decision.ACCEPTED_RISK,
        note=f"{by} looked at it.\nIt stays as it is.",
        by=by,
        at=AT + timedelta(minutes=minutes),
        expires=None,
        basis=BASIS,
        text="0" * 64,
    )
    return replace(known, **more)  # type: ignore[arg-type]  # the caller names fields of Review


def agreed(to: Review, by: str) -> Review:
    word = Agreement(by, AT + timedelta(days=1), "Yes.", None, seal(to))
    return replace(to, agreements=(*to.agreements, word))


def test_two_people_who_review_different_items_never_conflict(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "other")
    repository.save(review("ipv4", "Ben"))
    repository.git("checkout", "--quiet", "main")
    repository.save(review("exposure", "Ana"))
    repository.git("merge", "--quiet", "--no-edit", "other")
    assert set(repository.load()) == {"exposure", "ipv4"}


@pytest.mark.parametrize("earlier", [None, review(by="Cleo", minutes=-9)], ids=["new", "known"])
def test_the_same_item_conflicts_once_and_readably(
    repository: Repository, earlier: Review | None
) -> None:
    if earlier is not None:
        repository.save(earlier)
    repository.git("checkout", "--quiet", "-b", "other")
    repository.save(review(by="Ben", minutes=5))
    repository.git("checkout", "--quiet", "main")
    repository.save(review(by="Ana"))
    told = repository.git("merge", "--no-edit", "other", succeeds=False)
    assert told.count("CONFLICT") == 1
    text = repository.text()
    assert [text.count(mark) for mark in ("<<<<<<<", "=======", ">>>>>>>")] == [1, 1, 1]
    ours, theirs = text.split("=======")
    assert 'by = "Ana"' in ours
    assert "Ana looked at it." in ours
    assert 'by = "Ben"' in theirs
    assert "Ben looked at it." in theirs
    _, problems = ReviewFolder(Place(repository.folder, repository.root, private=False)).load()
    assert [problem.item for problem in problems] == ["exposure"]
    assert "line" in str(problems[0])


def test_either_side_of_a_conflict_is_a_whole_review(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "other")
    repository.save(review(by="Ben", minutes=5))
    repository.git("checkout", "--quiet", "main")
    repository.save(review(by="Ana"))
    repository.git("merge", "--no-edit", "other", succeeds=False)
    repository.git("checkout", "--theirs", ".flytui/storefront/exposure.toml")
    assert repository.load()["exposure"].by == "Ben"


def test_a_second_reviewer_adds_lines_and_meets_no_conflict(repository: Repository) -> None:
    first = review()
    repository.save(first)
    repository.git("checkout", "--quiet", "-b", "other")
    repository.save(agreed(first, "Ben"))
    repository.git("checkout", "--quiet", "main")
    repository.save(review("ipv4"))
    repository.git("merge", "--quiet", "--no-edit", "other")
    assert repository.load()["exposure"].reviewers == ("Ana", "Ben")
    changed = repository.git("diff", "--numstat", "HEAD^1", "HEAD", "--", ".flytui")
    assert changed.split()[1] == "0"


def test_git_cannot_put_an_agreement_under_another_decision(repository: Repository) -> None:
    first = review()
    repository.save(first)
    repository.git("checkout", "--quiet", "-b", "other")
    repository.save(agreed(first, "Ben"))
    repository.git("checkout", "--quiet", "main")
    repository.save(replace(first, at=AT + timedelta(hours=1), note="Worse than thought."))
    repository.git("merge", "--quiet", "--no-edit", "other")
    merged = repository.load()["exposure"]
    assert merged.note == "Worse than thought."
    assert [word.by for word in merged.agreements] == ["Ben"]
    assert merged.reviewers == ("Ana",)


def test_a_basis_put_together_from_two_does_not_count() -> None:
    text = to_toml(review()).replace(BASIS[2], "203.0.113.8: dedicated IPv4")
    with pytest.raises(ReviewFileError, match="'digest' does not fit the basis"):
        from_toml(text, "exposure.toml", "exposure")


def test_a_second_signature_comes_back_and_a_broken_one_is_told_with_its_line() -> None:
    both = agreed(agreed(review(), "Ben"), "Cleo")
    text = to_toml(both)
    assert from_toml(text, "exposure.toml", "exposure") == both
    broken = text.replace('by = "Cleo"', 'author = "Cleo"')
    line = broken.split("author")[0].count("\n") + 1
    with pytest.raises(ReviewFileError, match=f"line {line}: 'author' is not a key"):
        from_toml(broken, "exposure.toml", "exposure")


def test_a_review_of_the_first_version_still_counts() -> None:
    lines = to_toml(review()).replace("schema = 2", "schema = 1").splitlines()
    kept = [line for line in lines if not line.startswith(("digest", "text"))]
    assert from_toml("\n".join(kept), "x.toml", "exposure") == replace(review(), text="")
    with pytest.raises(ReviewFileError, match="'digest' is not a key"):
        from_toml("\n".join([*kept, f'digest = "{digest(BASIS)}"']), "x.toml", "exposure")


class TestHistory:
    def test_it_tells_every_decision_the_latest_first(self, repository: Repository) -> None:
        repository.save(review(by="Ana"), "first")
        repository.save(review(by="Ben", minutes=5), "second")
        told = repository.past()
        assert [(one.subject, one.review and one.review.by) for one in told.entries] == [
            ("second", "Ben"),
            ("first", "Ana"),
        ]
        assert not told.uncommitted

    def test_it_follows_a_folder_that_was_renamed(self, repository: Repository) -> None:
        repository.save(review(), "first")
        (repository.root / ".flytui" / "old").mkdir()
        repository.git("mv", ".flytui/storefront/exposure.toml", ".flytui/old/exposure.toml")
        repository.commit("rename")
        told = past(repository.root / ".flytui/old/exposure.toml", "exposure", ENVIRON)
        assert [one.subject for one in told.entries] == ["rename", "first"]

    def test_a_removed_review_is_told_as_removed(self, repository: Repository) -> None:
        repository.save(review(), "first")
        repository.git("rm", "--quiet", ".flytui/storefront/exposure.toml")
        repository.commit("remove")
        told = repository.past()
        assert [(one.subject, one.review is None) for one in told.entries] == [
            ("remove", True),
            ("first", False),
        ]
        assert not told.entries[0].problem

    def test_what_is_not_committed_yet_is_said(self, repository: Repository) -> None:
        (repository.folder / "exposure.toml").write_text(to_toml(review()))
        assert repository.past() == Past((), "This item's review was never committed.", True)
        repository.commit("first")
        (repository.folder / "exposure.toml").write_text(to_toml(review(by="Ben")))
        assert repository.past().uncommitted

    def test_a_commit_that_was_no_review_does_not_hide_the_others(
        self, repository: Repository
    ) -> None:
        repository.save(review(), "first")
        (repository.folder / "exposure.toml").write_text("nonsense\n")
        repository.commit("by hand")
        told = repository.past()
        assert "is not TOML" in told.entries[0].problem
        assert told.entries[1].review == review()

    def test_it_runs_nothing_that_the_repository_names(self, repository: Repository) -> None:
        repository.save(review())
        trap = repository.root / "trap"
        trap.write_text(f"#!/bin/sh\ntouch {repository.root}/sprung\n")
        trap.chmod(0o755)
        for key in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "core.editor"):
            repository.git("config", key, str(trap))
        repository.git("config", "log.showSignature", "true")
        repository.git("config", "core.attributesFile", str(repository.root / "attributes"))
        (repository.root / "attributes").write_text("* diff=trap\n")
        repository.git("config", "diff.trap.textconv", str(trap))
        assert repository.past().entries
        assert not (repository.root / "sprung").exists()

    def test_outside_of_git_it_says_so(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.mktemp("alone")
        told = past(folder / "exposure.toml", "exposure", ENVIRON)
        assert (told.entries, "no git repository" in told.gap) == ((), True)

    def test_without_git_it_says_so(self, tmp_path: Path) -> None:
        told = past(tmp_path / "exposure.toml", "exposure", {"PATH": str(tmp_path)})
        assert "Git is not installed" in told.gap
