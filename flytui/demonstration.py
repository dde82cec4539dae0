"""`flytui demo`: flytui on a simulated Fly.io, or the simulated Fly.io alone."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from flytui import temporary
from flytui.exit_code import ExitCode
from flytui.fly_runner.environment import find
from flytui.terminal import drawable, refuse, undrawable

if TYPE_CHECKING:
    from flytui.demo.process import DemoServer

_OURS = ("FLYTUI_THEME", "FLYTUI_EDITOR")
_NEEDED = ("graphql", "starlette", "uvicorn")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the simulated Fly.io is to be like."""

    scenario: str
    latency: float
    """Seconds each answer takes."""
    machines: int
    """How many Machines the app has at least."""
    apps: int = 0
    """How many apps its organisation has at least."""


def serve(wanted: Demonstration, port: int) -> int:
    """Print the environment that leads to the simulator, and serve it until told to end."""
    if (refused := _unfit(wanted)) is not None:
        return refused
    from flytui.demo import serve as server  # noqa: PLC0415 (needs what was just looked for)

    try:
        server.serve(
            wanted.scenario,
            port=port,
            latency=wanted.latency,
            machines=wanted.machines,
            apps=wanted.apps,
        )
    except OSError as error:
        return refuse(
            f"The demo cannot listen on port {port}: {error.strerror}.",
            "Choose another --port, or leave it out to have a free one taken.",
        )
    return ExitCode.DONE


def show(wanted: Demonstration) -> int:
    """Show the simulator's app on the screen until the person quits."""
    if not drawable():
        return refuse(
            f"The demo's screen needs a terminal for its keys and its output; {undrawable()}",
            "Use `flytui demo --walk`, or `flytui demo --serve` and `flytui check` with the "
            "environment it prints.",
        )
    if (refused := _unfit(wanted)) is not None:
        return refused
    return _with_server(wanted, _show)


def walk(wanted: Demonstration) -> int:
    """Go through the open items of the simulator's app, line by line."""
    return unfit if (unfit := _unfit(wanted)) is not None else _with_server(wanted, _walk)


def _with_server(
    wanted: Demonstration, use: "Callable[[DemoServer, Mapping[str, str], Path], int]"
) -> int:
    from flytui.demo.process import NotStarted, start  # noqa: PLC0415 (needs what was looked for)

    try:
        server = start(
            wanted.scenario,
            latency=wanted.latency,
            machines=wanted.machines,
            apps=wanted.apps,
        )
    except NotStarted as error:
        return refuse(str(error), "Try again; if it stays, report it as a defect of flytui.")
    # What was run on this simulated Fly.io goes with it: the next one knows nothing of it.
    with server, temporary.folder("fly") as folder, temporary.folder("runs") as runs:
        return use(server, _environ(os.environ, server.environment, folder), runs)


def _walk(server: "DemoServer", environ: Mapping[str, str], runs: Path) -> int:
    from flytui.opening import Surroundings  # noqa: PLC0415 (only where a demo runs)
    from flytui.walk_command import here  # noqa: PLC0415 (as above)

    usual = Surroundings()
    around = Surroundings(
        environ=environ,
        checkout=server.checkout,
        # What is decided in the demo is not to be found by an app of the same name.
        data=usual.data / "demo",
        state=usual.state / "demo",
        runs=runs,
        extra={name: value for name, value in environ.items() if name.startswith("FLY")},
        demo=True,
        plugins=False,
    )
    return here(server.app, server.organization, around)


def _show(server: "DemoServer", environ: Mapping[str, str], runs: Path) -> int:
    from flytui import garbage  # noqa: PLC0415 (for the screen alone)

    garbage.put_off()
    from flytui.launch import Launch, show  # noqa: PLC0415 (Textual, for the screen alone)

    return show(
        Launch(
            app=server.app,
            organization=server.organization,
            environ=environ,
            folder=server.checkout,
            home=Path.home(),
            demo=True,
            runs=runs,
        )
    )


def _environ(user: Mapping[str, str], demo: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The user's environment without a word on the real Fly.io, with the demo's and some `fly`."""
    from flytui.demo.stand_in import install  # noqa: PLC0415 (only where a demo runs)

    own = {n: value for n, value in user.items() if n in _OURS or not n.startswith("FLY")}
    if find(own) is None:
        install(folder)
        own["PATH"] = os.pathsep.join([str(folder), own.get("PATH", os.defpath)])
    return own | dict(demo)


def _unfit(wanted: Demonstration) -> ExitCode | None:
    """Says why there can be no such demonstration; None when there can."""
    lacking = [name for name in _NEEDED if find_spec(name) is None]
    if lacking:
        return refuse(
            f"The demo needs {' and '.join(lacking)}, which this installation lacks.",
            "Install flytui with its demo: `pip install 'flytui[demo]'`.",
        )
    from flytui.demo.scenario import names  # noqa: PLC0415 (needs what was just looked for)

    if wanted.scenario not in names():
        scenarios = ", ".join(names())
        return refuse(f"There is no scenario {wanted.scenario!r}.", f"Choose from {scenarios}.")
    return None
