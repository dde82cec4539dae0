"""Makes the README's pictures: the real app on the simulator, at a fixed time, as PNG.

`python -m tests.stories.screenshots [FOLDER]`. Each picture is exported as SVG and drawn by
Chromium, which is looked for on the PATH; without it the SVG files are left.
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from flytui.assessment import Identity
from flytui.checklist import load as checklist
from flytui.demo.environment import environment
from flytui.demo.scenario import load, write_checkout
from flytui.demo.server import application
from flytui.opening import Surroundings, open_session
from flytui.session import Session
from flytui.settings import Flags, resolve
from flytui.ui.app import FlytuiApp
from flytui.ui.screens.main import MainScreen
from tests.simulated import asgi

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SCALE = 1.5


@dataclass(frozen=True)
class Picture:
    """One picture: its name, the keys that lead to it, and what it looks like."""

    name: str
    keys: Sequence[str]
    size: tuple[int, int] = (120, 36)
    theme: str = "flytui-dark"


PICTURES = (
    Picture("main", ("1", "j", "j", "j", "j", "j")),
    Picture("card", ("1", "j", "j", "j", "j", "j", "f")),
    Picture("main-light", ("1", "j", "j", "j", "j", "j"), theme="flytui-light"),
)


def session(folder: Path) -> Session:
    """The storefront as it stood at that time, in this process."""
    scenario = load("storefront", clock=lambda: NOW)
    checkout = folder / "checkout"
    checkout.mkdir()
    write_checkout(scenario, checkout)
    (folder / "bin").mkdir()
    fly = folder / "bin" / "fly"
    fly.write_text("#!/bin/sh\n")
    fly.chmod(0o755)
    environ = {
        "HOME": str(folder),
        "PATH": str(folder / "bin"),
        **environment("http://127.0.0.1:1", scenario.token, str(folder / "config")),
    }
    around = Surroundings(
        environ=environ,
        checkout=checkout,
        data=folder / "data",
        state=folder / "state",
        demo=True,
        transport=asgi(application(scenario.world)),
        now=lambda: NOW,
    )
    return open_session(resolve(Flags(app=scenario.app), environ, folder), checklist(), around)


async def svg(picture: Picture) -> str:
    """The picture as SVG, with the same names every time."""
    with tempfile.TemporaryDirectory() as folder:
        identity = Identity("storefront", "acme", production=False, demo=True)
        app = FlytuiApp(lambda: session(Path(folder)), identity, checklist(), clock=lambda: NOW)
        app.theme = picture.theme
        async with app.run_test(size=picture.size) as pilot:
            await settled(pilot)
            for key in picture.keys:
                await pilot.press(key)
            await settled(pilot)
            return re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title="flytui"))


async def settled(pilot: Pilot[None]) -> None:
    """Wait for the session to open and all its verdicts to arrive."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    async with asyncio.timeout(30):
        while screen.board.pending or len(screen.board.assessments) < len(list(checklist())):
            await pilot.pause(0.05)
    await pilot.pause(0.05)


def png(drawing: Path, browser: str) -> Path:
    """The drawing drawn by the browser, at one and a half times its size."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing.read_text(encoding="utf-8"))
    assert box, "an SVG says how large it is"
    width, height = (int(float(side)) + 1 for side in box.groups())
    target = drawing.with_suffix(".png")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--default-background-color=00000000",
                f"--user-data-dir={profile}",
                f"--force-device-scale-factor={SCALE}",
                f"--window-size={width},{height}",
                f"--screenshot={target}",
                drawing.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return target


def main(folder: Path, say: Callable[[str], object] = sys.stderr.write) -> None:
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    folder.mkdir(exist_ok=True)
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    for picture in PICTURES:
        drawing = (folder / f"{picture.name}.svg").resolve()
        drawing.write_text(asyncio.run(svg(picture)), encoding="utf-8")
        if browser is None:
            say(f"{drawing.name} (no Chromium on the PATH to make a PNG of it)\n")
            continue
        say(f"{png(drawing, browser).name}\n")
        drawing.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path("screenshots"))
