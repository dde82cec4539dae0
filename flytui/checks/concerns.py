"""From single things worth saying to one finding: the worst leads, the others stand beside it."""

from collections.abc import Iterable

from flytui.checks.verdict import Concern
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Finding, Resource, Status, worst
from flytui.remedy import distinct

__all__ = ["Concern", "blind", "of_resources", "weighed"]


def weighed(
    concerns: Iterable[Concern],
    well: str,
    *,
    evidence: tuple[Evidence, ...] = (),
    resources: tuple[Resource, ...] = (),
) -> Finding:
    """The worst concern speaks for the item; without any it is OK, and `well` is said."""
    every = tuple(concerns)
    if not every:
        return Finding(Status.OK, well, evidence=evidence, resources=resources)
    status = worst(c.status for c in every)
    leading = next(c for c in every if c.status is status)
    others = (c for c in every if c is not leading and c.status is not Status.OK)
    sentences = dict.fromkeys(c.sentence for c in others)
    also = tuple(Evidence("Also", words, "the facts of this item") for words in sentences)
    ordered = (leading, *(c for c in every if c is not leading))
    return Finding(
        status,
        well if status is Status.OK else leading.sentence,
        evidence=(*evidence, *also),
        resources=resources,
        remedies=distinct(r for c in ordered for r in c.remedies),
        unseen=leading.unseen if status is Status.UNKNOWN else None,
    )


def blind(unseen: object) -> tuple[Concern, ...]:
    """UNKNOWN for what could not be looked at; nothing for what was."""
    if not isinstance(unseen, Unseen):
        return ()
    return (Concern(Status.UNKNOWN, unseen.cause, unseen=unseen),)


def of_resources(
    resources: Iterable[Resource], status: Status, several: str
) -> tuple[Concern, ...]:
    """One concern for all resources of that status: their own sentence for one, else `several`."""
    found = tuple(r for r in resources if r.status is status)
    if not found:
        return ()
    remedies = distinct(remedy for r in found for remedy in r.remedies)
    words = found[0].summary if len(found) == 1 else several.format(number=len(found))
    return (Concern(status, words, remedies),)
