"""Asks Fly.io ahead: the questions leave before what judges the answers has been imported.

The checks, the session and the reports take about as long to import as Fly.io takes to answer.
"""

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from flytui.facts import app, machines, metrics, neighbours, network, organization, postgres
from flytui.facts.fact import Fact, Needs
from flytui.fly.auth import Tokens
from flytui.fly.call import Urls
from flytui.fly.client import Fly
from flytui.fly.errors import FlyError
from flytui.settings import Flags, Settings, SettingsError, resolve
from flytui.settings.error import NoToken
from flytui.store import FactStore, Reading
from flytui.surroundings import Surroundings
from flytui.target import app_name

T = TypeVar("T")


class Ahead:
    """The app's facts as far as they were asked for ahead; a session's store draws on them."""

    def __init__(self, fly: Fly, store: FactStore) -> None:
        self.fly = fly
        self._store = store
        self._names = {fact.name for fact in asked()}
        store.begin(asked())

    async def reading(self, fact: Fact[T]) -> Reading[T] | None:
        """The fact as it was seen; None when it was not asked for ahead. Raises FlyError."""
        return await self._store.reading(fact) if fact.name in self._names else None

    def forget(self, names: Iterable[str] | None = None) -> None:
        """Leave the named facts, or all, to the store that draws on this one from now on."""
        given = None if names is None else set(names)
        self._names -= self._names if given is None else given
        self._store.forget(given)

    async def once(self, fact: str, of: str, fetch: Callable[[], Awaitable[T]]) -> T:
        """What the named fact fetches `of` something, as the store keeps it."""
        return await self._store.once(fact, of, fetch)

    async def close(self) -> None:
        """Cancel what is under way and wait for it to end."""
        await self._store.close()


def asked() -> tuple[Fact[Any], ...]:
    """The facts that come from Fly.io. Each is one that some check names."""
    places = (app, machines, metrics, neighbours, network, organization, postgres)
    facts = (value for place in places for value in vars(place).values())
    found = (value for value in facts if isinstance(value, Fact))
    return tuple({f.name: f for f in found if f.needs is not Needs.NOTHING}.values())


@asynccontextmanager
async def ahead(flags: Flags, around: Surroundings, home: Path) -> AsyncIterator[Ahead | None]:
    """What was asked for ahead; None where nothing can be: opening a session then tells why."""
    try:
        begun = _begun(flags, around, home)
    except (SettingsError, FlyError):
        begun = None
    try:
        yield begun
    finally:
        if begun is not None:
            await begun.close()
            await begun.fly.aclose()


def _begun(flags: Flags, around: Surroundings, home: Path) -> Ahead:
    name = app_name(flags.app, around.environ, around.checkout)
    settings = resolve(flags, around.environ, home, name)
    fly = client(tokens_of(settings), settings, around)
    return Ahead(fly, FactStore(name, fly, None, None, around.now))


def tokens_of(settings: Settings) -> Tokens:
    """The token of the settings, taken apart. Raises SettingsError when there is none."""
    if settings.token is None:
        raise no_token()
    text = settings.token.reveal()
    return Tokens.parse(text, settings.token_origin, session=settings.token_is_session)


def no_token() -> SettingsError:
    return NoToken(
        "No Fly.io token was found: not in FLY_ACCESS_TOKEN, not in FLY_API_TOKEN, and fly is "
        "not logged in.",
        "Log in with `fly auth login`, or set FLY_ACCESS_TOKEN to a token, or try `flytui demo`, "
        "which needs no account.",
    )


def client(tokens: Tokens, settings: Settings, around: Surroundings) -> Fly:
    """Fly.io's APIs as the settings say. Raises FlyError."""
    urls = Urls(settings.api_url, settings.machines_url, settings.uiex_url)
    refresh = functools.partial(_renewed, around)
    return Fly(tokens, urls, refresh=refresh, transport=around.transport, clocks=around.clocks)


async def _renewed(around: Surroundings) -> str | None:
    """The tokens of `fly`'s session, renewed by it; None where there is no `fly`."""
    from flytui.fly.refresh import session_token  # noqa: PLC0415 (rarely needed)
    from flytui.fly_runner.environment import environment, find  # noqa: PLC0415 (as above)

    fly = find(environment(around.environ, None, around.extra), around.fly)
    return await session_token(fly, around.environ) if fly else None
