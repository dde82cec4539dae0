"""A tree of places that can be filtered, and stands as it stood when the filter is cleared."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flytui.ui.board import Place
from flytui.ui.widgets.places import PlacesTree, above

if TYPE_CHECKING:
    from flytui.ui.filtering import Found


@dataclass(frozen=True, slots=True)
class _Before:
    """How the tree stood before it was filtered."""

    opened: frozenset[Place]
    place: Place | None
    scroll: float


class FilteredTree(PlacesTree):
    """Shows what was found, and the row the cursor is on: nobody loses what they read."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Found | None = None
        self._before: _Before | None = None
        self._opened: frozenset[Place] = frozenset()
        """Items opened since the filter was typed."""

    def filter(self, found: "Found") -> None:
        """Leave out what was not found. The cursor stays, or goes to the first that was."""
        if self._before is None:
            self._before = self._now()
        here, self._opened = self.place, frozenset()
        self._found = found
        branches = {p for p in self._by_place if p.resource is None}
        wanted = {p for p in branches if p.item is None} | (self._before.opened & branches)
        self._expand_only(wanted | found.opened)
        self._opened = found.opened
        first = next((p for p in self._by_place if p.item in found.items), None)
        self._leave(found)
        if first is not None and here not in found.places and self.last_line >= 0:
            self.move_cursor(self._by_place[first])
            self._leave(found)
        self._invalidate()  # for the words that are highlighted

    def heard(self, found: "Found") -> None:
        """What is found has changed by itself; the next `show` brings the rows up to date."""
        self._found = found

    def unfilter(self, *, back: bool) -> None:
        """All rows again, opened as they were; the cursor goes `back` where it was, or stays."""
        before, held, here = self._before, self._hold(), self.place
        self._found = self._before = None
        self._opened = frozenset()
        if before is None:
            return
        self._expand_only({p for p in before.opened if p in self._by_place})
        self.keep(None)
        target = before.place if back else here
        if target is not None:
            self.reveal(target)
        if back and self.last_line >= 0:
            self.scroll_to(y=before.scroll, animate=False, force=True)
        else:
            self._settle(held)

    def hides(self, place: Place) -> bool:
        """Whether a filter leaves that row out."""
        return self.kept is not None and place not in self.kept

    def _now(self) -> _Before:
        opened = frozenset(p for p, node in self._by_place.items() if node.is_expanded)
        return _Before(opened, self.place, self.scroll_offset.y)

    def _expand_only(self, opened: Collection[Place]) -> None:
        for place, node in self._by_place.items():
            if node.is_expanded != (place in opened) and node.allow_expand:
                node.toggle()

    def _open(self, places: frozenset[Place]) -> None:
        """Open items whose resources match by now, and no item twice: it may have been closed."""
        for place in places:
            if place in self._by_place:
                self._by_place[place].expand()
        self._opened |= places

    def _leave(self, found: "Found") -> bool:
        """Keep what was found, and the row the cursor is on: nobody loses what they read."""
        here = self.place
        return self.keep(found.places if here is None else found.places | {here, *above(here)})
