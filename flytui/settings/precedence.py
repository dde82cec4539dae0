"""What is in force where several have a say: flag, environment, team, person, default.

A choice made on the screen stands before the person's file until that names another theme.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flytui import private
from flytui.settings.document import read
from flytui.settings.error import SettingsError
from flytui.settings.personal import DEFAULT_THEME, THEMES, Personal, personal, unlike

CHOSEN = "chosen on the screen"
DEFAULT = "default"
FILE = "file"
"""The person's own."""


def at_start(file: Path, state: Path, environ: Mapping[str, str]) -> Personal:
    """The person's settings in force for the screen, which starts whatever is wrong with them."""
    try:
        said = personal(read(file))
    except SettingsError:
        said = Personal()  # What is wrong is told when the session opens.
    name = environ.get("FLYTUI_THEME", "")
    wrong = (f"FLYTUI_THEME names {unlike(name)}",) if name and name not in THEMES else ()
    return replace(
        said,
        theme=theme(said.theme, state, environ)[0],
        editor=editor(said.editor, environ)[0],
        problems=(*said.problems, *wrong),
    )


def theme(said: str, state: Path, environ: Mapping[str, str]) -> tuple[str, str]:
    """The theme in force and where it comes from; `said` is what the person's file says."""
    named = environ.get("FLYTUI_THEME", "")
    if named in THEMES:
        return named, "FLYTUI_THEME"
    if chosen := _chosen(state, said):
        return chosen, CHOSEN
    return (said, FILE) if said else (DEFAULT_THEME, DEFAULT)


def editor(said: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """The editor in force and where it comes from.

    VISUAL and EDITOR speak of all programs, so what was said for flytui alone goes before them.
    """
    if named := environ.get("FLYTUI_EDITOR", "").strip():
        return named, "FLYTUI_EDITOR"
    if said:
        return said, FILE
    names = (name for name in ("VISUAL", "EDITOR") if environ.get(name, "").strip())
    name = next(names, None)
    return (environ[name].strip(), name) if name else ("", DEFAULT)


def keep_theme(state: Path, chosen: str, file: Path) -> None:
    """Remember the choice, and over what of the person's file it was made. Raises OSError."""
    try:
        said = personal(read(file)).theme
    except SettingsError:
        said = ""
    private.replace(_file(state), f"{chosen} over {said or '-'}\n")


def _chosen(state: Path, said: str) -> str:
    """The theme chosen over what the person's file still says; empty without one."""
    try:
        words = _file(state).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return ""
    current = len(words) == 3 and words[1:] == ["over", said or "-"]
    return words[0] if current and words[0] in THEMES else ""


def _file(state: Path) -> Path:
    return state / "theme"
