"""A tree of places: each has one node, and some of their rows can be left out for a while."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from textual.cache import LRUCache
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from flytui.ui.board import Place

LINES = 256
"""Drawn lines that are kept: more than a terminal shows."""


class PlacesTree(Tree[Place]):
    """Nodes stay when their rows are left out; only the numbering of lines passes them over.

    To remove thousands of nodes from one of Textual's trees and add them again takes seconds.
    """

    kept: frozenset[Place] | None = None
    """The places whose rows are shown, the cursor's always among them; None shows all."""

    def __init__(self) -> None:
        super().__init__("")
        # Textual keeps 1,024 drawn lines of each tree, and each app has a tree of its own.
        self._line_cache = LRUCache(LINES)
        self._by_place: dict[Place, TreeNode[Place]] = {}

    @property
    def place(self) -> Place | None:
        """Where the cursor is."""
        return self.cursor_node.data if self.cursor_node else None

    def reveal(self, place: Place) -> None:
        """Move the cursor there, opening what hides it. Nothing happens when it is gone."""
        node = self._by_place.get(place)
        if node is None:
            return
        if self.kept is not None:
            self.keep(self.kept | {place, *above(place)})
        higher = node.parent
        while higher is not None:
            higher.expand()
            higher = higher.parent
        # Lines are numbered when the tree is built; asking for the last one builds it now.
        if self.last_line >= 0:
            self.move_cursor(node)

    def keep(self, places: frozenset[Place] | None) -> bool:
        """Show these rows only; whether that changed anything."""
        if places == self.kept:
            return False
        self.kept = places
        self._invalidate()
        return True

    def watch_show_vertical_scrollbar(self) -> None:
        """Rows are as wide as the room beside it; Textual remembers them as they were."""
        self._clear_line_cache()
        self._updates += 1
        self.refresh()

    def _build(self) -> None:
        with ExitStack() as stack:
            if self.kept is not None:
                for node in list(_branches(self.root)):
                    stack.enter_context(_only(node, self.kept))
            super()._build()

    def _hold(self) -> tuple[TreeNode[Place] | None, int]:
        """The node that must stay where it is on the screen, and its line."""
        top, height = self.scroll_offset.y, self.size.height
        node = self.cursor_node
        if node is None or not top <= node.line < top + height:
            node = self.get_node_at_line(top) if self._by_place else None
        return node, node.line if node else 0

    def _settle(self, held: tuple[TreeNode[Place] | None, int]) -> None:
        node, line = held
        if node is None or self.last_line < 0 or node.line < 0:
            return
        if node.line != line:
            self.scroll_to(y=self.scroll_y + node.line - line, animate=False, force=True)


def parent(place: Place) -> Place | None:
    if place.item is None:
        return None
    return Place(place.section) if place.resource is None else Place(place.section, place.item)


def above(place: Place) -> Iterator[Place]:
    higher = parent(place)
    while higher is not None:
        yield higher
        higher = parent(higher)


def _branches(node: TreeNode[Place]) -> Iterator[TreeNode[Place]]:
    if node.children:
        yield node
        for child in node.children:
            yield from _branches(child)


@contextmanager
def _only(node: TreeNode[Place], kept: frozenset[Place]) -> Iterator[None]:
    """While lines are numbered the node has only those children; the others have no line."""
    # Textual offers no way to leave a node out, so its own list of children is lent another.
    every = node._children  # noqa: SLF001
    for child in every:
        child._line = -1  # noqa: SLF001
    node._children = [child for child in every if child.data in kept]  # noqa: SLF001
    try:
        yield
    finally:
        node._children = every  # noqa: SLF001
