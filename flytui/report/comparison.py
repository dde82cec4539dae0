"""What changed between a former result and a new one, for people and for programs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from flytui.assessment import Assessment
from flytui.baseline import Former, FormerItem
from flytui.finding import Status, worst
from flytui.report.json import inert as inert_json
from flytui.report.json import time
from flytui.report.report import Report
from flytui.report.words import MANY, WORDS, inert, moment, numbers, said
from flytui.review_changes import changes

SCHEMA = 1
FORMS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Change:
    """One item that is not as it was."""

    now: Assessment
    then: FormerItem | None
    """None: it was not looked at then."""
    differences: tuple[str, ...]
    """A phrase each."""

    @property
    def direction(self) -> Literal["new", "better", "worse", "other"]:
        if self.then is None:
            return "new"
        before, after = self.then.status, self.now.finding.status
        if before is after and self.then.settled is self.now.settled:
            return "other"
        was_open, is_open = _open(before, self.then.settled), self.now.open
        if was_open is not is_open:
            return "worse" if is_open else "better"
        if before is after:
            return "other"
        return "worse" if worst((before, after)) is after else "better"


def compare(then: Former, report: Report) -> tuple[Change, ...]:
    """The items of the report that differ from then, in the order of the checklist."""
    pairs = ((known, then.item(known.item.id)) for known in report)
    all_ = (Change(known, former, _differences(known, former)) for known, former in pairs)
    return tuple(change for change in all_ if change.differences or change.then is None)


def gone(then: Former, report: Report) -> tuple[FormerItem, ...]:
    """The items that were looked at then, and were not now."""
    looked_at = {known.item.id for known in report}
    return tuple(item for item in then.items if item.id not in looked_at)


def render(form: str, then: Former, report: Report) -> str:
    """The differences in one of FORMS."""
    return _json(then, report) if form == "json" else _text(then, report)


def _open(status: Status, settled: bool) -> bool:
    return not settled and status is not Status.NOT_APPLICABLE


def _differences(now: Assessment, then: FormerItem | None) -> tuple[str, ...]:
    if then is None:
        return ()
    moving = {e.label for e in now.finding.evidence if e.moves}
    found = changes(_former(then, moving), _lines(now, moving))
    settled = {(False, True): "is settled now", (True, False): "is open again"}
    turned = settled.get((then.settled, now.settled))
    return (*found, turned) if turned else found


def _former(item: FormerItem, moving: set[str]) -> tuple[str, ...]:
    seen = [f"{e.label}: {e.value}" for e in item.evidence if e.label not in moving]
    return (
        f"status: {item.status}",
        *sorted({*(f"{r.kind} {r.id}: {r.status}" for r in item.resources), *seen}),
    )


def _lines(known: Assessment, moving: set[str]) -> tuple[str, ...]:
    finding = known.finding
    seen = [f"{e.label}: {e.value}" for e in finding.evidence if e.label not in moving]
    return (
        f"status: {finding.status}",
        *sorted({*(f"{r.kind} {r.id}: {r.status}" for r in finding.resources), *seen}),
    )


def _text(then: Former, report: Report) -> str:
    found = compare(then, report)
    lines = [
        f"{said(report.identity.app)}: {_counted(len(found))} since {moment(then.at)}",
        f"{numbers(report)} · {moment(report.at)} · flytui {report.version}",
        *(line for change in found for line in _told(change)),
    ]
    if missing := gone(then, report):
        names = ", ".join(said(item.id, 80) for item in missing)
        lines += ["", f"Not looked at this time: {names}."]
    return "".join(f"{inert(line)}\n" for line in lines)


def _counted(number: int) -> str:
    match number:
        case 0:
            return "nothing changed"
        case 1:
            return "1 item changed"
        case _:
            return f"{number} items changed"


def _told(change: Change) -> Iterator[str]:
    finding = change.now.finding
    glyph, word = WORDS[finding.status]
    was = f"was {WORDS[change.then.status][1]}" if change.then else "not looked at then"
    yield ""
    yield f"{glyph} {said(change.now.item.title)}: {word} ({was}; {change.direction})"
    yield f"    {said(finding.summary)}"
    yield from (f"    {said(words, 200)}" for words in change.differences[:MANY])
    if len(change.differences) > MANY:
        yield f"    … and {len(change.differences) - MANY} more differences."


def _json(then: Former, report: Report) -> str:
    document = {
        "schema": SCHEMA,
        "kind": "comparison",
        "flytui": report.version,
        "app": {"name": report.identity.app, "organization": report.identity.organization},
        "then": {"at": time(then.at), "flytui": then.flytui},
        "now": {"at": time(report.at)},
        "items": [_item(change) for change in compare(then, report)],
        "gone": [item.id for item in gone(then, report)],
    }
    return inert_json(json.dumps(document, indent=2, ensure_ascii=True)) + "\n"


def _item(change: Change) -> dict[str, Any]:
    now, then = change.now, change.then
    before = (
        {"status": then.status, "summary": then.summary, "settled": then.settled} if then else None
    )
    return {
        "id": now.item.id,
        "title": now.item.title,
        "direction": change.direction,
        "then": before,
        "now": {
            "status": now.finding.status.value,
            "summary": now.finding.summary,
            "settled": now.settled,
        },
        "differences": list(change.differences),
    }
