"""What there is to hear about an item and about what can be done: a sentence a line. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from flytui.assessment import Assessment, Identity
from flytui.checklist import Checklist, Item
from flytui.finding import Evidence, Finding, Resource, Status
from flytui.journey.model import Journey, Known, Left
from flytui.journey.words import counted, done, progress, why_left
from flytui.remedy import Command, Edit, Link, Remedy, Steps, money
from flytui.report.words import WORDS, amiss, reviewed
from flytui.ui.words import age

_MOST = 30
"""Things of one kind that are told: nobody listens to a thousand."""


def remedies_of(finding: Finding) -> tuple[Remedy, ...]:
    """What can be done about the item and about all it speaks of, each once."""
    every = [*finding.remedies, *(r for one in finding.resources for r in one.remedies)]
    return tuple(r for n, r in enumerate(every) if r not in every[:n])


def whose(identity: Identity) -> str:
    """The app with all that must not be overlooked: `storefront, organisation acme, DEMO`."""
    marks = {
        f"organisation {identity.organization}": identity.organization is not None,
        "PRODUCTION": identity.production,
        "READ-ONLY": identity.read_only,
        "DEMO": identity.demo,
    }
    return ", ".join([identity.app, *(words for words, holds in marks.items() if holds)])


def item_lines(known: Assessment, section: str, now: datetime) -> Iterator[str]:
    """What it is, what was found and what to do."""
    finding, item = known.finding, known.item
    yield f"Status: {WORDS[finding.status][1]}. {finding.summary}"
    yield from filter(None, [reviewed(known)])
    yield f"Section: {section}. Why it matters: {item.description}"
    yield from (f"Read more: {link.title}, {link.url}" for link in item.links)
    yield from _unseen(known, now)
    yield from _found(known, now)
    remedies = remedies_of(finding)
    if not remedies or finding.status in {Status.MANUAL, Status.UNKNOWN}:
        yield from _look_at(item)
    if remedies:
        yield "What to do:"
    yield from offer_lines(remedies, finding.steps)


def _unseen(known: Assessment, now: datetime) -> Iterator[str]:
    if known.outdated is not None:
        yield f"A newer look failed. {known.outdated.cause} {known.outdated.cure}"
        yield f"What follows was found {age(known.at, now)}."
    elif known.finding.unseen is not None:
        yield f"Why it could not be looked at: {known.finding.unseen.cause}"
        yield f"What would cure it: {known.finding.unseen.cure}"


def _found(known: Assessment, now: datetime) -> Iterator[str]:
    finding = known.finding
    if not finding.evidence and not finding.resources:
        return
    yield "What we found:"
    several = amiss(known)
    own = _not_told_below(finding, several)
    yield from (f"  {seen.label}: {seen.value}" for seen in own[:_MOST])
    fine = tuple(r for r in finding.resources if r.status in {Status.OK, Status.NOT_APPLICABLE})
    shown = finding.resources if len(finding.resources) <= _MOST else (several + fine)[:_MOST]
    for resource in shown:
        yield from _resource(resource, several, finding.summary)
    more = len(finding.resources) - len(shown) + max(len(own) - _MOST, 0)
    if more:
        yield f"  And {more} more, which flytui check --format json tells in full."
    everything = [*finding.evidence, *(e for r in finding.resources for e in r.evidence)]
    yield from (f"  {words}" for words in sources(everything, now))


def _not_told_below(finding: Finding, several: Sequence[Resource]) -> tuple[Evidence, ...]:
    """What was found but for what the things it is about tell themselves: nobody hears it twice."""
    told = {(seen.label, seen.value) for one in several for seen in one.evidence}
    told |= {(one.kind, one.id) for one in finding.resources}
    sentences = {one.summary for one in finding.resources}
    return tuple(
        seen
        for seen in finding.evidence
        if (seen.label, seen.value) not in told and seen.value not in sentences
    )


def _resource(one: Resource, several: Sequence[Resource], told: str) -> Iterator[str]:
    """One thing; its name and the sentence about it, unless the sentence names it or was `told`."""
    status, said = WORDS[one.status][1], one.summary.casefold()
    if one.summary == told:
        yield f"  {one.kind} {one.id}, {status}."
    elif re.search(rf"(?<!\w){re.escape(one.id)}(?!\w)", one.summary):
        yield f"  {one.kind}, {status}: {one.summary}"
    else:
        yield f"  {one.kind} {one.id}, {status}: {one.summary}"
    if one in several:
        for seen in one.evidence:
            words = f"{seen.label}: {seen.value}".casefold()
            if (seen.label, seen.value) != (one.kind, one.id) and words not in said:
                label = "" if seen.label == one.id else f"{seen.label}: "
                yield f"    {label}{seen.value}"


def sources(seen: Sequence[Evidence], now: datetime) -> Iterator[str]:
    """Where it was seen and how long ago, each source once."""
    pairs = sorted({(e.source, age(e.at, now)) for e in seen if e.source})
    for source, group in groupby(pairs, key=lambda pair: pair[0]):
        when = next((words for _, words in group if words), "")
        yield f"Source: {source}{', ' if when else ''}{when}."


def _look_at(item: Item) -> Iterator[str]:
    if item.look_at:
        yield "What a reviewer looks at:"
        yield from (f"  {sentence}" for sentence in item.look_at)


def offer_lines(remedies: Sequence[Remedy], several: Sequence[Steps]) -> Iterator[str]:
    """The remedies by their numbers, as many as one listens to."""
    for number, remedy in enumerate(remedies[:_MOST], 1):
        yield from remedy_lines(number, remedy, several)
    if len(remedies) > _MOST:
        yield f"  And more of them, up to number {len(remedies)}."


def remedy_lines(number: int, remedy: Remedy, several: Sequence[Steps] = ()) -> Iterator[str]:
    """A remedy as it is offered, with what has to come before it."""
    yield f"  {number}. {remedy.title}. {remedy.why}"
    for steps in several:
        step = steps.number(remedy)
        if step is not None:
            yield f"     Step {step} of {len(steps.steps)}: {steps.title}."
            if blocked := steps.blocked(remedy):
                yield f"     It waits: {blocked}"
            elif unseen := steps.unseen_before(remedy):
                yield f"     Make sure of: {'; '.join(dict.fromkeys(unseen))}."
    match remedy:
        case Command():
            cost = money(remedy.cost_per_month_usd, remedy.cost_note)
            yield f"     A command of fly: {cost}, {remedy.way_back}."
        case Edit():
            yield f"     An edit of {remedy.path}. {remedy.note}"
        case Link():
            yield f"     A page: {remedy.url}"


def summary_lines(
    journey: Journey, items: Checklist, known: Known, identity: Identity
) -> Iterator[str]:
    """What came of the way, told from the items as they are now."""
    summary = journey.summary(known)
    titles = {item.id: item.title for item in items}
    yield f"Summary of the walkthrough of {whose(identity)}: {counted(summary)}"
    if summary.settled:
        yield "Decided and fixed:"
    yield from (f"  {titles[deed.item]}: {done(deed)}." for deed in summary.settled)
    if summary.left:
        yield "Still open:"
    yield from (_left(left, known, titles[left.item]) for left in summary.left)
    if not summary.left and not summary.waiting:
        yield "Nothing is open any more."
    if journey.at is not None:
        yield f"It stopped at {progress(journey, known)}: {titles[journey.at]}."
        yield "The next walkthrough goes on from there; --from-start begins with the first again."


def _left(left: Left, known: Known, title: str) -> str:
    status = WORDS[known[left.item].finding.status][1]
    words = why_left(left)
    return f"  {title}: {status}{', ' if words else ''}{words}."
