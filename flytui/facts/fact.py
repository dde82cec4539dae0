"""A fact: a value with a name, a source and a fetch; and what stands in for one not seen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from inspect import cleandoc
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from flytui.fly.client import Fly
    from flytui.fly.document import Document
    from flytui.repo import Checkout
    from flytui.settings import Preferences

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Unseen:
    """Why something could not be looked at, and what to do about it. One sentence each."""

    cause: str
    cure: str
    kind: str = field(default="", compare=False)
    """The `FlyError.kind` behind it; empty when Fly.io was not what failed."""


class Needs(StrEnum):
    """What a token has to be good for before a fact can be seen."""

    NOTHING = "nothing"
    """It is seen without Fly.io: in the checkout, in the configuration, on the clock."""
    SIGNED_IN = "being signed in"
    """The same for everybody with a token."""
    APP = "reading the app"
    ORGANIZATION = "reading the organisation"
    METRICS = "the organisation's metrics"
    MANAGED_POSTGRES = "the organisation's Managed Postgres"
    """Asked for with a macaroon; an OAuth token alone is told of no clusters."""
    MEMBERSHIP = "a member's view of the organisation"
    """Members, tokens, sign-in, billing: whether a token without a person sees them is not said."""


class Ask(Protocol):
    """What a fact's fetch may use: the app's name, Fly's APIs, the checkout, and other facts."""

    @property
    def app(self) -> str: ...

    @property
    def fly(self) -> "Fly": ...

    @property
    def checkout(self) -> "Checkout": ...

    @property
    def preferences(self) -> "Preferences": ...

    @property
    def now(self) -> datetime: ...

    async def get(self, fact: "Fact[T]") -> T:
        """The other fact's value, fetched at most once. Raises what its fetch raised."""
        ...

    async def once(self, fact: str, of: str, fetch: "Callable[[], Awaitable[T]]") -> T:
        """What the named fact fetches `of` something that several apps use, once for them all."""
        ...


class Wanted(Generic[T_co]):
    """What a check names above itself: a fact it needs, or one it can do without."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Fact(Wanted[T_co]):
    """One thing flytui can know about the app, fetched once and shared."""

    name: str
    source: str
    """Where it comes from, in a reader's words: `GraphQL app.ipAddresses`."""
    fetch: Callable[[Ask], Awaitable[T_co]]
    rule: str = ""
    """The fetch's docstring."""
    needs: Needs = Needs.APP
    query: str = ""
    """The GraphQL document it sends; empty where it sends none."""


@dataclass(frozen=True, slots=True, eq=False)
class Optional(Wanted[T_co | Unseen]):
    """A fact a check can decide without; it is handed `Unseen` with the reason instead."""

    fact: Fact[T_co]


def fact(
    source: str, *, needs: Needs = Needs.APP, query: "Document | None" = None
) -> Callable[[Callable[[Ask], Awaitable[T]]], Fact[T]]:
    """Declare the decorated async function as the fetch of a fact of the same name."""

    def declare(fetch: Callable[[Ask], Awaitable[T]]) -> Fact[T]:
        rule = cleandoc(fetch.__doc__ or "")
        return Fact(fetch.__name__, source, fetch, rule, needs, query.text if query else "")

    return declare


def optional(wanted: Fact[T]) -> Optional[T]:
    """The fact, for a check that is told why when it is missing."""
    return Optional(wanted)


@fact("the clock", needs=Needs.NOTHING)
async def now(ask: Ask) -> datetime:
    """The time this look at the app was taken, in UTC."""
    return ask.now
