"""A fly.toml of the checkout that cannot be read: told once, and nobody is sent into it."""

from collections.abc import Iterable
from dataclasses import replace

from flytui.finding import Evidence, Finding
from flytui.remedy import Edit, Remedy
from flytui.repo.checkout import BrokenFile, Checkout
from flytui.store import FactStore
from flytui.text import one_line


class UnreadableConfig(Exception):  # noqa: N818  (named for what happened)
    """The folder's configuration is not what its name promises."""


def unreadable(store: FactStore) -> BrokenFile | None:
    """The folder's own configuration, if it is broken; None too where there is no checkout."""
    try:
        checkout: Checkout = store.checkout
    except LookupError:
        return None
    config = checkout.config
    return config if isinstance(config, BrokenFile) and not checkout.stranger else None


def told(store: FactStore) -> tuple[UnreadableConfig, ...]:
    """The problem with its line, where there is one."""
    broken = unreadable(store)
    if broken is None:
        return ()
    return (UnreadableConfig(f"{_why(broken)} What it says is not looked at: correct that file."),)


def without_edits(finding: Finding, store: FactStore) -> Finding:
    """The finding with no change to a file that cannot be read; why, is seen in its place."""
    broken = unreadable(store)
    if broken is None or not any(_into(broken, r) for r in _all(finding)):
        return finding
    return replace(
        finding,
        evidence=(*finding.evidence, Evidence(broken.path, _why(broken), broken.path, moves=True)),
        remedies=_rest(broken, finding.remedies),
        resources=tuple(replace(r, remedies=_rest(broken, r.remedies)) for r in finding.resources),
        steps=tuple(s for s in finding.steps if not any(_into(broken, p.remedy) for p in s.steps)),
    )


def _why(broken: BrokenFile) -> str:
    line = f", line {broken.line}," if broken.line else ""
    return f"{broken.path}{line} cannot be read: {one_line(broken.problem, 200)}"


def _all(finding: Finding) -> Iterable[Remedy]:
    yield from finding.remedies
    for resource in finding.resources:
        yield from resource.remedies


def _into(broken: BrokenFile, remedy: Remedy) -> bool:
    return isinstance(remedy, Edit) and remedy.path == broken.path


def _rest(broken: BrokenFile, remedies: tuple[Remedy, ...]) -> tuple[Remedy, ...]:
    return tuple(remedy for remedy in remedies if not _into(broken, remedy))
