"""The terminal flytui was started in, if there is one, and how it is spoken to."""

import os
import sys

from flytui.exit_code import ExitCode
from flytui.text import one_line


def drawable() -> bool:
    """Whether there is a terminal to draw on and to read keys from."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def undrawable() -> str:
    """What keeps a screen from being drawn, for the end of a sentence."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return "TERM=dumb says that this one cannot be drawn on."
    return "there is none here."


def coloured() -> bool:
    """Whether colours are welcome in what is printed."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def refuse(cause: str, cure: str) -> ExitCode:
    """Say why flytui cannot do what was asked, and what to do; the code to end with."""
    sys.stderr.write(f"flytui: {one_line(f'{cause} {cure}', 2_000)}\n")
    return ExitCode.USAGE


def flush() -> None:
    """Let go of what was printed. Who reads it may have seen enough; that is no failure of ours."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at the end, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
