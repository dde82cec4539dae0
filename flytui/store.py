"""The fact store: each fact fetched once, shared, forgettable, stamped with its time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from flytui.facts.fact import Fact, Unseen
from flytui.fly.client import Fly
from flytui.fly.errors import FlyError, Unexpected
from flytui.settings import SettingsError

if TYPE_CHECKING:
    from flytui.repo import Checkout
    from flytui.settings import Preferences

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A fact as it was seen: its value, where from and when."""

    value: T
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Project:
    """How the facts of the project's folder are read again; each takes a moment."""

    checkout: "Callable[[], Checkout]"
    preferences: "Callable[[], Preferences]"
    """May raise SettingsError."""


class Shared(Protocol):
    """Facts that several apps have in common, each fetched once for all of them."""

    async def reading(self, fact: Fact[T]) -> "Reading[T] | None":
        """The fact as it was seen; None when it is not a shared one. Raises FlyError."""
        ...

    async def once(self, fact: str, of: str, fetch: Callable[[], Awaitable[T]]) -> T:
        """As `Ask.once`, for everybody who shares this."""
        ...

    def forget(self, names: Iterable[str] | None = None) -> None: ...


class FactStore:
    """Fetches facts for checks. It is the `Ask` that facts' fetches are given.

    Invariant: at most one fetch of a fact is under way; who asks meanwhile shares it. A failure is
    remembered as that failure until the fact is forgotten.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (what there is to know from)
        self,
        app: str,
        fly: Fly,
        checkout: "Checkout | None",
        preferences: "Preferences | None",
        clock: Callable[[], datetime],
        project: Project | None = None,
        shared: Shared | None = None,
    ) -> None:
        """Without a project, the checkout and the preferences stay as they are given.

        Where they are not given, no fact may rest on them.
        """
        self.app = app
        self.fly = fly
        self._checkout = checkout
        self._preferences = preferences
        self._clock = clock
        self._project = project
        self._shared = shared
        self._forgotten: set[str] = set()
        """What of the project is to be read again when it is next asked for."""
        self._tasks: dict[str, asyncio.Future[Reading[Any]]] = {}

    @property
    def checkout(self) -> "Checkout":
        if self._checkout is None:
            raise LookupError("this store was given no checkout")
        return self._checkout

    @property
    def preferences(self) -> "Preferences":
        if self._preferences is None:
            raise LookupError("this store was given no preferences")
        return self._preferences

    @property
    def now(self) -> datetime:
        return self._clock()

    async def get(self, fact: Fact[T]) -> T:
        """The fact's value. Raises FlyError as its fetch did, also when asked again."""
        return (await self.reading(fact)).value

    async def reading(self, fact: Fact[T]) -> Reading[T]:
        """The fact with its source and time, fetched unless it is known. Raises FlyError."""
        # A cancelled asker must not take the request away from the others.
        return await asyncio.shield(self._begun(fact))

    def begin(self, facts: Iterable[Fact[Any]]) -> None:
        """Fetch these now; whoever asks for one of them later shares the fetch."""
        for fact in facts:
            self._begun(fact)

    def _begun(self, fact: Fact[T]) -> "asyncio.Future[Reading[T]]":
        task = self._tasks.get(fact.name)
        if task is None:
            task = asyncio.create_task(self._fetch(fact), name=f"fact {fact.name}")
            task.add_done_callback(_retrieve)
            self._tasks[fact.name] = task
        return task

    async def once(self, fact: str, of: str, fetch: Callable[[], Awaitable[T]]) -> T:
        """What the named fact fetches `of` something that several apps use, once for them all.

        It is forgotten with that fact.
        """
        if self._shared is not None:
            return await self._shared.once(fact, of, fetch)
        name = f"{fact} {of}"
        if name not in self._tasks:
            task = asyncio.create_task(self._stamped(fetch), name=name)
            task.add_done_callback(_retrieve)
            self._tasks[name] = task
        known: Reading[T] = await asyncio.shield(self._tasks[name])
        return known.value

    async def _stamped(self, fetch: Callable[[], Awaitable[T]]) -> Reading[T]:
        return Reading(await fetch(), "", self._clock())

    def take(self, fact: Fact[T], value: T) -> None:
        """Know the fact, which was seen a moment ago, unless it is known or on its way."""
        if fact.name not in self._tasks:
            known: asyncio.Future[Reading[T]] = asyncio.get_running_loop().create_future()
            known.set_result(Reading(value, fact.source, self._clock()))
            self._tasks[fact.name] = known

    async def _fetch(self, fact: Fact[T]) -> Reading[T]:
        if fact.name in self._forgotten and self._project is not None:
            await self._read_again(fact.name, self._project)
        if self._shared is not None:
            shared = await self._shared.reading(fact)
            if shared is not None:
                return shared
        return Reading(await fact.fetch(self), fact.source, self._clock())

    async def _read_again(self, name: str, project: Project) -> None:
        """Raises FlyError, so that a file that cannot be read any more is told as unseen."""
        self._forgotten.discard(name)
        if name == "checkout":
            self._checkout = await asyncio.to_thread(project.checkout)
            return
        try:
            self._preferences = await asyncio.to_thread(project.preferences)
        except SettingsError as error:
            self._forgotten.add(name)
            raise Unexpected(error.cause, error.cure) from error

    async def attempt(self, fact: Fact[T]) -> Reading[T] | Unseen:
        """The fact, or why it could not be seen."""
        try:
            return await self.reading(fact)
        except FlyError as error:
            return Unseen(error.cause, error.cure, error.kind)

    def at(self, name: str) -> datetime | None:
        """When the fact was fetched; None while it is not known."""
        task = self._tasks.get(name)
        if task is None or not task.done() or task.cancelled() or task.exception():
            return None
        return task.result().at

    def forget(self, names: Iterable[str] | None = None) -> None:
        """Drop the named facts, or all; a fetch under way is left to those who wait for it."""
        if self._shared is not None:
            self._shared.forget(names)
        dropped = set(self._tasks) if names is None else set(names)
        for name in list(self._tasks):
            if name.partition(" ")[0] in dropped or names is None:
                del self._tasks[name]
        self._forgotten |= dropped & {"checkout", "preferences"}

    def let_go(self) -> None:
        """Keep no facts, to save the room: what is asked for again is fetched again."""
        self._tasks.clear()

    async def close(self) -> None:
        """Cancel what is under way and wait for it to end."""
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _retrieve(task: asyncio.Future[Any]) -> None:
    """A failure nobody waits for any more is not an accident to be reported by the loop."""
    if not task.cancelled():
        task.exception()
