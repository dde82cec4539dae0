"""The app as one person likes it: its colours, its keys, and what of that could not be had."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import Screen
from textual.theme import Theme

from flytui.settings.personal import DEFAULT_THEME, Personal
from flytui.ui import keys as names
from flytui.ui.themes import THEMES


@dataclass(frozen=True, slots=True)
class Dress:
    """How the person likes it."""

    preferences: Personal = field(default_factory=Personal)
    keep_theme: Callable[[str], object] = str
    """Remembers a theme that was chosen; may raise OSError."""


PLAIN = Dress()


class DressedApp(App[None], inherit_bindings=False):
    """Invariant: a theme of ours is in force, and only keys that work."""

    def __init__(self, dress: Dress, driver_class: type[Driver] | None) -> None:
        super().__init__(driver_class=driver_class)
        preferences = self.preferences = dress.preferences
        self.problems = preferences.problems
        """What of the preferences is not in force, a sentence each."""
        self._keep_theme = dress.keep_theme
        for theme in THEMES.values():
            self.register_theme(theme)
        self._wear(THEMES[preferences.theme or DEFAULT_THEME])
        self._take(preferences.keys, preferences.keys_at)

    def _wear(self, theme: Theme) -> None:
        """Put the theme in force while nothing is styled yet: afterwards all is styled twice."""
        self.set_reactive(App.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.set_class(True, f"-theme-{theme.name}", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)

    def _take(self, keys: Mapping[str, str], said_at: Mapping[str, str]) -> None:
        """Put the person's keys in force, as far as they work."""
        if not keys:
            names.use({})
            return
        from flytui.ui.keymap import keymap  # noqa: PLC0415 (imports every screen)

        found = keymap(keys, said_at)
        self.problems = (*self.problems, *found.problems)
        self.set_keymap(dict(found.keys))
        names.use(found.shown)

    def on_mount(self) -> None:
        for problem in self.problems:
            self.notify(problem, severity="warning", timeout=20, markup=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        if not self.native_ansi_color:
            return filters
        # Without colours, greys of our own would be more than the terminal's own two.
        return [NoColor() if isinstance(each, Monochrome) else each for each in filters]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        del screen
        yield SystemCommand("Theme", "Choose other colours", self.action_change_theme)

    def action_change_theme(self) -> None:
        choices = [(name, partial(self._choose_theme, name)) for name in THEMES]
        self.search_commands(choices, "Search for colours…")

    def _choose_theme(self, name: str) -> None:
        self.theme = THEMES[name].name
        try:
            self._keep_theme(name)
        except OSError as error:
            self.notify(f"The choice cannot be kept: {error.strerror}.", markup=False)
