"""The ways out of the terminal: the clipboard and the browser."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from textual.app import App

from flytui import programs
from flytui.text import plain
from flytui.ui import clipboard

PATIENCE = 3.0
"""Seconds a program has to take the text, or to say that it opens no page."""


class Outside:
    """Copies text and opens pages; always shows what it copied, for neither may arrive."""

    def __init__(
        self, environment: Mapping[str, str] = os.environ, platform: str = sys.platform
    ) -> None:
        self._environment = environment
        self._platform = platform

    @property
    def graphical(self) -> bool:
        return clipboard.graphical(self._environment, self._platform)

    def copy(self, app: App[object], text: str) -> None:
        """Put the text on the clipboard, say which way, and show it; all of it where none leads."""
        app.run_worker(self._copy(app, plain(text)), group="clipboard")

    async def _copy(self, app: App[object], text: str) -> None:
        for way in clipboard.programs(self._environment, self._platform, self._find):
            if await self._run(way.argv, text) == 0:
                app.notify(text, title=way.said, timeout=10, markup=False)
                return
        if reason := clipboard.deaf(self._environment):
            from flytui.ui.screens.shown import ShownScreen  # noqa: PLC0415 (rarely needed)

            await app.push_screen(ShownScreen(text, reason))
            return
        App.copy_to_clipboard(app, text)  # the app's own way leads here
        title = "Sent to the terminal's clipboard, if it takes it"
        app.notify(text, title=title, timeout=10, markup=False)

    def open(self, app: App[object], url: str) -> None:
        """Show the page in a browser, or else the address to copy. Only https addresses."""
        if self.graphical and url.startswith("https://"):
            app.run_worker(self._open(app, plain(url)), group="browser")
        else:
            self.copy(app, url)

    async def _open(self, app: App[object], url: str) -> None:
        for argv in clipboard.openers(self._platform, self._find):
            # Some return at once, some only with the browser: silence is a good sign.
            if await self._run((*argv, url), "") in {0, None}:
                break
        else:
            if self._platform != "win32":
                app.notify("No browser could be opened.", severity="warning", markup=False)
                self.copy(app, url)
                return
            app.open_url(url)
        app.notify(url, title="Opened in your browser", markup=False)

    def _find(self, name: str) -> str | None:
        return programs.find(name, self._environment)

    async def _run(self, argv: Sequence[str], text: str) -> int | None:
        """The program's exit code; None while it still runs. Nothing it says is shown."""
        kept = {k: v for k, v in self._environment.items() if k in clipboard.PASSED_ON}
        given = programs.without_checkout(kept)
        nowhere, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
        try:
            child = await asyncio.create_subprocess_exec(
                *(self._find(argv[0]) or argv[0], *argv[1:]),
                stdin=pipe if text else nowhere,
                stdout=nowhere,
                stderr=nowhere,
                env=given,
                start_new_session=True,
            )
        except OSError:
            return 127
        try:
            await asyncio.wait_for(child.communicate(text.encode() if text else None), PATIENCE)
        except (TimeoutError, ConnectionError):
            return None
        return child.returncode

    @staticmethod
    def dashboard(app: str) -> str:
        return f"https://fly.io/apps/{quote(app, safe='')}"
