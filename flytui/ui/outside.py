"""The ways out of the terminal: the clipboard and the browser."""

import os
import sys
from collections.abc import Mapping
from urllib.parse import quote

from textual.app import App

from flytui.text import plain


class Outside:
    """Copies text and opens pages; always shows what it copied, for neither may arrive."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    @property
    def graphical(self) -> bool:
        """Whether a browser has a window of its own; a text browser would take the screen."""
        e = self._environment
        if e.get("SSH_CONNECTION") or e.get("SSH_TTY"):
            return False
        return sys.platform in {"darwin", "win32"} or bool(
            e.get("DISPLAY") or e.get("WAYLAND_DISPLAY")
        )

    def copy(self, app: App[object], text: str) -> None:
        """Offer the text to the terminal's clipboard, and show it."""
        app.copy_to_clipboard(plain(text))
        app.notify(
            plain(text),
            title="Sent to the terminal's clipboard; tmux may keep it",
            timeout=10,
            markup=False,
        )

    def open(self, app: App[object], url: str) -> None:
        """Show the page in a browser, or else the address to copy. Only https addresses."""
        if self.graphical and url.startswith("https://"):
            app.open_url(url)
            app.notify(plain(url), title="Opened in your browser", markup=False)
        else:
            self.copy(app, url)

    @staticmethod
    def dashboard(app: str) -> str:
        return f"https://fly.io/apps/{quote(app, safe='')}"
