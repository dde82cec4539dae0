"""The gate: what a look at an app comes to for a pipeline, item by item and in one code. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flytui.assessment import Assessment, Tally
from flytui.exit_code import ExitCode
from flytui.finding import Status
from flytui.review import Standing
from flytui.share import Share

if TYPE_CHECKING:
    from flytui.baseline import Former, FormerItem

FAILING = frozenset({Status.ACTION, Status.UNKNOWN})
"""What fails the gate when nothing else was asked for."""


def fail_on(named: Iterable[str]) -> frozenset[Status]:
    """The statuses that fail when these are named: action always does. FAILING for none."""
    asked = frozenset(map(Status, named))
    return asked | {Status.ACTION} if asked else FAILING


class Ruling(StrEnum):
    """What the gate says of one item. Only PASSED is good news."""

    PASSED = "passed"
    FAILED = "failed"
    REVIEWED = "reviewed"
    """Not in order, but somebody decided about it, and that holds."""
    KNOWN = "known"
    """As bad as in the baseline, no worse."""
    OPTIONAL = "optional"
    """It would fail, were the item not optional."""
    OPEN = "open"
    """Open, in a way that was not asked to fail."""
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome, and why."""

    code: ExitCode
    rulings: Mapping[str, Ruling]
    """By item id."""
    shortfalls: tuple[str, ...] = ()
    """Which of the numbers asked for were not reached, a sentence each."""

    @property
    def failed(self) -> tuple[str, ...]:
        """The items that fail the gate."""
        return tuple(item for item, ruling in self.rulings.items() if ruling is Ruling.FAILED)


@dataclass(frozen=True, slots=True)
class Gate:
    """What was asked for: which statuses fail, how much must be ready and seen, what was known."""

    fail_on: frozenset[Status] = FAILING
    min_ready: Share | None = None
    min_seen: Share | None = None
    baseline: "Former | None" = None
    optional: bool = False
    """Optional items fail it as well."""

    def judge(self, assessments: Iterable[Assessment], tally: Tally) -> Judgement:
        known = tuple(assessments)
        rulings = {a.item.id: self._rule(a) for a in known}
        failing = [a for a in known if rulings[a.item.id] is Ruling.FAILED]
        unready = _short("ready", tally.settled, tally.applicable, self.min_ready)
        unseen = _short("seen", tally.observed, tally.observable, self.min_seen)
        return Judgement(_code(failing, unready, unseen), rulings, (*unready, *unseen))

    def _rule(self, known: Assessment) -> Ruling:
        status = known.finding.status
        if status is Status.OK:
            return Ruling.PASSED
        if status is Status.NOT_APPLICABLE:
            return Ruling.NOT_APPLICABLE
        if known.standing is Standing.HOLDS:
            return Ruling.REVIEWED
        if status not in self.fail_on:
            return Ruling.OPEN
        if self.baseline and _familiar(known, self.baseline.item(known.item.id)):
            return Ruling.KNOWN
        return Ruling.OPTIONAL if known.item.optional and not self.optional else Ruling.FAILED


def _code(failing: list[Assessment], unready: tuple[str, ...], unseen: tuple[str, ...]) -> ExitCode:
    if unready or any(a.finding.status is not Status.UNKNOWN for a in failing):
        return ExitCode.ACTION
    return ExitCode.UNSEEN if failing or unseen else ExitCode.DONE


def _short(what: str, there: int, whole: int, wanted: Share | None) -> tuple[str, ...]:
    if wanted is None or there >= wanted.of(whole):
        return ()
    return (f"{there} of {whole} items are {what}; {wanted} were asked for.",)


def _familiar(known: Assessment, former: "FormerItem | None") -> bool:
    """Whether it was open before in the same way, and nothing about it is worse now."""
    if former is None or former.settled:
        return False
    finding = known.finding
    before = {(r.kind, r.id): r.status for r in former.resources}
    return _no_worse(finding.status, former.status) and all(
        _no_worse(r.status, before.get((r.kind, r.id), Status.OK)) for r in finding.resources
    )


_SETTLED = {Status.OK, Status.NOT_APPLICABLE, Status.MANUAL}


def _no_worse(now: Status, then: Status) -> bool:
    """What could not be seen is worse than anything seen, and says nothing about what follows."""
    better = now is Status.ADVICE and then is Status.ACTION
    return now is then or better or now in _SETTLED
