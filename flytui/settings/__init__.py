"""Where flytui looks and as whom: flags, then environment, then fly.toml, then Fly's config.yml."""

from flytui.settings.declared import LongestDays, Policy, Preferences, Thresholds, preferences
from flytui.settings.error import SettingsError
from flytui.settings.login import last_login, outlived
from flytui.settings.person import who
from flytui.settings.resolution import Flags, Settings, Token, resolve

__all__ = [
    "Flags",
    "LongestDays",
    "Policy",
    "Preferences",
    "Settings",
    "SettingsError",
    "Thresholds",
    "Token",
    "last_login",
    "outlived",
    "preferences",
    "resolve",
    "who",
]
