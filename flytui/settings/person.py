"""Who sits at the keyboard, as reviews are signed."""

import getpass
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from flytui.settings import git
from flytui.text import one_line, redact

_GIT_PATIENCE = 2.0


def who(cwd: Path, environ: Mapping[str, str] = os.environ) -> str:
    """Who is reviewing: git's name or e-mail for this folder, else the user's name."""
    program = git.find(environ)
    if program is not None and (name := _of_git(program, cwd, environ)):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what it raises differs between Python versions
        return "unknown"


def _of_git(program: str, cwd: Path, environ: Mapping[str, str]) -> str:
    """Empty when git does not say. Reading a setting runs nothing that a checkout names."""
    for key in ("user.name", "user.email"):
        try:
            told = subprocess.run(
                (program, "config", "--get", key),
                cwd=cwd,
                env=git.environment(environ),
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_GIT_PATIENCE,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        name = redact(one_line(told.stdout, 200))
        if told.returncode == 0 and name:
            return name
    return ""
