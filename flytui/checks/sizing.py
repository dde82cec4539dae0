"""Whether a process group has the right size, by its configuration and by its load."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from flytui.checks import load
from flytui.checks.deployed import declared_vm
from flytui.checks.groups import Group
from flytui.checks.load_facts import killed_for_memory, last_kill
from flytui.checks.resizing import Wishes, guests, largest, resize, vm_section
from flytui.checks.sizes import fitting, limits, roomier, stated, words
from flytui.checks.verdict import Concern, Verdict, half_seen, of_one
from flytui.checks.words import count, listed
from flytui.edits.operations import Put, Table
from flytui.facts import machines as facts
from flytui.finding import Evidence, Resource, Status, evidence
from flytui.fly.models import Machine
from flytui.remedy import Edit

Rule: TypeAlias = Callable[[Group, Wishes], Iterator[Concern]]


def sizing(group: Group, wishes: Wishes) -> Verdict:
    """Everything worth saying about the group's sizes."""
    alone = (_unseen, _killed, load.strain, _shared_cpu, _out_of_range)
    concerns = _concerns((*alone, _mixed, _old_setting, _drift, _swap), group, wishes)
    seen = sorted({words(g) for m in group.members if (g := m.settings.guest)})
    well = Concern(Status.OK, f"{group.subject} has {listed(seen)}.")
    rows = tuple(_row(m, group, wishes) for m in group.members)
    seen_of_group = (*_evidence(group), *load.of_group(group, wishes.load))
    return Verdict(group.name, concerns or (well,), seen_of_group, rows)


def _concerns(rules: tuple[Rule, ...], group: Group, wishes: Wishes) -> tuple[Concern, ...]:
    """What the rules say; a good word needs the measurements as well."""
    said = tuple(c for rule in rules for c in rule(group, wishes))
    if any(c.status is not Status.OK for c in said):
        return said
    return (*said, *load.unproven(group, wishes.load))


def _row(machine: Machine, group: Group, wishes: Wishes) -> Resource:
    """One Machine, judged as if it were alone; what cures it cures the group and stands there."""
    alone = replace(group, members=(machine,))
    rules = (_unseen, _killed, load.strain, _shared_cpu, _out_of_range, _old_setting, _drift, _swap)
    concerns = _concerns(rules, alone, wishes)
    guest = machine.settings.guest
    size = words(guest) if guest else "of unknown size"
    well = Concern(Status.OK, f"Machine {machine.id} is {size}.")
    said = Verdict(machine.id, concerns or (well,)).worst
    sentence = of_one(said.sentence, group.words, machine)
    told = (*_evidence(alone), *load.of_machine(machine, wishes.load))
    return Resource("Machine", machine.id, said.status, sentence, told)


def _evidence(group: Group) -> Iterator[Evidence]:
    for machine in group.members:
        guest, init = machine.settings.guest, machine.settings.init
        size = words(guest) if guest else "size unknown"
        swap = f", {init.swap_size_mb} MB of swap" if init and init.swap_size_mb else ""
        balloon = f", up to {guest.max_memory_mb} MB" if guest and guest.max_memory_mb else ""
        yield evidence(
            f"Machine {machine.id}",
            f"{group.words}, {machine.region}, {size}{balloon}{swap}",
            facts.machines,
        )
        if at := last_kill(machine):
            told = f"Machine {machine.id}, killed on {at:%Y-%m-%d} at {at:%H:%M} UTC"
            yield evidence("Out of memory", told, facts.machines, moves=True)


def _unseen(group: Group, _: Wishes) -> Iterator[Concern]:
    hidden = [m for m in group.members if m.settings.guest is None]
    if hidden:
        unseen = half_seen(hidden)
        yield Concern(
            Status.UNKNOWN,
            f"The size of {count(len(hidden), 'Machine')} of {group.words} cannot be seen.",
            unseen=unseen,
        )


def _killed(group: Group, wishes: Wishes) -> Iterator[Concern]:
    killed = [m for m in group.members if killed_for_memory(m)]
    if not killed:
        return
    yield Concern(
        Status.ACTION,
        f"{count(len(killed), 'Machine')} of {group.words} ran out of memory since its update.",
        resize(
            group,
            wishes,
            roomier(largest(group)) if guests(group) else None,
            "Processes are killed when memory runs out, in the middle of their work.",
        ),
    )


def _shared_cpu(group: Group, wishes: Wishes) -> Iterator[Concern]:
    shared = [g for g in guests(group) if g.cpu_kind == "shared"]
    if not group.http or not shared:
        return
    if load.never_throttled(group, wishes.load):
        yield Concern(
            Status.OK,
            f"{count(len(shared), 'Machine')} of {group.words} on shared CPUs"
            f" {'was' if len(shared) == 1 else 'were'} never throttled in 7 days.",
        )
        return
    memory = max(g.memory_mb for g in guests(group))
    yield Concern(
        Status.ADVICE,
        f"{count(len(shared), 'Machine')} of {group.words} answer{'s' if len(shared) == 1 else ''}"
        f" HTTP on shared CPUs.",
        resize(
            group,
            wishes,
            fitting("performance", 1, memory),
            "A shared CPU is slowed down after a burst; a performance CPU never is.",
        ),
    )


def _out_of_range(group: Group, wishes: Wishes) -> Iterator[Concern]:
    for machine in group.members:
        guest = machine.settings.guest
        range_ = limits(guest) if guest else None
        if guest is None or range_ is None or range_[0] <= guest.memory_mb <= range_[1]:
            continue
        least, most = range_
        bound = f"the least is {least} MB" if guest.memory_mb < least else f"the most is {most} MB"
        yield Concern(
            Status.ADVICE,
            f"Machine {machine.id} has {guest.memory_mb} MB for"
            f" {count(guest.cpus, f'{guest.cpu_kind} CPU')}; {bound}.",
            resize(
                group,
                wishes,
                fitting(guest.cpu_kind, guest.cpus, guest.memory_mb),
                "Sizes outside Fly.io's limits cannot be set again once they are lost.",
            ),
        )
        return


def _mixed(group: Group, wishes: Wishes) -> Iterator[Concern]:
    seen = sorted({words(g) for g in guests(group)})
    if len(seen) < 2:
        return
    yield Concern(
        Status.ADVICE,
        f"{group.subject} has Machines of {len(seen)} sizes: {listed(seen)}.",
        resize(group, wishes, largest(group), "Machines of one group should answer equally well."),
    )


def _old_setting(group: Group, _: Wishes) -> Iterator[Concern]:
    old = [m for m in group.members if m.settings.size]
    if old:
        yield Concern(
            Status.ADVICE,
            f"{count(len(old), 'Machine')} of {group.words} still"
            f" {'has' if len(old) == 1 else 'have'} the outdated setting size.",
        )


def _drift(group: Group, wishes: Wishes) -> Iterator[Concern]:
    section = declared_vm(wishes.config, group.name) if wishes.config and group.managed else None
    wanted = stated(section) if section else None
    actual = sorted({words(g) for g in guests(group)})
    if wanted is None or not actual or actual == [words(wanted)]:
        return
    yield Concern(
        Status.ADVICE,
        f"The next deploy sets {group.words} from {listed(actual)} to {words(wanted)}.",
        (vm_section(group, wishes, largest(group)),),
    )


def _swap(group: Group, wishes: Wishes) -> Iterator[Concern]:
    limit = wishes.load.thresholds.small_memory_mb
    small = [m for m in group.members if _wants_swap(m, limit)]
    if not small or any(s.autostop == "suspend" for s in group.services):
        return
    yield Concern(
        Status.ADVICE,
        f"{count(len(small), 'Machine')} of {group.words} with at most {limit} MB"
        f" {'has' if len(small) == 1 else 'have'} no swap.",
        (
            Edit(
                path=wishes.path,
                title="Enable swap",
                why="Swap carries the app over a short peak in memory use; it is far slower.",
                snippet="swap_size_mb = 512\n",
                note=f"At the top of the file, then fly deploy -a {wishes.app}."
                " A Machine with swap cannot be suspended.",
                operations=(Put(Table(), ("swap_size_mb",), 512),),
            ),
        )
        if group.managed
        else (),
    )


def _wants_swap(machine: Machine, small_memory_mb: int) -> bool:
    guest, init = machine.settings.guest, machine.settings.init
    if guest is None or guest.memory_mb > small_memory_mb:
        return False
    return not (init and init.swap_size_mb)
