"""The keys at the bottom in as many lines as they need, where they are what the screen is about."""

from textual.content import Content
from textual.geometry import Size

from flytui.ui.widgets.keyline import KeyLine

_GAP = 3


class KeyBlock(KeyLine):
    """At most three lines, two where there is little height; what has no room is in the help."""

    DEFAULT_CSS = """
    KeyBlock { height: auto; padding: 0 1; background: $panel; color: $foreground; }
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        del container, viewport
        return len(self._rows(width))

    def render(self) -> Content:
        return Content("\n").join(self._rows(self.content_size.width))

    def _rows(self, width: int) -> list[Content]:
        """The keys in their order; the last are left out until the others fit."""
        most = 3 if self.app.size.height >= 24 else 2
        keys = [self._key(a) for a in self._shown()]
        while len(rows := _packed(keys, width)) > most:
            keys.pop()
        return rows


def _packed(keys: list[Content], width: int) -> list[Content]:
    """One row after the other, each as full as it gets."""
    rows: list[list[Content]] = [[]]
    room = width
    for key in keys:
        if rows[-1] and key.cell_length > room:
            rows.append([])
            room = width
        rows[-1].append(key)
        room -= key.cell_length + _GAP
    return [Content(" " * _GAP).join(row) for row in rows]
