"""An item explained: its rule, thresholds, facts and remedies, from the code that decides it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from inspect import cleandoc, unwrap
from types import CodeType, FunctionType, ModuleType
from typing import Any

import tomli

from flytui.additions import InForce
from flytui.checklist import Item
from flytui.checks.check import Check
from flytui.facts.fact import Fact, Optional
from flytui.settings import Thresholds

_CHECKS = "flytui.checks"


@dataclass(frozen=True, slots=True)
class Source:
    """A fact the item reads."""

    fact: Fact[Any]
    needed: bool
    """False: the item is decided without it as well, less surely."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit of flytui's own."""

    name: str
    value: int | float
    default: int | float


@dataclass(frozen=True, slots=True)
class Offer:
    """A remedy as the item was seen to offer it, its particulars in capitals."""

    kind: str
    title: str
    does: str
    """The command, the file or the address."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything there is to know about an item without looking at any app."""

    item: Item
    section: str
    """The section's title."""
    rule: str
    manual: bool
    """Only a person can tell."""
    sources: tuple[Source, ...]
    thresholds: tuple[Threshold, ...]
    offers: tuple[Offer, ...]


def explain(everything: InForce, thresholds: Thresholds) -> Iterator[Explanation]:
    """The items in the checklist's order. `thresholds` are those in force."""
    for section in everything.checklist.sections:
        for item in section.items:
            check = everything.checks[item.id]
            yield Explanation(
                item=item,
                section=section.title,
                rule=cleandoc(check.decide.__doc__ or "It has no description."),
                manual=check.manual,
                sources=tuple(_sources(check)),
                thresholds=tuple(_thresholds(check.decide, thresholds)),
                offers=_offers().get(item.id, ()),
            )


def _sources(check: Check) -> Iterator[Source]:
    for wanted in check.wants:
        match wanted:
            case Optional(fact):
                yield Source(fact, needed=False)
            case Fact():
                yield Source(wanted, needed=True)


def _thresholds(decide: Callable[..., object], now: Thresholds) -> Iterator[Threshold]:
    """The thresholds whose names are read by the check or by what it calls."""
    read = set(_names(decide))
    for each in fields(Thresholds):
        if each.name in read:
            yield Threshold(each.name, getattr(now, each.name), getattr(Thresholds(), each.name))


def _names(decide: Callable[..., object]) -> Iterator[str]:
    """Every name used by the function and by the functions of the checks it leads to.

    Taken from the compiled code, so that it is right whatever is changed there.
    """
    waiting: list[object] = [unwrap(decide)]
    seen: set[int] = set()
    while waiting:
        here = waiting.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        match here:
            case FunctionType():
                used = tuple(_used(here.__code__))
                yield from used
                waiting += [f for name in used for f in _meant(name, here.__globals__, used)]
            case property():
                waiting.append(here.fget)
            case type():
                waiting += vars(here).values()


def _used(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _used(constant)


def _meant(name: str, scope: dict[str, Any], used: tuple[str, ...]) -> Iterator[object]:
    """What a name stands for there, as far as it is code of the checks."""
    value = scope.get(name)
    if isinstance(value, ModuleType) and value.__name__.startswith(_CHECKS):
        yield from (vars(value)[other] for other in used if other in vars(value))
    elif getattr(value, "__module__", "").startswith(_CHECKS):
        yield value


@cache
def _offers() -> dict[str, tuple[Offer, ...]]:
    """The remedies that the items offered for the apps of the demo, by item id."""
    text = files("flytui").joinpath("remedies.toml").read_text(encoding="utf-8")
    found: dict[str, tuple[Offer, ...]] = {}
    for entry in tomli.loads(text)["remedy"]:
        offer = Offer(entry["kind"], entry["title"], entry["does"])
        found[entry["item"]] = (*found.get(entry["item"], ()), offer)
    return found
