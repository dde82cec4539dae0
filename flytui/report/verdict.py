"""Whether the gate was passed, and why, in one sentence: what every report says first."""

from collections import Counter

from flytui.exit_code import ExitCode
from flytui.finding import Status
from flytui.gate import Ruling
from flytui.report.report import Report

_WHY = {
    Status.ACTION: ("needs action", "need action"),
    Status.UNKNOWN: ("could not be seen", "could not be seen"),
    Status.ADVICE: ("has advice to follow", "have advice to follow"),
    Status.MANUAL: ("waits for a person", "wait for a person"),
}


def verdict(report: Report) -> str:
    """`Passed: …` or `Failed: …`, with the exit code where it is not 0."""
    code = report.judgement.code
    if code is ExitCode.DONE:
        return f"Passed: {_let_pass(report)}."
    reasons = "; ".join((*_failing(report), *(s.rstrip(".") for s in report.judgement.shortfalls)))
    return f"Failed: {reasons} (exit code {int(code)})."


def _let_pass(report: Report) -> str:
    known = len(report.ruled(Ruling.KNOWN))
    if known and report.gate.baseline is not None:
        # To the day: the items tell the minute.
        since = f"nothing new since the baseline of {report.gate.baseline.at:%Y-%m-%d}"
        return f"{since}; {known} known {'item is' if known == 1 else 'items are'} waived"
    if any(item.open for item in report):
        return "nothing fails of what was asked for"
    return "everything that was looked at is settled"


def _failing(report: Report) -> list[str]:
    failing = Counter(known.finding.status for known in report.ruled(Ruling.FAILED))
    return [
        f"{n} {'item' if n == 1 else 'items'} {one if n == 1 else many}"
        for status, (one, many) in _WHY.items()
        if (n := failing[status])
    ]
