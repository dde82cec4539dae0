"""Where reports go: standard output, files, and the job summary of GitHub Actions."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flytui.settings import SettingsError
from flytui.streams import Streams

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable that names the file of the job summary."""

SUFFIXES = {
    "markdown": "md",
    "html": "html",
    "json": "json",
    "text": "txt",
    "junit": "xml",
    "sarif": "sarif",
}
"""The forms that make sense in a file, with the ending of its name."""


def proposed(app: str, form: str) -> str:
    """The file's name when a person gives none."""
    return f"flytui-{app}.{SUFFIXES[form]}"


@dataclass(frozen=True, slots=True)
class Output:
    """One report: its form, and the file it goes to."""

    form: str
    file: Path | None = None
    """None: standard output."""


def refuse_muddle(outputs: Sequence[Output]) -> None:
    """Raises SettingsError when two reports would meet in one place, or a folder is missing."""
    spoken = [out.form for out in outputs if out.file is None]
    # Annotations are lines for GitHub's log, and stand well below a text.
    if len(spoken) > 1 and set(spoken) != {"text", "github"}:
        raise SettingsError(
            f"{' and '.join(spoken)} cannot both go to standard output.",
            "Give each --format but one an --output FILE behind it; text and github may go there "
            "together.",
        )
    files = [out.file.absolute() for out in outputs if out.file is not None]
    if twice := next((file for file in files if files.count(file) > 1), None):
        raise SettingsError(f"Two reports would go to {twice}.", "Give each a file of its own.")
    if lost := next((file for file in files if not file.parent.is_dir()), None):
        raise SettingsError(
            f"There is no folder {lost.parent} for {lost.name}.", "Make the folder first."
        )


def deliver(outputs: Sequence[Output], render: Callable[[str], str], streams: Streams) -> None:
    """Render each form and bring it to its place. Raises SettingsError for a file that refuses."""
    for out in outputs:
        text = render(out.form)
        if out.file is None:
            streams.write(text)
        else:
            write(out.file, text)


def write(file: Path, text: str, mode: str = "w") -> None:
    """Write the file in UTF-8. Raises SettingsError.

    A folder may be a stranger's checkout: what is named within the current one is not written
    elsewhere by a link in it.
    """
    _refuse_astray(file)
    try:
        with file.open(mode, encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise SettingsError(
            f"{file} is there already, and is not written over.",
            "Remove it, or name another folder with --output.",
            path=file,
        ) from error
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be written ({type(error).__name__}).",
            "Check the folder's permissions and the room on the disk.",
            path=file,
        ) from error


def summarise(environ: Mapping[str, str], summary: Callable[[], str]) -> None:
    """Add to the job summary, where this is a job of GitHub Actions. Raises SettingsError."""
    if environ.get(SUMMARY):
        write(Path(environ[SUMMARY]), summary(), "a")


def _refuse_astray(file: Path) -> None:
    try:
        here = Path.cwd()
        named = Path(os.path.normpath(here / file))
        astray = named.is_relative_to(here) and not named.resolve().is_relative_to(here.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself cannot be opened, either
        return
    if astray:
        raise SettingsError(
            f"{file} leads out of this folder by a symbolic link.",
            "Remove the link, or name the file it leads to.",
            path=file,
        )
