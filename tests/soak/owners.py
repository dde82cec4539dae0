"""Who holds the memory: widgets, the application and caches, each with what only they lead to."""

import asyncio
import gc
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import _lru_cache_wrapper
from types import CodeType, CoroutineType, FrameType, FunctionType, MethodType, ModuleType

from textual.message_pump import MessagePump

_OWNERS = (MessagePump, _lru_cache_wrapper)
_ELSEWHERE = (
    *(*_OWNERS, type, ModuleType, FunctionType, MethodType, FrameType, CodeType, CoroutineType),
    *(asyncio.Task, asyncio.AbstractEventLoop),
)
"""Where the way ends that leads from an owner to what it holds."""
MANY = 40


def owners(objects: Iterable[object]) -> dict[str, tuple[int, int, int]]:
    """By name the most that is held: how many owners, and the objects and bytes of all of them.

    What several lead to counts for the first of them, caches before widgets; what malloc gave
    beside the objects themselves is not counted.
    """
    found = sorted(
        (one for one in objects if isinstance(one, _OWNERS)),
        key=lambda one: isinstance(one, MessagePump),
    )
    seen = {id(one) for one in (objects, found)}
    number, held, size = Counter[str](), Counter[str](), Counter[str]()
    for owner in found:
        name = _name(owner)
        number[name] += 1
        for one in _reached(owner, seen):
            held[name] += 1
            size[name] += sys.getsizeof(one)
    return {name: (number[name], held[name], told) for name, told in size.most_common(MANY)}


def _name(owner: object) -> str:
    if isinstance(owner, _lru_cache_wrapper):
        return f"the cache of {owner.__module__}.{owner.__qualname__}"
    return type(owner).__name__


def _reached(owner: object, seen: set[int]) -> Iterator[object]:
    """The owner and what it leads to, as far as nobody had it before."""
    if id(owner) in seen:
        return
    seen.add(id(owner))
    stack = [owner]
    while stack:
        one = stack.pop()
        yield one
        for other in gc.get_referents(one):
            if id(other) not in seen and not isinstance(other, _ELSEWHERE):
                seen.add(id(other))
                stack.append(other)
