"""The checklist as a tree: complete from the first frame, its rows changing in place."""

from collections import Counter
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from flytui.ui.board import Board, Place
from flytui.ui.messages import Chosen, Looked
from flytui.ui.widgets.filtered import FilteredTree
from flytui.ui.widgets.places import parent
from flytui.ui.widgets.rows import Block, Row, blocks

GUIDE = 2
"""Cells a level is moved in."""


class ChecklistTree(FilteredTree):
    """Sections, items and the resources items speak about.

    Invariant: a node stays the same node for as long as its place exists, so that neither the
    cursor nor the scroll moves because an answer came.
    """

    ALLOW_SELECT = False
    """Dragging over rows selects nothing: a row is text for the terminal's own selection only."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tree--ok",
        "tree--action",
        "tree--advice",
        "tree--manual",
        "tree--unknown",
        "tree--quiet",
        "tree--found",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False, id="tree.down", tooltip="One row down"),
        Binding("k", "cursor_up", "Up", show=False, id="tree.up", tooltip="One row up"),
        Binding("right", "open", "Open", show=False, id="tree.open", tooltip="Open this row"),
        Binding("left", "close", "Close", show=False, id="tree.close", tooltip="Close this row"),
    ]

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.show_root = False
        self.guide_depth = GUIDE
        self.show_guides = False
        self.auto_expand = False
        self._blocks: dict[Place, Block] = {}
        self._rows: dict[Place, Row] = {}
        self._place: Place | None = None
        self.root.expand()
        self.show(board)

    def on_mount(self) -> None:
        first = next((p for p in self._by_place if p.item is not None), None)
        if first is not None:
            self.reveal(first)
            # The first item's section heading stays in sight above it.
            self.call_after_refresh(self.scroll_home, animate=False)

    def show(self, board: Board) -> None:
        """Bring every row up to date; only rows that changed are drawn again."""
        before, held = self._blocks, self._hold()
        self._blocks = blocks(board, before)
        changed = False
        for top in set(before) - set(self._blocks):
            changed = self._drop(set(before[top])) or changed
        numbers = Counter[str]()
        for top, block in self._blocks.items():
            number = numbers[top.section] - 1
            numbers[top.section] += 1
            known = before.get(top)
            if block is not known:
                changed = self._drop(set(known or ()) - set(block)) or changed
                changed = self._put_all(block, number) or changed
        if self._found is not None:
            self._open(self._found.opened - self._opened)
            changed = self._leave(self._found) or changed
        if changed:
            self._settle(held)

    def toggle(self, place: Place) -> None:
        node = self._by_place.get(place)
        if node is not None and node.allow_expand:
            node.toggle()

    def _put_all(self, block: Block, number: int) -> bool:
        """The rows of a block whose first is the section's, or its item of that number."""
        changed = False
        for below, (place, row) in enumerate(block.items(), start=-1):
            changed = self._put(place, row, number if below < 0 else below) or changed
        return changed

    def _put(self, place: Place, row: Row, number: int) -> bool:
        """The row at its place; True when a node had to be added."""
        before = self._rows.get(place)
        self._rows[place] = row
        node = self._by_place.get(place)
        if node is None:
            self._by_place[place] = self._add(place, row, number)
            return True
        if before != row:
            node.allow_expand = row.opens
            node.set_label(Text(row.title))
        return False

    def _add(self, place: Place, row: Row, number: int) -> TreeNode[Place]:
        above = parent(place)
        if above is None:
            return self.root.add(Text(row.title), place, expand=True)
        node = self._by_place[above]
        return node.add(Text(row.title), place, before=number, allow_expand=row.opens)

    def _drop(self, gone: set[Place]) -> bool:
        for place in gone:
            node = self._by_place.pop(place)
            del self._rows[place]
            if self.cursor_node is node and node.parent is not None:
                self.move_cursor(node.parent)
            node.remove()
        return bool(gone)

    def render_label(self, node: TreeNode[Place], base_style: Style, style: Style) -> Text:
        """Icon, glyph and title on the left, cut to the pane; on the right what was decided."""
        row = self._rows.get(node.data) if node.data else None
        if row is None:
            return Text("")
        icon = ("▾ " if node.is_expanded else "▸ ") if row.opens else "  "
        toggle = base_style + Style(meta={"toggle": True}) if row.opens else base_style
        left = Text(style=base_style)
        left.append(icon, toggle)
        if row.glyph:
            left.append(row.glyph + " ", self._colour(row.colour))
        room = self._room(node)
        tail = Text(row.tail, self._colour("quiet"))
        space = room - (tail.cell_len + 1 if row.tail else 0)
        words = self._found.words if self._found else ()
        title = Text(row.fitting(space - left.cell_len, words), style=style)
        if row.quiet and node is not self.cursor_node:
            title.stylize(self._colour("quiet"))
        left.append_text(title)
        if row.note:
            left.append("  " + row.note, self._colour("quiet"))
        if words:
            left.highlight_words(words, self._colour("found"), case_sensitive=False)
        left.truncate(max(space, 8), overflow="ellipsis")
        if row.tail:
            left.append(" " * max(room - left.cell_len - tail.cell_len, 1))
            left.append_text(tail)
        return left

    def get_label_width(self, node: TreeNode[Place]) -> int:
        """Never more than the pane: rows are cut, not scrolled sideways."""
        return max(self._room(node), 1)

    def _room(self, node: TreeNode[Place]) -> int:
        depth = 0 if node.data is None or node.data.item is None else 1
        depth += 1 if node.data is not None and node.data.resource else 0
        return self.scrollable_content_region.width - depth * GUIDE

    def _colour(self, name: str) -> Style:
        return self.get_component_rich_style(f"tree--{name}", partial=True) if name else Style()

    def action_open(self) -> None:
        node = self.cursor_node
        if node is None or node.data is None:
            return
        if not node.allow_expand:
            self.post_message(Chosen(node.data))
        elif node.is_expanded:
            self.action_cursor_down()
        else:
            node.expand()

    def action_close(self) -> None:
        node = self.cursor_node
        if node is None:
            return
        if node.allow_expand and node.is_expanded:
            node.collapse()
        elif node.parent is not None and node.parent is not self.root:
            self.move_cursor(node.parent)

    async def _on_click(self, event: Click) -> None:
        """A click selects; on the sign before it the row opens; a click on what is selected enters.

        The sign is left to Textual.
        """
        line = event.style.meta.get("line")
        if line is None or event.style.meta.get("toggle"):
            return
        event.prevent_default()
        if line == self.cursor_line:
            self.action_select_cursor()
        else:
            self.cursor_line = line

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Place]) -> None:
        event.stop()
        if event.node.data is not None and event.node.data != self._place:
            self._place = event.node.data
            self.post_message(Looked(event.node.data))
            held = self._hold()
            if self._found is not None and self._leave(self._found):
                self._settle(held)

    def on_tree_node_selected(self, event: Tree.NodeSelected[Place]) -> None:
        event.stop()
        if event.node.data is not None:
            self.post_message(Chosen(event.node.data))

    def on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Place]) -> None:
        """The cursor never stays on a row that cannot be seen."""
        node = self.cursor_node
        while node is not None and node is not event.node:
            node = node.parent
        if node is not None and node.is_collapsed and self.last_line >= 0:
            self.move_cursor(node)
