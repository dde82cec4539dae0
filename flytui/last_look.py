"""What was seen of an app the last time: enough to show its age, and to tell what changed. Pure.

Evidence is kept as digests: they tell that it is another by now, and nothing of what it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flytui.assessment import Assessment
from flytui.finding import Finding, Status
from flytui.review import basis, digest
from flytui.review_changes import changes
from flytui.text import one_line, redact

MOST = 200
"""Resources of one item; beyond that nobody reads on."""
_SHORT = 16


@dataclass(frozen=True, slots=True)
class Thing:
    """A resource as it was."""

    kind: str
    id: str
    status: Status
    summary: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """An item as it was seen."""

    item: str
    status: Status
    summary: str
    settled: bool
    at: datetime
    things: tuple[Thing, ...]
    lines: tuple[str, ...]
    """The status and that of each resource, as a review's basis has them."""
    digests: Mapping[str, str]
    """What else the verdict rests on: a digest by label."""
    hidden: tuple[str, ...]
    """Facts that were not shown."""


@dataclass(frozen=True, slots=True)
class LastLook:
    """The items of one app, each as it was seen last."""

    app: str
    organization: str
    at: datetime
    """When somebody last looked at the app."""
    items: Mapping[str, Remembered]


def look(
    former: LastLook | None,
    known: Iterable[Assessment],
    whose: tuple[str, str],
    now: datetime,
) -> LastLook:
    """What is known now; an item that cannot be seen stays as it was seen before."""
    app, organization = whose
    kept = dict(former.items) if former else {}
    kept |= {a.item.id: seen for a in known if (seen := _remembered(a, now)) is not None}
    return LastLook(app, organization, now, kept)


def _remembered(known: Assessment, now: datetime) -> Remembered | None:
    finding = known.finding
    if finding.status is Status.UNKNOWN or known.outdated is not None:
        return None
    lines, digests = _rests_on(finding)
    return Remembered(
        item=known.item.id,
        status=finding.status,
        summary=_said(finding.summary),
        settled=known.settled,
        at=known.at or now,
        things=tuple(
            Thing(_said(r.kind), _said(r.id), r.status, _said(r.summary))
            for r in finding.resources[:MOST]
        ),
        lines=lines,
        digests=digests,
        hidden=finding.hidden,
    )


def _said(text: str) -> str:
    return redact(one_line(text))


def _rests_on(finding: Finding) -> tuple[tuple[str, ...], dict[str, str]]:
    """The basis of the finding: lines of statuses, and the rest by label as digests."""
    # As a review's basis has it: what only moves is left out, and a line is one line.
    resources = {one_line(f"{r.kind} {r.id}", 10_000) for r in finding.resources}
    first, *rest = basis(finding)
    lines, seen = [first], dict[str, list[str]]()
    for line in rest:
        if line.rpartition(": ")[0] in resources:
            lines.append(_said(line))
        else:
            seen.setdefault(_said(line.partition(": ")[0]), []).append(line)
    digests = {label: digest(tuple(values))[:_SHORT] for label, values in seen.items()}
    return tuple(lines[: MOST + 1]), digests


def differences(then: Remembered, now: Assessment) -> tuple[str, ...]:
    """What is not as it was then, a phrase each; nothing where it cannot be told."""
    finding = now.finding
    blind = finding.status is Status.UNKNOWN or now.outdated is not None
    if blind or set(finding.hidden) - set(then.hidden):
        return ()
    lines, digests = _rests_on(finding)
    before, after = (_untold(each, then, finding) for each in (then.digests, digests))
    return (
        *changes(then.lines, lines),
        *_evidence(before, after, finding),
        *_settled(then.settled, now),
    )


def _untold(digests: Mapping[str, str], then: Remembered, now: Finding) -> dict[str, str]:
    """Without what is labelled by a resource that came or went: its row tells that already."""
    before = {(one.kind, one.id) for one in then.things}
    after = {(_said(r.kind), _said(r.id)) for r in now.resources}
    told = {label for kind, id_ in before ^ after for label in (id_, f"{kind} {id_}")}
    return {label: value for label, value in digests.items() if label not in told}


def _evidence(then: Mapping[str, str], now: Mapping[str, str], finding: Finding) -> Iterator[str]:
    for label, seen in now.items():
        if label not in then:
            yield f"{label} was not known then"
        elif seen != then[label]:
            values = [e.value for e in finding.evidence if _said(e.label) == label and not e.moves]
            yield f"{label} is now {one_line(', '.join(values), 120)}"
    yield from (f"{label} is no longer known" for label in then if label not in now)


def _settled(then: bool, now: Assessment) -> Iterator[str]:
    if now.settled is not then and now.review is not None:
        yield "it is settled now" if now.settled else "it is open again"
