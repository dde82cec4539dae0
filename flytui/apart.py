"""Work that takes long, in a thread of its own: keys are answered meanwhile."""

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

T = TypeVar("T")

MANY = 100
"""Things from which on going through them is put apart: below, the way there takes longer."""
TURN = 0.001
"""Seconds after which the loop gets its turn; Python's own 5 ms add up to a late key."""


async def apart(work: Callable[[], T], things: Iterable[object]) -> T:
    """What the work gives; done at once where there are few things in all it goes through."""
    if not any(isinstance(t, tuple | list | dict) and len(t) > MANY for t in things):
        return work()
    return await asyncio.get_running_loop().run_in_executor(_thread(), work)


@cache
def _thread() -> ThreadPoolExecutor:
    """One for all: several would only take each other's turns."""
    sys.setswitchinterval(TURN)
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="apart")
