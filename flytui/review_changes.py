"""What changed between two bases of a review, in phrases that people read. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flytui.finding import Status

_STATUSES = frozenset(Status)
_NAMED_BY_ID = frozenset({"address", "hostname", "secret"})
"""Kinds whose id says what it is."""


def changes(then: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    """A phrase for each difference: the status first, then what is new, changed and gone."""
    before, after = _Lines(then), _Lines(now)
    return (
        *_status(before, after),
        *_resources(before.resources, after.resources),
        *_evidence(before, after),
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of one basis, told apart."""

    lines: tuple[str, ...]

    @property
    def resources(self) -> Mapping[str, str]:
        """Status by `kind id`."""
        pairs = (_pair(line) for line in self.lines[1:])
        return {key: value for key, value in pairs if value in _STATUSES and " " in key}

    @property
    def status(self) -> str:
        return _pair(self.lines[0])[1] if self.lines else ""

    @property
    def evidence(self) -> Mapping[str, tuple[str, ...]]:
        """Values by label; a label may have several."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for label, value in (_pair(line) for line in self.lines[1:]):
            if label not in self.resources:
                found[label].append(value)
        return {label: tuple(values) for label, values in found.items()}


def _pair(line: str) -> tuple[str, str]:
    """Key and value. A status stands at the very end, as ids may hold a colon and a space."""
    head, colon, tail = line.rpartition(": ")
    if colon and tail in _STATUSES:
        return head, tail
    key, _, value = line.partition(": ")
    return key, value


def _status(before: _Lines, after: _Lines) -> Iterator[str]:
    if before.status != after.status:
        yield f"it was {_spoken(before.status)}, is {_spoken(after.status)}"


def _resources(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{_named(key)} was added" for key in after if key not in before)
    for key, value in after.items():
        if key in before and before[key] != value:
            yield f"{_named(key)} was {_spoken(before[key])}, is {_spoken(value)}"
    yield from (f"{_named(key)} is gone" for key in before if key not in after)


def _evidence(before: _Lines, after: _Lines) -> Iterator[str]:
    """What the rows of resources have not told already."""
    then, now = before.evidence, after.evidence
    told = _ids(before.resources.keys() ^ after.resources.keys())
    for label in sorted({*then, *now} - told):
        old, new = then.get(label, ()), now.get(label, ())
        if len(old) == len(new) == 1 and old != new:
            yield f"{label} was {_quoted(old[0])}, is {_quoted(new[0])}"
            continue
        yield from (f"{label} {_quoted(value)} was added" for value in new if value not in old)
        yield from (f"{label} {_quoted(value)} is gone" for value in old if value not in new)


def _ids(keys: Iterable[str]) -> set[str]:
    """What evidence about the resources may be labelled with: `Machine 1234`, `203.0.113.7`."""
    return {label for key in keys for label in (key, key.partition(" ")[2], key.rpartition(" ")[2])}


def _named(key: str) -> str:
    """`203.0.113.7`, `the Machine 1234`."""
    kind, _, id_ = key.partition(" ")
    return id_ if kind in _NAMED_BY_ID else f"the {key}"


def _spoken(status: str) -> str:
    """As the screen calls it; a file edited by hand may hold anything."""
    return Status(status).word if status in _STATUSES else status


def _quoted(value: str) -> str:
    """In quotes where a reader could not tell otherwise where it ends."""
    return f"“{value}”" if " " in value or not value else value
