"""From what is worth saying about each process group to one finding."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flytui.checks.services import tooling
from flytui.checks.words import be, count
from flytui.facts import machines as machine_facts
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Finding, Resource, Status, evidence, unknown, worst
from flytui.fly.models import App, Machine
from flytui.remedy import Remedy, distinct


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing worth saying about a process group."""

    status: Status
    sentence: str
    remedies: tuple[Remedy, ...] = ()
    unseen: Unseen | None = None
    """Set when the status is UNKNOWN."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is true of one process group, the worst first."""

    group: str
    concerns: tuple[Concern, ...]
    evidence: tuple[Evidence, ...] = ()
    machines: tuple[Resource, ...] = ()
    """A row for each Machine; the group's own status already covers them."""

    @property
    def worst(self) -> Concern:
        status = worst(c.status for c in self.concerns)
        return next(c for c in self.concerns if c.status is status)

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        ordered = sorted(self.concerns, key=lambda c: c is not self.worst)
        return distinct(r for c in ordered for r in c.remedies)

    @property
    def resource(self) -> Resource:
        """The verdict as a row of the tree; further concerns stand among the evidence."""
        also = tuple(
            evidence("Also", c.sentence, machine_facts.machines)
            for c in self.concerns
            if c is not self.worst and c.status is not Status.OK
        )
        return Resource(
            "process group",
            self.group,
            self.worst.status,
            self.worst.sentence,
            (*self.evidence, *also),
            self.remedies,
        )


def conclude(
    verdicts: Iterable[Verdict],
    well: str,
    *,
    resources: tuple[Resource, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Finding:
    """The worst of the groups and of the further resources; `well` is said when all is well."""
    ordered = sorted(verdicts, key=lambda v: _rank(v.worst.status))
    rows = (*(v.resource for v in ordered), *resources)
    tree = (*(row for v in ordered for row in (v.resource, *v.machines)), *resources)
    status = worst(r.status for r in rows)
    leading = next((r for r in rows if r.status is status), None)
    unseen = next((v.worst.unseen for v in ordered if v.worst.unseen), None)
    return Finding(
        status,
        well if status is Status.OK or leading is None else leading.summary,
        evidence=(*evidence, *(e for r in rows for e in r.evidence)),
        resources=tree,
        remedies=distinct(remedy for r in rows for remedy in r.remedies),
        unseen=unseen if status is Status.UNKNOWN else None,
    )


def of_one(sentence: str, group: str, machine: Machine) -> str:
    """What was said of `1 Machine of web`, said of this very Machine."""
    return sentence.replace(f"1 Machine of {group}", f"Machine {machine.id}", 1)


def _rank(status: Status) -> int:
    """How many statuses want attention at least as much."""
    return sum(worst((other, status)) is other for other in Status)


def firm(finding: Finding, machines: tuple[Machine, ...]) -> Finding:
    """The finding, but never green while Machines change state or cannot be seen in full."""
    if finding.status is not Status.OK:
        return finding
    moving = [m for m in machines if m.counts and m.settling]
    hidden = [m for m in machines if m.counts and m.partial]
    if moving:
        return _not_yet(finding, settling(len(moving)))
    if hidden:
        return _not_yet(finding, half_seen(hidden))
    return finding


def _not_yet(finding: Finding, unseen: Unseen) -> Finding:
    return replace(finding, status=Status.UNKNOWN, summary=unseen.cause, unseen=unseen)


def settling(number: int) -> Unseen:
    """Why nothing is decided while Machines start, stop or are replaced."""
    return Unseen(
        f"{count(number, 'Machine')} {be(number)} changing state.",
        "Look again in a minute; a deploy may be under way.",
    )


def half_seen(machines: list[Machine]) -> Unseen:
    """Why nothing is decided on Machines whose host tells too little."""
    return Unseen(
        f"The configuration of {count(len(machines), 'Machine')} cannot be read in full:"
        f" the host does not answer.",
        "Look again later; `fly incidents hosts list` tells what Fly.io knows of the host.",
    )


def kept_apart(app: App) -> Finding | None:
    """NOT_APPLICABLE for apps with rules of their own: Fly Postgres and builders."""
    kind = tooling(app)
    if app.role is not None and app.role.name == "postgres_cluster":
        kind = "unmanaged Fly Postgres"
    if kind is None:
        return None
    return Finding(Status.NOT_APPLICABLE, f"{app.name} is {kind}, which has rules of its own.")


def nothing_to_look_at(app: App, machines: tuple[Machine, ...] = ()) -> Finding:
    """UNKNOWN for what can only be told from Machines while none can be seen."""
    hidden = [m for m in machines if m.counts and m.partial]
    if hidden:
        return unknown(half_seen(hidden))
    unseen = Unseen(
        f"{app.name} has 0 Machines to look at.",
        f"Deploy it with `fly deploy -a {app.name}`, then look again.",
    )
    return unknown(unseen)
