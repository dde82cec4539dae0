"""Another size for a process group: the command now, and the setting that makes it last."""

from dataclasses import dataclass

from flytui.checks import prices
from flytui.checks.groups import Group
from flytui.checks.load_facts import Load
from flytui.checks.remedies_machines import scale_vm, update_vm
from flytui.checks.sizes import fitting, words
from flytui.edits.operations import Resize
from flytui.fly.models import Guest
from flytui.remedy import Edit, Remedy
from flytui.repo import LocalConfig


@dataclass(frozen=True, slots=True)
class Wishes:
    """What sizing rests on beside the Machines."""

    app: str
    config: LocalConfig | None
    """What the next deploy applies."""
    prices: prices.Sizes
    load: Load

    @property
    def path(self) -> str:
        """Of the fly.toml to edit."""
        return self.config.path if self.config else "fly.toml"


def guests(group: Group) -> list[Guest]:
    return [m.settings.guest for m in group.members if m.settings.guest]


def largest(group: Group) -> Guest:
    """The best CPUs and the most memory found in the group, as one valid size."""
    found = guests(group)
    leader = max(found, key=lambda g: (g.cpu_kind == "performance", g.cpus))
    memory = max(g.memory_mb for g in found)
    return fitting(leader.cpu_kind, leader.cpus, memory) or leader


def resize(group: Group, wishes: Wishes, size: Guest | None, why: str) -> tuple[Remedy, ...]:
    """The command now, and the setting that makes it last."""
    if size is None:
        return ()
    if not group.managed:
        return tuple(
            update_vm(wishes.app, m, size, why, wishes.prices)
            for m in group.members
            if m.settings.guest != size
        )
    return (scale_vm(wishes.app, group, size, why, wishes.prices), vm_section(group, wishes, size))


def vm_section(group: Group, wishes: Wishes, size: Guest) -> Edit:
    return Edit(
        path=wishes.path,
        title=f"Keep {words(size)} for {group.name}",
        why="A deploy sets the size that fly.toml asks for.",
        snippet=f'[[vm]]\n  size = "{size.size}"\n  memory = "{size.memory_mb}mb"\n'
        f'  processes = ["{group.name}"]\n',
        note=f"Replace the [[vm]] section that names {group.name}, then fly deploy -a {wishes.app}",
        operations=(Resize(group.name, size.size, f"{size.memory_mb}mb"),),
    )
