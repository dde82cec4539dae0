"""flytui as it is, in a process that can be asked what is in it: `… OUT [flytui's arguments]`.

SIGUSR1 writes a line of counts to OUT, SIGUSR2 one with the names and kinds of what is counted, and
with who holds the memory;
SIGQUIT writes where each thread stands to OUT.threads.
What asyncio, a destructor or a warning complains of is written there, too.
"""

import asyncio
import ctypes
import faulthandler
import gc
import json
import logging
import signal
import sys
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import FrameType

from textual.message_pump import MessagePump

from flytui.cli import main
from tests.soak.owners import owners

KINDS = 80
"""So many kinds of objects are told, the most frequent first."""
SMALL = 200
"""Entries below which a cache is not told."""


class _Complaints(logging.Handler):
    def __init__(self, out: Path) -> None:
        super().__init__()
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        _write(self._out, {"complaint": self.format(record)})


def _write(out: Path, told: dict[str, object]) -> None:
    with out.open("a", encoding="utf-8") as file:
        file.write(json.dumps(told) + "\n")


def _tasks() -> list[str]:
    try:
        return sorted(task.get_coro().__qualname__ for task in asyncio.all_tasks())  # type: ignore[union-attr]  # only coroutines are run here
    except RuntimeError:  # no loop yet, or no more
        return []


def _waiting() -> list[str]:
    """Where each task stands."""
    found = []
    for task in asyncio.all_tasks():
        lines = [f"{frame.f_code.co_qualname}:{frame.f_lineno}" for frame in task.get_stack()]
        found.append(f"{task.get_name()} {' '.join(lines)}")
    return found


def _caches() -> Iterator[tuple[str, str]]:
    """How full each function's cache is, of how much it takes; small ones are left out."""
    for module in list(sys.modules.values()):
        own = list(getattr(module, "__dict__", {}).values())
        kinds = [one for one in own if isinstance(one, type)]
        for one in (*own, *(value for kind in kinds for value in vars(kind).values())):
            found = getattr(one, "__func__", one)
            if not isinstance(found, _lru_cache_wrapper):
                continue
            if (told := found.cache_info()).currsize >= SMALL:
                name = f"{found.__module__} {found.__qualname__}"
                yield name, f"{told.currsize} of {told.maxsize}"


_PARTS = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"


class _Mallinfo(ctypes.Structure):
    """`struct mallinfo2` of glibc 2.33 and later."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in _PARTS.split())


def _memory() -> dict[str, int]:
    """Bytes that malloc gave out and that it holds for later, and Python's own small blocks.

    malloc's are left out where the library cannot tell.
    """
    found = {"blocks": sys.getallocatedblocks()}
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if ask is not None:
        ask.restype = _Mallinfo
        told = ask()
        found |= {"given": told.uordblks + told.hblkhd, "held": told.fordblks}
    status = Path("/proc/self/status").read_text("ascii")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    found["anonymous"] = int(fields["RssAnon"].split()[0]) * 1024
    return found


def _answer(out: Path, number: int) -> None:
    # What was imported before the first frame is frozen, caches among it. The first of these
    # signals comes before anything is compared.
    if number == signal.SIGUSR2:
        gc.unfreeze()
    # What only waits to be collected is no leak.
    gc.collect()
    objects = gc.get_objects()
    tasks = _tasks()
    counts: dict[str, object] = {
        "tasks": len(tasks),
        "threads": threading.active_count(),
        "objects": len(objects),
        **_memory(),
    }
    if number == signal.SIGUSR2:
        counts["kinds"] = dict(Counter(type(one).__name__ for one in objects).most_common(KINDS))
        counts["coroutines"] = dict(Counter(tasks))
        nodes = (type(one).__name__ for one in objects if isinstance(one, MessagePump))
        counts["pumps"] = dict(Counter(nodes))
        counts["waiting"] = dict(Counter(_waiting()))
        counts["caches"] = dict(_caches())
        counts["owners"] = owners(objects)
    _write(out, counts)


def run(arguments: list[str]) -> int:
    out = Path(arguments[0])

    def asked(number: int, _: FrameType | None) -> None:
        _answer(out, number)

    signal.signal(signal.SIGUSR1, asked)
    signal.signal(signal.SIGUSR2, asked)
    faulthandler.register(signal.SIGQUIT, out.with_suffix(".threads").open("w"))
    complaints = _Complaints(out)
    logging.getLogger("asyncio").addHandler(complaints)
    logging.getLogger("py.warnings").addHandler(complaints)
    logging.captureWarnings(capture=True)
    warnings.simplefilter("default", ResourceWarning)
    sys.unraisablehook = lambda found: _write(out, {"complaint": repr(found)})
    return main(arguments[1:])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
