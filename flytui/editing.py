"""Edits of the checkout's files: planned as a difference, written only if nothing has moved."""

import difflib
import errno
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flytui.edits.changes import Refused
from flytui.edits.editing import edited
from flytui.remedy import Edit
from flytui.repo.config import local_config
from flytui.repo.parsing import MAX_BYTES, Unreadable, from_toml

__all__ = ["FilePlan", "Refused", "plan", "write"]


@dataclass(frozen=True, slots=True)
class FilePlan:
    """An edit about to be made, frozen with the file as it was read."""

    edit: Edit
    file: Path
    """Where it truly lies, links followed."""
    shown: str
    """The same relative to the checkout."""
    root: Path
    before: bytes | None = None
    """None: there is no such file yet."""
    after: bytes = b""

    @property
    def difference(self) -> tuple[str, ...]:
        """A unified diff, a line each, without line ends."""
        old = f"a/{self.shown}" if self.before is not None else "/dev/null"
        return tuple(
            line.rstrip("\r\n")
            for line in difflib.unified_diff(
                (self.before or b"").decode(errors="replace").splitlines(keepends=True),
                self.after.decode(errors="replace").splitlines(keepends=True),
                old,
                f"b/{self.shown}",
            )
        )


def plan(root: Path, edit: Edit) -> FilePlan:
    """What the edit would make of the file. Raises Refused; touches nothing."""
    if not edit.operations and not edit.creates:
        raise Refused("Only a person can make this edit.")
    file = _within(root, edit.path)
    before = _read(file)
    if before is None and not edit.creates:
        raise Refused(f"There is no {edit.path} here.")
    if before is not None and not edit.operations:
        raise Refused(f"{edit.path} is there already, and is not overwritten.")
    if not edit.operations:
        return FilePlan(edit, file, edit.path, root, None, edit.snippet.encode())
    if before is not None and not edit.path.endswith(".toml"):
        raise Refused(f"{edit.path} is not TOML: its comments and order could not be kept.")
    after = _after(before or b"", edit)
    if after == before:
        raise Refused(f"{edit.path} says so already: a deploy brings it into effect.")
    return FilePlan(edit, file, edit.path, root, before, after)


def _after(before: bytes, edit: Edit) -> bytes:
    try:
        text = before.decode()
    except UnicodeDecodeError as error:
        raise Refused(f"{edit.path} is not UTF-8 text.") from error
    result = edited(text, edit.operations)
    if edit.path.startswith(".flytui/"):
        return result.encode()
    known = _problems(edit.path, text)
    added = [problem for problem in _problems(edit.path, result) if problem not in known]
    if added:
        raise Refused(f"fly would refuse the file afterwards: {added[0]}")
    return result.encode()


def _problems(path: str, text: str) -> tuple[str, ...]:
    try:
        return local_config(path, from_toml(text.removeprefix("\ufeff"))).problems
    except Unreadable as error:
        raise Refused(error.problem) from error


def _within(root: Path, path: str) -> Path:
    """The file the path names, links followed. Raises Refused where that leads elsewhere."""
    names = PurePosixPath(path)
    if names.is_absolute() or ".." in names.parts or "\0" in path:
        raise Refused(f"{path!r} does not lie in the checkout.")
    try:
        base = root.resolve(strict=True)
        file = (base / names).resolve()
    except (OSError, RuntimeError) as error:
        raise Refused(f"{path} cannot be found: {error}.") from error
    if not file.is_relative_to(base) or ".git" in file.relative_to(base).parts:
        raise Refused(f"{path} leads out of the checkout.")
    return file


def _read(file: Path) -> bytes | None:
    """The file's content; None when there is none."""
    try:
        # Opened so, a pipe is not waited for.
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise Refused(f"{file.name} is not a plain file.")
            content = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refused(f"{file.name} cannot be read: {error.strerror}.") from error
    if len(content) > MAX_BYTES:
        raise Refused(f"{file.name} is larger than {MAX_BYTES // 1024} KB.")
    return content


def write(planned: FilePlan) -> None:
    """Make the edit. Raises Refused when the file is not as it was read, or cannot be written."""
    try:
        if _within(planned.root, planned.edit.path) != planned.file:
            raise Refused(f"{planned.shown} leads elsewhere than when it was read.")
        if planned.before is None:
            _create(planned)
        else:
            _replace(planned)
    except OSError as error:
        raise Refused(f"{planned.shown} was not written: {error.strerror}.") from error


def _create(planned: FilePlan) -> None:
    """The new file and its folders; never over one that came meanwhile."""
    planned.file.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        opened = os.open(planned.file, flags, 0o666)
    except FileExistsError as error:
        raise Refused(f"{planned.shown} was created meanwhile; it is left as it is.") from error
    try:
        with os.fdopen(opened, "wb") as file:
            _put(file.fileno(), planned.after)
    except OSError:
        planned.file.unlink(missing_ok=True)
        raise


def _replace(planned: FilePlan) -> None:
    """All of it or nothing, with the same permissions."""
    known = planned.file.stat()
    folder = planned.file.parent
    opened, name = tempfile.mkstemp(prefix=f".{planned.file.name}.", dir=folder)
    try:
        with os.fdopen(opened, "wb") as file:
            _put(file.fileno(), planned.after)
            os.fchmod(file.fileno(), stat.S_IMODE(known.st_mode))
            _own(file.fileno(), known)
        if _read(planned.file) != planned.before:
            raise Refused(f"{planned.shown} has changed since it was read; nothing was written.")
        Path(name).replace(planned.file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _put(file: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]
    os.fsync(file)


def _own(file: int, known: os.stat_result) -> None:
    """The same owner, where whoever edits may give it."""
    try:
        os.fchown(file, known.st_uid, known.st_gid)
    except OSError as error:
        if error.errno != errno.EPERM:
            raise
