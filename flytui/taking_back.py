"""Taking back what was run: the history's own commands, through the same card as any other."""

from collections.abc import Mapping

from flytui.assessment import Assessment, Identity
from flytui.audit import Entry
from flytui.events import Plan
from flytui.remedy import Command, Inverse
from flytui.running import offered

_SINCE = "Whatever has come to rely on it since then; flytui cannot tell."


def why_not(entry: Entry, entries: tuple[Entry, ...]) -> str | None:
    """Why the run cannot be taken back; None when it can."""
    if entry.exit is None:
        return "Nobody knows how it ended: look at the item first."
    if entry.exit != 0:
        return "It failed, and flytui knows no command that undoes half of it."
    if entry.inverse is None or entry.inverse.new:
        return "There is no command that undoes this."
    if any(later.undoes == entry.id and later.exit == 0 for later in entries):
        return "It was undone already."
    return None


def back(
    entry: Entry, entries: tuple[Entry, ...], known: Mapping[str, Assessment], identity: Identity
) -> Plan | None:
    """The plan that takes the run back; None when there is none, or its item is not known.

    Where an item offers the very command now, that one is shown: it knows who depends on it today.
    """
    if why_not(entry, entries) is not None or entry.inverse is None or entry.item not in known:
        return None
    for item, assessment in known.items():
        for command in offered(assessment.finding):
            if command.argv == entry.inverse.argv:
                return Plan(item, command, command, identity, assessment, entry.id)
    command = _command(entry, entry.inverse)
    return Plan(entry.item, command, command, identity, known[entry.item], entry.id)


def _command(entry: Entry, inverse: Inverse) -> Command:
    return Command(
        argv=inverse.argv,
        title=inverse.title,
        why=f"It undoes what {entry.by} ran.",
        changes=inverse.changes,
        alters=frozenset(entry.alters),
        dependents=(_SINCE,),
        cost_per_month_usd=inverse.cost_per_month_usd,
        reversible=inverse.reversible,
        undo=inverse.undo,
        target=" ".join(inverse.argv),
        inverse=_release(entry.app, inverse),
    )


def _release(app: str, inverse: Inverse) -> Inverse | None:
    """What takes an address back that is allocated in place of another one."""
    if not (inverse.argv[1:2] == ("ips",) and inverse.argv[2].startswith("allocate")):
        return None
    cost = inverse.cost_per_month_usd
    return Inverse(
        argv=("fly", "ips", "release", "{new}", "-a", app),
        title="Release {new}",
        changes=f"{app} loses {{new}} again; whoever came to use it loses it as well.",
        new="address",
        reversible=False,
        undo="no: a new address would be a different one",
        cost_per_month_usd=None if cost is None else -cost,
    )
