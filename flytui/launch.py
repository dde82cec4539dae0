"""Starts the screen: the first frame at once, the session when the screen asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flytui import checklist
from flytui.assessment import Identity
from flytui.checklist import Checklist
from flytui.settings.error import SettingsError
from flytui.target import app_name
from flytui.team import with_team
from flytui.terminal import refuse
from flytui.ui.app import run

if TYPE_CHECKING:
    from flytui.session import Session


@dataclass(frozen=True, slots=True)
class Launch:
    """What the screen is to be about."""

    app: str | None
    """None: what the environment or the folder says."""
    organization: str | None
    environ: Mapping[str, str] = field(repr=False)
    folder: Path
    """Where fly.toml is looked for."""
    home: Path
    read_only: bool = False
    plugins: bool = True
    """Whether installed packages may bring items and checks."""
    demo: bool = False


def show(launch: Launch) -> int:
    """Show the checklist until the person quits, or say why there is none to show."""
    try:
        app = app_name(launch.app, launch.environ, launch.folder)
        items = with_team(checklist.load(), launch.folder)
    except SettingsError as error:
        return refuse(error.cause, error.cure)
    identity = Identity(app, launch.organization, production=False, demo=launch.demo)
    return run(
        lambda: _open(launch, app, items),
        identity,
        items,
        read_only=launch.read_only,
        demo=launch.demo,
    )


def _open(launch: Launch, app: str, items: Checklist) -> "Session":
    # After the first frame, which must not wait for HTTP clients and models to be imported.
    from flytui.opening import Surroundings, open_session  # noqa: PLC0415
    from flytui.rehearsal import told  # noqa: PLC0415
    from flytui.settings import Flags, resolve  # noqa: PLC0415

    ours = Surroundings(
        environ=launch.environ,
        checkout=launch.folder,
        plugins=launch.plugins,
        read_only=launch.read_only,
        rehearse=told,
    )
    if launch.demo:
        # What is decided in the demo is not to be found by an app of the same name.
        ours = Surroundings(
            environ=launch.environ,
            checkout=launch.folder,
            data=ours.data / "demo",
            state=ours.state / "demo",
            extra={n: v for n, v in launch.environ.items() if n.startswith("FLY")},
            demo=True,
            plugins=False,
            read_only=launch.read_only,
            rehearse=told,
        )
    settings = resolve(Flags(launch.app, launch.organization), launch.environ, launch.home, app)
    return open_session(settings, items, ours)
