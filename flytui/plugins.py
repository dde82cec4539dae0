"""Items and checks of other installed packages, found by their entry points; never the checkout's.

A package offers them by an entry point of the group `flytui.checks`:

    [project.entry-points."flytui.checks"]
    acme = "acme_flytui"

The module `acme_flytui`, or whatever the entry point leads to, is a `Plugin`:

    title = "Acme's own rules"
    items = [Item(id="plugin/acme-owner", section="", title="...", description="...", ...)]
    checks = [Check("plugin/acme-owner", (facts.app.app, optional(cost_centre)), decide)]

A check may name flytui's facts and facts of its own, declared by `flytui.facts.fact.fact`.
"""

import re
import site
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from importlib.metadata import EntryPoint, distributions
from pathlib import Path
from typing import Any, Protocol

from flytui.checklist import Checklist, Item, Section
from flytui.checks.check import Check
from flytui.facts.fact import Fact, Optional
from flytui.finding import Finding
from flytui.text import one_line

GROUP = "flytui.checks"
PREFIX = "plugin/"
_ID = re.compile(r"plugin/[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 80


class Plugin(Protocol):
    """What an entry point of the group leads to."""

    @property
    def title(self) -> str:
        """The heading of its section."""
        ...

    @property
    def items(self) -> Sequence[Item]:
        """Their ids begin with `plugin/`; the section is filled in here."""
        ...

    @property
    def checks(self) -> Sequence[Check]:
        """One for each of the items."""
        ...


class PluginProblem(Exception):  # noqa: N818 (a warning to be shown, not raised to anybody)
    """A plug-in, or a part of it, that was left out, and why."""


@dataclass(frozen=True, slots=True)
class Additions:
    """What the plug-ins bring, less what could not be used."""

    sections: tuple[Section, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    problems: tuple[PluginProblem, ...] = ()

    def join(self, checklist: Checklist) -> Checklist:
        for section in self.sections:
            checklist = checklist.joined(section)
        return checklist


def load(
    own: Mapping[str, Check], checkout: Path, places: Iterable[str] | None = None
) -> Additions:
    """What the installed packages offer beside flytui's own checks, which win where both speak.

    `places` are the folders packages are installed in, this Python's own by default.
    """
    folders = installed() if places is None else tuple(places)
    found: dict[str, EntryPoint] = {}
    for distribution in distributions(path=list(folders)):
        for point in distribution.entry_points.select(group=GROUP):
            found.setdefault(point.name, point)
    gathered = _Gathering(own)
    with _without(checkout, folders):
        for name in sorted(found):
            gathered.take(found[name])
    return Additions(tuple(gathered.sections), gathered.checks, tuple(gathered.problems))


def installed() -> tuple[str, ...]:
    """The folders that packages are installed in."""
    user = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    return (*site.getsitepackages(), *user)


@contextmanager
def _without(checkout: Path, folders: tuple[str, ...]) -> Iterator[None]:
    """Nothing of the checkout, nor of the current folder, is imported meanwhile."""
    before = list(sys.path)
    trusted = {Path(folder).resolve() for folder in folders}
    shut = {checkout.resolve(), Path.cwd().resolve()}

    def fits(entry: str) -> bool:
        path = Path(entry).resolve()
        return path in trusted or not any(path.is_relative_to(place) for place in shut)

    sys.path[:] = [entry for entry in before if fits(entry)]
    try:
        yield
    finally:
        sys.path[:] = before


class _Gathering:
    """Takes in one plug-in after the other.

    Invariant: no two items share an id and no two facts a name, flytui's own included.
    """

    def __init__(self, own: Mapping[str, Check]) -> None:
        self.sections: list[Section] = []
        self.checks: dict[str, Check] = {}
        self.problems: list[PluginProblem] = []
        self._own = own
        self._facts: dict[str, Fact[Any]] = _own_facts()

    def take(self, point: EntryPoint) -> None:
        name = one_line(point.name, 60)
        try:
            plugin: Plugin = point.load()
            title, items, checks = plugin.title, tuple(plugin.items), tuple(plugin.checks)
            _typed(title, items, checks)
        except (Exception, SystemExit) as error:  # noqa: BLE001 (somebody else's code may raise anything)
            told = one_line(f"{type(error).__name__}: {error}", 200)
            self.problems.append(PluginProblem(f"The plug-in {name} was left out: {told}"))
            return
        section = f"plugin-{name}"
        by_item = {check.item: check for check in checks}
        kept = tuple(
            _clean(item, section) for item in items if self._keep(name, item, by_item.get(item.id))
        )
        self.sections.append(Section(section, one_line(title, 120), kept))

    def _keep(self, name: str, item: Item, check: Check | None) -> bool:
        """Whether the item is taken in; the reason why not becomes a problem."""
        objection = self._objection(item, check)
        if objection or check is None:
            told = one_line(item.id, 60)
            self.problems.append(
                PluginProblem(f"The item {told} of the plug-in {name} was left out: {objection}.")
            )
            return False
        self._facts |= {fact.name: fact for fact in check.facts}
        self.checks[item.id] = replace(check, decide=_finding(check.decide))
        return True

    def _objection(self, item: Item, check: Check | None) -> str:
        if item.id in self._own:
            return "flytui has an item of that name, which stands"
        if len(item.id) > _LONGEST_ID or not _ID.fullmatch(item.id):
            return "its id is not plugin/ and lower-case words joined by hyphens"
        if item.id in self.checks:
            return "another plug-in has an item of that name"
        if check is None:
            return "it has no check"
        known = self._facts
        taken = [f.name for f in check.facts if known.get(f.name, f) is not f]
        return f"there is another fact named {one_line(taken[0], 60)}" if taken else ""


def _own_facts() -> dict[str, Fact[Any]]:
    """The facts that flytui declares, by name."""
    modules = [m for name, m in sys.modules.items() if name.startswith("flytui.facts.")]
    return {f.name: f for module in modules for f in vars(module).values() if isinstance(f, Fact)}


def _typed(title: object, items: tuple[object, ...], checks: tuple[object, ...]) -> None:
    """Raises TypeError for what is not of the kind a plug-in has to give."""
    if not isinstance(title, str):
        raise TypeError("its title is not text")
    if not all(isinstance(item, Item) for item in items):
        raise TypeError("its items are not all of flytui.checklist.Item")
    for check in checks:
        if not isinstance(check, Check):
            raise TypeError("its checks are not all of flytui.checks.check.Check")
        if not all(isinstance(wanted, Fact | Optional) for wanted in check.wants):
            raise TypeError(f"its check of {check.item} wants something that is no fact")


def _clean(item: Item, section: str) -> Item:
    """The item in its section, fit to be shown."""
    return replace(
        item,
        section=section,
        title=one_line(item.title, 300),
        description=one_line(item.description, 2_000),
        look_at=tuple(one_line(line) for line in item.look_at),
    )


def _finding(decide: Callable[..., Finding]) -> Callable[..., Finding]:
    """The check's function, made to answer with a finding or to raise an Exception."""

    @wraps(decide)
    def decided(*facts: object) -> Finding:
        try:
            found: object = decide(*facts)
        except SystemExit as error:
            raise RuntimeError("a check does not end flytui") from error
        if not isinstance(found, Finding):
            raise TypeError("a check answers with a Finding")
        return found

    return decided
