"""The report of `flytui token`, as text and as JSON. It never holds the token."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flytui.checklist import Checklist
from flytui.facts.fact import Unseen
from flytui.sight import ItemSight, Sight, Verdict
from flytui.sight_words import MARKS, cure, facts, reasons, summary
from flytui.text import one_line

SCHEMA = 1
_TINTS = {
    Verdict.CAN: "32",
    Verdict.IN_PART: "33",
    Verdict.CANNOT: "31",
    Verdict.PERSON: "36",
}
_WIDTH = max(len(word) for _, word in MARKS.values())


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
    lines = [
        *_head(report),
        *_live(report.live),
        *_table(report, colour),
        "",
        summary(report.sight),
    ]
    return "".join(f"{line}\n" for line in lines)


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
    glyph, word = MARKS[one.verdict]
    sign = _paint(f"{glyph} {word:<{_WIDTH}}", _TINTS[one.verdict], colour)
    yield f"  {sign}  {one_line(one.item.title, 200)}"
    for words in reasons(one.hidden):
        yield f"      {words}"
    for better in one.cures:
        yield f"      With: {cure(better)}"


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
