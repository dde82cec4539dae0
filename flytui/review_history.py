"""The earlier decisions about an item, as git remembers the commits of its file."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flytui.review import Review
from flytui.review_file import ReviewFileError, from_toml
from flytui.settings import git
from flytui.text import one_line

_PATIENCE = 10.0
_MOST = 50
"""Commits looked at, the latest ones."""
_LARGEST = 100_000
# Nothing a repository's own configuration names is run: no monitor, pager, filter or signer.
_GIT = (
    *("--no-pager", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "log.showSignature=false"),
)
_LOG = (
    *("log", "--follow", "--no-ext-diff", "--no-textconv", "--no-color", "--name-status"),
    *(f"--max-count={_MOST}", "--format=%x01%H%x02%an%x02%aI%x02%s"),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one commit made of an item's review."""

    commit: str
    author: str
    at: datetime
    subject: str
    review: Review | None
    """None when the commit removed it, or when it cannot be read."""
    problem: str = ""
    """Why it cannot be read."""


@dataclass(frozen=True, slots=True)
class Past:
    """The decisions about one item that git knows of, latest first."""

    entries: tuple[Recorded, ...]
    gap: str = ""
    """Why there are none, a sentence."""
    uncommitted: bool = False
    """Whether the file on disk is not, or not yet, what was committed last."""

    @classmethod
    def unknown(cls, _item: str) -> "Past":
        """Where nothing remembers."""
        return cls((), "Earlier decisions are kept where reviews are shared in a git repository.")


def past(file: Path, item: str, environ: Mapping[str, str]) -> Past:
    """The history of the review in the file, which may be gone by now. Never raises."""
    folder = next((each for each in file.absolute().parents if each.is_dir()), Path("/"))
    name = str(file.absolute().relative_to(folder))
    try:
        told = _git(folder, environ, (*_LOG, "--", name)).decode("utf-8", "replace")
        commits = tuple(_commits(told))
        blobs = _blobs(folder, environ, [f"{one.commit}:{one.path}" for one in commits])
    except _GitError as error:
        return Past((), str(error))
    entries = tuple(_recorded(one, blobs, item) for one in commits)
    now = _on_disk(file)
    if not commits:
        return Past((), "This item's review was never committed.", now is not None)
    newest = None if commits[0].removed else blobs.get(f"{commits[0].commit}:{commits[0].path}")
    return Past(entries, uncommitted=now != newest)


class _GitError(Exception):
    """Git could not tell; the message says why."""


@dataclass(frozen=True, slots=True)
class _Commit:
    commit: str
    author: str
    at: datetime
    subject: str
    path: str
    """From the top of the repository."""
    removed: bool


def _git(
    folder: Path, environ: Mapping[str, str], argv: Sequence[str], given: bytes = b""
) -> bytes:
    program = git.find(environ)
    if program is None:
        raise _GitError("Git is not installed, so earlier decisions cannot be told.")
    try:
        ended = subprocess.run(
            (program, *_GIT, *argv),
            cwd=folder,
            env=git.environment(environ),
            input=given,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _GitError(f"Git did not answer ({type(error).__name__}).") from error
    if ended.returncode == 0:
        return ended.stdout
    said = one_line(ended.stderr.decode("utf-8", "replace"), 200)
    if "not a git repository" in said:
        raise _GitError("The reviews are in no git repository, so there are no earlier ones.")
    if "does not have any commits" in said:
        raise _GitError("This item's review was never committed.")
    raise _GitError(f"Git could not tell: {said or f'it ended with code {ended.returncode}'}.")


def _commits(told: str) -> Iterator[_Commit]:
    for entry in told.split("\x01")[1:]:
        head, _, rest = entry.partition("\n")
        commit, author, at, subject = (*head.split("\x02"), "", "", "")[:4]
        change = next((line.split("\t") for line in rest.splitlines() if "\t" in line), None)
        if change is None:
            continue
        yield _Commit(
            commit=commit,
            author=one_line(author, 200),
            at=datetime.fromisoformat(at),
            subject=one_line(subject, 200),
            path=change[-1],
            removed=change[0] == "D",
        )


def _blobs(folder: Path, environ: Mapping[str, str], wanted: list[str]) -> dict[str, bytes]:
    """The contents git holds, by `commit:path`; those missing or too large are left out."""
    sizes = _git(folder, environ, ("cat-file", "--batch-check"), _lines(wanted))
    known = []
    for name, line in zip(wanted, sizes.decode("utf-8", "replace").splitlines(), strict=False):
        words = line.split()
        if len(words) == 3 and words[1] == "blob" and int(words[2]) <= _LARGEST:
            known.append((name, words[0], int(words[2])))
    stream = _git(folder, environ, ("cat-file", "--batch"), _lines([k[1] for k in known]))
    found, start = {}, 0
    for name, _, size in known:
        start = stream.index(b"\n", start) + 1
        found[name] = stream[start : start + size]
        start += size + 1
    return found


def _lines(words: list[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def _recorded(one: _Commit, blobs: Mapping[str, bytes], item: str) -> Recorded:
    review, problem = None, ""
    content = blobs.get(f"{one.commit}:{one.path}")
    if content is None and not one.removed:
        problem = "Git does not hold this version here, or it is too large for a review."
    elif content is not None:
        try:
            review = from_toml(content.decode("utf-8"), f"{one.commit[:10]}:{one.path}", item)
        except (ReviewFileError, UnicodeDecodeError) as error:
            problem = one_line(str(error))
    return Recorded(one.commit, one.author, one.at, one.subject, review, problem)


def _on_disk(file: Path) -> bytes | None:
    try:
        # As `ReviewFolder` reads it: a link is not followed, a pipe not waited for.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(file, flags), "rb") as stream:
            return stream.read(_LARGEST)
    except OSError:
        return None
