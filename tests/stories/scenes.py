"""What the README's pictures show: which app, which keys, at a time that stands still."""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from flytui.assessment import Identity
from flytui.checklist import load as checklist
from flytui.demo.environment import environment
from flytui.demo.scenario import load, write_checkout
from flytui.demo.server import application
from flytui.demo.serving import serving
from flytui.demo.stand_in import install
from flytui.estate import Estate
from flytui.gate import Gate
from flytui.launch import Launch, Opening
from flytui.looking import reported
from flytui.opening import Ground
from flytui.report import forms
from flytui.settings import Flags, resolve
from flytui.surroundings import Surroundings
from flytui.ui.app import FlytuiApp
from flytui.ui.screens.main import MainScreen
from flytui.ui.screens.organization import OrganizationScreen
from flytui.ui.screens.run import RunScreen
from flytui.ui.screens.trouble import TroubleScreen
from tests.stories.fixing import FIX, Step

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
TO_EXPOSED = ("1", "j", "j", "j", "j", "j")
REASON = "One office, one owner: checked by hand."


@dataclass(frozen=True)
class Scene:
    """Keys in steps, each of which is drawn, and what it looks like."""

    steps: Sequence[Step]
    size: tuple[int, int] = (120, 36)
    theme: str = "flytui-dark"
    apps: int = 0
    token: bool = True


FIXING = Scene(FIX, size=(120, 30))
"""The fix, step by step."""
_BEGUN = Step((), ("seen 23/23",))
_EXPOSED = Step(TO_EXPOSED, ("1 public address",))
_SMALL = (50, 20)
_TREE = Step((), ("ready 1/21",))
_EXPOSED_ROW = Step(TO_EXPOSED, ("▸ ✗ Make sure private",))


def _exposed(*steps: Step, theme: str = "flytui-dark") -> tuple[Scene]:
    return (Scene((_BEGUN, _EXPOSED, *steps), theme=theme),)


def _begun(keys: Sequence[str], *sees: str, rows: int = 32, apps: int = 0) -> tuple[Scene]:
    steps = (_BEGUN, Step(tuple(keys[:1])), Step(tuple(keys[1:]), sees))
    return (Scene(steps, size=(120, rows), apps=apps),)


PICTURES: dict[str, Sequence[Scene]] = {
    "main": _exposed(),
    "main-light": _exposed(theme="flytui-light"),
    "filter": _begun(("slash", *"status:action machine"), "4 of 24 items match", rows=24),
    "card": _exposed(Step(("f",), ("fly will ask", "Cancel"))),
    "note": _begun(("1", "j", "x", *REASON), "decided by Ana Lopes", REASON),
    "walk": _begun(("w", "n", "n", "n", "n"), "item 5 of"),
    "organization": _begun(("O",), "all 14 apps", rows=28, apps=14),
    "narrow": (
        Scene((_TREE, _EXPOSED_ROW), size=_SMALL),
        Scene((_TREE, _EXPOSED_ROW, Step(("enter",), ("1 public address",))), size=_SMALL),
    ),
    "trouble": (Scene((Step((), ("Ways out",)),), size=(100, 24), token=False),),
}
"""What is drawn, by the name of its file: scenes side by side, the last step of each."""


@dataclass(frozen=True)
class Place:
    """An app of the simulator, and where flytui runs beside it."""

    app: str
    organization: str
    around: Surroundings
    ground: Ground


@asynccontextmanager
async def place(apps: int = 0) -> AsyncIterator[Place]:
    """The storefront as it stood at that time, with a `fly` and a person of its own."""
    scenario = load("storefront", apps=apps, clock=lambda: NOW)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checkout, tools = folder / "checkout", folder / "bin"
        checkout.mkdir()
        tools.mkdir()
        write_checkout(scenario, checkout)
        install(tools)
        (folder / ".gitconfig").write_text("[user]\n\tname = Ana Lopes\n")
        async with serving(application(scenario.world)) as url:
            demo = environment(url, scenario.token, str(folder / "config"))
            path = os.pathsep.join([str(tools), os.environ.get("PATH", os.defpath)])
            environ = {"HOME": name, "PATH": path, **demo}
            around = Surroundings(
                environ=environ,
                checkout=checkout,
                data=folder / "data",
                state=folder / "state",
                config=folder / "flytui.toml",
                extra=demo,
                demo=True,
                now=lambda: NOW,
            )
            settings = resolve(Flags(app=scenario.app), environ, folder)
            ground = Ground(settings, checklist(), around)
            yield Place(scenario.app, scenario.organization, around, ground)


async def drawings(scene: Scene) -> list[str]:
    """Each step as SVG, with the same names every time."""
    async with place(scene.apps) as where:
        estate = Estate(lambda: where.ground)
        identity = Identity(where.app, where.organization, production=False, demo=True)
        app = (
            FlytuiApp(
                lambda: estate.open(where.app, picked=False),
                identity,
                checklist(),
                clock=lambda: NOW,
                estate=lambda: estate,
            )
            if scene.token
            else _without_token(where)
        )
        app.theme = scene.theme
        async with app.run_test(size=scene.size) as pilot:
            return [await _drawn(pilot, step) for step in scene.steps]


async def report() -> str:
    """What `flytui check --format html` says of the same app."""
    async with place() as where:
        session = where.ground.session(where.app)
        async for event in session.assess():
            del event
        text = forms.render("html", reported(session, Gate()))
        await session.close()
        return text


def _without_token(where: Place) -> FlytuiApp:
    """flytui where nobody has logged in."""
    given = where.around
    environ = {"HOME": given.environ["HOME"], "PATH": given.environ["PATH"]}
    home = Path(given.environ["HOME"])
    launch = Launch(
        where.app,
        None,
        environ,
        given.checkout,
        home,
        config=given.config,
        state=given.state,
    )
    opening = Opening(launch)
    identity = Identity(where.app, None, production=False, demo=False)
    return FlytuiApp(opening, identity, checklist(), ways=opening, clock=lambda: NOW)


async def _drawn(pilot: Pilot[None], step: Step) -> str:
    for key in step.keys:
        if key == "space":
            # A key that is held down runs nothing, so it has to have rested.
            await asyncio.sleep(1)
        await pilot.press(key)
    end = time.monotonic() + 60
    while not all(words in _text(pilot) for words in step.sees) or _busy(pilot):
        assert time.monotonic() < end, f"{step.sees} is not on the screen:\n{_text(pilot)}"
        await pilot.pause(0.05)
    await pilot.pause(0.2)
    drawn = pilot.app.export_screenshot(title="flytui")
    local = re.sub(r',\s*url\("https:[^)]*\) format\("\w+"\)', "", drawn)
    return re.sub(r"terminal-\d+", "terminal", local)


def _text(pilot: Pilot[None]) -> str:
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def _busy(pilot: Pilot[None]) -> bool:
    """Whether a verdict, a command or another app is waited for."""
    main, screen = pilot.app.screen_stack[0], pilot.app.screen
    assert isinstance(main, MainScreen)
    if isinstance(screen, TroubleScreen):
        return False
    if isinstance(screen, RunScreen):
        # How long it took depends on the machine.
        screen._began = screen._clock()
        screen._ended = None if screen.running else screen._began
        screen._progress()
        return screen.running
    if isinstance(screen, OrganizationScreen):
        return "looking" in _text(pilot)
    return bool(main.board.pending)
