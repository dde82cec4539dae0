"""Frozen data classes as the standard library's, at a third of their cost in time and memory.

Python 3.11 compiles eight functions for each frozen class with slots, and keeps its twin without
slots. Of hundreds of classes that is a fifth of what flytui needs to start. Here, a class compiles
its `__init__`; everything else is the same function in all of them.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(kind=None, /, *, frozen=False, slots=False, eq=True, repr=True):  # noqa: A002 (named as in the standard library)
        """The decorator of the standard library, for the arguments that flytui gives it."""
        if not frozen:
            return dataclasses.dataclass(kind, slots=slots, eq=eq, repr=repr)

        def decorate(plain: type) -> type:
            return _frozen(plain, slots=slots, eq=eq, repr=repr)

        return decorate if kind is None else decorate(kind)


__all__ = ["dataclass"]

_Decorated = type[Any]
_MADE = object()
"""Stands for a default that is made anew for each object."""


def _frozen(plain: _Decorated, *, slots: bool, eq: bool, repr: bool) -> _Decorated:  # noqa: A002 (as above)
    given = vars(plain)
    own = {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
    own |= {"__repr__": _repr} if repr else {}
    own |= {"__eq__": _eq} if eq else {}
    own |= {"__getstate__": _getstate, "__setstate__": _setstate} if slots else {}
    own = {name: function for name, function in own.items() if name not in given}
    if eq and ("__hash__" not in given or (given["__hash__"] is None and "__eq__" in given)):
        own["__hash__"] = _hash
    made: _Decorated = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(plain)
    for name, function in (own | {"__init__": _init(made)}).items():
        setattr(made, name, function)
    compared = [f.name for f in dataclasses.fields(made) if f.compare]
    made._flytui_compared = staticmethod(_together(compared))  # noqa: SLF001 (ours, under a name that no field has)
    return made


def _together(names: list[str]) -> Callable[[object], tuple[Any, ...]]:
    """From an object to the tuple of these attributes."""
    if not names:
        return lambda _: ()
    # Of one name alone, it would be the bare value.
    return attrgetter(*names) if len(names) > 1 else attrgetter(names[0], names[0])


def _init(kind: _Decorated) -> Callable[..., None]:
    """The `__init__` of these fields, as it would be written by hand."""
    known: dict[str, Any] = {"_object": object, "_made": _MADE}
    taken, lines = ["self"], []
    fields = [*kind.__dataclass_fields__.values()]
    for field in fields:
        name, value = field.name, field.name
        if field.default is not dataclasses.MISSING:
            known[f"_{name}"], default = field.default, f"=_{name}"
            value = name if field.init else f"_{name}"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_{name}"], default = field.default_factory, "=_made"
            value = f"_{name}() if {name} is _made else {name}" if field.init else f"_{name}()"
        elif field.init:
            default = ""
        else:
            continue
        if field.init:
            taken.append(name + default)
        lines.append(f"_object.__setattr__(self, {name!r}, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(taken)}):\n " + "\n ".join(lines or ["pass"])
    exec(source, known)  # noqa: S102 (made of the names of fields)
    made: Callable[..., None] = known["__init__"]
    made.__annotations__ = {f.name: f.type for f in fields if f.init} | {"return": None}
    made.__qualname__, made.__module__ = f"{kind.__qualname__}.__init__", kind.__module__
    return made


def _refuse_set(_: object, name: str, __: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


@recursive_repr()
def _repr(self: Any) -> str:
    shown = [f.name for f in dataclasses.fields(self) if f.repr]
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({fields})"


def _eq(self: Any, other: Any) -> object:
    if type(other) is not type(self):
        return NotImplemented
    get = self._flytui_compared
    return get(self) == get(other)


def _hash(self: Any) -> int:
    return hash(self._flytui_compared(self))


def _getstate(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _setstate(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
