"""Whether Fly Proxy stops and starts a group's Machines as a whole, or only half."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flytui.checks.deployed import declared_services, declared_vm
from flytui.checks.groups import Group
from flytui.checks.remedies_machines import allow_autostart
from flytui.checks.sizes import stated
from flytui.checks.verdict import Concern, Verdict, half_seen, of_one
from flytui.checks.words import be, count, listed
from flytui.edits.operations import Put, ServiceOf
from flytui.facts import machines as facts
from flytui.finding import Evidence, Resource, Status, evidence
from flytui.fly.models import Machine, Service
from flytui.remedy import Command, Edit, Remedy
from flytui.repo import LocalConfig

_SUSPENDABLE_MB = 2048


@dataclass(frozen=True, slots=True)
class Plan:
    """What stopping rests on beside the Machines."""

    app: str
    config: LocalConfig | None
    """The fly.toml of the current release."""
    path: str
    """Of the fly.toml to edit."""
    primary: str | None
    production: bool
    local: LocalConfig | None = None
    """The fly.toml of the checkout, which the next deploy applies."""


@dataclass(frozen=True, slots=True, order=True)
class Setting:
    """One service's settings as Fly Proxy applies them."""

    port: int
    stop: str
    start: bool
    least: int

    @property
    def words(self) -> str:
        start = "on" if self.start else "off"
        return f"port {self.port}: autostop {self.stop}, autostart {start}, min {self.least}"


def stopping(group: Group, plan: Plan) -> Verdict:
    """Everything worth saying about the group's autostop and autostart."""
    if group.serves is None:
        unseen = half_seen([m for m in group.members if m.partial])
        concern = Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
        return Verdict(group.name, (concern,))
    rules = (_never_started, _always_on, _not_suspendable, _ineffective, _uneven, _drift, _ahead)
    concerns = tuple(c for rule in rules for c in rule(group, plan))
    stops = listed(sorted({s.stop for s in _settings(group)}))
    starts = f"{group.subject} stops when idle ({stops}) and starts with the next request"
    well = Concern(Status.OK, f"{starts}.", _warm(group, plan))
    rows = tuple(_row(m, group, plan) for m in group.own)
    return Verdict(group.name, concerns or (well,), tuple(_evidence(group, plan)), rows)


def _row(machine: Machine, group: Group, plan: Plan) -> Resource:
    """One Machine, by the rules that hold for it alone."""
    alone = replace(group, members=(machine,))
    rules = (_never_started, _always_on, _not_suspendable, _drift)
    concerns = tuple(c for rule in rules for c in rule(alone, plan))
    well = Concern(Status.OK, f"Machine {machine.id} stops when idle and starts on request.")
    said = next(iter(concerns), well)
    settings = tuple(evidence("Service", s.words, facts.machines) for s in _of(machine))
    cures = tuple(r for r in said.remedies if isinstance(r, Command))
    sentence = of_one(said.sentence, group.words, machine)
    return Resource("Machine", machine.id, said.status, sentence, settings, cures)


def setting(machine: Machine, service: Service) -> Setting:
    """Autostart is on unless said otherwise; the old switch of the whole Machine counts too."""
    start = service.autostart
    if start is None:
        start = not machine.settings.disable_machine_autostart
    return Setting(
        service.internal_port, service.autostop, start, service.min_machines_running or 0
    )


def _of(machine: Machine) -> list[Setting]:
    return [setting(machine, service) for service in machine.settings.services]


def _settings(group: Group) -> list[Setting]:
    return [s for m in group.own for s in _of(m)]


def _evidence(group: Group, plan: Plan) -> Iterator[Evidence]:
    for words in sorted({s.words for s in _settings(group)}):
        yield evidence(f"{group.words}", words, facts.machines)
    yield evidence("Primary region", plan.primary or "not told", facts.machines)
    if plan.production and _stops(group) and all(s.least == 0 for s in _settings(group)):
        yield evidence(
            "Cold starts",
            f"all Machines of {group.words} may stop: min_machines_running is 0",
            facts.machines,
        )


def _stops(group: Group) -> bool:
    return any(s.stop != "off" for s in _settings(group))


def _warm(group: Group, plan: Plan) -> tuple[Remedy, ...]:
    """For production: keep one Machine running, where none is."""
    if not plan.production or any(s.least for s in _settings(group)):
        return ()
    return _edit(group, plan, "stop", least=1, why="The first request after a pause need not wait.")


def _edit(
    group: Group, plan: Plan, stop: str, *, least: int | None = None, why: str
) -> tuple[Remedy, ...]:
    """The settings as fly.toml writes them, in the section that the app uses."""
    if not group.managed:
        return ()
    service = next(iter(declared_services(plan.config, group.name)), None) if plan.config else None
    section = "[[services]]" if service and not service.from_http_service else "[http_service]"
    lines = [section, f'  auto_stop_machines = "{stop}"', "  auto_start_machines = true"]
    if least is not None:
        lines.append(f"  min_machines_running = {least}")
    return (
        Edit(
            path=plan.path,
            title=f"Set autostop and autostart of {group.name}",
            why=why,
            snippet="\n".join(lines) + "\n",
            note=f"In the service of {group.name}, then fly deploy -a {plan.app}",
            operations=_operations(group.name, stop, least),
        ),
    )


def _operations(group: str, stop: str, least: int | None) -> tuple[Put, ...]:
    services = ServiceOf(group)
    settings: list[tuple[str, str | bool | int]] = [
        ("auto_stop_machines", stop),
        ("auto_start_machines", True),
    ]
    if least is not None:
        settings.append(("min_machines_running", least))
    return tuple(Put(services, (key,), value) for key, value in settings)


def _never_started(group: Group, plan: Plan) -> Iterator[Concern]:
    stuck = [m for m in group.own if any(s.stop != "off" and not s.start for s in _of(m))]
    if stuck:
        yield Concern(
            Status.ACTION,
            f"{count(len(stuck), 'Machine')} of {group.words} {be(len(stuck))} stopped when idle"
            " and never started again.",
            (
                *_edit(group, plan, "stop", why="A stopped Machine must be started by requests."),
                *(allow_autostart(plan.app, m) for m in stuck),
            ),
        )


def _always_on(group: Group, plan: Plan) -> Iterator[Concern]:
    on = [m for m in group.own if any(s.stop == "off" for s in _of(m))]
    if not on:
        return
    starts = any(s.start for m in on for s in _of(m) if s.stop == "off")
    reason = "autostop is off" if starts else "autostop and autostart are off"
    yield Concern(
        Status.ADVICE,
        f"{count(len(on), 'Machine')} of {group.words} run{'s' if len(on) == 1 else ''} all the"
        f" time: {reason}.",
        _edit(group, plan, "stop", why="A stopped Machine costs next to nothing."),
    )


def _not_suspendable(group: Group, plan: Plan) -> Iterator[Concern]:
    refused = [m for m in group.own if _suspends(m) and (reason := unfit_to_suspend(m))]
    if not refused:
        return
    reason = unfit_to_suspend(refused[0]) or ""
    yield Concern(
        Status.ADVICE,
        f"{count(len(refused), 'Machine')} of {group.words} cannot be suspended ({reason})"
        f" and stop{'s' if len(refused) == 1 else ''} instead.",
        _edit(group, plan, "stop", why="The file then says what happens."),
    )


def _suspends(machine: Machine) -> bool:
    return any(s.stop == "suspend" for s in _of(machine))


def unfit_to_suspend(machine: Machine) -> str | None:
    """Why Fly.io stops this Machine where it should suspend it; None when it can."""
    settings = machine.settings
    if settings.guest is not None and settings.guest.memory_mb > _SUSPENDABLE_MB:
        return f"{settings.guest.memory_mb} MB of memory, at most {_SUSPENDABLE_MB} are possible"
    if settings.init is not None and settings.init.swap_size_mb:
        return f"{settings.init.swap_size_mb} MB of swap, none is possible"
    return "it has a schedule" if settings.schedule else None


def _ineffective(group: Group, plan: Plan) -> Iterator[Concern]:
    least = max((s.least for s in _settings(group) if s.stop != "off"), default=0)
    if plan.primary is None or least == 0:
        return
    there = sum(m.region == plan.primary for m in group.own)
    if there == 0:
        sentence = (
            f"min_machines_running is {least}, but {group.words} has 0 Machines in the primary"
        )
        sentence += f" region {plan.primary}."
    elif least >= there:
        sentence = (
            f"min_machines_running is {least} and {group.words} has {count(there, 'Machine')}"
        )
        sentence += f" in {plan.primary}: none of them ever stops."
    else:
        return
    yield Concern(Status.ADVICE, sentence)


def _uneven(group: Group, _: Plan) -> Iterator[Concern]:
    """Fly Proxy takes the most restrictive of a group's services."""
    ways = {(s.stop, s.start, s.least) for s in _settings(group)}
    if len(ways) > 1:
        yield Concern(
            Status.ADVICE,
            f"The services of {group.words} have {len(ways)} different autostop settings;"
            " the most restrictive one applies.",
        )


def _drift(group: Group, plan: Plan) -> Iterator[Concern]:
    if plan.config is None or not group.managed:
        return
    wanted = _wanted(plan.config, group)
    differing = [m for m in group.own if wanted and set(_of(m)) != wanted and not m.partial]
    if differing:
        yield Concern(
            Status.ADVICE,
            f"{count(len(differing), 'Machine')} of {group.words} differ"
            f"{'s' if len(differing) == 1 else ''} from the deployed fly.toml;"
            " the next deploy resets autostop and autostart.",
        )


def _wanted(config: LocalConfig, group: Group) -> set[Setting]:
    """What a deploy of this file makes of the group."""
    return {
        Setting(
            s.internal_port or 8080,
            s.auto_stop or "off",
            s.auto_start is not False,
            s.min_machines_running or 0,
        )
        for s in declared_services(config, group.name)
    }


def _ahead(group: Group, plan: Plan) -> Iterator[Concern]:
    """What the checkout's fly.toml changes with the next deploy, and what of it will not work."""
    if plan.local is None or not group.managed or group.serves is None:
        return
    wanted = _wanted(plan.local, group)
    if plan.config is not None and wanted and wanted != _wanted(plan.config, group):
        ways = listed(sorted(s.words for s in wanted))
        yield Concern(
            Status.ADVICE,
            f"{plan.local.path} is ahead of the release: the next deploy sets {group.words} to"
            f" {ways}.",
        )
    if any(s.stop == "suspend" for s in wanted) and (reason := _unfit_declared(plan.local, group)):
        if any(_suspends(m) and unfit_to_suspend(m) for m in group.own):
            return
        yield Concern(
            Status.ADVICE,
            f"{plan.local.path} asks to suspend {group.words}, which {reason} prevents: it will"
            " stop instead.",
            _edit(group, plan, "stop", why="The file then says what happens."),
        )


def _unfit_declared(config: LocalConfig, group: Group) -> str | None:
    """Why a Machine made from this file cannot be suspended; None when it can."""
    if config.swap_size_mb:
        return f"its {config.swap_size_mb} MB of swap"
    size = stated(vm) if (vm := declared_vm(config, group.name)) else None
    if size is not None and size.memory_mb > _SUSPENDABLE_MB:
        return f"its memory of {size.memory_mb} MB, more than {_SUSPENDABLE_MB},"
    return None
