"""A look at which nothing of Fly.io was seen, told once instead of by every item. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flytui.finding import Status

if TYPE_CHECKING:
    from flytui.assessment import Assessment, Identity
    from flytui.facts.fact import Unseen

_FEWEST = 2
"""Items: about a single one, its own words are enough."""
_HEADLINES = {
    "not accepted": "Fly.io does not accept this token, so nothing of {app} could be seen.",
    "refused": "This token may not read {app}, so nothing of it could be seen.",
    "missing": "There is no app {app}, or none that this token may see.",
    "unreachable": "Fly.io could not be reached, so nothing of {app} could be seen.",
    "unexpected": "Fly.io did not answer as it documents, so nothing of {app} could be seen.",
}
"""By the kind of error, what a person has to cure first before what follows from it."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Why nothing at all could be seen."""

    kind: str
    """A `FlyError.kind`; empty when it was none of them."""
    headline: str
    cause: str
    """What came back, of one request that stands for all of them."""
    cure: str


def outage(
    assessments: Iterable["Assessment"], manual: frozenset[str], identity: "Identity"
) -> Outage | None:
    """Why none of the items that can be looked at was seen; None when one was."""
    seeing = [a for a in assessments if a.item.id not in manual]
    failures = [why for a in seeing if (why := _failure(a)) is not None]
    if len(failures) < max(len(seeing), _FEWEST):
        return None
    first = min(failures, key=lambda why: _rank(why.kind))
    if not first.kind and any(why.cause != first.cause for why in failures):
        return None
    words = _HEADLINES.get(first.kind, "Nothing of {app} could be seen.")
    return Outage(first.kind, words.format(app=identity.app), first.cause, first.cure)


def _failure(known: "Assessment") -> "Unseen | None":
    """Why the latest look at the item failed."""
    if known.outdated is not None:
        return known.outdated
    return known.finding.unseen if known.finding.status is Status.UNKNOWN else None


def _rank(kind: str) -> int:
    order = list(_HEADLINES)
    return order.index(kind) if kind in order else len(order)
