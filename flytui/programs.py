"""Which program runs: one of the user's own, never one that stands in the folder flytui is in."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def path(environ: Mapping[str, str]) -> str:
    """PATH without the folders that are named relatively: those would be the checkout's."""
    folders = environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if Path(folder).is_absolute())


def find(name: str, environ: Mapping[str, str]) -> str | None:
    """The program's absolute path; None when there is none of that name."""
    return shutil.which(name, path=path(environ))


def without_checkout(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for a program that looks for others by itself."""
    return {**environ, "PATH": path(environ)} if "PATH" in environ else dict(environ)
