"""The report as SARIF 2.1.0, for what collects the findings of analysers."""

import hashlib
import json
from typing import Any

from flytui.assessment import Assessment
from flytui.checklist import Item
from flytui.finding import Status
from flytui.gate import Ruling
from flytui.remedy import Edit
from flytui.report.json import inert, time
from flytui.report.markdown import plain
from flytui.report.report import Report
from flytui.report.words import details, excused, remedies, said
from flytui.review import basis, digest

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_KINDS = {Status.UNKNOWN: "open", Status.MANUAL: "review"}
"""Of SARIF's kinds, those that are not `fail`; with them goes the level `none`."""
_LEVELS = {Status.ACTION: "error", Status.ADVICE: "note"}
_LONG = 5_000
_WELL = {Status.OK, Status.NOT_APPLICABLE}


def render(report: Report) -> str:
    return inert(json.dumps(document(report), indent=2, ensure_ascii=True)) + "\n"


def document(report: Report) -> dict[str, Any]:
    """One run: a rule for each item, a result for each that is not in order."""
    run = {
        "tool": {"driver": _driver(report)},
        "automationDetails": {"id": f"flytui/{said(report.identity.app)}"},
        "invocations": [_invocation(report)],
        "results": [
            _result(report, known, index)
            for index, known in enumerate(report)
            if known.finding.status not in _WELL
        ],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "flytui",
        "version": report.version,
        "rules": [_rule(known) for known in report],
    }


def _rule(known: Assessment) -> dict[str, Any]:
    item = known.item
    about = said(item.description, _LONG)
    asks = [said(sentence, _LONG) for sentence in item.look_at]
    return {
        "id": item.id,
        "shortDescription": {"text": said(item.title)},
        "fullDescription": {"text": about},
        **({"helpUri": item.links[0].url} if item.links else {}),
        "help": {"text": "\n".join([about, *asks]), "markdown": _help(item)},
        "defaultConfiguration": {"level": "warning" if item.optional else "error"},
        "properties": {"tags": [item.section]},
    }


def _help(item: Item) -> str:
    asks = "\n".join(f"- {plain(sentence, _LONG)}" for sentence in item.look_at)
    links = "\n".join(f"- [{plain(link.title)}](<{link.url}>)" for link in item.links)
    return "\n\n".join(filter(None, [plain(item.description, _LONG), asks, links]))


def _invocation(report: Report) -> dict[str, Any]:
    """The run itself; what it could not look at is said here too, as tools' failures are."""
    code = report.judgement.code
    unseen = [known for known in report if known.finding.status is Status.UNKNOWN]
    return {
        "executionSuccessful": True,
        "endTimeUtc": time(report.at),
        "exitCode": int(code),
        "exitCodeDescription": code.meaning,
        "toolExecutionNotifications": [_notification(report, known) for known in unseen],
    }


def _notification(report: Report, known: Assessment) -> dict[str, Any]:
    return {
        "level": "warning",
        "message": {"text": _message(report, known)},
        "associatedRule": {"id": known.item.id},
    }


def _result(report: Report, known: Assessment, index: int) -> dict[str, Any]:
    status = known.finding.status
    level = _LEVELS.get(status, "none")
    return {
        "ruleId": known.item.id,
        "ruleIndex": index,
        "kind": _KINDS.get(status, "fail"),
        "level": "warning" if known.item.optional and level == "error" else level,
        "message": {"text": _message(report, known)},
        "locations": [_location(report, known)],
        "fingerprints": {"flytui/item/v1": _fingerprint(report, known)},
        "partialFingerprints": {"flytui/evidence/v1": digest(basis(known.finding))},
        **_history(report, known),
        "suppressions": _suppressions(report, known),
    }


def _message(report: Report, known: Assessment) -> str:
    lines = [said(known.finding.summary), *details(report, known)]
    # Together they would begin a link.
    return "\n".join(lines).replace("](", "] (")


def _location(report: Report, known: Assessment) -> dict[str, Any]:
    """Where a reader would begin to mend it: the file a remedy names, else fly.toml."""
    edits = [remedy for remedy in remedies(known) if isinstance(remedy, Edit)]
    path = said(edits[0].path, 1_000) if edits else "fly.toml"
    app = said(report.identity.app)
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(path), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 1},
        },
        "logicalLocations": [{"name": app, "kind": "resource"}],
    }


def _uri(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415 (for this format alone)

    return quote(path.removeprefix("./").lstrip("/"))


def _fingerprint(report: Report, known: Assessment) -> str:
    """The same for one item of one app, whatever is found."""
    return hashlib.sha256(
        f"{report.identity.app}\n{known.item.id}".encode(errors="replace")
    ).hexdigest()


def _history(report: Report, known: Assessment) -> dict[str, str]:
    """How it compares with the baseline, where there is one."""
    if report.gate.baseline is None:
        return {}
    former = report.gate.baseline.item(known.item.id)
    if former is None or former.status in _WELL:
        return {"baselineState": "new"}
    is_known = report.judgement.rulings[known.item.id] is Ruling.KNOWN
    same = is_known or former.status is known.finding.status
    return {"baselineState": "unchanged" if same else "updated"}


def _suppressions(report: Report, known: Assessment) -> list[dict[str, str]]:
    """Why it does not count against the app; none where it does."""
    ruling = report.judgement.rulings[known.item.id]
    if ruling not in {Ruling.REVIEWED, Ruling.KNOWN}:
        return []
    reason = excused(known, report)
    return [{"kind": "external", "status": "accepted", "justification": reason}]
