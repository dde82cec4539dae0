"""What the owners declared about their apps in `.flytui/config.toml`, and the thresholds."""

import math
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import tomli

from flytui.settings.error import SettingsError
from flytui.text import one_line


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits that are ours, not Fly.io's, each with its unit."""

    certificate_action_days: int = 7
    certificate_advice_days: int = 21
    custom_certificate_advice_days: int = 30
    far_region_km: int = 3000
    far_region_share: float = 0.10
    """Share of requests entering farther away than `far_region_km` that is worth a region."""
    small_memory_mb: int = 512
    """Up to here, swap is worth suggesting."""
    stale_review_app_days: int = 14
    long_token_days: int = 365


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the owners declared about one app, and the thresholds in force."""

    private: bool | None = None
    """True: must not be reachable from the internet. False: meant for it. None: nobody said."""
    thresholds: Thresholds = field(default_factory=Thresholds)


def preferences(app: str, root: Path) -> Preferences:
    """What `.flytui/config.toml` says about the app. Raises SettingsError for anything unknown."""
    path = root / ".flytui" / "config.toml"
    document = _toml(path)
    _only(path, "", document, {"apps", "thresholds"})
    apps = _table(path, "apps", document.get("apps", {}))
    for name, table in apps.items():
        declared = _table(path, f"apps.{name}", table)
        _only(path, f"apps.{name}.", declared, {"private"})
        if not isinstance(declared.get("private", True), bool):
            raise _wrong(path, f"apps.{name}.private", "true or false")
    thresholds = _thresholds(path, _table(path, "thresholds", document.get("thresholds", {})))
    return Preferences(apps.get(app, {}).get("private"), thresholds)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except tomli.TOMLDecodeError as error:
        raise SettingsError(
            f"{path} is not TOML: {error.msg} on line {error.lineno}.",
            "Mend that line.",
            path=path,
            line=error.lineno,
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read ({type(error).__name__}).",
            "Check its permissions and that it is UTF-8 text.",
            path=path,
        ) from error


def _table(path: Path, name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(path, name, "a table")
    return value


def _only(path: Path, prefix: str, table: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise SettingsError(
            f"{path} sets {prefix}{one_line(unknown[0], 60)}, which flytui does not know.",
            f"It knows {', '.join(prefix + name for name in sorted(known))}.",
            path=path,
        )


def _thresholds(path: Path, table: dict[str, Any]) -> Thresholds:
    """The thresholds with those of the table in place of the defaults."""
    kinds = {each.name: type(each.default) for each in fields(Thresholds)}
    _only(path, "thresholds.", table, set(kinds))
    for name, value in table.items():
        fits = isinstance(value, int | float if kinds[name] is float else int)
        if isinstance(value, bool) or not fits or not 0 <= value < math.inf:
            raise _wrong(path, f"thresholds.{name}", "a number that is not negative")
    return Thresholds(**table)


def _wrong(path: Path, name: str, wanted: str) -> SettingsError:
    cause = f"{path} sets {one_line(name, 80)} to something that is not {wanted}."
    return SettingsError(cause, f"Give it {wanted}.", path=path)
