"""The rows below a process group's tuning: its services, its Machines and their health checks."""

from collections.abc import Iterator

from flytui.checks.groups import Group
from flytui.checks.verdict import Concern, Verdict
from flytui.checks.words import count
from flytui.facts import machines as facts
from flytui.facts import metrics
from flytui.finding import Evidence, Resource, Status, evidence
from flytui.fly.models import CheckStatus, Machine, Service

_STATES = {"passing": Status.OK, "warning": Status.ADVICE, "critical": Status.ACTION}


def service_row(service: Service, group: Group, concerns: tuple[Concern, ...]) -> Resource:
    name = f"{group.name} {service.protocol} {service.internal_port}"
    well = Concern(Status.OK, f"Port {service.internal_port} has limits and checks of its own.")
    said = Verdict(name, concerns or (well,))
    kinds = [check.type or "tcp" for check in service.checks]
    told = evidence("Checks", ", ".join(kinds) or "none", facts.machines)
    also = _also(concerns, said.worst)
    return Resource(
        "service", name, said.worst.status, said.worst.sentence, (told, *also), said.remedies
    )


def _also(concerns: tuple[Concern, ...], leading: Concern) -> Iterator[Evidence]:
    return (evidence("Also", c.sentence, facts.machines) for c in concerns if c is not leading)


def machine_row(
    machine: Machine, group: Group, peak: float | None, concerns: tuple[Concern, ...]
) -> Resource:
    well = Concern(Status.OK, f"Machine {machine.id} bears its load.")
    if machine.state != "started":
        well = Concern(Status.NOT_APPLICABLE, f"Machine {machine.id} is {machine.state}.")
    elif peak is None and group.serves:
        well = Concern(Status.MANUAL, f"Machine {machine.id} was not seen under load.")
    said = Verdict(machine.id, concerns or (well,))
    told = [evidence("State", machine.state, facts.machines, moves=True)]
    if peak is not None:
        told.append(evidence("Most at once", f"{peak:.0f}", metrics.measured, moves=True))
    number = count(len(machine.checks), "check")
    told.append(evidence("Health checks", number, facts.machines, moves=True))
    status, sentence = said.worst.status, said.worst.sentence
    return Resource("Machine", machine.id, status, sentence, tuple(told), moves=True)


def check_rows(
    machine: Machine, group: Group, checks: tuple[CheckStatus, ...]
) -> Iterator[Resource]:
    """Checks that do not pass; those that do stand among the Machine's evidence."""
    if machine.state != "started":
        return
    for check in checks:
        status = _STATES.get(check.status, Status.ADVICE)
        if status is Status.OK:
            continue
        output = evidence("Says", check.output or "nothing", facts.machines, moves=True)
        summary = f"{check.name} of Machine {machine.id} of {group.words} is {check.status}."
        yield Resource("health check", f"{machine.id} {check.name}", status, summary, (output,))
