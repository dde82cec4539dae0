"""What the measurements say about a group's CPUs and memory."""

from collections.abc import Iterator

from flytui.checks.groups import Group
from flytui.checks.load_facts import Load, killed_for_memory
from flytui.checks.resizing import Wishes, guests, largest, resize
from flytui.checks.sizes import fitting, roomier
from flytui.checks.verdict import Concern
from flytui.checks.words import count
from flytui.facts import metrics as facts
from flytui.facts.fact import Unseen
from flytui.finding import Evidence, Status, evidence
from flytui.fly.models import Machine
from flytui.remedy import Remedy

_SAVED_SECONDS = 500
"""The most a shared CPU can save up: https://fly.io/docs/machines/cpu-performance/."""
_SPENT_SECONDS = 1


def strain(group: Group, wishes: Wishes) -> Iterator[Concern]:
    """Throttling, exhausted balances, busy CPUs, kills and want of memory."""
    if not guests(group):
        return
    for rule in (_killed, _throttled, _exhausted, _busy, _short_of_memory):
        yield from rule(group, wishes)


def unproven(group: Group, load: Load) -> Iterator[Concern]:
    """What keeps a group whose configuration is good from being called good."""
    if isinstance(load.measured, Unseen):
        sentence = f"How {group.words} bears its load cannot be seen; its configuration is good."
        yield Concern(Status.UNKNOWN, sentence, unseen=load.measured)
        return
    silent = [m for m in group.members if m.state == "started" and load.of("up", m) is None]
    if silent:
        unseen = Unseen(
            f"Nothing was measured of {count(len(silent), 'started Machine')} of {group.words}"
            " in the last day.",
            "Look again in a few minutes: Fly.io measures a Machine while it runs.",
        )
        yield Concern(Status.UNKNOWN, unseen.cause, unseen=unseen)


def never_throttled(group: Group, load: Load) -> bool:
    """Whether the week shows that shared CPUs are enough for each Machine that has one."""
    return all(
        load.of("throttle_week", m) == 0
        and (load.of("balance_week", m) or 0)
        > load.thresholds.full_balance_share * _SAVED_SECONDS * guest.cpus
        for m in group.members
        if (guest := m.settings.guest) and guest.cpu_kind == "shared"
    )


def _killed(group: Group, wishes: Wishes) -> Iterator[Concern]:
    """Kills that no event of the Machine tells of."""
    counted = [m for m in group.members if (wishes.load.of("oom", m) or 0) >= 1]
    killed = [m for m in counted if not killed_for_memory(m)]
    since = [m for m in killed if not wishes.load.changed_lately(m)]
    if since:
        sentence = f"{count(len(since), 'Machine')} of {group.words} ran out of memory within 7"
        yield Concern(Status.ACTION, f"{sentence} days.", _more_memory(group, wishes))
    elif killed:
        sentence = f"{count(len(killed), 'Machine')} of {group.words} ran out of memory within 7"
        yield Concern(Status.ADVICE, f"{sentence} days, maybe before the last update.")


def _throttled(group: Group, wishes: Wishes) -> Iterator[Concern]:
    slowed = {m.id: s for m in group.members if (s := wishes.load.of("throttle", m))}
    if not slowed:
        return
    worst = max(slowed.values())
    limit = wishes.load.thresholds.throttled_seconds
    yield Concern(
        Status.ACTION if worst > limit else Status.ADVICE,
        f"{count(len(slowed), 'Machine')} of {group.words}"
        f" {'was' if len(slowed) == 1 else 'were'} throttled for up to {_seconds(worst)} of CPU"
        " time in the last day.",
        _faster(
            group, wishes, "A throttled Machine waits for CPU time while requests wait for it."
        ),
    )


def _exhausted(group: Group, wishes: Wishes) -> Iterator[Concern]:
    spent = [
        m
        for m in group.members
        if (guest := m.settings.guest)
        and guest.cpu_kind == "shared"
        and (left := wishes.load.of("balance", m)) is not None
        and left <= _SPENT_SECONDS
    ]
    if spent:
        yield Concern(
            Status.ADVICE,
            f"{count(len(spent), 'Machine')} of {group.words} used up the CPU time saved for bursts"
            " in the last day.",
            _faster(group, wishes, "Without saved time, a shared CPU has 5 of each 80 ms."),
        )


def _busy(group: Group, wishes: Wishes) -> Iterator[Concern]:
    limit = wishes.load.thresholds.busy_share
    busy = [m for m in group.members if (wishes.load.of("busy", m) or 0) > limit]
    if busy:
        yield Concern(
            Status.ADVICE,
            f"{count(len(busy), 'Machine')} of {group.words} used more than {limit:.0%} of"
            f" {'its' if len(busy) == 1 else 'their'} own CPU time in the last hour.",
            _faster(group, wishes, "Nothing is left for a burst of requests."),
        )


def _short_of_memory(group: Group, wishes: Wishes) -> Iterator[Concern]:
    thresholds = wishes.load.thresholds
    free = {m.id: f for m in group.members if (f := wishes.load.of("free_memory", m)) is not None}
    short = {id_: share for id_, share in free.items() if share < thresholds.low_memory_share}
    if not short:
        return
    least = min(short.values())
    yield Concern(
        Status.ACTION if least < thresholds.least_memory_share else Status.ADVICE,
        f"{count(len(short), 'Machine')} of {group.words} had as little as {least:.1%} of memory"
        " free in the last day.",
        _more_memory(group, wishes),
    )


def _more_memory(group: Group, wishes: Wishes) -> tuple[Remedy, ...]:
    why = "Processes are killed when memory runs out, in the middle of their work."
    return resize(group, wishes, roomier(largest(group)), why)


def _faster(group: Group, wishes: Wishes, why: str) -> tuple[Remedy, ...]:
    """Twice the CPUs; for shared ones a performance CPU as well, which costs more and never waits.

    The CPU time of a Machine's shared CPUs is pooled, so that more of them are throttled later.
    """
    now = largest(group)
    more = fitting(now.cpu_kind, now.cpus * 2, now.memory_mb)
    if now.cpu_kind != "shared":
        return resize(group, wishes, more, why)
    fast = fitting("performance", 1, now.memory_mb)
    steady = "A performance CPU is never throttled, at a higher price."
    return (*resize(group, wishes, more, why), *resize(group, wishes, fast, steady))


def of_group(group: Group, load: Load) -> Iterator[Evidence]:
    """The charts of the fullest and of the busiest Machine, or why there are none."""
    if isinstance(load.measured, Unseen):
        yield evidence("Not seen", load.measured.cause, facts.measured, moves=True)
        return
    for machine in group.members:
        if (load.of("oom", machine) or 0) >= 1 and not killed_for_memory(machine):
            told = f"Machine {machine.id}, within the last 7 days"
            yield evidence("Out of memory", told, facts.measured, moves=True)
    memory = {m.id: c for m in group.members if (c := load.course("memory", m))}
    busy = {m.id: c for m in group.members if (c := load.course("cpu", m))}
    for words, courses in (("Memory", memory), ("CPU", busy)):
        if courses:
            id_ = max(courses, key=lambda one: max(courses[one]))
            yield _chart(f"{words} of {group.words}", courses[id_], words, f", Machine {id_}")


def of_machine(machine: Machine, load: Load) -> Iterator[Evidence]:
    """A Machine's measurements in words, and its charts."""
    for words, name in (("Memory", "memory"), ("CPU", "cpu")):
        if course := load.course(name, machine):
            yield _chart(words, course, words)
    told = (
        ("Least memory free", "free_memory", "{:.0%} in the last day"),
        ("Throttled", "throttle", "{:.0f} s of CPU time in the last day"),
        ("Least CPU time saved", "balance", "{:.0f} s in the last day"),
    )
    for label, name, shape in told:
        value = load.of(name, machine)
        if value is not None:
            yield evidence(label, shape.format(value), facts.measured, moves=True)
    steal = load.of("steal", machine)
    if steal is not None and steal > load.thresholds.steal_share:
        note = f"{steal:.0%} of CPU time: its own throttling or a neighbour, nobody can tell"
        yield evidence("Steal", note, facts.measured, moves=True)


def _chart(label: str, course: tuple[float, ...], words: str, whose: str = "") -> Evidence:
    of = "of memory in use" if words == "Memory" else "of its own CPU time"
    value = f"{min(course):.0%} to {max(course):.0%} {of} over the last day{whose}"
    return evidence(label, value, facts.courses, moves=True, series=course)


def _seconds(value: float) -> str:
    return f"{value:.0f} s" if value >= 1 else "less than 1 s"
