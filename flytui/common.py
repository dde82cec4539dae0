"""Facts of an organisation, fetched once for all of its apps."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from flytui.checks.check import Check
from flytui.facts import app, machines, neighbours, organization, postgres, project
from flytui.facts.fact import Fact, now
from flytui.store import FactStore, Reading

T = TypeVar("T")
_FACTS: tuple[Fact[Any], ...] = (
    app.organization_apps,
    app.vm_sizes,
    machines.regions,
    organization.claims,
    organization.organizations,
    organization.members,
    organization.siblings,
    organization.second_factors,
    organization.third_parties,
    organization.replays,
    organization.organization_tokens,
    organization.personal_tokens,
    organization.billing,
    neighbours.organization_machines,
    neighbours.shipper_machines,
    neighbours.shipper_secrets,
    postgres.clusters,
    postgres.postgres_apps,
)
WIDE = frozenset(fact.name for fact in _FACTS)
"""Names of the facts that are the same whichever app of the organisation asks."""
_PARTS = frozenset(
    fact.name
    for fact in (
        neighbours.autoscaler_machines,
        postgres.backups,
        postgres.postgres_volumes,
        postgres.unmanaged,
        postgres.unmanaged_snapshots,
    )
)
"""Names of the facts that differ from app to app, and rest on things that several apps use."""
_ANYWHERE = frozenset(fact.name for fact in (app.app, now, project.preferences))
"""What may stand beside them without making an item one app's own."""


class Common:
    """The facts that all apps of one organisation share, known to the store of one of them."""

    def __init__(self, store: FactStore) -> None:
        """The store is of any app of the organisation, and shares nothing itself."""
        self._store = store

    async def reading(self, fact: Fact[T]) -> Reading[T] | None:
        """The fact as it was seen; None when it is not a shared one. Raises FlyError."""
        return await self._store.reading(fact) if fact.name in WIDE else None

    async def once(self, fact: str, of: str, fetch: Callable[[], Awaitable[T]]) -> T:
        """As `Ask.once`."""
        return await self._store.once(fact, of, fetch)

    def forget(self, names: Iterable[str] | None = None) -> None:
        """Drop the named facts, or all."""
        self._store.forget(None if names is None else (WIDE | _PARTS) & set(names))

    async def close(self) -> None:
        await self._store.close()


def whole(check: Check) -> bool:
    """Whether the item is the organisation's: what is found is the same for each of its apps."""
    names = {fact.name for fact in check.facts}
    return bool(names & WIDE) and names <= WIDE | _ANYWHERE
