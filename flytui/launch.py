"""Starts the screen: the first frame at once, the session when the screen asks for it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flytui import checklist
from flytui.assessment import Identity
from flytui.checklist import Checklist
from flytui.settings.error import SettingsError
from flytui.settings.personal import personal_file, state_folder
from flytui.settings.precedence import at_start, keep_theme
from flytui.target import app_name
from flytui.team import with_team
from flytui.ui.app import run
from flytui.ui.dressed import Dress

if TYPE_CHECKING:
    from flytui.estate import Estate
    from flytui.opening import Ground
    from flytui.session import Session
    from flytui.ui.errand import Errand


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
    runs: Path | None = None
    """Where the history of what was run is kept; None: with the rest of the state."""
    config: Path = field(default_factory=personal_file)
    """The person's own settings."""
    state: Path = field(default_factory=state_folder)
    """Where a choice made on the screen is remembered."""


def show(launch: Launch) -> int:
    """Show the checklist until the person quits, or what keeps it from being shown."""
    opening = Opening(launch)
    mine = at_start(launch.config, launch.state, launch.environ)
    name = opening.name()
    marked = mine.production.holds(name, launch.organization)
    return run(
        opening,
        Identity(name, launch.organization, production=marked, demo=launch.demo),
        opening.checklist(),
        read_only=launch.read_only,
        ways=opening,
        dress=Dress(mine, lambda chosen: keep_theme(launch.state, chosen, launch.config)),
        estate=opening.estate,
    )


_TOKENS = ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN")


class Opening:
    """Opens the session, and reads everything anew each time: the app's name, files, settings."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._estate: Estate | None = None
        self._began: Session | None = None

    def __call__(self) -> "Session":
        """Raises SettingsError, FlyError and ReviewFileError."""
        launch = self._launch
        self._estate = self._began = None
        app = app_name(launch.app, launch.environ, launch.folder)
        self._began = self.estate().open(app, picked=False)
        return self._began

    def estate(self) -> "Estate":
        """The apps that the token sees, and their sessions; the same until all is read anew."""
        from flytui.estate import Estate  # noqa: PLC0415 (after the first frame)

        if self._estate is None:
            mine = at_start(self._launch.config, self._launch.state, self._launch.environ)
            self._estate = Estate(partial(_ground, self._launch), mine.production.holds)
        return self._estate

    def name(self) -> str:
        """The app's name for the first frame, which does not wait for a choice."""
        try:
            return app_name(self._launch.app, self._launch.environ, self._launch.folder)
        except SettingsError:
            return "no app yet"

    def checklist(self) -> Checklist:
        """The checklist for the first frame."""
        try:
            return with_team(checklist.load(), self._launch.folder)
        except SettingsError:
            return checklist.load()

    def about(self, app: str) -> None:
        # The organisation was named for another one.
        self._launch = replace(self._launch, app=app, organization=None)

    @property
    def organization(self) -> str | None:
        return self._launch.organization

    async def astray(self) -> SettingsError | None:
        from flytui.belonging import mistaken  # noqa: PLC0415 (after the first frame)
        from flytui.facts.app import app  # noqa: PLC0415 (as above)
        from flytui.facts.fact import Unseen  # noqa: PLC0415 (as above)

        if self._began is None or self._launch.organization is None:
            return None
        seen = await self._began.parts.store.attempt(app)
        return None if isinstance(seen, Unseen) else mistaken(seen.value, self._launch.organization)

    def logged_in(self) -> str:
        """A token that was given goes before a login, so it has to step back for one."""
        left = [name for name in _TOKENS if name in self._launch.environ]
        environ = {n: v for n, v in self._launch.environ.items() if n not in left}
        self._launch = replace(self._launch, environ=environ)
        return f"The login is used now instead of {' and '.join(left)}." if left else ""

    @property
    def login(self) -> "Errand | None":
        from flytui.fly_runner.environment import (  # noqa: PLC0415 (rarely needed)
            environment,
            find,
            in_terminal,
        )
        from flytui.ui.errand import Errand  # noqa: PLC0415 (as above)

        environ = self._launch.environ
        fly = None if self._launch.demo else find(environ)
        if fly is None:
            return None
        given = in_terminal(environment(environ, None, {}), environ)
        return Errand((fly, "auth", "login"), given)

    @property
    def demo(self) -> "Errand | None":
        from flytui.ui.errand import Errand  # noqa: PLC0415 (rarely needed)

        if self._launch.demo:
            return None
        # -P: the folder may have a `flytui` of its own, which is not to run.
        argv = (sys.executable, "-P", "-m", "flytui", "demo")
        own = {n: v for n, v in self._launch.environ.items() if not n.startswith("FLY")}
        return Errand(argv, own)


def _ground(launch: Launch) -> "Ground":
    # After the first frame, which must not wait for HTTP clients and models to be imported.
    from flytui.exporting import export  # noqa: PLC0415
    from flytui.opening import Ground, Surroundings  # noqa: PLC0415
    from flytui.rehearsal import told  # noqa: PLC0415
    from flytui.settings import Flags, resolve  # noqa: PLC0415

    ours = Surroundings(
        environ=launch.environ,
        checkout=launch.folder,
        plugins=launch.plugins,
        read_only=launch.read_only,
        rehearse=told,
        export=export,
    )
    if launch.demo:
        # What is decided in the demo is not to be found by an app of the same name.
        ours = Surroundings(
            environ=launch.environ,
            checkout=launch.folder,
            data=ours.data / "demo",
            state=ours.state / "demo",
            runs=launch.runs,
            extra={n: v for n, v in launch.environ.items() if n.startswith("FLY")},
            demo=True,
            plugins=False,
            read_only=launch.read_only,
            rehearse=told,
            export=export,
        )
    settings = resolve(Flags(launch.app, launch.organization), launch.environ, launch.home)
    return Ground(settings, with_team(checklist.load(), launch.folder), ours)
