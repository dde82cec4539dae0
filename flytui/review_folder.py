"""The folder that holds the reviews of one app, one file for each item."""

import fcntl
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from flytui import private
from flytui.review import Review
from flytui.review_file import ReviewFileError, from_toml, to_toml
from flytui.text import file_name, one_line

_ABSENT = ""
_LARGEST = 1_000_000
_ADDED = re.compile(r"^(team|plugin)/(?!.*--)(.+)$")
"""An item that is not flytui's own."""
_ADDED_FILE = re.compile(r"^(team|plugin)--(.+)$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where reviews are kept, and how far a symbolic link may lead."""

    folder: Path
    within: Path
    """Nothing outside of it is read or written."""
    private: bool
    """Only its owner may read it; what belongs to a checkout follows the umask."""
    problems: tuple[ReviewFileError, ...] = ()
    """Why it is not the folder one might expect."""


def choose(app: str, organization: str | None, checkout: Path, ours: Path) -> Place:
    """`.flytui/<app>` of the checkout if that folder exists, else a folder of the user's own.

    Names of apps are unique on Fly.io: a folder kept under another organisation is the app's as
    well, so that reviews are found when the organisation is not known yet or has changed. Raises
    ValueError for a name that cannot name a folder.
    """
    shared = checkout / ".flytui" / file_name(app)
    if shared.is_dir():
        if shared.resolve().is_relative_to(checkout.resolve()):
            apart = tuple(_apart(_own(app, organization, ours)))
            return Place(shared, checkout, private=False, problems=apart)
        problem = ReviewFileError(
            f"{shared}: leads out of the checkout by a symbolic link, so the reviews in it are "
            "left alone. Replace the link by a folder to keep reviews beside the code."
        )
        return replace(own_place(app, organization, ours), problems=(problem,))
    return own_place(app, organization, ours)


def own_place(app: str, organization: str | None, ours: Path) -> Place:
    """The folder of the user's own, whether or not the team shares its reviews."""
    return Place(_own(file_name(app), organization, ours), ours, private=True)


def _apart(own: Path) -> Iterator[ReviewFileError]:
    """Reviews of the user's own that are out of sight where the shared ones count."""
    if number := sum(1 for _ in own.glob("[!.]*.toml")):
        reviews = "1 review does" if number == 1 else f"{number} reviews do"
        yield ReviewFileError(
            f"{own}: {reviews} not count, as this checkout shares its own. "
            "Run `flytui reviews share` to move them over."
        )


def _own(app: str, organization: str | None, ours: Path) -> Path:
    preferred = ours / file_name(organization or "_") / app
    if preferred.is_dir():
        return preferred
    return next((f / app for f in sorted(ours.glob("*")) if (f / app).is_dir()), preferred)


class ReviewFolder:
    """Reads and keeps reviews in one folder.

    Invariant: a file is replaced only if it still is what was read from it last, and always as a
    whole; one that is not a review is put aside, never overwritten.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._folder = place.folder
        self._seen: dict[str, str] = {}
        """Digest of each item's file when it was read or written last."""
        self._broken: set[str] = set()

    @property
    def place(self) -> str:
        return str(self._folder)

    def file(self, item: str) -> Path:
        """Where the item's review is kept, or would be. Raises ValueError for a name of no file."""
        return self._folder / f"{_stem(item)}.toml"

    def load(self) -> tuple[dict[str, Review], tuple[ReviewFileError, ...]]:
        """The reviews by item id, and the files that could not be read as one."""
        self._seen.clear()
        self._broken.clear()
        reviews: dict[str, Review] = {}
        problems = list(self._place.problems)
        try:
            paths = sorted(self._folder.glob("[!.]*.toml")) if self._inside() else []
        except OSError as error:
            return {}, (*problems, _failed(self._folder, "could not be read", error))
        for path in paths:
            try:
                review = self._read(path)
                reviews[review.item] = review
            except ReviewFileError as problem:
                problem.item = _item(path.stem)
                problems.append(problem)
        return reviews, tuple(problems)

    def save(self, review: Review) -> None:
        """Keep it, replacing the item's earlier one. Raises ReviewFileError, the old one intact."""
        with self._changing(review.item, "The review was not kept") as path:
            content = to_toml(review).encode()
            _sweep(path)
            temporary = self._write(path, content)
            try:
                self._put_aside(path)
                temporary.replace(path)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            self._seen[review.item] = _digest(content)

    def remove(self, item: str) -> None:
        """Forget the item's review. Raises ReviewFileError. Nothing happens when there is none."""
        if not self._folder.is_dir():
            return
        with self._changing(item, "The review was not removed") as path:
            self._put_aside(path)
            path.unlink(missing_ok=True)
            self._seen.pop(item, None)

    def _read(self, path: Path) -> Review:
        try:
            item = _item(file_name(path.stem))
            content = _content(path)
        except ValueError as error:
            raise ReviewFileError(f"{path}: {error}") from error
        except OSError as error:
            raise _failed(path, "could not be read", error) from error
        self._seen[item] = _digest(content)
        self._broken.add(path.stem)
        try:
            review = from_toml(content.decode(), str(path), item)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise ReviewFileError(f"{path}, line {line}: is not UTF-8 text.") from error
        self._broken.discard(path.stem)
        return review

    @contextmanager
    def _changing(self, item: str, outcome: str) -> Iterator[Path]:
        """The item's path, locked and unchanged since it was read."""
        try:
            path = self.file(item)
            if not self._inside():
                raise ReviewFileError(f"{self._folder}: leads elsewhere by a symbolic link.")
            self._make_folder()
            with _locked(self._folder):
                self._unchanged(item, path)
                yield path
        except ValueError as error:
            raise ReviewFileError(f"{outcome}: {error}") from error
        except OSError as error:
            raise _failed(self._folder, outcome, error) from error

    def _inside(self) -> bool:
        return self._folder.resolve().is_relative_to(self._place.within.resolve())

    def _make_folder(self) -> None:
        if self._place.private:
            private.folder(self._folder)
        else:
            self._folder.mkdir(parents=True, exist_ok=True)

    def _unchanged(self, item: str, path: Path) -> None:
        try:
            now = _digest(_content(path))
        except FileNotFoundError:
            now = _ABSENT
        if now != self._seen.get(item, _ABSENT):
            raise ReviewFileError(
                f"{path}: was changed since flytui read it, by a colleague's commit or another "
                "flytui. Nothing was written. Refresh to see that version, then decide again."
            )

    def _write(self, path: Path, content: bytes) -> Path:
        """A new file beside `path` with the content safely on disk."""
        temporary = path.with_name(f".{path.stem}.{secrets.token_hex(4)}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        mode = private.FILE if self._place.private else 0o666
        descriptor = os.open(temporary, flags, mode)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        return temporary

    def _put_aside(self, path: Path) -> None:
        if path.stem not in self._broken:
            return
        number = 1
        while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
            number += 1
        path.rename(aside)
        self._broken.discard(path.stem)
        self._seen.pop(_item(path.stem), None)


def _stem(item: str) -> str:
    """The file's name for the item: `team/runbook` is kept in `team--runbook.toml`."""
    return file_name(_ADDED.sub(r"\1--\2", item))


def _item(stem: str) -> str:
    return _ADDED_FILE.sub(r"\1/\2", stem)


def _sweep(path: Path) -> None:
    """Removes what a flytui that was killed while writing left behind. Asks for the lock."""
    for left in path.parent.glob(f".{path.stem}.????????.tmp"):
        left.unlink(missing_ok=True)


def _content(path: Path) -> bytes:
    """The bytes of a plain file; neither a link nor a pipe is followed. Raises OSError."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is not a plain file")
        return file.read(_LARGEST)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keeps other flytuis out between the look at a file and its replacement, then syncs."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # Some network folders know no locks; the look itself is still made.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _failed(path: Path, outcome: str, error: OSError) -> ReviewFileError:
    reason = one_line(error.strerror or str(error)).rstrip(".")
    return ReviewFileError(
        f"{outcome}: {path}: {reason}. What was there before is unchanged. "
        "Make room or make the folder writable, then try again."
    )
