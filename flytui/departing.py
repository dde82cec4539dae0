"""A signal that asks flytui to end lets it end: what its blocks began is taken down on the way."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_NUMBERS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def orderly() -> Iterator[None]:
    """SIGTERM and SIGHUP leave every block within as an error does; the exit code is 128 + number.

    A signal that was ignored before, as under nohup, stays so. Only the main thread can do this.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {number: signal.getsignal(number) for number in _NUMBERS}
    heeded = [number for number, how in former.items() if how == signal.SIG_DFL]
    for number in heeded:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, former[number])


def _leave(number: int, _: FrameType | None) -> NoReturn:
    """Once: a closing terminal says it several times, which must not cut the end short."""
    for each in _NUMBERS:
        if signal.getsignal(each) is _leave:
            signal.signal(each, _once_was_enough)
    raise SystemExit(128 + number)


def _once_was_enough(_: int, __: FrameType | None) -> None:
    pass
