"""The files of a checkout that matter here, found by one bounded walk."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

OWN_CONFIGS = ("fly.toml", "fly.json", "fly.yaml")
"""What flyctl looks for in the working folder, in its order."""

_MAX_FOLDERS = 4000
_MAX_ENTRIES = 60_000
_MAX_DEPTH = 8
_MAX_BESIDE = 5000
_MAX_CONFIGS = 30
_SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", "bower_components", "vendor", "venv", ".venv"}
    | {"__pycache__", "site-packages", ".tox", ".nox", ".mypy_cache", ".pytest_cache"}
    | {"target", "_build", "deps", ".next", ".nuxt", ".turbo", ".terraform", ".yarn", ".cache"}
)
_CONFIG = re.compile(
    r"fly(?:[._-][^/]+)?\.(?:toml|json|yaml|yml)|[^/]+[._-]fly\.toml", re.IGNORECASE
)
_MANIFEST = re.compile(
    r"package\.json|pyproject\.toml|[^/]*requirements[^/]*\.(?:txt|in)|Pipfile|Gemfile(?:\.lock)?"
    r"|gems\.rb|mix\.exs|go\.mod|Cargo\.toml|composer\.json|deno\.jsonc?|setup\.cfg"
)
_OTHER_CI = re.compile(
    r"\.gitlab-ci\.ya?ml|\.circleci/config\.ya?ml|\.buildkite/[^/]+\.ya?ml|bitbucket-pipelines\.yml"
    r"|azure-pipelines\.ya?ml|\.travis\.yml|Jenkinsfile|\.drone\.ya?ml|\.woodpecker(?:/[^/]+)?\.ya?ml"
    r"|\.semaphore/[^/]+\.ya?ml|\.cirrus\.yml|\.appveyor\.yml|\.forgejo/workflows/[^/]+\.ya?ml"
    r"|\.gitea/workflows/[^/]+\.ya?ml"
)
_WORKFLOW = re.compile(r"\.github/workflows/[^/]+\.ya?ml")


@dataclass(frozen=True, slots=True)
class Found:
    """Paths relative to the checkout, sorted, shallow ones first."""

    configs: tuple[str, ...]
    workflows: tuple[str, ...]
    manifests: tuple[str, ...]
    other_ci: tuple[str, ...]
    dockerfiles: tuple[str, ...]
    complete: bool
    """False when the walk met its bounds."""


def find(root: Path) -> Found:
    """Everything of interest below `root`, without following links to other places."""
    walk = _Walk(root)
    paths = sorted(walk.files(), key=lambda path: (path.count("/"), path))
    return Found(
        configs=tuple(path for path in paths if _is_config(path)),
        workflows=tuple(path for path in paths if _WORKFLOW.fullmatch(path)),
        manifests=tuple(path for path in paths if _MANIFEST.fullmatch(_name(path))),
        other_ci=tuple(path for path in paths if _OTHER_CI.fullmatch(path)),
        dockerfiles=tuple(path for path in paths if _name(path).startswith("Dockerfile")),
        complete=walk.complete,
    )


def own_config(root: Path) -> str | None:
    """The first of flyctl's names that is in the folder itself, whatever stands there."""
    return next((name for name in OWN_CONFIGS if _exists(root / name)), None)


def configs_in(root: Path) -> tuple[str, ...]:
    """Names of the files in the folder itself that may be Fly configurations, a few at most."""
    try:
        with os.scandir(root) as entries:
            names = [entry.name for entry in islice(entries, _MAX_BESIDE) if _is_config(entry.name)]
    except OSError:
        return ()
    return tuple(n for n in sorted(names)[:_MAX_CONFIGS] if inside(root, n) is not None)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def inside(root: Path, path: str) -> Path | None:
    """The file `path` names, if it is one and truly lies in the checkout."""
    try:
        base = root.resolve()
        file = (base / path).resolve()
        return file if file.is_relative_to(base) and file.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _is_config(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    if ".github" in folder.split("/"):
        return False
    in_fly_folder = folder.rpartition("/")[2] in (".fly", "fly") and name.endswith(".toml")
    return in_fly_folder or bool(_CONFIG.fullmatch(name))


def _name(path: str) -> str:
    return path.rpartition("/")[2]


class _Walk:
    """One walk, which remembers whether it saw everything."""

    def __init__(self, root: Path) -> None:
        self.complete = True
        self._root = root
        self._folders = 0
        self._entries = 0

    def files(self) -> Iterator[str]:
        waiting = [("", 0)]
        while waiting:
            folder, depth = waiting.pop(0)
            self._folders += 1
            for entry in self._scan(folder):
                path = f"{folder}{entry.name}"
                if not entry.is_dir(follow_symlinks=False):
                    if self._readable(path, entry):
                        yield path
                elif entry.name in _SKIPPED:
                    continue
                elif depth >= _MAX_DEPTH or self._folders + len(waiting) >= _MAX_FOLDERS:
                    self.complete = False
                else:
                    waiting.append((f"{path}/", depth + 1))

    def _scan(self, folder: str) -> list[os.DirEntry[str]]:
        if self._entries >= _MAX_ENTRIES:
            self.complete = False
            return []
        try:
            with os.scandir(self._root / folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            self.complete = False
            return []
        self._entries += len(found)
        return found

    def _readable(self, path: str, entry: os.DirEntry[str]) -> bool:
        """Plain files, and links that stay in the checkout; names that are text."""
        try:
            path.encode()
            if entry.is_symlink():
                return inside(self._root, path) is not None
            return entry.is_file()
        except (OSError, UnicodeEncodeError):
            return False
