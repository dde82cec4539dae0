"""The bottom line: the keys that matter here, as many as there is room for."""

from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

LAST = ("main.filter", "app.help", "app.quit", "trouble.quit")
"""Ids of the bindings that are shown at every width, at the end."""


class KeyLine(Widget):
    """One line that can be clicked; a key that cannot act now is dimmed.

    Textual's Footer builds a widget for each key, anew whenever one comes or goes; that took
    longer than all else that a move of the cursor does.
    """

    DEFAULT_CSS = """
    KeyLine { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    def on_mount(self) -> None:
        self.auto_links = False  # an underline under every key would say nothing
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        del screen
        self.refresh()

    def render(self) -> Content:
        room = self.content_size.width
        active = [a for a in self.screen.active_bindings.values() if a.binding.show]
        last = [self._key(a) for a in active if a.binding.id in LAST]
        keys = [self._key(a) for a in active if a.binding.id not in LAST]
        room -= sum(key.cell_length + 3 for key in last)
        shown = []
        for key in keys:
            room -= key.cell_length + 3
            if room < -3:
                break
            shown.append(key)
        return Content("   ").join([*shown, *last])

    def _key(self, active: ActiveBinding) -> Content:
        binding = active.binding
        click = Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"})
        key = self.app.get_key_display(binding)
        if not active.enabled:
            return Content.styled(f"{key} {binding.description}", Style(dim=True) + click)
        return Content.assemble((key, Style(bold=True) + click), (f" {binding.description}", click))
