"""A check: a pure function from facts to a finding, registered under its item's id."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar, overload

from flytui.facts.fact import Fact, Optional, Wanted
from flytui.finding import Finding

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")
G = TypeVar("G")
H = TypeVar("H")


@dataclass(frozen=True, slots=True)
class Check:
    """What the session needs to run one: the item, the facts in order, the function."""

    item: str
    wants: tuple[Fact[Any] | Optional[Any], ...]
    decide: Callable[..., Finding]

    @property
    def manual(self) -> bool:
        """Whether only a person can tell: it needs no fact but the clock."""
        return all(isinstance(w, Optional) or w.name == "now" for w in self.wants)

    @property
    def facts(self) -> tuple[Fact[Any], ...]:
        """The facts it names, needed and optional alike."""
        return tuple(w.fact if isinstance(w, Optional) else w for w in self.wants)


_REGISTRY: dict[str, Check] = {}


def registry() -> dict[str, Check]:
    """The checks by item id, those of all section modules."""
    # Not at the top: these modules import this one to register in it.
    import_module("flytui.checks.sections")
    return dict(_REGISTRY)


@overload
def check(
    item: str, a: Wanted[A], /
) -> Callable[[Callable[[A], Finding]], Callable[[A], Finding]]: ...
@overload
def check(
    item: str, a: Wanted[A], b: Wanted[B], /
) -> Callable[[Callable[[A, B], Finding]], Callable[[A, B], Finding]]: ...
@overload
def check(
    item: str, a: Wanted[A], b: Wanted[B], c: Wanted[C], /
) -> Callable[[Callable[[A, B, C], Finding]], Callable[[A, B, C], Finding]]: ...
@overload
def check(
    item: str, a: Wanted[A], b: Wanted[B], c: Wanted[C], d: Wanted[D], /
) -> Callable[[Callable[[A, B, C, D], Finding]], Callable[[A, B, C, D], Finding]]: ...
@overload
def check(
    item: str, a: Wanted[A], b: Wanted[B], c: Wanted[C], d: Wanted[D], e: Wanted[E], /
) -> Callable[[Callable[[A, B, C, D, E], Finding]], Callable[[A, B, C, D, E], Finding]]: ...
@overload
def check(
    item: str, a: Wanted[A], b: Wanted[B], c: Wanted[C], d: Wanted[D], e: Wanted[E], f: Wanted[F], /
) -> Callable[[Callable[[A, B, C, D, E, F], Finding]], Callable[[A, B, C, D, E, F], Finding]]: ...
@overload
def check(
    item: str,
    a: Wanted[A],
    b: Wanted[B],
    c: Wanted[C],
    d: Wanted[D],
    e: Wanted[E],
    f: Wanted[F],
    g: Wanted[G],
    /,
) -> Callable[
    [Callable[[A, B, C, D, E, F, G], Finding]], Callable[[A, B, C, D, E, F, G], Finding]
]: ...
@overload
def check(
    item: str,
    a: Wanted[A],
    b: Wanted[B],
    c: Wanted[C],
    d: Wanted[D],
    e: Wanted[E],
    f: Wanted[F],
    g: Wanted[G],
    h: Wanted[H],
    /,
) -> Callable[
    [Callable[[A, B, C, D, E, F, G, H], Finding]], Callable[[A, B, C, D, E, F, G, H], Finding]
]: ...
def check(item: str, *wants: Any) -> Callable[[Callable[..., Finding]], Callable[..., Finding]]:
    """Register the decorated function as the check of `item`, over these facts in order."""

    def register(decide: Callable[..., Finding]) -> Callable[..., Finding]:
        if item in _REGISTRY:
            raise ValueError(f"two checks for {item}")
        _REGISTRY[item] = Check(item, wants, decide)
        return decide

    return register
