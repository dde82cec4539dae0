"""Where flytui looks and as whom: flags, then environment, then fly.toml, then Fly's config.yml.

What is asked for is imported then: the first frame needs an error of it and no more.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flytui.settings.declared import LongestDays, Policy, Preferences, Thresholds, preferences
    from flytui.settings.error import SettingsError
    from flytui.settings.login import last_login, outlived
    from flytui.settings.person import who
    from flytui.settings.resolution import Flags, Settings, resolve

__all__ = [
    "Flags",
    "LongestDays",
    "Policy",
    "Preferences",
    "Settings",
    "SettingsError",
    "Thresholds",
    "last_login",
    "outlived",
    "preferences",
    "resolve",
    "who",
]

_WHERE = {
    "declared": ("LongestDays", "Policy", "Preferences", "Thresholds", "preferences"),
    "error": ("SettingsError",),
    "login": ("last_login", "outlived"),
    "person": ("who",),
    "resolution": ("Flags", "Settings", "resolve"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        module = next((module for module, names in _WHERE.items() if name in names), None)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{module}"), name)
