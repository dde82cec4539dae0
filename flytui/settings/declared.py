"""What the owners declared about their apps in `.flytui/config.toml`, and the thresholds."""

import math
from collections.abc import Collection
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import tomli

from flytui.settings.error import SettingsError
from flytui.text import one_line

_CENTURY = 36_525


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
    """Left to a token: with more, a shorter one is worth making."""
    longest_token_days: int = 1825
    """With more, nobody chose the expiry: Fly.io's default is twenty years."""
    noted_token_days: int = 90
    """With more, the token is said to be long-lived, which is all right."""
    ending_token_days: int = 14
    """With less, whoever uses the token should hear of it."""
    admin_share: float = 0.50
    """Of the members: with more of them admins, the role means little."""
    fewest_admins: int = 2
    """So many admins are never too many: one of them may be away."""
    backup_hours: int = 26
    """Since the last finished backup: a daily one with two hours' delay."""
    full_backup_days: int = 8
    """Since the last full backup: a weekly one with a day's delay."""
    drill_days: int = 180
    """For so long a practised restore counts."""
    throttled_seconds: int = 60
    """CPU time withheld in a day: beyond this the size is wrong, not only the hour."""
    full_balance_share: float = 0.20
    """Of the 500 seconds a shared CPU can save up: with more left all week, it was enough."""
    busy_share: float = 0.80
    """Of the CPU that is the Machine's own: beyond this, nothing is left for a burst."""
    steal_share: float = 0.10
    """Of CPU time: worth a note only, as it does not tell who took it."""
    low_memory_share: float = 0.10
    """Of memory still free at the worst moment of a day: below this, little is left."""
    least_memory_share: float = 0.05
    """Below this, the next peak kills the app."""
    limits_apart_share: float = 0.80
    """Soft limit over hard limit: nearer to it, requests are refused before others help."""
    failed_advice_share: float = 0.01
    """Of responses of the last hour that were 5xx."""
    failed_action_share: float = 0.05
    least_responses: int = 100
    """In an hour: with fewer, a share of failures says nothing."""
    slow_response_seconds: float = 0.0
    """95 of 100 responses should be faster; 0: how fast an app must be, only its owners know."""


@dataclass(frozen=True, slots=True)
class LongestDays:
    """For how many days a decision of each kind may hold at most; None: for ever."""

    reviewed: int | None = None
    not_applicable: int | None = None
    accepted_risk: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What the team asks of its own decisions."""

    longest_days: LongestDays = field(default_factory=LongestDays)
    two_reviewers: frozenset[str] = frozenset()
    """Ids of the items that two people have to agree on."""
    never_waive: frozenset[str] = frozenset()
    """Ids of the items that are put in order, not decided away."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the owners declared about one app, and the thresholds in force."""

    private: bool | None = None
    """True: must not be reachable from the internet. False: meant for it. None: nobody said."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    policy: Policy = field(default_factory=Policy)
    """In force for every app of the checkout."""
    read_only: bool | None = None
    """True: nothing is changed from here. False: with any token. None: as the token is."""


def preferences(app: str, root: Path, items: Collection[str] | None = None) -> Preferences:
    """What `.flytui/config.toml` says about the app. Raises SettingsError for anything unknown.

    With `items`, the ids there are, an id that is none of them is unknown as well.
    """
    path = root / ".flytui" / "config.toml"
    document = _toml(path)
    _only(path, "", document, {"apps", "policy", "read_only", "thresholds"})
    apps = _table(path, "apps", document.get("apps", {}))
    for name, table in apps.items():
        declared = _table(path, f"apps.{name}", table)
        _only(path, f"apps.{name}.", declared, {"private"})
        if not isinstance(declared.get("private", True), bool):
            raise _wrong(path, f"apps.{name}.private", "true or false")
    thresholds = _thresholds(path, _table(path, "thresholds", document.get("thresholds", {})))
    policy = _policy(path, _table(path, "policy", document.get("policy", {})), items)
    read_only = document.get("read_only")
    if not isinstance(read_only, bool | None):
        raise _wrong(path, "read_only", "true or false")
    return Preferences(apps.get(app, {}).get("private"), thresholds, policy, read_only)


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


def _policy(path: Path, table: dict[str, Any], items: Collection[str] | None) -> Policy:
    _only(path, "policy.", table, {each.name for each in fields(Policy)})
    longest = _table(path, "policy.longest_days", table.get("longest_days", {}))
    _only(path, "policy.longest_days.", longest, {each.name for each in fields(LongestDays)})
    for name, days in longest.items():
        if type(days) is not int or not 0 < days <= _CENTURY:
            raise _wrong(path, f"policy.longest_days.{name}", "a whole number of days above 0")
    return Policy(
        LongestDays(**longest),
        _items(path, "policy.two_reviewers", table.get("two_reviewers", []), items),
        _items(path, "policy.never_waive", table.get("never_waive", []), items),
    )


def _items(path: Path, name: str, value: object, known: Collection[str] | None) -> frozenset[str]:
    """The ids of the list. A slip of the pen must not leave an item unguarded."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _wrong(path, name, "a list of item ids")
    strangers = sorted(set(value) - set(known)) if known is not None else []
    if strangers:
        raise SettingsError(
            f"{path} names {one_line(strangers[0], 60)!r} in {name}, which is no item.",
            "`flytui checklist` prints the items with their ids.",
            path=path,
        )
    return frozenset(value)


def _wrong(path: Path, name: str, wanted: str) -> SettingsError:
    cause = f"{path} sets {one_line(name, 80)} to something that is not {wanted}."
    return SettingsError(cause, f"Give it {wanted}.", path=path)
