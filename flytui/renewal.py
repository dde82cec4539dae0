"""A small look at what is on the screen: one item, and the app's quick facts."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from flytui.events import Event
from flytui.facts.fact import Needs

if TYPE_CHECKING:
    from flytui.session import Session

QUICK = frozenset({"app"})
"""Facts of the app as a whole that cost one request together with what else is asked."""


async def renewed(session: "Session", item: str | None) -> AsyncGenerator[Event, None]:
    """Forget what the item rests on at Fly.io, and yield all that reads of it, looked at again.

    The other facts of those items stay as they are, so that this costs a few requests. The
    checkout is left alone: reading it is for whoever asks for everything.
    """
    check = session.parts.checks.get(item) if item is not None else None
    facts = check.facts if check is not None else ()
    names = QUICK | {fact.name for fact in facts if fact.needs is not Needs.NOTHING}
    session.parts.store.forget(names)
    async with aclosing(session.assess(session.resting_on(names))) as events:
        async for event in events:
            yield event
