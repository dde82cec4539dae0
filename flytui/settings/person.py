"""Who sits at the keyboard, as reviews are signed."""

import getpass
import subprocess
from pathlib import Path

from flytui.text import one_line

_GIT_PATIENCE = 2.0


def who(cwd: Path) -> str:
    """Who is reviewing: git's name or e-mail for this folder, else the user's name."""
    for key in ("user.name", "user.email"):
        try:
            told = subprocess.run(
                ("git", "config", "--get", key),  # noqa: S607  (the user's own git)
                cwd=cwd,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_GIT_PATIENCE,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired):
            break
        name = one_line(told.stdout, 200)
        if told.returncode == 0 and name:
            return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what it raises differs between Python versions
        return "unknown"
