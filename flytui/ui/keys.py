"""The keys that texts speak of: as they are, or as the person has them."""

from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType

# Not an argument of every page: pages are pure, and this is the same for all of a flytui.
_others: ContextVar[Mapping[str, str]] = ContextVar("keys", default=MappingProxyType({}))


def key(usual: str, binding: str) -> str:
    """The key to press for the binding of that id; `usual` unless the person has another."""
    return _others.get().get(binding, usual)


def use(others: Mapping[str, str]) -> None:
    """From now on, texts of this flytui name these keys, by the id of their binding."""
    _others.set(dict(others))
