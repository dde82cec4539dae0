"""The report of `flytui token`, as text and as JSON. It never holds the token."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flytui.checklist import Checklist
from flytui.facts.fact import Unseen
from flytui.sight import Cure, Hidden, ItemSight, Kind, Sees, Sight, Verdict
from flytui.text import one_line

SCHEMA = 1
_MARKS = {
    Verdict.CAN: ("✓", "can decide", "32"),
    Verdict.IN_PART: ("!", "in part", "33"),
    Verdict.CANNOT: ("✗", "cannot", "31"),
    Verdict.PERSON: ("?", "a person", "36"),
}
_WIDTH = max(len(word) for _, word, _ in _MARKS.values())


@dataclass(frozen=True, slots=True)
class Live:
    """What Fly.io itself answered when it was asked with the token."""

    viewer: str | Unseen
    """Whose token it is."""
    app: str | Unseen | None
    """The app as it is there; None when none was named."""


@dataclass(frozen=True, slots=True)
class TokenReport:
    """Everything there is to tell about a token."""

    version: str
    """Of flytui."""
    at: datetime
    app: str | None
    checklist: Checklist
    sight: Sight
    live: Live | None = None
    """None: Fly.io was not asked."""


def text(report: TokenReport, *, colour: bool = False) -> str:
    """For a terminal, ending in a line feed."""
    lines = [*_head(report), *_live(report.live), *_table(report, colour), "", _close(report.sight)]
    return "".join(f"{line}\n" for line in lines)


def facts(sight: Sight, now: datetime) -> tuple[tuple[str, str], ...]:
    """The token in pairs of a word and what it says, for every form of report."""
    return (
        ("kind", sight.kind.value),
        ("from", sight.origin),
        ("organisations", _ids(sight, sight.organizations)),
        ("apps", _ids(sight, sight.apps)),
        ("ends", _end(sight, now)),
        *(("note", words) for words in sight.notes),
    )


def reason(hidden: Hidden) -> str:
    """What is hidden and why: `the organisation's metrics: a deploy token shows …`."""
    may = "may not show" if hidden.sees is Sees.PERHAPS else "does not show"
    return f"{may} {hidden.fact.source}: {hidden.reason}."


def cure(one: Cure) -> str:
    """The command that makes a better token, and what it is good for."""
    return f"{shlex.join(one.argv)}   ({_MARKS[one.verdict][1]})"


def mark(verdict: Verdict) -> tuple[str, str]:
    """The sign and the word of a verdict."""
    return _MARKS[verdict][:2]


def _head(report: TokenReport) -> Iterator[str]:
    app = f" for {one_line(report.app, 80)}" if report.app else ""
    yield f"The token{app}, read on this side alone · flytui {report.version}"
    for word, said in facts(report.sight, report.at):
        yield f"  {word:<14}{one_line(said, 300)}"


def _live(live: Live | None) -> Iterator[str]:
    if live is None:
        return
    yield f"  {'Fly.io says':<14}{_answer(live.viewer)}"
    if live.app is not None:
        yield f"  {'the app':<14}{_answer(live.app)}"


def _answer(answer: str | Unseen) -> str:
    if isinstance(answer, Unseen):
        return one_line(f"{answer.cause} {answer.cure}")
    return one_line(answer)


def _table(report: TokenReport, colour: bool) -> Iterator[str]:
    for section in report.checklist.sections:
        found = [one for one in report.sight.items if one.item.section == section.id]
        yield ""
        yield _paint(one_line(section.title, 120), "1", colour)
        for one in found:
            yield from _item(one, colour)


def _item(one: ItemSight, colour: bool) -> Iterator[str]:
    glyph, word, tint = _MARKS[one.verdict]
    yield f"  {_paint(f'{glyph} {word:<{_WIDTH}}', tint, colour)}  {one_line(one.item.title, 200)}"
    for hidden in one.hidden:
        yield f"      {reason(hidden)}"
    for better in one.cures:
        yield f"      With: {cure(better)}"


def _close(sight: Sight) -> str:
    parts = [
        (Verdict.CAN, "can be decided"),
        (Verdict.IN_PART, "in part"),
        (Verdict.CANNOT, "cannot"),
        (Verdict.PERSON, "a person has to decide"),
    ]
    told = ", ".join(f"{sight.count(verdict)} {words}" for verdict, words in parts)
    return f"{told}. In part: where the hidden rest matters, the item stays unknown."


def _ids(sight: Sight, ids: tuple[int, ...]) -> str:
    if not ids and sight.kind in {Kind.OAUTH, Kind.SESSION, Kind.UNREADABLE}:
        return "nothing in it tells" if sight.kind is not Kind.SESSION else "all of its person's"
    return f"{', '.join(map(str, ids))} (numeric ids)" if ids else "not confined to any"


def _end(sight: Sight, now: datetime) -> str:
    if sight.expires is None:
        return "nothing in it tells"
    at = sight.expires.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    if sight.ended:
        return f"{at}: it has ended"
    days = (sight.expires - now).days
    return f"{at}, in {days} days" if days else f"{at}, in less than a day"


def _paint(words: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if colour else words


def render_json(report: TokenReport) -> str:
    """The document as text, in ASCII."""
    return json.dumps(document(report), indent=2, ensure_ascii=True) + "\n"


def document(report: TokenReport) -> dict[str, Any]:
    """The report for other programs; `schema` counts up when this shape changes.

    `{schema, flytui, at, app, token, live, items}`: `token` is `{kind, from, organizations, apps,
    expires, ended, notes}` with numeric ids; `live` is null or `{viewer, app}`, each a text, null
    or `{cause, cure}`; an item is `{id, section, title, verdict, hidden, cures}` with a verdict of
    `can`, `in_part`, `cannot` or `person`, hidden facts as `{fact, source, needs, sees, reason}`
    and cures as `{argv, verdict}`.
    """
    seen = report.sight
    return {
        "schema": SCHEMA,
        "flytui": report.version,
        "at": _time(report.at),
        "app": report.app,
        "token": {
            "kind": seen.kind.name.lower(),
            "from": seen.origin,
            "organizations": list(seen.organizations),
            "apps": list(seen.apps),
            "expires": _time(seen.expires) if seen.expires else None,
            "ended": seen.ended,
            "notes": list(seen.notes),
        },
        "live": _live_document(report.live),
        "items": [_item_document(one) for one in seen.items],
    }


def _live_document(live: Live | None) -> dict[str, Any] | None:
    if live is None:
        return None
    return {"viewer": _plain(live.viewer), "app": _plain(live.app)}


def _plain(answer: str | Unseen | None) -> str | dict[str, str] | None:
    if isinstance(answer, Unseen):
        return {"cause": answer.cause, "cure": answer.cure}
    return answer


def _item_document(one: ItemSight) -> dict[str, Any]:
    return {
        "id": one.item.id,
        "section": one.item.section,
        "title": one.item.title,
        "verdict": one.verdict.value,
        "hidden": [
            {
                "fact": hidden.fact.name,
                "source": hidden.fact.source,
                "needs": hidden.fact.needs.value,
                "sees": hidden.sees.value,
                "reason": hidden.reason,
            }
            for hidden in one.hidden
        ],
        "cures": [
            {"argv": list(better.argv), "verdict": better.verdict.value} for better in one.cures
        ],
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
