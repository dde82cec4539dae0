"""The demo's server as a child process that never outlives its parent."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

_PATIENCE = 5.0
"""Seconds a server gets to end by itself."""


class NotStarted(RuntimeError):  # noqa: N818 - reads as what happened
    """The server ended before it listened; the message is what it said."""


@dataclass(frozen=True)
class DemoServer:
    """A running demo. Closing it ends the process and removes its folders."""

    url: str
    environment: dict[str, str]
    """Every variable that points `fly` and flytui at this server."""
    checkout: Path
    app: str
    organization: str
    process: subprocess.Popen[bytes]

    def close(self) -> None:
        """Ends the server; a second time does nothing."""
        _end(self.process)

    def __enter__(self) -> "DemoServer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def start(  # noqa: PLR0913 (one for each flag of the command)
    scenario: str = "storefront",
    *,
    latency: float = 0.0,
    machines: int = 0,
    apps: int = 0,
    port: int = 0,
    faults: bool = False,
) -> DemoServer:
    """Starts the server and waits until it listens; latency in seconds."""
    complaints = tempfile.TemporaryFile()  # noqa: SIM115 - the child's, as long as it lives
    process = subprocess.Popen(
        [
            # -P: the folder it is started in may have a `flytui` of its own, which is not to run.
            *(sys.executable, "-P", "-m", "flytui.demo.serve"),
            *("--scenario", scenario, "--port", str(port)),
            *("--latency", str(latency), "--machines", str(machines), "--apps", str(apps)),
            *(["--faults"] if faults else []),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        # It needs no token, so it is given none.
        env={name: value for name, value in os.environ.items() if not name.startswith("FLY_")},
        # Ctrl-C in the terminal is for the program on it; the server ends with its input.
        start_new_session=True,
    )
    with complaints:
        ready = _ready(process.stdout)
        if ready is None:
            _end(process)
            complaints.seek(0)
            last = complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise NotStarted(f"The demo's server did not start: {last}")
    return DemoServer(
        url=ready["url"],
        environment=ready["environment"],
        checkout=Path(ready["checkout"]),
        app=ready["app"],
        organization=ready["organization"],
        process=process,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """The end of its input ends the server; one that does not hear is killed."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _ready(output: IO[bytes] | None) -> dict[str, Any] | None:
    line = output.readline() if output else b""
    return json.loads(line) if line else None
