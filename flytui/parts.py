"""What a session is put together from."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flytui.audit import History
from flytui.checklist import Checklist
from flytui.checks.check import Check, registry
from flytui.events import Plan
from flytui.fly.auth import Tokens
from flytui.journey.bookmark import Bookmark, InMemory
from flytui.memory import Memory
from flytui.rehearsed import Rehearsal
from flytui.review_file import Reviews
from flytui.review_history import Past
from flytui.runner import Runner
from flytui.settings import Policy
from flytui.store import FactStore

if TYPE_CHECKING:
    from flytui.session import Session


@dataclass(frozen=True, slots=True)
class Parts:
    """What a session is put together from."""

    checklist: Checklist
    store: FactStore
    reviews: Reviews
    runner: Runner | None
    history: History
    clock: Callable[[], datetime]
    by: str
    """Who decides and runs: a git identity, else the user's name."""
    checks: Mapping[str, Check] = field(default_factory=registry)
    """By item id."""
    pause: Callable[[float], "asyncio.Future[None] | Any"] = asyncio.sleep
    """Waits between looks after a run."""
    policy: Policy = field(default_factory=Policy)
    """What the team asks of its decisions."""
    problems: tuple[Exception, ...] = ()
    """What was left out before the session began, such as a plug-in that is broken."""
    tokens: Tokens | None = field(default=None, repr=False)
    """What Fly.io is asked with, to tell what it can show."""
    read_only: str = ""
    """Why nothing is changed from here; empty when it may be."""
    last_login: Callable[[], datetime | None] = lambda: None
    """When the login session in force began; None without one."""
    rehearse: "Callable[[Session, Plan], Awaitable[Rehearsal]] | None" = None
    """Runs a plan on a copy of the app; None where no copy can be made."""
    export: "Callable[[Session, str, Path], Path] | None" = None
    """Writes a report; None where none can be written."""
    past: Callable[[str], Past] = Past.unknown
    """The earlier decisions about an item, where they are kept; asks git, so it takes a moment."""
    bookmark: Bookmark = field(default_factory=InMemory)
    """Where a walkthrough stopped."""
    memory: Memory | None = None
    """What was seen the last time; None where nothing is to be remembered."""
