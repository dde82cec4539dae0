"""A report of what is known now, written to a file that is not there yet."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from flytui.gate import Gate
from flytui.looking import reported
from flytui.report import forms
from flytui.settings import SettingsError

if TYPE_CHECKING:
    from flytui.session import Session


def export(session: "Session", form: str, file: Path) -> Path:
    """Write the report and give the file's whole path. Raises SettingsError.

    A file that is there is not written over. Evidence may name addresses and people, so only the
    owner may read the file, as with everything else flytui writes.
    """
    whole = file.expanduser().absolute()
    written = forms.render(form, reported(session, Gate()))
    try:
        number = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise SettingsError(
            f"{whole} is there already, and is not written over.", "Give it another name."
        ) from error
    except OSError as error:
        raise _refused(whole, error) from error
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.write(written)
    except OSError as error:
        whole.unlink(missing_ok=True)
        raise _refused(whole, error) from error
    return whole


def _refused(file: Path, error: OSError) -> SettingsError:
    return SettingsError(
        f"{file} cannot be written ({error.strerror or type(error).__name__}).",
        "Check that its folder is there, its permissions, and the room on the disk.",
    )
