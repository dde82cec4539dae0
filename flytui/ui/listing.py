"""The apps to choose from, as they become known. No Textual."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flytui.estate import Estate, Listed


@dataclass
class Listing:
    """What the token sees, told once; filling it again asks anew."""

    rows: dict[str, "Listed"] = field(default_factory=dict)
    """By name."""
    done: bool = False
    """Whether the last page has come, or none ever will."""
    trouble: tuple[str, str] | None = None
    """Why the list is not complete, and what to do about it."""

    @property
    def choices(self) -> list["Listed"]:
        """The apps without those `fly` made for its own use."""
        return [one for one in self.rows.values() if not one.tooling]

    def of(self, organization: str | None) -> list["Listed"]:
        """Those of that organisation; all where none is meant."""
        return [
            one
            for one in self.choices
            if organization in {None, one.organization, one.raw_organization}
        ]

    async def fill(self, estate: "Estate", heard: Callable[[], None]) -> None:
        """Take in every page, telling of each."""
        from flytui.fly.errors import FlyError  # noqa: PLC0415 (after the first frame)
        from flytui.settings import SettingsError  # noqa: PLC0415 (as above)

        self.done, self.trouble = False, None
        try:
            await self._fill(estate.apps(), heard)
        except (FlyError, SettingsError) as error:
            self.trouble = (error.cause, error.cure)
        self.done = True
        heard()

    async def _fill(
        self, pages: AsyncGenerator[tuple["Listed", ...], None], heard: Callable[[], None]
    ) -> None:
        fresh: dict[str, Listed] = {}
        async with aclosing(pages) as arriving:
            async for page in arriving:
                fresh |= {one.name: one for one in page}
                self.rows |= fresh
                heard()
        self.rows = fresh


def chosen_from(rows: Sequence["Listed"], recent: Sequence[str], text: str) -> list["Listed"]:
    """The apps that hold every word of the text: of that name, then beginning so, then the rest.

    Within each of these, those opened last first, then by name.
    """
    typed = text.strip().lower()
    words = typed.split()
    found = [
        one for one in rows if all(w in f"{one.name} {one.organization}".lower() for w in words)
    ]
    place = {name: number for number, name in enumerate(recent)}

    def rank(one: "Listed") -> tuple[bool, bool, int, str]:
        name = one.name.lower()
        return name != typed, not name.startswith(typed), place.get(one.name, len(place)), one.name

    return sorted(found, key=rank)
