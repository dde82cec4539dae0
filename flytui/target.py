"""Which app flytui is about, told before anything heavy is imported."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flytui.settings.error import Named, NoApp, SettingsError, SeveralApps
from flytui.text import file_name

if TYPE_CHECKING:
    from flytui.repo.checkout import BrokenFile


def app_name(given: str | None, environ: Mapping[str, str], folder: Path) -> str:
    """The app's name: as given, else from FLY_APP, else from the folder's fly.toml.

    Raises SettingsError when there is none, or when it cannot be the name of an app.
    """
    name = given or environ.get("FLY_APP") or _local(folder)
    if not name:
        raise _nameless(folder)
    try:
        return file_name(name)
    except ValueError as error:
        raise SettingsError(
            f"No app on Fly.io can have this name: {error}",
            "Use the name that `fly apps list` shows.",
        ) from error


def _local(folder: Path) -> str | None:
    from flytui.repo.local_app import local_app  # noqa: PLC0415 (not where the app is named)

    return local_app(folder)


def _nameless(folder: Path) -> SettingsError:
    broken = _broken(folder)
    if broken is None and (choices := _choices(folder)):
        told = ", ".join(f"{each.file} ({each.app})" for each in choices)
        return SeveralApps(
            f"No app was named: there is no fly.toml in this folder, but there is {told}.",
            f"Name the one you mean, as with `--app {choices[0].app}`.",
            choices,
        )
    if broken is None:
        return NoApp(
            "No app was named: no --app, no FLY_APP, and no fly.toml in this folder names one.",
            "Name it with `--app my-app`, or start flytui in the folder of its fly.toml.",
        )
    line = "" if broken.line is None else f", line {broken.line}"
    return SettingsError(
        f"{broken.path}{line} cannot be read, so the app's name is not known: {broken.problem}",
        "Correct the file, or name the app with `--app my-app`.",
        path=folder / broken.path,
        line=broken.line,
    )


def _choices(folder: Path) -> "tuple[Named, ...]":
    """Other configurations in the folder itself, such as fly.staging.toml, with their apps."""
    from flytui.repo.local_app import named_apps  # noqa: PLC0415 (rarely needed)

    return tuple(Named(file, app) for file, app in named_apps(folder))


def _broken(folder: Path) -> "BrokenFile | None":
    from flytui.repo.checkout import BrokenFile  # noqa: PLC0415 (rarely needed)
    from flytui.repo.config import read_config  # noqa: PLC0415 (as above)
    from flytui.repo.files import OWN_CONFIGS  # noqa: PLC0415 (as above)

    name = next((name for name in OWN_CONFIGS if (folder / name).exists()), None)
    config = read_config(folder, name, certain=True) if name else None
    return config if isinstance(config, BrokenFile) else None
