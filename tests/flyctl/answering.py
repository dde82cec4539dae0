"""A terminal with somebody at it who agrees to everything, for commands that ask."""

import os
import pty
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ANSWERS = {b"Do you agree?": b"y\r", b"\x1b[6n": b"\x1b[1;1R"}
"""What is asked, also of the terminal itself, and the answer."""


@contextmanager
def at_a_terminal() -> Iterator[None]:
    """Standard input and both outputs are a terminal until the block is left."""
    ours, theirs = pty.openpty()
    kept = [os.dup(number) for number in range(3)]
    for number in range(3):
        os.dup2(theirs, number)
    os.close(theirs)
    over = threading.Event()
    somebody = threading.Thread(target=_answer, args=[ours, over])
    somebody.start()
    try:
        yield
    finally:
        for number, former in enumerate(kept):
            os.dup2(former, number)
            os.close(former)
        over.set()
        somebody.join()
        os.close(ours)


def _answer(terminal: int, over: threading.Event) -> None:
    """Each question once for each time that it is asked; the end of the terminal ends it."""
    said = b""
    while not over.is_set():
        if not select.select([terminal], [], [], 0.05)[0]:
            continue
        with suppress(OSError):
            said += os.read(terminal, 65536)
        for question, answer in ANSWERS.items():
            if question in said:
                said = said.replace(question, b"", 1)
                os.write(terminal, answer)
