"""Whether something follows the load of workers: an autoscaler in the organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from flytui.checks import remedies_scaler as remedies
from flytui.checks.groups import Group
from flytui.checks.verdict import Concern
from flytui.checks.words import be, count, listed
from flytui.facts import machines as machine_facts
from flytui.facts import neighbours as facts
from flytui.facts.fact import Unseen
from flytui.facts.neighbours import SCALING, Candidate, candidates
from flytui.finding import Evidence, Finding, Resource, Status, evidence, unknown, worst
from flytui.fly.models import App, Machine, OrganizationMachines
from flytui.remedy import Remedy

_COUNTS = ("FAS_CREATED_MACHINE_COUNT", "FAS_STARTED_MACHINE_COUNT")


@dataclass(frozen=True, slots=True)
class Scaling:
    """All that tells whether Machines follow a metric."""

    app: App
    groups: tuple[Group, ...]
    organization: OrganizationMachines | Unseen
    machines: tuple[Machine, ...] | Unseen
    """The likeliest autoscaler's."""

    @property
    def workers(self) -> tuple[Group, ...]:
        return tuple(g for g in self.groups if not served(g))

    @property
    def fixed(self) -> bool:
        """Whether each worker is a single Machine, so that there is nothing to scale."""
        return all(len(g.own) < 2 for g in self.workers)


def served(group: Group) -> bool:
    """Whether Fly Proxy looks after all of it; unmanaged Machines may be of several kinds."""
    every = group.managed or all(m.settings.services for m in group.own)
    return bool(group.serves) and every


def scaling(seen: Scaling) -> Finding:
    """From the organisation's listing to the autoscaler that serves this app, or to a person."""
    if isinstance(seen.organization, Unseen):
        return unknown(seen.organization)
    found = candidates(seen.organization.machines, SCALING, seen.app.name)
    found = tuple(c for c in found if c.app != seen.app.name)
    if not found:
        return _nobody(seen, seen.organization)
    if isinstance(seen.machines, Unseen):
        return unknown(seen.machines)
    return _judged(seen, found, tuple(m for m in seen.machines if m.counts))


def _alone(seen: Scaling) -> Finding:
    names = listed(g.words for g in seen.workers)
    verb = "is" if len(seen.workers) == 1 else "are"
    summary = f"{names} {verb} 1 fixed Machine each: there is nothing to scale."
    if len(seen.workers) == 1:
        summary = f"{names} is 1 fixed Machine: there is nothing to scale."
    return Finding(Status.NOT_APPLICABLE, summary, resources=tuple(_groups(seen)))


def _nobody(seen: Scaling, organization: OrganizationMachines) -> Finding:
    slug = seen.app.organization.slug
    if not organization.complete:
        silent = listed(organization.silent_regions)
        why = f"{silent} did not answer" if silent else "it has more Machines than were read"
        return unknown(
            Unseen(f"No autoscaler was found in {slug}, but {why}.", "Look again in a few minutes.")
        )
    if seen.fixed:
        return _alone(seen)
    return _by_hand(seen, f"and 0 autoscalers were found in {slug}")


def _by_hand(seen: Scaling, why: str, *rows: Resource) -> Finding:
    many = [g for g in seen.workers if len(g.own) > 1]
    names = listed(f"{count(len(g.own), 'Machine')} of {g.words}" for g in many or seen.workers)
    return Finding(
        Status.MANUAL,
        f"{names} work without services, {why}: look whether their load varies.",
        resources=(*_groups(seen), *rows),
        remedies=remedies.set_up(seen.app, (many or seen.workers)[0]),
    )


def _groups(seen: Scaling) -> Iterator[Resource]:
    for group in seen.groups:
        number = count(len(group.own), "Machine")
        told = evidence("Machines", number, machine_facts.machines)
        summary = f"{group.subject} has services: Fly Proxy starts and stops its Machines."
        status = Status.NOT_APPLICABLE
        if not served(group):
            alone = len(group.own) < 2
            status = Status.NOT_APPLICABLE if alone else Status.MANUAL
            summary = f"{group.subject} has {number} and no services."
        yield Resource("process group", group.name, status, summary, (told,))


def _judged(seen: Scaling, found: tuple[Candidate, ...], machines: tuple[Machine, ...]) -> Finding:
    best, others = found[0], tuple(_other(one) for one in found[1:])
    env = {key: value for m in machines for key, value in m.settings.env.items()}
    if not best.certain and not any(key.startswith("FAS_") for key in env):
        words = f"and {best.app} does not look like an autoscaler inside"
        return _alone(seen) if seen.fixed else _by_hand(seen, words, *others)
    if "FAS_APP_NAME" not in env:
        words = f"and whom the autoscaler {best.app} serves stands in a file of its own"
        return _by_hand(seen, words, _scaler(best, machines, env, Status.MANUAL), *others)
    if not _meant(seen.app, env):
        row = _scaler(best, machines, env, Status.NOT_APPLICABLE)
        if seen.fixed:
            return _alone(seen)
        return _by_hand(seen, f"and the autoscaler {best.app} serves another app", row, *others)
    return _serving(seen, best, machines, env, others)


def _meant(app: App, env: dict[str, str]) -> bool:
    """Whether the autoscaler's target is this app: by name, or by a pattern in its organisation."""
    target, owner = env["FAS_APP_NAME"], env.get("FAS_ORG")
    if "*" not in target:
        return target == app.name
    known = {app.organization.slug, app.organization.raw_slug}
    return fnmatchcase(app.name, target) and (owner is None or owner in known)


def _serving(
    seen: Scaling,
    best: Candidate,
    machines: tuple[Machine, ...],
    env: dict[str, str],
    others: tuple[Resource, ...],
) -> Finding:
    concerns = tuple(_concerns(seen, best, machines, env))
    status = worst(c.status for c in concerns) if concerns else Status.OK
    leading = next((c for c in concerns if c.status is status), None)
    how = "creates and destroys" if _COUNTS[0] in env else "starts and stops"
    well = f"{best.app} {how} Machines of {seen.app.name} by a metric."
    cures: tuple[Remedy, ...] = tuple(dict.fromkeys(r for c in concerns for r in c.remedies))
    row = _scaler(best, machines, env, status, leading.sentence if leading else well)
    also = tuple(
        evidence("Also", c.sentence, facts.autoscaler_machines)
        for c in concerns
        if c is not leading
    )
    return Finding(
        status,
        row.summary,
        evidence=(*row.evidence, *also),
        resources=(row, *(_row(m) for m in machines), *others),
        remedies=cures,
        unseen=leading.unseen if leading and status is Status.UNKNOWN else None,
    )


def _concerns(
    seen: Scaling, best: Candidate, machines: tuple[Machine, ...], env: dict[str, str]
) -> Iterator[Concern]:
    hidden = [m for m in machines if m.partial]
    if hidden:
        unseen = Unseen(
            f"The configuration of {count(len(hidden), 'Machine')} of {best.app} cannot be read.",
            "Look again when the host answers.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
    if not any(m.state == "started" for m in machines):
        sentence = f"{count(len(machines), 'Machine')} of {best.app} {be(len(machines))} stopped:"
        cure = remedies.start(best.app, machines)
        yield Concern(Status.ADVICE, f"{sentence} nothing follows the load.", cure)
    if len(machines) > 1:
        sentence = f"{best.app} has {len(machines)} Machines, which work against each other."
        yield Concern(Status.ADVICE, sentence, remedies.alone(best.app))
    yield from _settings(seen, best, env)


def _settings(seen: Scaling, best: Candidate, env: dict[str, str]) -> Iterator[Concern]:
    """What it is told to do, without showing the expressions."""
    created = env.get(_COUNTS[0])
    if created is not None and "min(" not in created and "FAS_MAX_CREATED_MACHINE_COUNT" not in env:
        sentence = f"{best.app} may create any number of Machines: its count has no upper bound."
        yield Concern(Status.ADVICE, sentence, remedies.bound(best.app))
    if not any(name.endswith("_MACHINE_COUNT") for name in env):
        sentence = f"{best.app} is told of no number of Machines to create or start."
        yield Concern(Status.ADVICE, sentence, remedies.bound(best.app))
    wanted = env.get("FAS_PROCESS_GROUP", "app")
    names = [g.name for g in seen.groups]
    if wanted not in names:
        sentence = f"{best.app} scales the process group {wanted}; {seen.app.name} has"
        cure = remedies.group(best.app, next((g.name for g in seen.workers), "app"))
        yield Concern(Status.ADVICE, f"{sentence} {listed(names)}.", cure)


def _scaler(
    best: Candidate,
    machines: tuple[Machine, ...],
    env: dict[str, str],
    status: Status,
    summary: str = "",
) -> Resource:
    told = list(_evidence(best, machines, env))
    summary = summary or f"{best.app} is an autoscaler; whether it serves this app is not told."
    if status is Status.NOT_APPLICABLE:
        summary = f"{best.app} is an autoscaler of another app."
    return Resource("autoscaler", best.app, status, summary, tuple(told))


def _evidence(
    best: Candidate, machines: tuple[Machine, ...], env: dict[str, str]
) -> Iterator[Evidence]:
    yield evidence("Autoscaler", f"{best.app}, {best.image or 'image not told'}", _LISTING)
    yield evidence("Target", env.get("FAS_APP_NAME", "not told"), facts.autoscaler_machines)
    yield evidence("Its Machines", count(len(machines), "Machine"), facts.autoscaler_machines)
    note = "fly scale count and the autoscaler undo each other's work"
    yield evidence("Mind", note, facts.autoscaler_machines)


_LISTING = facts.organization_machines


def _row(machine: Machine) -> Resource:
    runs = machine.state == "started"
    told = evidence("State", machine.state, facts.autoscaler_machines, moves=True)
    words = "runs" if runs else f"is {machine.state}"
    status = Status.OK if runs else Status.ADVICE
    return Resource("Machine", machine.id, status, f"Machine {machine.id} {words}.", (told,))


def _other(one: Candidate) -> Resource:
    summary = f"{one.app} may be an autoscaler as well; it was not looked into."
    image = evidence("Image", one.image or "not told", _LISTING)
    return Resource("autoscaler", one.app, Status.MANUAL, summary, (image,))
