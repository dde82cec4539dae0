"""What the owners declared about their apps in `.flytui/config.toml`, and the thresholds."""

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from flytui.settings.document import Document, read
from flytui.settings.error import SettingsError
from flytui.settings.personal import NOTHING, Marked
from flytui.text import one_line

CENTURY = 36_525
_MOST = 1_000_000
"""Of any threshold; far more could not be reckoned with."""
_OF_AN_APP = ("private", "production")


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
    production: bool | None = None
    """Whether the app is production's. None: nobody said, so its name does."""
    marked: Marked = field(default_factory=Marked)
    """What the person at the keyboard calls production's, whatever others say."""

    def marks(self, app: str, organization: str | None, *, named: bool) -> bool:
        """Whether to warn that it is production. `named`: whether its name says so."""
        return self.marked.holds(app, organization) or (
            named if self.production is None else self.production
        )


def preferences(
    app: str, root: Path, items: Collection[str] | None = None, marked: Marked = NOTHING
) -> Preferences:
    """What `.flytui/config.toml` says about the app. Raises SettingsError for anything unknown.

    With `items`, the ids there are, an id that is none of them is unknown as well. `marked` is
    what the person's own file says.
    """
    return replace(declared(app, read_team(root), items), marked=marked)


def team_file(root: Path) -> Path:
    """Where the team of a checkout says what holds for all of it."""
    return root / ".flytui" / "config.toml"


def read_team(root: Path) -> Document:
    """The team's file, empty when there is none. Raises SettingsError.

    A checkout may be a stranger's: neither a link out of it nor a device is read.
    """
    path = team_file(root)
    try:
        inside = path.resolve().is_relative_to(root.resolve())
        fit = path.is_file() or not (path.exists() or path.is_symlink())
    except (OSError, RuntimeError):  # a link that leads to itself
        inside, fit = True, False
    if inside and fit:
        return read(path)
    odd = "is not a plain file" if inside else "leads out of the checkout by a symbolic link"
    raise SettingsError(f"{path} {odd}.", "Put a file in its place.", path=path)


def declared(app: str, file: Document, items: Collection[str] | None = None) -> Preferences:
    """The same of a file that was read."""
    document = file.values
    file.only({"apps", "policy", "read_only", "thresholds"}, document)
    apps = file.table(document.get("apps", {}), "apps")
    for name, value in apps.items():
        table = file.table(value, "apps", name)
        file.only(_OF_AN_APP, table, "apps", name)
        for key in _OF_AN_APP:
            if not isinstance(table.get(key, True), bool):
                raise file.wrong("true or false", "apps", name, key)
    thresholds = _thresholds(file, file.table(document.get("thresholds", {}), "thresholds"))
    policy = _policy(file, file.table(document.get("policy", {}), "policy"), items)
    read_only = document.get("read_only")
    if not isinstance(read_only, bool | None):
        raise file.wrong("true or false", "read_only")
    own = apps.get(app, {})
    return Preferences(own.get("private"), thresholds, policy, read_only, own.get("production"))


def _thresholds(file: Document, table: dict[str, Any]) -> Thresholds:
    """The thresholds with those of the table in place of the defaults."""
    kinds = {each.name: type(each.default) for each in fields(Thresholds)}
    file.only(set(kinds), table, "thresholds")
    for name, value in table.items():
        fits = isinstance(value, int | float if kinds[name] is float else int)
        most = CENTURY if name.endswith("_days") else _MOST
        if isinstance(value, bool) or not fits or not 0 <= value <= most:
            raise file.wrong(f"a number from 0 to {most}", "thresholds", name)
    return Thresholds(**table)


def _policy(file: Document, table: dict[str, Any], items: Collection[str] | None) -> Policy:
    file.only({each.name for each in fields(Policy)}, table, "policy")
    longest = file.table(table.get("longest_days", {}), "policy", "longest_days")
    file.only({each.name for each in fields(LongestDays)}, longest, "policy", "longest_days")
    for name, days in longest.items():
        if type(days) is not int or not 0 < days <= CENTURY:
            raise file.wrong("a whole number of days above 0", "policy", "longest_days", name)
    return Policy(
        LongestDays(**longest),
        _items(file, "two_reviewers", table.get("two_reviewers", []), items),
        _items(file, "never_waive", table.get("never_waive", []), items),
    )


def _items(
    file: Document, name: str, value: object, known: Collection[str] | None
) -> frozenset[str]:
    """The ids of the list. A slip of the pen must not leave an item unguarded."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise file.wrong("a list of item ids", "policy", name)
    strangers = sorted(set(value) - set(known)) if known is not None else []
    if strangers:
        raise file.error(
            f"names {one_line(strangers[0], 60)!r} in policy.{name}, which is no item.",
            "`flytui checklist` prints the items with their ids.",
            "policy",
            name,
        )
    return frozenset(value)
