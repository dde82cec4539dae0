"""Whether a process group's limits and health checks suit its services and its load."""

from collections.abc import Iterator
from dataclasses import dataclass

from flytui.checks import remedies_tuning as remedies
from flytui.checks.deployed import declared_services
from flytui.checks.groups import Group
from flytui.checks.tuning_rows import check_rows, machine_row, service_row
from flytui.checks.verdict import Concern, Verdict, half_seen
from flytui.checks.words import count, listed
from flytui.facts import machines as machine_facts
from flytui.facts import metrics as facts
from flytui.facts.fact import Unseen
from flytui.facts.metrics import Measured
from flytui.finding import Evidence, Status, evidence
from flytui.fly.models import CheckStatus, Concurrency, Machine, Service
from flytui.repo import LocalConfig, LocalService
from flytui.settings import Thresholds

DEFAULT_SOFT = 20
"""Fly.io's, for a service that says nothing: https://fly.io/docs/apps/concurrency/."""
_COMPATIBILITY = "bg_deployments_compat"
"""Checks of this name are Fly.io's own, made during a deploy."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What tuning rests on beside the group's Machines."""

    app: str
    deployed: LocalConfig | None
    local: LocalConfig | None
    measured: Measured | Unseen
    clusters: Unseen | None
    """Why the databases' places cannot be seen; None when they can."""
    thresholds: Thresholds
    serving: bool
    """Whether any group of the app has services."""

    @property
    def config(self) -> LocalConfig | None:
        """What the next deploy applies."""
        return self.local or self.deployed

    def peak(self, machine: Machine) -> float | None:
        """The most it had to do at once in the last day."""
        if isinstance(self.measured, Unseen):
            return None
        return self.measured.of("concurrency").get(machine.id)


def tuning(group: Group, about: Tuning) -> Verdict:
    """Everything worth saying about the group."""
    concerns = tuple(_judged(group, about))
    well = Concern(Status.OK, f"{group.subject} has limits and checks that held for a day.")
    services = tuple(
        service_row(s, group, tuple(_of_service(s, group, about))) for s in _each(group)
    )
    machines = tuple(
        machine_row(m, group, about.peak(m), tuple(_of_machine(m, group, about)))
        for m in group.members
    )
    checks = tuple(row for m in group.members for row in check_rows(m, group, told(m)))
    rows = (*services, *machines, *checks)
    return Verdict(group.name, concerns or (well,), tuple(_evidence(group, about)), rows)


def _judged(group: Group, about: Tuning) -> Iterator[Concern]:
    if group.serves is None:
        unseen = half_seen([m for m in group.members if m.partial])
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
        return
    said = [c for s in _each(group) for c in _of_service(s, group, about)]
    said += [*_saturated(group, about), *_failing(group), *_drift(group, about)]
    yield from said
    if all(c.status is Status.OK for c in said):
        yield from _unproven(group, about)


def _each(group: Group) -> list[Service]:
    """The group's services, one for each port inside."""
    found: dict[tuple[str, int], Service] = {}
    for service in group.services:
        found.setdefault((service.protocol, service.internal_port), service)
    return list(found.values())


def _of_service(service: Service, group: Group, about: Tuning) -> Iterator[Concern]:
    yield from _limits(service, group, about)
    yield from _checked(service, group, about)


def _limits(service: Service, group: Group, about: Tuning) -> Iterator[Concern]:
    told = service.concurrency or Concurrency()
    where = f"Port {service.internal_port} of {group.words}"
    by_requests = remedies.concurrency(about.app, about.config, group)
    if not told.soft_limit and (told.type is None or not service.http):
        kind = "connections" if told.type is None else told.type
        sentence = f"{where} has no limits of its own: {DEFAULT_SOFT} {kind} are its soft limit."
        yield Concern(
            Status.ADVICE,
            sentence,
            by_requests
            if service.http
            else remedies.limits(about.app, about.config, group, service),
        )
    elif service.http and told.type in {None, "connections"}:
        sentence = f"{where} counts connections, of which one may carry many requests."
        yield Concern(Status.ADVICE, sentence, by_requests)
    elif not told.soft_limit:
        sentence = f"{where} has no soft limit of its own: it is {DEFAULT_SOFT}."
        yield Concern(Status.ADVICE, sentence, by_requests)
    near = about.thresholds.limits_apart_share
    if told.soft_limit and told.hard_limit and told.soft_limit >= near * told.hard_limit:
        yield Concern(
            Status.ADVICE,
            f"{where} has a soft limit of {told.soft_limit} close to the hard one of"
            f" {told.hard_limit}: requests wait before another Machine helps.",
            remedies.limits(about.app, about.config, group, service),
        )


def _checked(service: Service, group: Group, about: Tuning) -> Iterator[Concern]:
    """An HTTP service needs a check of its own that asks over HTTP."""
    if not service.http:
        return
    cure = remedies.http_check(about.app, about.config, group)
    where = f"Port {service.internal_port} of {group.words}"
    kinds = {check.type or "tcp" for check in service.checks}
    if not service.checks and any(m.settings.checks for m in group.own):
        sentence = f"{where} is only checked outside its service, which Fly Proxy does not heed."
        yield Concern(Status.ADVICE, sentence, cure)
    elif not service.checks:
        sentence = f"{where} has 0 health checks: requests go to Machines that cannot answer."
        yield Concern(Status.ADVICE, sentence, cure)
    elif kinds == {"tcp"}:
        sentence = f"{where} is only checked by TCP: an app that hangs still takes connections."
        yield Concern(Status.ADVICE, sentence, cure)


def _of_machine(machine: Machine, group: Group, about: Tuning) -> Iterator[Concern]:
    yield from _saturated_one(machine, group, about)
    if machine.state == "started":
        names = {
            s: [c.name for c in told(machine) if c.status == s] for s in ("critical", "warning")
        }
        if names["critical"]:
            sentence = f"{count(len(names['critical']), 'health check')} of Machine {machine.id}"
            verb = "fails" if len(names["critical"]) == 1 else "fail"
            yield Concern(Status.ACTION, f"{sentence} {verb}: {listed(names['critical'])}.")
        elif names["warning"]:
            sentence = f"{count(len(names['warning']), 'health check')} of Machine {machine.id}"
            yield Concern(Status.ADVICE, f"{sentence} warned: {listed(names['warning'])}.")


def told(machine: Machine) -> tuple[CheckStatus, ...]:
    """The states of its checks, without those that Fly.io makes for itself."""
    return tuple(c for c in machine.checks if not c.name.startswith(_COMPATIBILITY))


def _untold(machine: Machine) -> bool:
    """Whether it runs and has checks of which nothing is said."""
    has = machine.settings.checks or any(s.checks for s in machine.settings.services)
    return machine.state == "started" and bool(has) and not told(machine)


def _saturated_one(machine: Machine, group: Group, about: Tuning) -> Iterator[Concern]:
    peak = about.peak(machine)
    limits = [s.concurrency or Concurrency() for s in machine.settings.services]
    if peak is None or not limits:
        return
    soft = min(limit.soft_limit or DEFAULT_SOFT for limit in limits)
    hard = min((limit.hard_limit for limit in limits if limit.hard_limit), default=None)
    where = f"Machine {machine.id} of {group.words} had {peak:.0f} at once in the last day"
    if hard is not None and peak >= hard:
        yield Concern(Status.ACTION, f"{where}, its hard limit of {hard}: more were turned away.")
    elif peak >= soft:
        yield Concern(Status.ADVICE, f"{where}, and its soft limit is {soft}.")


def _saturated(group: Group, about: Tuning) -> Iterator[Concern]:
    full = [c for m in group.members for c in _saturated_one(m, group, about)]
    for status in (Status.ACTION, Status.ADVICE):
        those = [c for c in full if c.status is status]
        if those:
            which = "hard" if status is Status.ACTION else "soft"
            sentence = f"{count(len(those), 'Machine')} of {group.words} reached"
            whose = "its" if len(those) == 1 else "their"
            cure = remedies.concurrency(about.app, about.config, group) if group.http else ()
            yield Concern(status, f"{sentence} {whose} {which} limit in the last day.", cure)


def _failing(group: Group) -> Iterator[Concern]:
    started = [m for m in group.members if m.state == "started"]
    for state, status in (("critical", Status.ACTION), ("warning", Status.ADVICE)):
        those = [m for m in started if any(c.status == state for c in told(m))]
        if those:
            words = "fail" if state == "critical" else "warn"
            sentence = f"Health checks of {count(len(those), 'Machine')} of {group.words} {words}."
            yield Concern(status, sentence)


def _drift(group: Group, about: Tuning) -> Iterator[Concern]:
    """What the next deploy would change about limits and checks."""
    config = about.config
    if config is None or not group.managed or any(m.partial for m in group.members):
        return
    wanted = {_declared(s) for s in declared_services(config, group.name)}
    differing = [
        m for m in group.own if wanted and set(map(_applied, m.settings.services)) != wanted
    ]
    if differing:
        verb = "differs" if len(differing) == 1 else "differ"
        yield Concern(
            Status.ADVICE,
            f"{count(len(differing), 'Machine')} of {group.words} {verb} from {config.path} in"
            " limits or checks; the next deploy sets them anew.",
        )


_Shape = tuple[int, str, int, int, int]


def _declared(service: LocalService) -> _Shape:
    limits = (service.soft_limit or 0, service.hard_limit or 0)
    kind = service.concurrency_type or "connections"
    return (service.internal_port or 8080, kind, *limits, len(service.checks))


def _applied(service: Service) -> _Shape:
    limits = service.concurrency or Concurrency()
    numbers = (limits.soft_limit or 0, limits.hard_limit or 0)
    return (service.internal_port, limits.type or "connections", *numbers, len(service.checks))


def _unproven(group: Group, about: Tuning) -> Iterator[Concern]:
    """What keeps settings that look right from being called so."""
    if not group.serves:
        if about.serving:
            sentence = f"{group.subject} has 0 services, so no limits to tune."
            yield Concern(Status.NOT_APPLICABLE, sentence)
        else:
            sentence = f"{group.subject} has 0 services: look how it bears its work."
            yield Concern(Status.MANUAL, sentence)
    elif silent := [m for m in group.members if _untold(m)]:
        unseen = Unseen(
            f"The state of the health checks of {count(len(silent), 'Machine')} of {group.words} is"
            " not told.",
            "Look again in a minute: a Machine that just started is not checked yet.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
    elif isinstance(about.measured, Unseen):
        sentence = f"Whether the limits of {group.words} suit its load cannot be seen."
        yield Concern(Status.UNKNOWN, sentence, unseen=about.measured)
    elif about.clusters is not None:
        sentence = f"Whether the database of {group.words} is near cannot be seen."
        yield Concern(Status.UNKNOWN, sentence, unseen=about.clusters)
    elif not any(about.peak(m) for m in group.members):
        sentence = f"{group.words} had 0 requests in the last day: its limits are untried."
        yield Concern(Status.MANUAL, sentence)


def _evidence(group: Group, about: Tuning) -> Iterator[Evidence]:
    for service in _each(group):
        limits = service.concurrency or Concurrency()
        words = f"{limits.type or 'connections'}, soft {limits.soft_limit or DEFAULT_SOFT}"
        words += f", hard {limits.hard_limit}" if limits.hard_limit else ", no hard limit"
        checks = count(len(service.checks), "check")
        label = f"Port {service.internal_port} of {group.words}"
        yield evidence(label, f"{words}; {checks}", machine_facts.machines)
    peaks = [p for m in group.members if (p := about.peak(m)) is not None]
    if peaks:
        label = f"Most at once, {group.words}"
        yield evidence(label, f"{max(peaks):.0f} in the last day", facts.measured, moves=True)
