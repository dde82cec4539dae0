"""Records behave as the standard library's frozen data classes do, which these stand beside."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from flytui import records


def _described(decorate: Callable[[type], type]) -> type[Any]:
    class Described:
        name: str
        hidden: str = field(default="h", repr=False)
        parts: tuple[int, ...] = ()
        notes: list[str] = field(default_factory=list, compare=False)
        kind: str = field(default="fixed", init=False)
        length: int = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.name))

    return decorate(Described)


OURS = _described(records.dataclass(frozen=True, slots=True))
THEIRS = _described(dataclasses.dataclass(frozen=True, slots=True))
GIVEN: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("a",), {}),
    (("a", "b", (1,)), {"notes": ["n"]}),
    ((), {"name": "", "parts": (2, 3)}),
]


@pytest.mark.parametrize(("plain", "named"), GIVEN)
def test_the_same_arguments_make_the_same_object(
    plain: tuple[Any, ...], named: dict[str, Any]
) -> None:
    ours, theirs = OURS(*plain, **named), THEIRS(*plain, **named)
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert hash(ours) == hash(theirs)
    assert ours.__slots__ == theirs.__slots__
    assert ours.__match_args__ == theirs.__match_args__


def test_the_signature_is_the_same() -> None:
    ours, theirs = (inspect.signature(kind).parameters for kind in (OURS, THEIRS))
    assert [(p.name, p.kind) for p in ours.values()] == [(p.name, p.kind) for p in theirs.values()]


@pytest.mark.parametrize("kind", [OURS, THEIRS])
def test_what_counts_is_compared(kind: type[Any]) -> None:
    assert kind("a", notes=["n"]) == kind("a", notes=["m"])
    assert hash(kind("a", notes=["n"])) == hash(kind("a", notes=["m"]))
    assert kind("a") != kind("b")
    assert kind("a") != "a"
    assert dataclasses.replace(kind("a"), name="b") == kind("b")
    assert copy.deepcopy(kind("a")) == kind("a")
    assert kind("a").notes is not kind("a").notes


def test_the_two_kinds_are_never_the_same() -> None:
    assert OURS("a") != THEIRS("a")


@pytest.mark.parametrize("kind", [OURS, THEIRS])
def test_nothing_can_be_set_or_deleted(kind: type[Any]) -> None:
    one = kind("a")
    with pytest.raises(FrozenInstanceError):
        one.name = "b"
    with pytest.raises(FrozenInstanceError):
        del one.name


@pytest.mark.parametrize("kind", [OURS, THEIRS])
def test_a_wrong_argument_is_refused(kind: type[Any]) -> None:
    with pytest.raises(TypeError):
        kind()
    with pytest.raises(TypeError):
        kind("a", kind="other")


@records.dataclass(frozen=True, slots=True)
class One:
    value: int


@records.dataclass(frozen=True)
class Nothing:
    pass


@records.dataclass(frozen=True, eq=False, repr=False)
class Apart:
    value: int


@records.dataclass(frozen=True, slots=True)
class Own:
    value: int

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 7


def test_what_a_class_does_by_itself_stays() -> None:
    assert Own(1) == Own(2)
    assert hash(Own(1)) == 7


def test_objects_that_are_not_compared_are_equal_to_themselves_alone() -> None:
    assert Apart(1) != Apart(1)
    assert "value" not in repr(Apart(1))


def test_few_fields_are_compared_as_well() -> None:
    assert One(1) == One(1)
    assert One(1) != One(2)
    assert hash(One(1)) == hash((1, 1))
    assert Nothing() == Nothing()
    assert pickle.loads(pickle.dumps(One(3))) == One(3)


def test_what_can_change_is_the_standard_librarys() -> None:
    @records.dataclass
    class Open:
        value: int

    one = Open(1)
    one.value = 2
    assert one == Open(2)
