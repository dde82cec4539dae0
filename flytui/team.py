"""A team's own items, from `.flytui/checklist.toml` in the checkout: advice, never executed."""

import re
from pathlib import Path
from typing import Any, NoReturn

import tomli

from flytui.checklist import Checklist, Item, Reference, Section
from flytui.settings.error import SettingsError
from flytui.text import one_line

PREFIX = "team/"
_WHERE = Path(".flytui") / "checklist.toml"
_ID = r"team/[a-z0-9]+(?:-[a-z0-9]+)*"
_URL = r"https?://[^\s\x00-\x20\"<>]+"
_LARGEST = 200_000
_LONGEST_ID = 80


def with_team(checklist: Checklist, checkout: Path) -> Checklist:
    """The checklist with the team's section at its end; itself where the team has no file.

    Raises SettingsError, with the line where it is known, for a file that is not of this form:

        title = "What we promised each other"    # optional

        [[item]]
        id = "team/runbook"
        title = "There is a runbook"
        description = "Whoever is called at night knows what to do."    # optional
        look_at = ["Open the runbook and follow it once."]              # optional
        links = [{ title = "Runbook", url = "https://wiki.example.com/runbook" }]    # optional
    """
    path = checkout / _WHERE
    text = _read(path, checkout)
    return checklist if text is None else checklist.joined(_File(path, text).section())


def _read(path: Path, checkout: Path) -> str | None:
    """The file's text; None when there is none. A link must not lead out of the checkout."""
    try:
        if not path.is_file():
            return None
        if not path.resolve().is_relative_to(checkout.resolve()):
            raise SettingsError(
                f"{path} leads out of the checkout by a symbolic link.",
                "Put a file in its place.",
                path=path,
            )
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise SettingsError(f"{path} is too large.", "Keep it below 200 kB.", path=path)
        return content.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read ({type(error).__name__}).",
            "Check its permissions and that it is UTF-8 text.",
            path=path,
        ) from error


class _File:
    """One file being read; its complaints name the path and, where it is known, the line."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._starts = [
            m.start() for m in re.finditer(r"^\s*\[\[\s*item\s*\]\]", text, re.MULTILINE)
        ]

    def section(self) -> Section:
        try:
            document = tomli.loads(self._text)
        except tomli.TOMLDecodeError as error:
            raise self._error(f"is not TOML: {error.msg}", error.lineno) from error
        except (ValueError, RecursionError) as error:
            problem = "holds a value that is nested too deeply or too long"
            raise self._error(problem, None) from error
        self._only(document, {"title", "item"})
        title = self._line(document, "title") if "title" in document else "Your team's own"
        entries = document.get("item", [])
        if not isinstance(entries, list):
            self._wrong("item", "a list of tables, each begun with [[item]]")
        return Section("team", title, self._items(entries))

    def _items(self, entries: list[Any]) -> tuple[Item, ...]:
        items: dict[str, Item] = {}
        for number, entry in enumerate(entries):
            if not isinstance(entry, dict):
                self._wrong("item", "a list of tables, each begun with [[item]]")
            item = self._item(entry, number)
            if item.id in items:
                raise self._error(f"has 2 items {item.id}", self._line_of("id", number))
            items[item.id] = item
        return tuple(items.values())

    def _item(self, entry: dict[str, Any], number: int) -> Item:
        self._only(entry, {"id", "title", "description", "look_at", "links"}, number)
        id_ = self._line(entry, "id", number)
        if len(id_) > _LONGEST_ID or not re.fullmatch(_ID, id_):
            self._wrong("id", "team/ and lower-case words joined by single hyphens", number)
        description = entry.get("description", "")
        if not isinstance(description, str):
            self._wrong("description", "text", number)
        return Item(
            id=id_,
            section="team",
            title=self._line(entry, "title", number),
            description=one_line(description, 2_000),
            links=self._links(entry.get("links", []), number),
            look_at=self._lines(entry.get("look_at", []), number),
        )

    def _lines(self, value: object, number: int) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self._wrong("look_at", "a list of sentences", number)
        return tuple(one_line(each) for each in value)

    def _links(self, value: object, number: int) -> tuple[Reference, ...]:
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self._wrong("links", "a list of { title, url }", number)
        links = []
        for each in value:
            self._only(each, {"title", "url"}, number)
            url = self._line(each, "url", number)
            if not re.fullmatch(_URL, url):
                self._wrong("url", "an address that begins with https:// or http://", number)
            links.append(Reference(self._line(each, "title", number), url))
        return tuple(links)

    def _line(self, table: dict[str, Any], key: str, number: int | None = None) -> str:
        value = table.get(key)
        if value is None:
            line = None if number is None else self._line_of(None, number)
            raise self._error(f"has an entry without {key!r}", line)
        if not isinstance(value, str) or not one_line(value):
            self._wrong(key, "a line of text", number)
        return one_line(value, 300)

    def _only(self, table: dict[str, Any], known: set[str], number: int | None = None) -> None:
        for key in table:
            if key not in known:
                told = ", ".join(sorted(known))
                raise self._error(
                    f"sets {one_line(key, 60)!r}, which flytui does not know here",
                    self._line_of(key, number),
                    f"It knows {told}.",
                )

    def _wrong(self, key: str, wanted: str, number: int | None = None) -> NoReturn:
        raise self._error(f"has a {key!r} that is not {wanted}", self._line_of(key, number))

    def _line_of(self, key: str | None, number: int | None) -> int | None:
        """The line of the key in that item; of the item itself without a key."""
        tables = len(self._starts)
        if number is not None and number >= tables:
            return None
        start = 0 if number is None else self._starts[number]
        end = len(self._text)
        if number is not None and number + 1 < tables:
            end = self._starts[number + 1]
        pattern = r"\[\[" if key is None else _place_of(key)
        found = re.compile(pattern, re.MULTILINE).search(self._text, start, end)
        return self._text.count("\n", 0, found.end()) + 1 if found else None

    def _error(self, problem: str, line: int | None, cure: str = "") -> SettingsError:
        where = f"{self._path}, line {line}," if line else f"{self._path}"
        cure = cure or "Correct the file; docs/settings.md shows what it may hold."
        return SettingsError(f"{where} {problem}.", cure, path=self._path, line=line)


def _place_of(key: str) -> str:
    """Where a key gets its value: `key = …`, or the head of a table or of an item's table."""
    name = rf"[\"']?{re.escape(key)}[\"']?\s*"
    return rf"(?:^|[{{,])\s*{name}=|^\s*\[\[?\s*(?:item\s*\.\s*)?{name}\]"
