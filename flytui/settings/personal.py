"""What one person likes: `config.toml` in their own configuration folder.

What changes a verdict is not there but in the team's file: whoever looks at an app sees the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from flytui.settings.document import Document, lines, name_of, nearest, read

THEMES = ("dark", "light", "high-contrast", "colour-blind", "terminal")
DEFAULT_THEME = "dark"
LEAST_SECONDS = 10
"""Between two looks: Fly.io's limits are shared with everything else of the organisation."""
DEFAULT_EVERY = 60.0
"""Seconds between two looks unless somebody said."""
DAY = 86_400

KEYS = frozenset({"theme", "keys", "production", "filter", "refresh", "editor"})
_OF_THE_TEAM = frozenset({"thresholds", "policy", "apps"})


@dataclass(frozen=True, slots=True)
class Marked:
    """Which apps and organisations are production's, as patterns: `shop`, `*-live`."""

    apps: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()

    def holds(self, app: str, organization: str | None) -> bool:
        """Whether a pattern names the app or its organisation."""
        named = any(fnmatchcase(app, pattern) for pattern in self.apps)
        return named or any(fnmatchcase(organization or "", p) for p in self.organizations)


NOTHING = Marked()


@dataclass(frozen=True, slots=True)
class Personal:
    """A person's own settings; each says nothing until somebody set it."""

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    """By the id of what the key does; several keys with commas between them."""
    keys_at: Mapping[str, str] = field(default_factory=dict)
    """Where the file sets the key of that id: `config.toml:3`."""
    production: Marked = field(default_factory=Marked)
    filter: str = ""
    """What `/` begins with."""
    refresh_every: float | None = None
    """Seconds between two looks; 0: only when asked for."""
    editor: str = ""
    """A command line, for notes that need more room."""
    problems: tuple[str, ...] = ()
    """What was left out, as the screen can be used without it; a sentence each."""


def personal_file() -> Path:
    """Where a person's own settings are."""
    import platformdirs  # noqa: PLC0415 (not for --help)

    return platformdirs.user_config_path("flytui") / "config.toml"


def state_folder() -> Path:
    """Where flytui remembers what nobody has to write down."""
    import platformdirs  # noqa: PLC0415 (not for --help)

    return platformdirs.user_state_path("flytui")


def personal(file: Document) -> Personal:
    """What the file says. Raises SettingsError.

    A theme that does not exist locks nobody out: it is a problem, and the screen has its own.
    """
    values = file.values
    _refuse_the_teams(file)
    _refuse_keys_without_table(file)
    file.only(KEYS, values)
    theme, problems = _theme(file)
    return Personal(
        theme=theme,
        keys=_keys(file),
        keys_at=_keys_at(file),
        production=_marked(file),
        filter=_text(file, "filter"),
        refresh_every=_every(file),
        editor=_text(file, "editor"),
        problems=problems,
    )


def marked(path: Path) -> Marked:
    """What the person's file calls production's. Raises SettingsError for anything wrong in it."""
    return personal(read(path)).production


def _refuse_the_teams(file: Document) -> None:
    for key in sorted(_OF_THE_TEAM & file.values.keys()):
        raise file.error(
            f"sets {key}, which is for the team to say.",
            "Set it in .flytui/config.toml of the checkout, so that everybody sees the same.",
            key,
        )


def _refuse_keys_without_table(file: Document) -> None:
    """`"decide.fix" = "F"` and `decide.fix = "F"` outside of `[keys]`: both are meant for it."""
    strange = {key: values for key, values in file.values.items() if key not in KEYS}
    for name in _flat(strange):
        id_ = ".".join(name)
        if "." not in id_ or nearest(name[0], KEYS):
            continue
        raise file.error(
            f"sets {name_of(id_)} outside of [keys], where the keys belong.",
            f'Put it below a line that says [keys]: "{name_of(id_)}" = "…".',
            *name,
        )


def _theme(file: Document) -> tuple[str, tuple[str, ...]]:
    theme = _text(file, "theme")
    if not theme or theme in THEMES:
        return theme, ()
    line = file.line("theme")
    return "", (f"{file.path}, line {line}, sets theme to {unlike(theme)}",)


def unlike(theme: str) -> str:
    """That there is no such theme, the likest one, and all there are."""
    near = nearest(theme, THEMES)
    meant = f"Did you mean {near}? " if near else ""
    return f"{theme[:40]!r}, which is not a theme. {meant}There are {', '.join(THEMES)}."


def _keys(file: Document) -> dict[str, str]:
    """Each key as Textual writes several: with commas between them."""
    table = file.table(file.values.get("keys", {}), "keys")
    found = {}
    for name, keys in _flat(table).items():
        each = (keys,) if isinstance(keys, str) else keys
        if not isinstance(each, list | tuple) or not each or not all(map(_key, each)):
            raise file.wrong("a key, or a list of keys", "keys", *name)
        found[".".join(name)] = ",".join("comma" if key == "," else key for key in each)
    return found


def _keys_at(file: Document) -> dict[str, str]:
    if "keys" not in file.values:
        return {}
    found = lines(file.text)
    return {".".join(k[1:]): f"{file.path}:{line}" for k, line in found.items() if k[0] == "keys"}


def _key(value: object) -> bool:
    single = isinstance(value, str) and len(value) <= 40 and not value.isspace()
    return single and (value == "," or "," not in str(value)) and bool(value)


def _flat(table: Mapping[str, object]) -> dict[tuple[str, ...], object]:
    """`main.token = "T"` is a table in TOML; `"main.token" = "T"` is not. Both are one name."""
    flat: dict[tuple[str, ...], object] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= {(key, *below): each for below, each in _flat(value).items()}
        else:
            flat[(key,)] = value
    return flat


def _marked(file: Document) -> Marked:
    table = file.table(file.values.get("production", {}), "production")
    file.only({"apps", "organizations"}, table, "production")
    return Marked(_patterns(file, "apps", table), _patterns(file, "organizations", table))


def _patterns(file: Document, name: str, table: Mapping[str, object]) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise file.wrong("a list of names or patterns", "production", name)
    return tuple(value)


def _text(file: Document, name: str) -> str:
    value = file.values.get(name, "")
    if not isinstance(value, str) or not value.isprintable():
        raise file.wrong("a text of one line", name)
    return value.strip()


def _every(file: Document) -> float | None:
    table = file.table(file.values.get("refresh", {}), "refresh")
    file.only({"every"}, table, "refresh")
    every = table.get("every")
    if every is None:
        return None
    fits = isinstance(every, int | float) and not isinstance(every, bool)
    if not fits or not (every == 0 or LEAST_SECONDS <= every <= DAY):
        wanted = f"0 or a number of seconds from {LEAST_SECONDS} to {DAY}"
        raise file.wrong(wanted, "refresh", "every")
    return float(every)
