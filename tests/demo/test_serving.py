"""The demo's server: a process on loopback that says where it is and ends when it should."""

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from flytui.demo.process import DemoServer, NotStarted, start

_VARIABLES = {
    "FLY_API_BASE_URL",
    "FLY_FLAPS_BASE_URL",
    "FLY_UIEX_BASE_URL",
    "FLY_ACCESS_TOKEN",
    "FLY_CONFIG_DIR",
    "FLY_SEND_METRICS",
    "FLY_METRICS_BASE_URL",
    "FLY_SYNTHETICS_AGENT",
    "FLY_SYNTHETICS_BASE_URL",
    "FLY_NO_UPDATE_CHECK",
    "FLY_NO_INCIDENTS_CHECK",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "FLYCTL_STATUSLOGGER_NO_ERROR",
    "NO_COLOR",
}


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with start("worker", faults=True) as running:
        yield running


@pytest.fixture
def fly(server: DemoServer) -> Iterator[httpx.Client]:
    headers = {"authorization": f"FlyV1 {server.environment['FLY_ACCESS_TOKEN']}"}
    with httpx.Client(base_url=server.url, headers=headers, trust_env=False) as client:
        yield client
        client.delete("/_demo/faults")


def test_it_hands_out_every_variable_fly_needs(server: DemoServer) -> None:
    assert set(server.environment) == _VARIABLES
    assert server.environment["FLY_API_BASE_URL"] == server.url
    settings = Path(server.environment["FLY_CONFIG_DIR"], "config.yml")
    assert settings.read_text() == "wire_guard_websockets: false\n"


def test_it_brings_a_checkout_of_its_app(server: DemoServer) -> None:
    assert (server.checkout / "fly.toml").read_text().strip().startswith('app = "mailer"')
    assert (server.checkout / ".github/workflows/deploy.yml").exists()
    assert "github.com" in (server.checkout / ".git/config").read_text()


def test_graphql_and_the_machines_api_tell_of_one_world(fly: httpx.Client) -> None:
    asked = fly.post("/graphql", json={"query": '{app(name: "mailer"){machines{nodes{id}}}}'})
    listed = fly.get("/v1/apps/mailer/machines")
    nodes = asked.json()["data"]["app"]["machines"]["nodes"]
    assert [one["id"] for one in nodes] == [one["id"] for one in listed.json()]


def test_usage_statistics_are_accepted_and_forgotten(fly: httpx.Client) -> None:
    assert fly.post("/metrics_post", json=[]).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"query": "{x}", "variables": 1}'])
def test_a_graphql_request_that_is_none_is_refused(fly: httpx.Client, body: bytes) -> None:
    answer = fly.post("/graphql", content=body)
    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
def test_a_fault_answers_with_its_status_where_it_was_set(fly: httpx.Client, status: int) -> None:
    fly.post("/_demo/faults", json={"kind": str(status), "path": "/v1/apps/*/machines"})
    assert fly.get("/v1/apps/mailer/machines").status_code == status
    assert fly.get("/v1/apps/mailer").status_code == 200


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("reset", httpx.ReadError),
        ("half", httpx.RemoteProtocolError),
        ("timeout", httpx.ReadTimeout),
    ],
)
def test_a_fault_breaks_the_connection(
    fly: httpx.Client, kind: str, error: type[httpx.TransportError]
) -> None:
    fly.post("/_demo/faults", json={"kind": kind, "times": 1})
    with pytest.raises(error):
        fly.get("/v1/apps/mailer", timeout=0.2)
    assert fly.get("/v1/apps/mailer").json()["name"] == "mailer"


def test_a_fault_may_strike_one_graphql_field(fly: httpx.Client) -> None:
    fly.post("/_demo/faults", json={"kind": "html", "field": "hostIssues"})
    query = '{app(name: "mailer"){hostIssues{nodes{message}}}}'
    assert fly.post("/graphql", json={"query": query}).text.startswith("<!doctype html>")
    assert fly.post("/graphql", json={"query": "{viewer{email}}"}).json()["data"]


def test_a_fault_may_leave_a_key_out(fly: httpx.Client) -> None:
    fly.post("/_demo/faults", json={"kind": "missing", "key": "status", "times": 1})
    assert "status" not in fly.get("/v1/apps/mailer").json()
    assert "status" in fly.get("/v1/apps/mailer").json()


def test_without_leave_there_are_no_faults_to_set() -> None:
    with start("worker") as plain:
        answer = httpx.post(f"{plain.url}/_demo/faults", json={"kind": "500"}, trust_env=False)
    assert answer.status_code == 404


def test_it_ends_with_its_parents_pipe_and_leaves_no_folders() -> None:
    with start("worker") as running:
        folder = running.checkout.parent
        assert folder.exists()
    assert running.process.returncode == 0
    assert not folder.exists()


def test_a_port_in_use_is_reported(server: DemoServer) -> None:
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(NotStarted, match="did not start"):
        start("worker", port=port)


def test_serving_prints_lines_for_a_shell_and_ends_on_sigterm() -> None:
    program = "from flytui.demo.serve import serve; serve('worker')"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].startswith("export FLYTUI_DEMO_CHECKOUT="):
            lines.append(process.stdout.readline().decode())
            assert lines[-1], "the server ended early"
        exported = dict(shlex.split(line)[1].split("=", 1) for line in lines)
        assert set(exported) == _VARIABLES | {"FLYTUI_DEMO_CHECKOUT", "FLY_APP"}
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", exported["FLY_API_BASE_URL"])
        asked = httpx.get(
            exported["FLY_FLAPS_BASE_URL"] + "/v1/apps/" + exported["FLY_APP"],
            headers={"authorization": f"FlyV1 {exported['FLY_ACCESS_TOKEN']}"},
            trust_env=False,
        )
        assert asked.status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert not Path(exported["FLYTUI_DEMO_CHECKOUT"]).exists()
