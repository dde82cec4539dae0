"""The checklist in force: flytui's items, the team's own, those of plug-ins, and their checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flytui import plugins, team
from flytui.checklist import Checklist, Item
from flytui.checks.check import Check, registry
from flytui.checks.manual import manual
from flytui.finding import Finding
from flytui.remedy import Link


@dataclass(frozen=True, slots=True)
class InForce:
    """Every item there is to settle, with what decides it."""

    checklist: Checklist
    checks: Mapping[str, Check]
    """By item id."""
    problems: tuple[plugins.PluginProblem, ...] = ()
    """Plug-ins, or parts of them, that were left out."""


def in_force(checklist: Checklist, checkout: Path, *, with_plugins: bool = True) -> InForce:
    """The checklist, the team's section already in it, joined by what plug-ins bring."""
    own = registry()
    ours = {i.id: _check_of(i) for i in checklist if i.id.startswith(team.PREFIX)}
    if not with_plugins:
        return InForce(checklist, {**ours, **own})
    added = plugins.load(own, checkout)
    return InForce(added.join(checklist), {**added.checks, **ours, **own}, added.problems)


def _check_of(item: Item) -> Check:
    """The check of an item that nothing but a person can tell."""

    def decide() -> Finding:
        """Only a person can tell; what to look at is what the team wrote down."""
        remedies = (Link(link.url, f"Open {link.title}", "") for link in item.links)
        return manual(item.look_at[0] if item.look_at else item.title, *remedies)

    return Check(item.id, (), decide)
