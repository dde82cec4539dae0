"""The apps that one token sees: told in a list, opened and kept, looked at together."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime

from flytui import naming
from flytui.common import Common, whole
from flytui.events import Assessed
from flytui.facts.app import app as app_fact
from flytui.fly.models import App
from flytui.opening import Ground
from flytui.recent import Recent
from flytui.review import Standing
from flytui.session import Session

_BUILDER = "remote-docker-builder"


@dataclass(frozen=True, slots=True)
class Listed:
    """An app to choose."""

    name: str
    organization: str
    """Its slug."""
    status: str
    """`deployed`, `suspended`, `pending`."""
    deployed_at: datetime | None = None
    tooling: bool = False
    """`fly` made it for its own use."""
    raw_organization: str = ""
    """The organisation's slug as others see it: a person's own is `personal` to that person."""

    @property
    def suspended(self) -> bool:
        return self.status == "suspended"


class Estate:
    """Every session of one flytui, all on one ground.

    Invariant: an app is opened once; what is known of it stays known until it is asked for anew.
    The first app opened of an organisation looks at what the organisation's apps have in common,
    for all of them.
    """

    def __init__(
        self,
        make: Callable[[], Ground],
        marked: Callable[[str, str | None], bool] = lambda _app, _organization: False,
    ) -> None:
        """Nothing is read before something is asked for. `marked` apps are called production."""
        self._make = make
        self.marked = marked
        self._made: Ground | None = None
        self._lock = threading.Lock()
        self.sessions: dict[str, Session] = {}
        self._commons: dict[str, Common] = {}
        self._first: set[str] = set()
        """Apps whose facts stand for their organisation's."""

    @property
    def ground(self) -> Ground:
        """Takes the moment that reading the checkout needs. Raises SettingsError."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    @property
    def recent(self) -> Recent:
        """The apps opened last."""
        return Recent(self.ground.around.state / "recent.json")

    async def apps(self) -> AsyncGenerator[tuple[Listed, ...], None]:
        """All apps the token sees, a page at a time. Raises FlyError, SettingsError."""
        people = (await asyncio.to_thread(lambda: self.ground)).fly.people
        async with aclosing(people.apps()) as pages:
            async for page in pages:
                yield tuple(
                    Listed(
                        one.name,
                        one.organization.slug,
                        one.status,
                        one.current_release.created_at if one.current_release else None,
                        _tooling(one.name, one.role.name if one.role else None),
                        one.organization.raw_slug,
                    )
                    for one in page
                )

    def open(self, app: str, organization: str | None = None, *, picked: bool = True) -> Session:
        """The app's session, the earlier one where it was opened before; takes a moment.

        With `picked`, flytui was not started for this app, so the folder may be another's.
        Raises SettingsError, and ValueError for a name of no app.
        """
        ground = self.ground
        with self._lock:
            known = self.sessions.get(app)
            if known is None:
                self._settle()
                shared = self._commons.get(organization or "")
                known = ground.session(app, shared=shared, picked=picked)
                if self.marked(app, organization):
                    known.identity = replace(known.identity, production=True)
                self.sessions[app] = known
            if organization is not None:
                self._stand_for(organization, app)
            return known

    def visited(self, app: str) -> None:
        """A person opened the app."""
        self.recent.add(app)

    async def apps_of(self, organization: str) -> AsyncGenerator[tuple[App, ...], None]:
        """The organisation's apps with what is known of each, a page at a time. Raises FlyError."""
        async with aclosing(self.ground.fly.people.apps_of(organization)) as pages:
            async for page in pages:
                yield tuple(one for one in page if not _tooling(one.name, _role(one)))

    async def look(self, app: App) -> AsyncGenerator[Session, None]:
        """Assess what is not known of the app; gives its session at each verdict.

        Raises SettingsError when what was declared about it cannot be read.
        """
        organization = app.organization.slug
        session = await asyncio.to_thread(self.open, app.name, organization)
        store = session.parts.store
        store.take(app_fact, app)
        async with aclosing(session.assess()) as events:
            async for event in events:
                if isinstance(event, Assessed):
                    yield session
        if app.name not in self._first:
            store.let_go()

    def forget(self, organization: str) -> None:
        """Look at the organisation anew when it is next looked at."""
        if organization in self._commons:
            self._commons[organization].forget()
        for session in self.sessions.values():
            if session.identity.organization == organization:
                session.parts.store.let_go()

    @property
    def shared_items(self) -> frozenset[str]:
        """The items that are the organisation's: the same for each of its apps."""
        checks = self.ground.everything.checks
        return frozenset(id_ for id_, check in checks.items() if whole(check))

    def inherited(self, app: str, item: str) -> str:
        """What is to be known of an item that is the organisation's; empty for the app's own.

        Decisions are kept by app: one made in another app is told, and counts here once it was
        made here too.
        """
        here = self.sessions.get(app)
        if here is None or item not in self.shared_items:
            return ""
        organization = here.identity.organization or "the organisation"
        words = f"It is the same for every app of {organization}, whose row counts it once."
        mine = here.assessments.get(item)
        if mine is None or mine.standing is Standing.HOLDS:
            return words
        return f"{words} {self._decided_elsewhere(here, item)}".strip()

    def _decided_elsewhere(self, here: Session, item: str) -> str:
        """Who decided about the item in another app of the organisation, the latest of them."""
        organization = here.identity.organization
        made = [
            (known.review, session.identity.app)
            for session in self.sessions.values()
            if session is not here and session.identity.organization == organization
            for known in [session.assessments.get(item)]
            if known is not None and known.review and known.standing is Standing.HOLDS
        ]
        if not made:
            return ""
        review, app = max(made, key=lambda pair: pair[0].at)
        return (
            f"{review.by} decided it in {app}: {review.decision.words}. Decide here to say so too."
        )

    async def close(self) -> None:
        """End what is under way in every session."""
        for session in self.sessions.values():
            await session.close()

    def _settle(self) -> None:
        """Let the apps opened before their organisation was known look at it for the others."""
        for name, session in self.sessions.items():
            if session.identity.organization is not None:
                self._stand_for(session.identity.organization, name)

    def _stand_for(self, organization: str, app: str) -> None:
        """Let the app look at the organisation for all its apps, unless another one does."""
        if organization not in self._commons:
            self._commons[organization] = Common(self.sessions[app].parts.store)
            self._first.add(app)


def complete(session: Session) -> bool:
    """Whether something has been heard of every item."""
    return all(item.id in session.assessments for item in session.checklist)


def _role(app: App) -> str | None:
    return app.role.name if app.role else None


def _tooling(name: str, role: str | None) -> bool:
    return role == _BUILDER or naming.tooling(name)
