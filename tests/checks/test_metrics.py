"""Metrics of the app's own: promised, arriving, or left to Fly.io's."""

from typing import Any

import pytest

from flytui.checks.monitoring import metrics
from flytui.facts.fact import Unseen
from flytui.facts.metrics import Measured
from flytui.finding import Finding, Status
from flytui.fly.models import App, Machine
from flytui.remedy import Edit, Link
from tests.checks.builders import app, checkout, machine
from tests.checks.machine_builders import measured

UNSEEN = Unseen("The token may not read metrics.", "Use another token.")
ENDPOINT: dict[str, Any] = {"metrics": {"port": 9394, "path": "/metrics"}}
OWN = ("orders_total",)


def judged(
    *machines: Machine,
    load: Measured | Unseen | None = None,
    own: tuple[str, ...] | Unseen = (),
    of: App | None = None,
) -> Finding:
    seen = load or measured(*(m.id for m in machines))
    return metrics(of or app(), machines, seen, own, checkout())


@pytest.mark.parametrize(
    ("settings", "own", "load", "status"),
    [
        ({}, (), None, Status.MANUAL),
        ({}, (), UNSEEN, Status.UNKNOWN),
        (ENDPOINT, OWN, None, Status.OK),
        (ENDPOINT, (), None, Status.ADVICE),
        (ENDPOINT, (), Measured(), Status.UNKNOWN),
        (ENDPOINT, UNSEEN, None, Status.UNKNOWN),
        (ENDPOINT, OWN, UNSEEN, Status.UNKNOWN),
    ],
)
def test_own_metrics_are_good_when_they_arrive(
    settings: dict[str, Any], own: Any, load: Any, status: Status
) -> None:
    assert judged(machine("m1", **settings), own=own, load=load).status is status


def test_a_second_section_of_a_group_is_read_by_nobody() -> None:
    two = {"metrics": [{"port": 9394, "path": "/metrics"}, {"port": 9395, "path": "/metrics"}]}
    finding = judged(machine("m1", **ENDPOINT), own=OWN, of=app(definition=two))
    assert finding.status is Status.ADVICE
    assert "reads only the first" in finding.summary


def test_what_the_next_deploy_changes_is_told() -> None:
    other = app(definition={"metrics": [{"port": 9100, "path": "/metrics"}]})
    finding = judged(machine("m1", **ENDPOINT), own=OWN, of=other)
    assert "from :9394/metrics to :9100/metrics" in finding.summary


def test_each_machine_tells_whether_it_is_measured() -> None:
    stopped = machine("m2", state="stopped")
    finding = judged(machine("m1"), stopped, machine("m3"), load=measured("m1"))
    rows = {r.id: r.status for r in finding.resources if r.kind == "Machine"}
    assert rows == {"m1": Status.OK, "m2": Status.NOT_APPLICABLE, "m3": Status.ADVICE}


def test_it_shows_where_to_look_and_what_to_write() -> None:
    numbered = app().organization.model_copy(update={"internal_numeric_id": 4711})
    finding = judged(machine("m1"), of=app().model_copy(update={"organization": numbered}))
    links = [r.url for r in finding.remedies if isinstance(r, Link)]
    assert "https://fly-metrics.net/d/fly-app/fly-app?orgId=4711&var-app=storefront" in links
    assert any("[[metrics]]" in r.snippet for r in finding.remedies if isinstance(r, Edit))
    assert any(e.label == "Alerts" for e in finding.evidence)


def test_nobody_is_measured_where_nothing_exists() -> None:
    assert judged().status is Status.UNKNOWN
    assert judged(of=app(role="postgres_cluster")).status is Status.NOT_APPLICABLE
