"""Whether a process group survives the loss of one host."""

from collections.abc import Iterator

from flytui.checks import remedies_machines as remedies
from flytui.checks.groups import BROKEN, Group
from flytui.checks.machine_rows import (
    STANDING_STILL,
    Surroundings,
    asleep,
    machine_evidence,
    row,
)
from flytui.checks.verdict import Concern, Verdict, half_seen, settling
from flytui.checks.volume_pairs import volume_pairs
from flytui.checks.words import be, count
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Status
from flytui.fly.models import Machine
from flytui.remedy import Command, Link, Remedy

_DEPLOY_PAGE = "https://fly.io/docs/launch/deploy/"


def redundancy(group: Group, around: Surroundings) -> Verdict:
    """Everything worth saying about the group's spare Machines."""
    if not group.members and group.jobs:
        reason = f"{group.subject} only runs scheduled or one-time Machines."
        return Verdict(group.name, (Concern(Status.NOT_APPLICABLE, reason),))
    if group.alone_by_design:
        reason = f"{group.subject} is meant to run on 1 Machine: a second would do its work twice."
        return Verdict(group.name, (Concern(Status.NOT_APPLICABLE, reason),))
    concerns = (*_number(group, around), *_everywhere(group, around))
    if not any(c.status is not Status.OK for c in concerns):
        concerns = (*concerns, *_unproven(group, around))
    well = Concern(Status.OK, f"{group.subject} has {_composition(group)}.")
    cures = tuple(r for c in concerns for r in c.remedies if isinstance(r, Command))
    rows = tuple(row(m, group, around, cures) for m in group.members)
    return Verdict(group.name, concerns or (well,), tuple(_evidence(group, around)), rows)


def _composition(group: Group) -> str:
    spare = f" and {count(len(group.standbys), 'standby')}" if group.standbys else ""
    return count(len(group.own), "Machine") + spare


def _evidence(group: Group, around: Surroundings) -> Iterator[Evidence]:
    for machine in group.members:
        yield from machine_evidence(machine, group, around)


def _number(group: Group, around: Surroundings) -> Iterator[Concern]:
    """The rule of the group's kind: with volumes, with services, or a worker."""
    if group.serves is None:
        yield Concern(
            Status.UNKNOWN,
            f"Whether {group.words} has services cannot be seen.",
            unseen=half_seen([m for m in group.members if m.partial]),
        )
    elif not group.members:
        yield _missing(group, around)
    elif group.mounted:
        yield from volume_pairs(group, around.app, around.volumes)
        if group.serves and len(group.sound) > 1:
            yield from _serving(group, around)
    elif group.serves:
        yield from _serving(group, around)
    else:
        yield from _working(group, around)


def _missing(group: Group, around: Surroundings) -> Concern:
    page = Link(
        _DEPLOY_PAGE, "Deploy the app", "A deploy creates the Machines that fly.toml asks for."
    )
    more: tuple[Remedy, ...] = ()
    if group.serves and not group.mounted and around.regions:
        more = _more(group, around, 2)
    return Concern(Status.ACTION, f"{group.subject} has 0 Machines.", (page, *more))


def _more(group: Group, around: Surroundings, need: int) -> tuple[Remedy, ...]:
    """The command that adds Machines to a group with services."""
    if not group.managed:
        return tuple(remedies.clone(around.app, m, group, around.prices) for m in group.sound[:1])
    region = None
    if len(set(around.regions)) > 1:
        region = around.primary or next((m.region for m in group.members), None)
    return (remedies.scale_count(around.app, group, around.prices, need=need, region=region),)


def _serving(group: Group, around: Surroundings) -> Iterator[Concern]:
    """At least 2 Machines that can take over for each other."""
    sound = group.sound
    stuck = [m for m in sound if m.state in STANDING_STILL and asleep(m)]
    if len(sound) < 2:
        yield Concern(
            Status.ACTION,
            f"{group.subject} has {count(len(sound), 'Machine')}"
            f"{' to rely on' if len(sound) < len(group.own) else ''};"
            " nothing takes over when its host fails.",
            _more(group, around, 2 - len(sound)),
        )
        return
    if stuck:
        yield Concern(
            Status.ACTION if len(sound) - len(stuck) < 2 else Status.ADVICE,
            f"{count(len(stuck), 'stopped Machine')} of {group.words} can never take over:"
            " autostart is off.",
            tuple(remedies.allow_autostart(around.app, m) for m in stuck),
        )
    yield from _same_host(group, around, sound)
    yield from _primary(group, around, sound)


def _same_host(
    group: Group, around: Surroundings, machines: tuple[Machine, ...]
) -> Iterator[Concern]:
    hosts = [around.host(m) for m in machines]
    if len(hosts) < 2 or None in hosts or len(set(hosts)) > 1:
        return
    yield Concern(
        Status.ADVICE,
        f"{len(machines)} Machines of {group.words} share 1 host.",
        (remedies.clone(around.app, machines[0], group, around.prices),)
        if group.serves and not machines[0].settings.mounts
        else (),
    )


def _primary(group: Group, around: Surroundings, sound: tuple[Machine, ...]) -> Iterator[Concern]:
    if around.primary is None or not group.managed:
        return
    there = [m for m in sound if m.region == around.primary]
    if len(there) >= 2:
        return
    extra = remedies.scale_count(
        around.app, group, around.prices, need=2 - len(there), region=around.primary
    )
    yield Concern(
        Status.ADVICE,
        f"{group.subject} has {count(len(there), 'Machine')} in the primary region"
        f" {around.primary}; 2 keep it up there.",
        () if group.mounted else (extra,),
    )


def _working(group: Group, around: Surroundings) -> Iterator[Concern]:
    """2 running workers, or one and a standby that watches a Machine that exists."""
    sound = group.sound
    running = [m for m in sound if m.state == "started" or m.settling]
    dead = [m for m in group.standbys if not set(m.settings.standbys) & around.alive]
    live = [m for m in group.standbys if m not in dead]
    for standby in dead:
        yield Concern(
            Status.ADVICE,
            f"Standby {standby.id} of {group.words} watches"
            f" {count(len(standby.settings.standbys), 'Machine')} that no longer"
            f" exist{'s' if len(standby.settings.standbys) == 1 else ''}.",
            tuple(remedies.make_standby(around.app, standby, m, group) for m in running[:1]),
        )
    if len(running) >= 2 or (running and live):
        yield from _same_host(group, around, (*running, *live))
        return
    if len(sound) + len(group.standbys) < 2 or not sound:
        yield Concern(
            Status.ACTION,
            f"{group.subject} has {count(len(sound), 'Machine')} and no standby;"
            " nothing takes over when its host fails.",
            tuple(remedies.clone_standby(around.app, m, group) for m in sound[:1]),
        )
    elif not dead:
        yield _idle(group, around, sound, running)


def _idle(
    group: Group, around: Surroundings, sound: tuple[Machine, ...], running: list[Machine]
) -> Concern:
    idle = [m for m in sound if m not in running]
    return Concern(
        Status.ADVICE,
        f"{count(len(running), 'Machine')} of {group.words} run{'s' if len(running) == 1 else ''};"
        f" nothing starts the {len(idle)} stopped when a host fails, unless an autoscaler does.",
        tuple(remedies.make_standby(around.app, m, running[0], group) for m in idle[:1] if running),
    )


def _everywhere(group: Group, around: Surroundings) -> Iterator[Concern]:
    """What lessens any group: lost hosts, failed and cordoned Machines, uneven releases."""
    lost = [m for m in group.members if m.host_status != "ok"]
    if lost:
        yield Concern(
            Status.ADVICE,
            f"The host of {count(len(lost), 'Machine')} of {group.words} does not answer.",
        )
    failed = [m for m in group.members if m.state in BROKEN]
    if failed:
        yield Concern(
            Status.ADVICE, f"{count(len(failed), 'Machine')} of {group.words} failed to start."
        )
    cordoned = [m for m in group.members if m.cordoned]
    if cordoned:
        yield Concern(
            Status.ADVICE,
            f"{count(len(cordoned), 'Machine')} of {group.words} {be(len(cordoned))} cordoned and"
            f" get{'s' if len(cordoned) == 1 else ''} no requests.",
            tuple(remedies.uncordon(around.app, m) for m in cordoned),
        )
    releases = {m.settings.metadata.get("fly_release_version", "") for m in group.members} - {""}
    if len(releases) > 1:
        yield Concern(
            Status.ADVICE,
            f"Machines of {group.words} run {len(releases)} different releases.",
            (_redeploy(around.app),),
        )


def _redeploy(app: str) -> Link:
    return Link(_DEPLOY_PAGE, f"Deploy {app} again", "A deploy brings all Machines to one release.")


def _unproven(group: Group, around: Surroundings) -> Iterator[Concern]:
    """What keeps an otherwise good group from being called good."""
    moving = [m for m in group.members if m.settling]
    if moving:
        unseen = settling(len(moving))
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
    if isinstance(around.placement, Unseen):
        yield Concern(
            Status.UNKNOWN,
            f"The hosts of {group.words} cannot be seen.",
            unseen=around.placement,
        )
        return
    known = [m for m in group.members if around.host(m)]
    if not around.placement.complete or len(known) < len(group.members):
        unseen = Unseen(
            f"The hosts of {count(len(known), 'Machine')} of {len(group.members)} are known.",
            "Look again; Fly.io's answer about hosts was cut short.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)
