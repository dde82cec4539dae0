"""Commands that change Machines: size, number, region, standbys. Each with its consequences."""

from collections.abc import Iterable
from decimal import Decimal

from flytui.checks import prices
from flytui.checks.groups import Group
from flytui.checks.sizes import words
from flytui.checks.words import count
from flytui.facts import machines as facts
from flytui.fly.models import Guest, Machine, Volume
from flytui.remedy import Blank, Command, Inverse

_MACHINES = frozenset({facts.machines.name})
_MORE_MACHINES = frozenset({facts.machines.name, facts.placement.name, facts.volumes.name})
_IDLE_IS_CHEAP = "if it runs all month; stopped, only its root file system is billed"
_DEPLOY_RESETS = "The next deploy takes the setting from fly.toml again."
_GIGABYTE_OF_VOLUME = Decimal("0.15")
"""US dollars a month: https://fly.io/docs/about/pricing/."""


def identity(machines: Iterable[Machine]) -> str:
    """Who is acted on, without states that autostop changes from one minute to the next."""
    told = (
        f"{m.id} in {m.region}, {words(m.settings.guest) if m.settings.guest else 'size unknown'}"
        for m in machines
    )
    return "; ".join(sorted(told))


def scale_vm(app: str, group: Group, size: Guest, why: str, sizes: prices.Sizes) -> Command:
    """Give every Machine of the group this size; memory is always named, so it never shrinks."""
    before = [m.settings.guest for m in group.members]
    cost = prices.difference(sizes, before, size)
    return Command(
        argv=(
            "fly",
            "scale",
            "vm",
            size.size,
            "-a",
            app,
            "-g",
            group.name,
            "--vm-memory",
            str(size.memory_mb),
        ),
        title=f"Resize {group.name} to {words(size)}",
        why=why,
        changes=f"{count(len(before), 'Machine')} of {group.name} will have {words(size)}."
        f" A [[vm]] section in fly.toml takes it back with the next deploy.",
        alters=_MACHINES,
        dependents=_restarted(group),
        cost_per_month_usd=cost,
        cost_note=prices.note(sizes, (*before, size), "if all run all month"),
        undo=_former_size(app, group),
        inverse=_resize_back(app, group),
        target=f"{group.name}: {identity(group.members)}",
    )


def _restarted(group: Group) -> tuple[str, ...]:
    if len(group.own) == 1:
        return (f"{group.name} has 1 Machine: it does not work while that one is replaced.",)
    return (
        (
            f"{count(len(group.members), 'Machine')} of {group.name} are replaced one by one;"
            f" stopped ones may be started."
        ),
    )


def _resize_back(app: str, group: Group) -> Inverse | None:
    undo = _former_size(app, group)
    if not undo.startswith("fly "):
        return None
    return Inverse(
        argv=tuple(undo.split()),
        title=f"Resize {group.name} to what it was",
        changes="Its Machines have their former size again, and are replaced one by one.",
        undo="the same command with the other size",
    )


def _destroy_again(app: str) -> Inverse:
    """Of the one Machine that came; scaling down might take an older one."""
    return Inverse(
        argv=("fly", "machine", "destroy", "{new}", "-a", app, "--force"),
        title="Destroy Machine {new}",
        changes="Machine {new} is stopped and gone. A volume that came with it stays, unattached.",
        new="Machine",
        reversible=False,
        undo="no: another Machine would be a new one",
    )


def _former_size(app: str, group: Group) -> str:
    guests = {(g.size, g.memory_mb) for m in group.members if (g := m.settings.guest)}
    if len(guests) != 1:
        return "Not in one step: the Machines had different sizes."
    ((size, memory),) = guests
    return f"fly scale vm {size} -a {app} -g {group.name} --vm-memory {memory}"


def update_vm(app: str, machine: Machine, size: Guest, why: str, sizes: prices.Sizes) -> Command:
    """Give one unmanaged Machine this size."""
    cost = prices.difference(sizes, [machine.settings.guest], size)
    former = machine.settings.guest
    return Command(
        argv=(
            "fly",
            "machine",
            "update",
            machine.id,
            "-a",
            app,
            "--vm-size",
            size.size,
            "--vm-memory",
            str(size.memory_mb),
            "--yes",
        ),
        title=f"Resize Machine {machine.id} to {words(size)}",
        why=why,
        changes=f"Machine {machine.id} will have {words(size)}.",
        alters=_MACHINES,
        dependents=(f"Machine {machine.id} is restarted.",),
        cost_per_month_usd=cost,
        cost_note=prices.note(sizes, (machine.settings.guest, size), "if it runs all month"),
        undo=f"fly machine update {machine.id} -a {app} --vm-size {former.size}"
        f" --vm-memory {former.memory_mb} --yes"
        if former
        else "The former size is unknown.",
        fly_asks="nothing, as --yes answers whether the shown change is right",
        target=identity([machine]),
    )


def scale_count(
    app: str, group: Group, sizes: prices.Sizes, *, need: int, region: str | None = None
) -> Command:
    """Add `need` Machines to the group, in that region or where its Machines are."""
    there = [m for m in group.members if region in (None, m.region)]
    total = len(there) + need
    cost = _added(sizes, group, need)
    where = f" in {region}" if region else ""
    return Command(
        argv=("fly", "scale", "count", f"{group.name}={total}")
        + (("--region", region) if region else ())
        + ("-a", app, "--yes"),
        title=f"Scale {group.name} to {count(total, 'Machine')}{where}",
        why="When one host fails, another Machine goes on.",
        changes=f"{count(need, 'new Machine')} of {group.name}{where}, started at once.",
        alters=_MORE_MACHINES,
        dependents=("An autoscaler, if one manages this group, may take the Machine away again.",),
        cost_per_month_usd=cost,
        cost_note=_note(sizes, group),
        undo="fly machine destroy the new Machine; scaling down may destroy the older one",
        inverse=_destroy_again(app),
        fly_asks="nothing, as --yes answers whether to scale the app",
        target=f"{group.name}: {identity(group.members)}",
    )


def _added(sizes: prices.Sizes, group: Group, number: int) -> Decimal | None:
    guests = [m.settings.guest for m in group.members]
    price = prices.monthly(sizes, guests[0]) if guests else None
    return None if price is None else price * number


def _note(sizes: prices.Sizes, group: Group) -> str:
    return prices.note(sizes, [m.settings.guest for m in group.members[:1]], _IDLE_IS_CHEAP)


def clone_standby(app: str, machine: Machine, group: Group) -> Command:
    """A standby of this worker: created stopped, started when the worker's host fails."""
    return Command(
        argv=("fly", "machine", "clone", machine.id, "-a", app, "--standby-for=source"),
        title=f"Create a standby for Machine {machine.id}",
        why="It starts when the Machine it watches is lost with its host.",
        changes=f"1 new stopped Machine of {group.words} in {machine.region},"
        f" a copy of {machine.id}.",
        alters=_MORE_MACHINES,
        cost_per_month_usd=None,
        cost_note="only its root file system, about $0.15 per GB a month, while it is stopped",
        undo=f"fly machine destroy the new Machine -a {app}",
        inverse=_destroy_again(app),
        target=f"{group.name}: {identity(group.members)}",
    )


def make_standby(app: str, spare: Machine, watched: Machine, group: Group) -> Command:
    """Let a Machine stand by for one that exists."""
    return Command(
        argv=(
            "fly",
            "machine",
            "update",
            spare.id,
            "--standby-for",
            watched.id,
            "-a",
            app,
            "--yes",
        ),
        title=f"Let Machine {spare.id} stand by for {watched.id}",
        why="A standby only starts when the Machine it watches is lost.",
        changes=f"Machine {spare.id} watches {watched.id}. {_DEPLOY_RESETS}",
        alters=_MACHINES,
        dependents=(f"Machine {spare.id} is updated, which may start it once.",),
        cost_per_month_usd=Decimal(0),
        undo="fly machine update with the former --standby-for",
        fly_asks="nothing, as --yes answers whether the shown change is right",
        target=f"{group.name}: {identity(group.members)}",
    )


def clone(app: str, machine: Machine, group: Group, sizes: prices.Sizes) -> Command:
    """One more Machine like this one, where Fly.io places it; its volume, if any, starts empty."""
    price = prices.monthly(sizes, machine.settings.guest)
    return Command(
        argv=("fly", "machine", "clone", machine.id, "-a", app),
        title=f"Clone Machine {machine.id}",
        why="When one host fails, another Machine goes on.",
        changes=f"1 new Machine of {group.words} in {machine.region}, started at once,"
        f" usually on another host; this is seen afterwards.",
        alters=_MORE_MACHINES,
        cost_per_month_usd=price,
        cost_note=prices.note(sizes, [machine.settings.guest], _IDLE_IS_CHEAP),
        undo=f"fly machine destroy the new Machine -a {app}",
        inverse=_destroy_again(app),
        target=f"{group.name}: {identity(group.members)}",
    )


def clone_with_volume(app: str, machine: Machine, group: Group, volumes: list[Volume]) -> Command:
    """One more Machine with a copy of the volume as its last snapshot has it."""
    size = sum(v.size_gb for v in volumes if v.attached_machine_id == machine.id)
    return Command(
        argv=("fly", "machine", "clone", machine.id, "-a", app, "--from-snapshot", "last"),
        title=f"Clone Machine {machine.id} with its volume",
        why="A second volume on other hardware keeps the data when the first one's host is lost.",
        changes=f"1 new Machine of {group.words} with a volume made from the last snapshot."
        " From then on the two volumes drift apart: Fly.io copies nothing between them.",
        alters=_MORE_MACHINES,
        dependents=(
            (
                "Requests may reach either Machine: without replication by the app,"
                " each sees only its own data."
            ),
        ),
        cost_per_month_usd=None,
        cost_note=f"the volume ${size * _GIGABYTE_OF_VOLUME:.2f} a month, and the Machine itself",
        undo="fly machine destroy and fly volumes destroy, which lose what was written to them",
        inverse=_destroy_again(app),
        target=f"{group.name}: {identity(group.members)}",
    )


def uncordon(app: str, machine: Machine) -> Command:
    return Command(
        argv=("fly", "machine", "uncordon", machine.id, "-a", app),
        title=f"Let Machine {machine.id} take requests again",
        why="Fly Proxy sends nothing to a cordoned Machine.",
        changes=f"Machine {machine.id} is back in rotation.",
        alters=_MACHINES,
        cost_per_month_usd=Decimal(0),
        undo=f"fly machine cordon {machine.id} -a {app}",
        inverse=Inverse(
            argv=("fly", "machine", "cordon", machine.id, "-a", app),
            title=f"Cordon Machine {machine.id} again",
            changes=f"Fly Proxy sends nothing to {machine.id}.",
            undo=f"fly machine uncordon {machine.id} -a {app}",
            cost_per_month_usd=Decimal(0),
        ),
        target=f"{machine.id}, cordoned",
    )


def allow_autostart(app: str, machine: Machine) -> Command:
    """Let Fly Proxy start this Machine again; fly.toml decides anew with the next deploy."""
    return Command(
        argv=("fly", "machine", "update", machine.id, "-a", app, "--autostart", "--yes"),
        title=f"Let requests start Machine {machine.id}",
        why="A Machine that is stopped and never started again serves nobody.",
        changes=f"Autostart is on for all services of {machine.id}. {_DEPLOY_RESETS}",
        alters=_MACHINES,
        dependents=(f"Machine {machine.id} is restarted.",),
        cost_per_month_usd=Decimal(0),
        undo=f"fly machine update {machine.id} -a {app} --autostart=false --yes",
        inverse=Inverse(
            argv=("fly", "machine", "update", machine.id, "-a", app, "--autostart=false", "--yes"),
            title=f"Turn autostart off for Machine {machine.id} again",
            changes=f"Requests do not start {machine.id}; it is restarted for this.",
            undo=f"fly machine update {machine.id} -a {app} --autostart --yes",
            cost_per_month_usd=Decimal(0),
        ),
        fly_asks="nothing, as --yes answers whether the shown change is right",
        target=f"{machine.id}, autostart off",
    )


def add_region(
    app: str, group: Group, sizes: prices.Sizes, *, taken: Iterable[str], near: tuple[str, ...]
) -> Command:
    """One Machine of the group in a region it is not in; a region it is in would be scaled down."""
    present = sorted(set(taken))
    price = _added(sizes, group, 1)
    refuse = f"(?!(?:{'|'.join(present)})$)" if present else ""
    blank = Blank("region", "Region, three letters", f"{refuse}[a-z]{{3}}", near)
    return Command(
        argv=(
            "fly",
            "scale",
            "count",
            f"{group.name}=1",
            "--region",
            "{region}",
            "-a",
            app,
            "--yes",
        ),
        title=f"Add a Machine of {group.name} in another region",
        filled=f"Add a Machine of {group.name} in {{region}}",
        why="People near that region get answers sooner, and a failed region takes less down.",
        changes=f"1 new Machine of {group.name}, started at once; the others stay as they are.",
        alters=_MORE_MACHINES,
        dependents=("Its requests to a database elsewhere cross regions, which is billed by GB.",),
        cost_per_month_usd=price,
        cost_note=_note(sizes, group),
        undo=f"fly scale count {group.name}=0 --region the new one -a {app} --yes",
        inverse=_destroy_again(app),
        fly_asks="nothing, as --yes answers whether to scale the app",
        target=f"{group.name}: {identity(group.members)}",
        blanks=(blank,),
    )
