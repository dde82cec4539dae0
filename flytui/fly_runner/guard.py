"""A process that ends a command when whoever started it is gone. Runs by itself, imports nothing.

Its standard input is a pipe from flytui. First comes a line: the process to end, negative for a
group, and the seconds between asking and insisting. Then either a line, and the command ended by
itself; or the end of the pipe, which is how a flytui that was killed is heard of.
"""

import os
import signal
import sys
import time

STEP = 0.05


def main() -> None:
    """Wait for flytui's last word, and act where there is none."""
    first = sys.stdin.readline().split()
    if len(first) == 2 and not sys.stdin.readline():
        end(int(first[0]), float(first[1]))


def end(process: int, patience: float) -> None:
    """Ask it to end, twice, then insist."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if not send(process, number):
            return
        until = time.monotonic() + patience
        while time.monotonic() < until and send(process, 0):
            time.sleep(STEP)


def send(process: int, number: int) -> bool:
    """Whether anything was there to receive it."""
    try:
        os.kill(process, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
