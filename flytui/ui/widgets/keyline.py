"""The bottom line: the keys that matter here, as many as there is room for."""

from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

LAST = ("main.filter", "app.help", "app.quit", "trouble.quit")
"""Ids of the bindings that stand at the end."""
FIRST = (
    *("app.help", "trouble.quit"),
    *("decide.fix", "main.back", "decide.reviewed", "decide.not_applicable"),
    *("app.quit", "main.filter"),
)
"""Where there is little room, these are shown before all others: what one came for, then the ways
to what is not on the line."""


def _rank(id_: str | None) -> int:
    return FIRST.index(id_) if id_ in FIRST else len(FIRST)


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
        active = [a for a in self._shown() if a.binding.id not in LAST]
        active += [a for a in self._shown() if a.binding.id in LAST]
        keys = [(a.binding.id, self._key(a)) for a in active]
        room, fitting = self.content_size.width + 3, set[str | None]()
        for id_, key in sorted(keys, key=lambda pair: _rank(pair[0])):
            room -= key.cell_length + 3
            if room < 0:
                break
            fitting.add(id_)
        return Content("   ").join(key for id_, key in keys if id_ in fitting)

    def _shown(self) -> list[ActiveBinding]:
        """The keys to tell of: where several do the same, the first."""
        reading = {"main.back"} if self.screen.has_class("-reading") else set()
        every = self.screen.active_bindings.values()
        shown = [a for a in every if a.binding.show or a.binding.id in reading]
        first = {(a.binding.id or a.binding.key): a for a in reversed(shown)}
        return [a for a in shown if a in first.values()]

    def _key(self, active: ActiveBinding) -> Content:
        binding = active.binding
        click = Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"})
        key = self.app.get_key_display(binding)
        if not active.enabled:
            return Content.styled(f"{key} {binding.description}", Style(dim=True) + click)
        return Content.assemble((key, Style(bold=True) + click), (f" {binding.description}", click))
