"""Where flytui runs: its folders, its environment, its clocks, and what answers it."""

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from flytui.fly.http import Clocks
from flytui.fly.lean import httpx
from flytui.settings.personal import personal_file

if TYPE_CHECKING:
    from flytui.events import Plan
    from flytui.rehearsed import Rehearsal
    from flytui.session import Session


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where this flytui runs. Everything a session would otherwise look up for itself."""

    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    checkout: Path = field(default_factory=Path.cwd)
    data: Path = field(default_factory=lambda: platformdirs.user_data_path("flytui"))
    state: Path = field(default_factory=lambda: platformdirs.user_state_path("flytui"))
    runs: Path | None = None
    """Where the history of what was run is kept; with the rest of the state if not given."""
    config: Path = field(default_factory=personal_file)
    """The person's own settings."""
    fly: str | None = None
    """The `fly` to run; None looks on the PATH."""
    extra: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Joins the environment of `fly`: what the demo needs to stay by itself."""
    demo: bool = False
    transport: httpx.AsyncBaseTransport | None = None
    """Answers instead of the network."""
    clocks: Clocks = field(default_factory=Clocks)
    """The client's time and chance."""
    now: Callable[[], datetime] = _utc
    rehearse: "Callable[[Session, Plan], Awaitable[Rehearsal]] | None" = None
    """Tries a plan on a copy of the app."""
    export: "Callable[[Session, str, Path], Path] | None" = None
    """Writes a report of a form to a file that is not there yet."""
    plugins: bool = True
    """Whether installed packages may bring items and checks."""
    read_only: bool = False
    """Asked for with --read-only."""
