"""The report for other programs. Its shape is a contract: `schema` counts up when it changes."""

import json
from datetime import UTC, datetime
from typing import Any, assert_never

from flytui.assessment import Assessment
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Resource
from flytui.remedy import Command, Edit, Link, Remedy
from flytui.report.report import Report
from flytui.review import Review

SCHEMA = 1


def render(report: Report) -> str:
    """The document as text, in ASCII: it carries no control character and fits every locale."""
    return inert(json.dumps(document(report), indent=2, ensure_ascii=True)) + "\n"


def inert(document: str) -> str:
    """The same JSON, spelled so that no CI system takes a part of it for a command: `##[error]`."""
    return document.replace("##", "#\\u0023")


def document(report: Report) -> dict[str, Any]:
    tally = report.tally
    return {
        "schema": SCHEMA,
        "flytui": report.version,
        "at": time(report.at),
        "app": {"name": report.identity.app, "organization": report.identity.organization},
        "ready": {"settled": tally.settled, "applicable": tally.applicable},
        "seen": {"observed": tally.observed, "observable": tally.observable},
        "items": [_item(known) for known in report],
    }


def _item(known: Assessment) -> dict[str, Any]:
    finding = known.finding
    return {
        "id": known.item.id,
        "section": known.item.section,
        "title": known.item.title,
        "status": finding.status.value,
        "summary": finding.summary,
        "settled": known.settled,
        "stale": known.stale,
        "evidence": [_evidence(seen) for seen in finding.evidence],
        "resources": [_resource(resource) for resource in finding.resources],
        "remedies": [_remedy(remedy) for remedy in finding.remedies],
        "review": _review(known.review),
        "unseen": _unseen(finding.unseen),
    }


def _evidence(seen: Evidence) -> dict[str, Any]:
    return {
        "label": seen.label,
        "value": seen.value,
        "source": seen.source,
        "at": time(seen.at) if seen.at else None,
    }


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "kind": resource.kind,
        "id": resource.id,
        "status": resource.status.value,
        "summary": resource.summary,
        "evidence": [_evidence(seen) for seen in resource.evidence],
        "remedies": [_remedy(remedy) for remedy in resource.remedies],
    }


def _remedy(remedy: Remedy) -> dict[str, Any]:
    cost = remedy.cost_per_month_usd
    return {
        "kind": remedy.kind,
        **_means(remedy),
        "why": remedy.why,
        "reversible": remedy.reversible,
        "cost_per_month_usd": None if cost is None else float(cost),
    }


def _means(remedy: Remedy) -> dict[str, Any]:
    match remedy:
        case Command():
            return {"argv": list(remedy.argv)}
        case Edit():
            return {"path": remedy.path}
        case Link():
            return {"url": remedy.url}
        case _:
            assert_never(remedy)


def _review(review: Review | None) -> dict[str, Any] | None:
    if review is None:
        return None
    return {
        "decision": review.decision.value,
        "note": review.note,
        "by": review.by,
        "at": time(review.at),
        "expires": review.expires.isoformat() if review.expires else None,
    }


def _unseen(unseen: Unseen | None) -> dict[str, str] | None:
    return None if unseen is None else {"cause": unseen.cause, "cure": unseen.cure}


def time(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
