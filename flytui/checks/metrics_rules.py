"""Whether the app tells metrics of its own, and whether they arrive."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flytui.checks.deployed import concerns as section_of
from flytui.checks.groups import Group
from flytui.checks.verdict import Concern, Verdict
from flytui.checks.words import count, listed
from flytui.edits.operations import Append, Row, Table
from flytui.facts import app as app_facts
from flytui.facts import machines as machine_facts
from flytui.facts import metrics as facts
from flytui.facts.fact import Unseen
from flytui.facts.metrics import Measured
from flytui.finding import Evidence, Resource, Status, evidence
from flytui.fly.models import Machine
from flytui.remedy import Edit, Remedy
from flytui.repo import LocalConfig


@dataclass(frozen=True, slots=True)
class Telling:
    """What the metrics of a group are judged by beside its Machines."""

    app: str
    deployed: LocalConfig | None
    local: LocalConfig | None
    measured: Measured | Unseen
    own: tuple[str, ...] | Unseen
    """Names of the series that the app itself tells."""

    @property
    def path(self) -> str:
        return self.local.path if self.local else "fly.toml"


def telling(group: Group, about: Telling) -> Verdict:
    """Everything worth saying about the group's metrics."""
    endpoints = sorted({_words(m) for m in group.members if m.settings.metrics})
    concerns = tuple(_judged(group, about, endpoints))
    rows = tuple(row for m in group.members for row in _rows(m, about))
    return Verdict(group.name, concerns, tuple(_evidence(group, about, endpoints)), rows)


def _judged(group: Group, about: Telling, endpoints: list[str]) -> Iterator[Concern]:
    yield from _unread(group, about)
    yield from _drift(group, about, endpoints)
    if isinstance(about.measured, Unseen):
        sentence = f"Whether the metrics of {group.words} arrive cannot be seen."
        yield Concern(Status.UNKNOWN, sentence, unseen=about.measured)
    elif not endpoints:
        sentence = f"{group.subject} tells no metrics of its own: look whether Fly.io's are enough."
        yield Concern(Status.MANUAL, sentence, _section(group, about))
    else:
        yield from _arriving(group, about, endpoints, about.measured)


def _arriving(
    group: Group, about: Telling, endpoints: list[str], measured: Measured
) -> Iterator[Concern]:
    """A metrics endpoint is good when series of the app's own come from it."""
    if isinstance(about.own, Unseen):
        sentence = f"Whether the metrics of {group.words} arrive cannot be seen."
        yield Concern(Status.UNKNOWN, sentence, unseen=about.own)
    elif about.own:
        told = count(len(about.own), "series", "series")
        sentence = f"{group.subject} tells metrics on {listed(endpoints)}; {told} of the app's own"
        yield Concern(Status.OK, f"{sentence} arrived in the last day.")
    elif any(m.id in measured.of("up") for m in group.members):
        sentence = f"{group.subject} promises metrics on {listed(endpoints)}, but 0 series of the"
        yield Concern(
            Status.ADVICE, f"{sentence} app's own arrived in the last day.", _section(group, about)
        )
    else:
        unseen = Unseen(
            f"No Machine of {group.words} ran in the last day, so no metrics could arrive.",
            "Look again after it has run for a few minutes.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)


def _unread(group: Group, about: Telling) -> Iterator[Concern]:
    """Only the first [[metrics]] of a group reaches its Machines."""
    number = len(_sections(about.deployed, group.name))
    if group.managed and number > 1:
        yield Concern(
            Status.ADVICE,
            f"fly.toml has {number} [[metrics]] for {group.words}; Fly.io reads only the first.",
        )


def _drift(group: Group, about: Telling, endpoints: list[str]) -> Iterator[Concern]:
    """What the next deploy would change about the endpoint."""
    config = about.local or about.deployed
    if config is None or not group.managed or any(m.partial for m in group.members):
        return
    wanted = [w for one in _sections(config, group.name)[:1] if (w := _declared(one))]
    if group.members and wanted != endpoints:
        before, after = listed(endpoints) or "none", listed(wanted) or "none"
        yield Concern(
            Status.ADVICE,
            f"The next deploy changes the metrics endpoint of {group.words} from {before} to"
            f" {after}.",
        )


def _sections(config: LocalConfig | None, group: str) -> list[dict[str, Any]]:
    if config is None:
        return []
    return [m for m in config.metrics if section_of(config, group, tuple(m.get("processes", ())))]


def _declared(section: dict[str, Any]) -> str | None:
    return f":{section['port']}{section.get('path', '/metrics')}" if section.get("port") else None


def _words(machine: Machine) -> str:
    metrics = machine.settings.metrics
    return f":{metrics.port}{metrics.path}" if metrics else ""


def _endpoint_of(group: str) -> Row:
    return Row((("port", 9394), ("path", "/metrics"), ("processes", (group,))))


def _section(group: Group, about: Telling) -> tuple[Remedy, ...]:
    if not group.managed:
        return ()
    return (
        Edit(
            path=about.path,
            title=f"Let {group.name} tell metrics of its own",
            why="Orders, jobs and queues are known to the app alone.",
            snippet=f'[[metrics]]\n  port = 9394\n  path = "/metrics"\n'
            f'  processes = ["{group.name}"]\n',
            note="The app must answer there on 0.0.0.0 in the format of Prometheus;"
            f" then fly deploy -a {about.app}",
            operations=(Append(Table(), "metrics", _endpoint_of(group.name)),),
        ),
    )


def _evidence(group: Group, about: Telling, endpoints: list[str]) -> Iterator[Evidence]:
    yield evidence(
        f"Metrics of {group.words}", listed(endpoints) or "no endpoint", machine_facts.machines
    )
    if about.deployed is not None and (found := _sections(about.deployed, group.name)):
        yield evidence(
            "In fly.toml", count(len(found), "[[metrics]]", "[[metrics]]"), app_facts.app
        )


def _rows(machine: Machine, about: Telling) -> Iterator[Resource]:
    """The Machine: whether Fly.io measures it; and its endpoint."""
    if isinstance(about.measured, Unseen):
        return
    seen = machine.id in about.measured.of("up")
    if seen:
        status, words = Status.OK, "was measured in the last day"
    elif machine.state == "started":
        status, words = Status.ADVICE, "runs, but nothing was measured in the last day"
    else:
        status, words = Status.NOT_APPLICABLE, f"is {machine.state} and was not measured"
    told = evidence("State", machine.state, machine_facts.machines, moves=True)
    summary = f"Machine {machine.id} {words}."
    yield Resource("Machine", machine.id, status, summary, (told,), moves=True)
    if machine.settings.metrics:
        yield _endpoint(machine, about)


def _endpoint(machine: Machine, about: Telling) -> Resource:
    where = f"{machine.id}{_words(machine)}"
    if isinstance(about.own, Unseen):
        return Resource("metrics endpoint", where, Status.MANUAL, "What arrives cannot be seen.")
    if not about.own:
        return Resource("metrics endpoint", where, Status.ADVICE, "0 series arrived from it.")
    names = evidence("Series", listed(about.own, 6), facts.own_series)
    number = count(len(about.own), "series", "series")
    summary = f"{number} of the app's own arrived; which Machine told them was not asked."
    return Resource("metrics endpoint", where, Status.OK, summary, (names,))
