"""A `fly` to run: the stand-in always, the real one where FLYTUI_FLYCTL names it."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flytui.demo import agent
from flytui.demo.environment import environment
from flytui.demo.faults import Faults
from flytui.demo.scenario import Scenario
from flytui.demo.stand_in import install
from flytui.demo.world import World
from tests.flyctl.serving import Served, serving

DEADLINE = 120


@dataclass
class Fly:
    """One binary, a scenario behind it, and an environment that reaches nothing else."""

    binary: Path
    real: bool
    served: Served
    scenario: Scenario
    faults: Faults
    environment: dict[str, str]
    folder: Path

    @property
    def world(self) -> World:
        return self.scenario.world

    @property
    def requests(self) -> list[str]:
        """Everything asked, ids of the world replaced by what they are, repetitions left out."""
        shown = [_named(self.world, request) for request in self.served.requests]
        return list(dict.fromkeys(shown))

    def run(self, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.binary), *arguments],
            input=stdin if stdin is not None else "",
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """The command under way."""
        return subprocess.Popen(
            [str(self.binary), *arguments],
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def done(self, *arguments: str, stdin: str | None = None) -> str:
        """Standard output of a command that succeeds."""
        ended = self.run(*arguments, stdin=stdin)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


def _named(world: World, request: str) -> str:
    for app in world.apps.values():
        for machine_id in app.machines:
            request = request.replace(machine_id, "{machine}")
        for volume_id in app.volumes:
            request = request.replace(volume_id, "{volume}")
        for release in app.releases:
            request = request.replace(release.id, "{release}")
    for cluster_id in world.clusters:
        request = request.replace(cluster_id, "{cluster}")
    return request


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as server:
        yield server


@pytest.fixture
def dead_proxy() -> Iterator[socket.socket]:
    """Where everything not meant for loopback would go; nothing may."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.fixture(
    params=["stand-in", pytest.param("flyctl", marks=pytest.mark.flyctl)],
)
def binary(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "stand-in":
        folder = tmp_path / "bin"
        folder.mkdir()
        return install(folder)
    named = os.environ.get("FLYTUI_FLYCTL")
    if not named:
        pytest.skip("FLYTUI_FLYCTL names no fly")
    found = shutil.which(named)
    assert found is not None, f"FLYTUI_FLYCTL names {named}, which cannot be run"
    return Path(found)


@pytest.fixture
def scenario() -> str:
    """Which scenario a test sees; overridden by parametrising it."""
    return "storefront"


@pytest.fixture
def fly(
    binary: Path, served: Served, dead_proxy: socket.socket, tmp_path: Path, scenario: str
) -> Iterator[Fly]:
    faults = Faults()
    shown = served.show(scenario, faults)
    folder = tmp_path / "neutral"
    folder.mkdir()
    nowhere = f"http://127.0.0.1:{dead_proxy.getsockname()[1]}"
    variables = environment(served.url, shown.token, str(tmp_path / "config"))
    variables |= {"HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere, "TERM": "dumb", "TZ": "UTC"}
    variables |= {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    real = binary.parent != tmp_path / "bin"
    with agent.kept_in(tmp_path / "config"):
        yield Fly(binary, real, served, shown, faults, variables, folder)
