"""What the checkout's own git files tell, read without running git."""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Repository:
    top: Path | None
    """The folder that holds `.git`; None outside of a repository."""
    github: str | None = None
    """`owner/name`."""
    default_branch: str | None = None


def repository(root: Path) -> Repository:
    """The repository `root` lies in, also from a sub-folder, a worktree or a submodule."""
    for folder in (root, *root.parents):
        if (git := _git_folder(folder)) is not None:
            shared = _shared(git)
            config = _text(shared / "config")
            return Repository(folder, _github(config), _default_branch(shared))
    return Repository(None)


def _git_folder(folder: Path) -> Path | None:
    """`.git`, or the folder a `.git` file points to."""
    entry = folder / ".git"
    if _text(entry / "HEAD"):
        return entry
    pointer = re.match(r"gitdir:\s*(.+)", _text(entry))
    target = folder / pointer[1].strip() if pointer else None
    return target if target and _text(target / "HEAD") else None


def _shared(git: Path) -> Path:
    """A worktree keeps its HEAD to itself and the rest in the main repository's folder."""
    common = _text(git / "commondir").strip()
    return git / common if common else git


def _default_branch(git: Path) -> str | None:
    """The remote's HEAD; of a repository without one, the only branch it can be."""
    remote = re.match(r"ref:\s*refs/remotes/origin/(\S+)", _text(git / "refs/remotes/origin/HEAD"))
    if remote:
        return remote[1]
    known = _branches(git)
    for name in ("main", "master"):
        if name in known:
            return name
    head = re.match(r"ref:\s*refs/heads/(\S+)", _text(git / "HEAD"))
    return head[1] if head and (not known or known == {head[1]}) else None


def _branches(git: Path) -> set[str]:
    packed = re.findall(
        r"^[0-9a-f]+ refs/(?:heads|remotes/origin)/(\S+)$", _text(git / "packed-refs"), re.MULTILINE
    )
    names = set(packed)
    for folder in ("refs/heads", "refs/remotes/origin"):
        names |= {str(path.relative_to(git / folder)) for path in _files(git / folder)}
    return names - {"HEAD"}


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.rglob("*") if path.is_file()]
    except OSError:
        return []


_REMOTE = re.compile(r'^\s*\[remote "([^"]*)"\]')
_URL = re.compile(r"^\s*url\s*=\s*(\S+)")
_GITHUB = re.compile(
    r"(?:https?://(?:[^@/]*@)?|git://|ssh://(?:[^@/]*@)?|[\w.-]+@)(?:www\.|ssh\.)?github\.com"
    r"(?::\d+)?[:/]+([\w.-]+)/([\w.-]+?)(?:\.git)?/?",
    re.IGNORECASE,
)


def _github(config: str) -> str | None:
    """`origin` when it is on GitHub, else the first remote that is."""
    found: dict[str, str] = {}
    remote = None
    for line in config.splitlines():
        if line.lstrip().startswith("["):
            section = _REMOTE.match(line)
            remote = section[1] if section else None
            continue
        url = _URL.match(line)
        match = _GITHUB.fullmatch(url[1]) if url else None
        if remote is not None and match:
            found.setdefault(remote, f"{match[1]}/{match[2]}")
    return found.get("origin") or next(iter(found.values()), None)


def _text(path: Path) -> str:
    """The start of a file; nothing when it is not there or not a file."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(1_000_000)
    except (OSError, ValueError):
        return ""
