"""A configuration file as it stands: its values, the line of each, and complaints that say both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from flytui.settings.error import SettingsError
from flytui.text import one_line

_LARGEST = 200_000
_EFFORT = 500_000
"""Characters read in all to find the lines of a file."""


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file that could be read; empty where there is none."""

    path: Path
    text: str
    values: Mapping[str, Any]

    def line(self, *keys: str) -> int | None:
        """The line on which the value of these keys begins; None when the file does not say."""
        return lines(self.text).get(keys)

    def table(self, value: object, *keys: str) -> dict[str, Any]:
        """The value, which must be a table."""
        if not isinstance(value, dict):
            raise self.wrong("a table", *keys)
        return value

    def only(self, known: Collection[str], table: Mapping[str, Any], *keys: str) -> None:
        """Raise SettingsError for a key of the table that is not one of the known ones."""
        unknown = sorted(table.keys() - set(known))
        if not unknown:
            return
        prefix = "".join(f"{key}." for key in keys)
        near = nearest(unknown[0], known)
        meant = f"Did you mean {prefix}{near}? " if near else ""
        every = ", ".join(prefix + name for name in sorted(known))
        raise self.error(
            f"sets {name_of(*keys, unknown[0])}, which flytui does not know.",
            f"{meant}It knows {every}.",
            *keys,
            unknown[0],
        )

    def wrong(self, wanted: str, *keys: str) -> SettingsError:
        """The error that these keys are not what is wanted."""
        cause = f"sets {name_of(*keys)} to something that is not {wanted}."
        return self.error(cause, f"Give it {wanted}.", *keys)

    def error(self, cause: str, cure: str, *keys: str) -> SettingsError:
        """An error about these keys, which names the file and the line."""
        line = self.line(*keys)
        where = f"{self.path}, line {line}," if line else f"{self.path}"
        return SettingsError(f"{where} {cause}", cure, path=self.path, line=line)


def read(path: Path) -> Document:
    """The file, empty when there is none. Raises SettingsError."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise SettingsError(f"{path} is too large.", "Keep it below 200 kB.", path=path)
        text = content.decode().replace("\r\n", "\n")
        return Document(path, text, tomli.loads(text))
    except FileNotFoundError:
        return Document(path, "", {})
    except tomli.TOMLDecodeError as error:
        raise SettingsError(
            f"{path} is not TOML: {error.msg} on line {error.lineno}.",
            "Correct that line.",
            path=path,
            line=error.lineno,
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read ({type(error).__name__}).",
            "Check its permissions and that it is UTF-8 text.",
            path=path,
        ) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(
            f"{path} holds a value that is nested too deeply or too long.",
            "Correct the file.",
            path=path,
        ) from error


def lines(text: str) -> dict[tuple[str, ...], int]:
    """The line on which each table and each value of a TOML text begins.

    A statement is as many lines as are TOML by themselves. Where that would take long to find
    out, what follows has no line.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    statement, begun, effort = "", 1, 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        begun = begun if statement else number
        statement += line
        effort += len(statement)
        if effort > _EFFORT:
            break
        try:
            values = tomli.loads(statement)
        except (ValueError, RecursionError):
            continue
        if statement.lstrip().startswith("["):
            table = max(_keys(values), key=len, default=())
            found.setdefault(table, begun)
        else:
            for keys in _keys(values):
                found.setdefault((*table, *keys), begun)
        statement = ""
    return found


def _keys(values: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The keys of every table and value, those of tables first."""
    found: list[tuple[str, ...]] = []
    for key, value in values.items():
        found.append((key,))
        if isinstance(value, dict):
            found += [(key, *below) for below in _keys(value)]
    return found


def name_of(*keys: str) -> str:
    """The keys as a person writes them, cut where somebody made them very long."""
    return ".".join(one_line(key, 60) for key in keys)


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 (only where something is wrong)

    return next(iter(get_close_matches(word, sorted(known), 1, 0.6)), None)
