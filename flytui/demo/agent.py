"""The agent that some commands of the real `fly` start and leave behind: it ends with the demo.

It keeps WireGuard tunnels. The demo has no gateway, which by UDP is noticed only by whoever sends
something, while a tunnel through a websocket is not built without one.
"""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

from flytui import private

_SETTINGS = "wire_guard_websockets: false\n"
_KILL = b"\x04\x00kill"
"""The length in two octets, little-endian, then the word."""
_PATIENCE = 2.0


@contextlib.contextmanager
def kept_in(folder: Path) -> Iterator[Path]:
    """A configuration folder for `fly`; an agent that was started from it ends with the block."""
    folder.mkdir(mode=private.FOLDER, exist_ok=True)
    settings = folder / "config.yml"
    settings.touch(private.FILE)
    settings.write_text(_SETTINGS, encoding="utf-8")
    try:
        yield folder
    finally:
        _end(folder / "fly-agent.sock")


def _end(path: Path) -> None:
    """Nothing happens where no agent listens."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as agent:
        agent.settimeout(_PATIENCE)
        agent.connect(str(path))
        agent.sendall(_KILL)
        agent.recv(64)
