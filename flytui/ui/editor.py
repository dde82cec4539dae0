"""A note in the person's own editor, which gets the terminal for as long as it runs."""

import os
import shlex
import tempfile
from collections.abc import Mapping
from pathlib import Path

from textual.app import App

from flytui import programs
from flytui.text import plain, redact
from flytui.ui.errand import Errand, NotRun, run

_TOKENS = ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN")
LONGEST = 100_000
"""Characters: a note, not a book."""


async def edited(app: App[None], editor: str, note: str, environ: Mapping[str, str]) -> str:
    """The note as the editor left it. Raises NotRun, with why the note stays as it was."""
    argv = _command(editor, environ)
    # The folder is its owner's alone, and goes with what is in it.
    with tempfile.TemporaryDirectory(prefix="flytui-note-") as folder:
        path = Path(folder) / "note.md"
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="utf-8") as file:
            file.write(note)
        code = await run(app, Errand((*argv, str(path)), environment(environ)))
        if code:
            raise NotRun(f"{argv[0]} ended with exit code {code}, so the note stays as it was.")
        return _left(path, note)


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What the editor is given: all there is but what speaks of Fly.io or holds a token of it."""
    tokens = {environ[name] for name in _TOKENS if environ.get(name)}
    given = {
        name: value
        for name, value in environ.items()
        if not name.startswith("FLY")
        and redact(value) == value
        and not any(token in value for token in tokens)
    }
    return programs.without_checkout(given)


def _command(editor: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    try:
        argv = shlex.split(editor)
    except ValueError as error:
        raise NotRun(f"{editor!r} is not a command line: {error}.") from error
    if not argv:
        raise NotRun("No editor is known: set VISUAL or EDITOR, or editor in your config.toml.")
    program = programs.find(argv[0], environ)
    if program is None:
        raise NotRun(f"There is no {argv[0]} to edit with, so the note stays as it was.")
    return (program, *argv[1:])


def _left(path: Path, note: str) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = type(error).__name__
        raise NotRun(f"What the editor left cannot be read ({problem}); the note stays.") from error
    if len(text) > LONGEST:
        raise NotRun(f"What the editor left is longer than {LONGEST:,} characters; the note stays.")
    if note.strip() and not text.strip():
        raise NotRun("The editor left nothing, so the note stays as it was.")
    return plain(text).rstrip("\n")
