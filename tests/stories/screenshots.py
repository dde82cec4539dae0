"""Makes the README's pictures: the real app on the simulator, at a fixed time, as PNG.

`python -m tests.stories.screenshots [FOLDER [NAME ...]]`. Each picture is exported as SVG and
drawn by Chromium, which is looked for on the PATH; without it the SVG files are left.
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.stories import png
from tests.stories.fixing import FIX
from tests.stories.scenes import FIXING, PICTURES, Scene, drawings, report

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MARGIN = 16
"""Pixels between pictures that stand side by side."""
REPORT = (1100, 860)
"""As much of a report as a browser's window shows."""


def box(drawing: str) -> tuple[int, int]:
    """How large an SVG says that it is."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    assert found, "an SVG says how large it is"
    width, height = (int(float(side)) + 1 for side in found.groups())
    return width, height


def beside(drawings: Sequence[str]) -> str:
    """The pictures side by side, as one."""
    inner, left, tall = [], 0, 0
    for number, drawing in enumerate(drawings):
        width, height = box(drawing)
        # Their classes have one name and other colours.
        own = drawing.replace("terminal-", f"terminal{number}-")
        inner.append(own.replace("<svg ", f'<svg x="{left}" width="{width}" height="{height}" ', 1))
        left, tall = left + width + MARGIN, max(tall, height)
    size = f'viewBox="0 0 {left - MARGIN} {tall}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(inner)}</svg>'


def draw(page: Path, size: tuple[int, int], browser: str) -> png.Picture:
    """What the browser shows of the file."""
    with tempfile.TemporaryDirectory() as profile:
        target = Path(profile, "drawn.png")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--disable-lcd-text",
                "--disable-background-networking",
                "--default-background-color=00000000",
                f"--user-data-dir={profile}",
                "--force-device-scale-factor=1",
                f"--window-size={size[0]},{size[1]}",
                f"--screenshot={target}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return png.read(target)


class Studio:
    """Draws into one folder, and says what it has drawn."""

    def __init__(self, folder: Path, browser: str | None, say: Callable[[str], object]) -> None:
        self._folder = folder
        self._browser = browser
        self._say = say

    def still(self, name: str, drawing: str, *, ending: str = "svg") -> None:
        """One picture; without a browser, what it would be drawn from."""
        page = self._page(f"{name}.{ending}", drawing)
        if self._browser is not None:
            size = box(drawing) if ending == "svg" else REPORT
            self._keep(name, png.still(draw(page, size, self._browser)))
            page.unlink()

    def moving(self, name: str, drawings: Sequence[str], hold: Sequence[float]) -> None:
        """Several pictures, one after the other."""
        pages = [self._page(f"{name}-{n}.svg", one) for n, one in enumerate(drawings, 1)]
        if self._browser is not None:
            size = box(drawings[0])
            frames = [draw(page, size, self._browser) for page in pages]
            self._keep(name, png.moving(frames, hold))
            for page in pages:
                page.unlink()

    def _page(self, name: str, text: str) -> Path:
        page = (self._folder / name).resolve()
        page.write_text(text, encoding="utf-8")
        if self._browser is None:
            self._say(f"{name} (no Chromium on the PATH to make a PNG of it)\n")
        return page

    def _keep(self, name: str, picture: bytes) -> None:
        (self._folder / f"{name}.png").write_bytes(picture)
        self._say(f"{name}.png {len(picture) // 1000} kB\n")


def picture(studio: Studio, name: str, scenes: Sequence[Scene]) -> None:
    """One still: its scenes side by side."""
    drawn = [asyncio.run(drawings(scene))[-1] for scene in scenes]
    studio.still(name, beside(drawn) if len(drawn) > 1 else drawn[0])


def main(folder: Path, only: Sequence[str], say: Callable[[str], object]) -> None:
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    folder.mkdir(exist_ok=True)
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    studio = Studio(folder, browser, say)
    for name, scenes in PICTURES.items():
        if not only or name in only:
            picture(studio, name, scenes)
    if not only or "report" in only:
        studio.still("report", asyncio.run(report()), ending="html")
    if not only or "fix" in only:
        studio.moving("fix", asyncio.run(drawings(FIXING)), [step.seconds for step in FIX])


if __name__ == "__main__":
    main(Path([*sys.argv, "screenshots"][1]), sys.argv[2:], sys.stderr.write)
