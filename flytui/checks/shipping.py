"""Whether the app's logs leave Fly.io: a log shipper in its organisation, and what it does."""

from collections.abc import Iterator
from dataclasses import dataclass

from flytui.checks import remedies_shipper as remedies
from flytui.checks.sinks import covers, own_senders, shown, sinks
from flytui.checks.verdict import Concern
from flytui.checks.words import be, count, listed
from flytui.facts import machines as machine_facts
from flytui.facts import neighbours as facts
from flytui.facts.fact import Unseen
from flytui.facts.neighbours import SHIPPING, Candidate, candidates
from flytui.finding import Evidence, Finding, Resource, Status, evidence, unknown, worst
from flytui.fly.models import App, Machine, OrganizationMachines, Secret


@dataclass(frozen=True, slots=True)
class Shipping:
    """All that tells where logs go."""

    app: App
    organization: OrganizationMachines | Unseen
    machines: tuple[Machine, ...] | Unseen
    """The likeliest shipper's."""
    secrets: tuple[Secret, ...] | Unseen
    own_machines: tuple[Machine, ...] | Unseen
    own_secrets: tuple[Secret, ...] | Unseen

    @property
    def own_keys(self) -> frozenset[str]:
        """Names of the secrets and variables of the app itself, as far as they can be seen."""
        return _keys(
            () if isinstance(self.own_machines, Unseen) else self.own_machines,
            () if isinstance(self.own_secrets, Unseen) else self.own_secrets,
        )


def shipping(seen: Shipping) -> Finding:
    """From the organisation's listing to the shipper that serves this app, or to a person."""
    if isinstance(seen.organization, Unseen):
        return unknown(seen.organization, evidence=tuple(_own(seen)))
    found = candidates(seen.organization.machines, SHIPPING)
    if not found:
        return _nobody(seen, seen.organization)
    if isinstance(seen.machines, Unseen):
        return unknown(seen.machines, evidence=tuple(_own(seen)))
    if isinstance(seen.secrets, Unseen):
        return unknown(seen.secrets, evidence=tuple(_own(seen)))
    return _judged(seen, found, seen.machines, seen.secrets)


def _nobody(seen: Shipping, organization: OrganizationMachines) -> Finding:
    slug = seen.app.organization.slug
    if not organization.complete:
        why = (
            f"{listed(organization.silent_regions)} did not answer"
            if organization.silent_regions
            else "it has more Machines than were read"
        )
        unseen = Unseen(
            f"No log shipper was found in {slug}, but {why}.",
            "Look again in a few minutes.",
        )
        return unknown(unseen, evidence=tuple(_own(seen)))
    apps = len({m.app_name for m in organization.machines})
    summary = (
        f"None of {count(apps, 'app')} of {slug} ships logs: look whether the app does itself."
    )
    return Finding(
        Status.MANUAL,
        summary,
        evidence=tuple(_own(seen)),
        remedies=remedies.set_up(seen.app),
    )


def _own(seen: Shipping) -> Iterator[Evidence]:
    """What hints at an app that sends its logs itself."""
    names = own_senders(seen.own_keys)
    if names:
        words = f"keys of {listed(names)} are among the app's secrets or variables"
        yield evidence("May send its own", words, machine_facts.secrets)
    if isinstance(seen.own_secrets, Unseen):
        yield evidence("Not seen", seen.own_secrets.cause, machine_facts.secrets, moves=True)


def _judged(
    seen: Shipping,
    found: tuple[Candidate, ...],
    machines: tuple[Machine, ...],
    secrets: tuple[Secret, ...],
) -> Finding:
    best = found[0]
    counted = tuple(m for m in machines if m.counts)
    keys = _keys(counted, secrets)
    concerns = tuple(_concerns(seen, best, counted, keys))
    status = worst(c.status for c in concerns) if concerns else Status.OK
    to = listed(sinks(keys))
    leading = next((c for c in concerns if c.status is status), None)
    well = f"{best.app} ships the logs of {seen.app.name} to {to}."
    shipper = Resource(
        "log shipper",
        best.app,
        status,
        leading.sentence if leading else well,
        (*_evidence(best, counted, keys), *_also(concerns, leading)),
        tuple(dict.fromkeys(r for c in concerns for r in c.remedies)),
    )
    rows = (shipper, *(_row(m) for m in counted), *(_other(one) for one in found[1:]))
    return Finding(
        status,
        shipper.summary,
        evidence=(*shipper.evidence, *_own(seen)),
        resources=rows,
        remedies=shipper.remedies,
        unseen=leading.unseen if leading and status is Status.UNKNOWN else None,
    )


def _also(concerns: tuple[Concern, ...], leading: Concern | None) -> Iterator[Evidence]:
    for concern in concerns:
        if concern is not leading:
            yield evidence("Also", concern.sentence, facts.shipper_machines)


def _keys(machines: tuple[Machine, ...], secrets: tuple[Secret, ...]) -> frozenset[str]:
    env = {key for m in machines for key in m.settings.env}
    env |= {key for m in machines for c in m.settings.containers for key in c.env}
    return frozenset(env | {secret.name for secret in secrets})


def _concerns(
    seen: Shipping, best: Candidate, machines: tuple[Machine, ...], keys: frozenset[str]
) -> Iterator[Concern]:
    if not best.certain and not (sinks(keys) and "ACCESS_TOKEN" in keys):
        what = f"{best.app} may be a log shipper ({best.image or 'image not told'})"
        sentence = f"{what}: look whether it takes the logs of {seen.app.name}."
        yield Concern(Status.MANUAL, sentence)
        return
    yield from _reach(seen.app, best, machines, keys)
    yield from _running(best, machines, keys)
    yield from _health(best, machines)


def _reach(
    app: App, best: Candidate, machines: tuple[Machine, ...], keys: frozenset[str]
) -> Iterator[Concern]:
    """Where it sends, and whose logs it takes."""
    if "ACCESS_TOKEN" not in keys:
        sentence = f"{best.app} has no ACCESS_TOKEN, without which it reads no logs."
        yield Concern(Status.ADVICE, sentence, remedies.access_token(app, best.app))
    if not sinks(keys):
        sentence = f"{best.app} has nowhere to send logs: the keys of 0 log services are set."
        yield Concern(Status.ADVICE, sentence, remedies.sink(best.app))
    subjects = {m.settings.env.get("SUBJECT") for m in machines}
    hidden = "SUBJECT" in keys and subjects <= {None}
    if hidden:
        sentence = f"{best.app} takes the logs of a subject kept as a secret: look whose they are."
        yield Concern(Status.MANUAL, sentence)
    elif machines and not any(covers(subject, app.name) for subject in subjects):
        words = listed(sorted(shown(s) for s in subjects))
        sentence = f"{best.app} takes the logs of {words}, which leaves out some of {app.name}."
        yield Concern(Status.ADVICE, sentence, remedies.subject(best.app))


def _running(
    best: Candidate, machines: tuple[Machine, ...], keys: frozenset[str]
) -> Iterator[Concern]:
    hidden = [m for m in machines if m.partial]
    if hidden:
        unseen = Unseen(
            f"The configuration of {count(len(hidden), 'Machine')} of {best.app} cannot be read.",
            "Look again when the host answers.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
    started = [m for m in machines if m.state == "started"]
    if not started:
        sentence = f"{count(len(machines), 'Machine')} of {best.app} {be(len(machines))} stopped:"
        yield Concern(
            Status.ADVICE, f"{sentence} no logs leave Fly.io.", remedies.start(best.app, machines)
        )
    if len(started) > 1 and "QUEUE" not in keys:
        sentence = f"{len(started)} Machines of {best.app} run without QUEUE: each line is shipped"
        yield Concern(Status.ADVICE, f"{sentence} {len(started)} times.", remedies.queue(best.app))


def _health(best: Candidate, machines: tuple[Machine, ...]) -> Iterator[Concern]:
    critical = [m for m in machines if any(c.status == "critical" for c in m.checks)]
    if critical:
        sentence = f"A health check of {count(len(critical), 'Machine')} of {best.app} is failing."
        yield Concern(Status.ADVICE, sentence, remedies.shipper_logs(best.app))
    checked = [m for m in machines if m.settings.checks or _served(m, checks=True)]
    silent = [m for m in checked if m.state == "started" and not m.checks]
    if silent:
        unseen = Unseen(
            f"The state of the health check of {count(len(silent), 'Machine')} of {best.app} is not"
            " told.",
            "Look again in a minute.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
    if len(checked) < len(machines):
        sentence = f"{best.app} has no health check, so nobody notices when it stands still."
        yield Concern(Status.ADVICE, sentence, remedies.check(best.app))
    if any(_served(m) for m in machines):
        sentence = f"{best.app} has services that nobody needs, so addresses of it lead to it."
        yield Concern(Status.ADVICE, sentence, remedies.hide(best.app))


def _served(machine: Machine, *, checks: bool = False) -> bool:
    """Whether it has services, or any with checks."""
    return any(service.checks or not checks for service in machine.settings.services)


def _evidence(
    best: Candidate, machines: tuple[Machine, ...], keys: frozenset[str]
) -> Iterator[Evidence]:
    yield evidence(
        "Log shipper", f"{best.app}, {best.image or 'image not told'}", facts.organization_machines
    )
    yield evidence("Sends to", listed(sinks(keys)) or "nowhere", facts.shipper_secrets)
    subjects = sorted({shown(m.settings.env.get("SUBJECT")) for m in machines})
    if subjects and not (
        "SUBJECT" in keys and not any("SUBJECT" in m.settings.env for m in machines)
    ):
        yield evidence("Subject", listed(subjects), facts.shipper_machines)


def _row(machine: Machine) -> Resource:
    failing = [c.name for c in machine.checks if c.status == "critical"]
    if machine.state != "started":
        status, words = Status.ADVICE, f"is {machine.state}"
    elif failing:
        status, words = Status.ADVICE, f"runs, but {listed(failing)} fails"
    else:
        status, words = Status.OK, "runs"
    told = evidence("State", machine.state, facts.shipper_machines, moves=True)
    return Resource("Machine", machine.id, status, f"Machine {machine.id} {words}.", (told,))


def _other(one: Candidate) -> Resource:
    summary = f"{one.app} may ship logs as well; it was not looked into."
    image = evidence("Image", one.image or "not told", facts.organization_machines)
    return Resource("log shipper", one.app, Status.MANUAL, summary, (image,))
