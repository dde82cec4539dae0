"""Moving the user's own reviews of an app into its checkout, where the team shares them."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flytui.review_file import ReviewFileError
from flytui.review_folder import Place, ReviewFolder, own_place
from flytui.text import file_name, one_line


@dataclass(frozen=True, slots=True)
class Shared:
    """What was moved, and what was not."""

    folder: Path
    moved: tuple[str, ...]
    """Ids of the items whose reviews are in the checkout now."""
    left: tuple[str, ...]
    """What stays in the user's own folder and why, a sentence each."""


def share(app: str, organization: str | None, checkout: Path, ours: Path) -> Shared:
    """Make `.flytui/<app>` and move the user's reviews over.

    A review is removed from the user's folder only when its copy is safely in the checkout: cut
    short at any moment, it is in one of the two places or in both, and a second run completes the
    first. Raises ReviewFileError, nothing lost.
    """
    folder = checkout / ".flytui" / file_name(app)
    own = ReviewFolder(own_place(app, organization, ours))
    reviews, problems = own.load()
    try:
        with _alone(folder.parent, checkout):
            _complete(folder, own)
    except OSError as error:
        raise _failed(folder, error) from error
    target = ReviewFolder(Place(folder, checkout, private=False))
    there, _ = target.load()
    left = [str(problem) for problem in problems]
    moved = []
    for item, review in reviews.items():
        if item in there and there[item] != review:
            left.append(
                f"{own.file(item)}: another review of {item} is shared already, and that one "
                "counts. Yours stays there; delete the file once it is of no use."
            )
            continue
        if item not in there:
            target.save(review)
        own.remove(item)
        moved.append(item)
    return Shared(folder, tuple(moved), tuple(left))


def _complete(folder: Path, own: ReviewFolder) -> None:
    """The folder with all reviews in it, or none: half of it would hide the rest."""
    for leftover in folder.parent.glob(f".{folder.name}.????????.sharing"):
        shutil.rmtree(leftover)
    if folder.is_dir():
        return
    staging = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.sharing")
    staging.mkdir()
    copy = ReviewFolder(Place(staging, staging, private=False))
    for review in own.load()[0].values():
        copy.save(review)
    staging.rename(folder)


@contextmanager
def _alone(folder: Path, checkout: Path) -> Iterator[None]:
    """Keeps other flytuis from sharing at the same time, then syncs the folder."""
    folder.mkdir(exist_ok=True)
    if not folder.resolve().is_relative_to(checkout.resolve()):
        raise ReviewFileError(
            f"{folder}: leads out of the checkout by a symbolic link. Replace the link by a "
            "folder, then share again."
        )
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _failed(folder: Path, error: OSError) -> ReviewFileError:
    reason = one_line(error.strerror or str(error)).rstrip(".")
    return ReviewFileError(
        f"The reviews were not shared: {folder}: {reason}. They are where they were. "
        "Make room or make the folder writable, then try again."
    )
