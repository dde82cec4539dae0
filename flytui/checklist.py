"""The checklist: 8 sections and 24 items, from checklist.toml."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import tomli


@dataclass(frozen=True, slots=True)
class Reference:
    """A page worth reading."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to settle before production."""

    id: str
    section: str
    title: str
    description: str
    """Why it matters, in our words."""
    links: tuple[Reference, ...]
    look_at: tuple[str, ...]
    """What a reviewer should look at, a sentence each."""
    optional: bool = False
    revised: str = ""
    """The day on which Fly.io's text of the item last changed, as far as known, YYYY-MM-DD."""
    short: str = ""
    """A title of few words, for where the whole one has no room; empty where there is none."""

    @property
    def digest(self) -> str:
        """The SHA-256 of all that the item tells and asks; it changes with the words."""
        import hashlib  # noqa: PLC0415 (loads OpenSSL, which the first frame can do without)

        told = (
            self.title,
            self.description,
            *(part for link in self.links for part in (link.title, link.url)),
            *self.look_at,
        )
        return hashlib.sha256("\n".join(" ".join(t.split()) for t in told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    items: tuple[Item, ...]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    sections: tuple[Section, ...]
    follows: str
    """The day of Fly.io's text that this follows, YYYY-MM-DD."""

    def __iter__(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.items

    def __getitem__(self, item: str) -> Item:
        """The item of that id. Raises KeyError."""
        for candidate in self:
            if candidate.id == item:
                return candidate
        raise KeyError(item)

    def joined(self, section: Section) -> "Checklist":
        """With the section at the end, unless it is empty."""
        return replace(self, sections=(*self.sections, section)) if section.items else self


@cache
def load() -> Checklist:
    """The checklist that ships with flytui; read once, as it changes with the version alone."""
    text = Path(__file__).with_name("checklist.toml").read_text(encoding="utf-8")
    document = tomli.loads(text)
    sections = tuple(
        Section(
            s["id"], s["title"], tuple(_item(s["id"], i) for i in s["item"]), s.get("short", "")
        )
        for s in document["section"]
    )
    return Checklist(sections, document["follows"])


def _item(section: str, entry: dict[str, object]) -> Item:
    links, look_at = entry["links"], entry["look_at"]
    if not isinstance(links, list) or not isinstance(look_at, list):
        raise TypeError(f"{entry['id']}: links and look_at are lists")
    return Item(
        id=str(entry["id"]),
        section=section,
        title=str(entry["title"]),
        description=str(entry["description"]).strip(),
        links=tuple(Reference(link["title"], link["url"]) for link in links),
        look_at=tuple(str(line) for line in look_at),
        optional=bool(entry.get("optional", False)),
        revised=str(entry["revised"]),
        short=str(entry.get("short", "")),
    )
