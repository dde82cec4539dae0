"""Limits, health checks, deploys, answers and the database's place: each row of the rules."""

from typing import Any

import pytest

from flytui.checks.performance import fine_tune_app
from flytui.facts.fact import Unseen
from flytui.facts.metrics import Measured
from flytui.finding import Finding, Resource, Status
from flytui.fly.models import App, CheckStatus, Machine, Service
from flytui.fly.models.postgres import Cluster
from flytui.remedy import Edit
from flytui.repo.config import local_config
from flytui.settings import Thresholds
from tests.checks.builders import app, checkout, machine, port, preferences, service
from tests.checks.machine_builders import measured

UNSEEN = Unseen("The token may not read metrics.", "Use another token.")
LIMITS = {"type": "requests", "soft_limit": 100}
CHECK = ({"type": "http"},)


def tuned(limits: dict[str, Any] | None = LIMITS, checks: Any = CHECK, *ports: Any) -> Service:
    """A service that is well, unless other limits or checks are given."""
    return service(*ports, concurrency=limits, checks=checks)


def pair(web: Service | None = None, **settings: Any) -> tuple[Machine, ...]:
    services = (web or tuned(),)
    made = (machine(m, services=services, **settings) for m in ("m1", "m2"))
    passing = CheckStatus(name="servicecheck-00", status="passing")
    return tuple(m.model_copy(update={"checks": (passing,)}) for m in made)


def judged(
    *machines: Machine,
    of: App | None = None,
    load: Measured | Unseen | None = None,
    clusters: tuple[Cluster, ...] | Unseen = (),
    local: dict[str, Any] | None = None,
    limits: Thresholds | None = None,
    **values: float,
) -> Finding:
    """An app under some load; `values` are measurements."""
    those = machines or pair()
    calm = {"concurrency": 20.0, "responses": 5000.0, "failures": 0.0, **values}
    seen = load or measured(*(m.id for m in those), **calm)
    known = preferences(thresholds=limits) if limits else preferences()
    here = checkout(config=local_config("fly.toml", local)) if local else checkout()
    return fine_tune_app(of or app(), those, known, seen, here, clusters)


def row(finding: Finding, kind: str) -> Resource:
    return next(r for r in finding.resources if r.kind == kind)


def cluster(region: str, attached: str = "storefront") -> Cluster:
    return Cluster.model_validate(
        {
            "id": "c1",
            "name": "pg",
            "version": 2,
            "region": region,
            "status": "ready",
            "plan": "basic",
            "replicas": 1,
            "attached_apps": ({"name": attached},),
        }
    )


def test_good_settings_under_load_are_good() -> None:
    assert judged().status is Status.OK


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (None, "20 connections are its soft limit"),
        ({"type": "connections", "soft_limit": 100}, "counts connections"),
        ({"type": "requests"}, "no soft limit of its own"),
        ({"type": "requests", "soft_limit": 0}, "no soft limit of its own"),
        ({"type": "requests", "soft_limit": 80, "hard_limit": 100}, "close to the hard one"),
    ],
)
def test_limits_that_suit_nobody_are_told_with_the_setting(limits: Any, said: str) -> None:
    finding = judged(*pair(tuned(limits)), concurrency=5.0)
    assert finding.status is Status.ADVICE
    assert said in finding.summary
    assert any("concurrency]" in r.snippet for r in finding.remedies if isinstance(r, Edit))


def test_a_hard_limit_far_away_is_fine() -> None:
    web = tuned({"type": "requests", "soft_limit": 79, "hard_limit": 100})
    assert judged(*pair(web)).status is Status.OK


def test_connections_are_right_for_what_is_not_http() -> None:
    raw = tuned({"type": "connections", "soft_limit": 100}, CHECK, port(5432))
    assert judged(*pair(raw)).status is Status.OK


@pytest.mark.parametrize(
    ("checks", "more", "said"),
    [
        ((), {}, "0 health checks"),
        (({"type": "tcp"},), {}, "only checked by TCP"),
        ((), {"checks": {"up": {"type": "http"}}}, "only checked outside its service"),
    ],
)
def test_an_http_service_has_an_http_check_of_its_own(checks: Any, more: Any, said: str) -> None:
    finding = judged(*pair(tuned(LIMITS, checks), **more))
    assert finding.status is Status.ADVICE
    assert said in finding.summary


@pytest.mark.parametrize(
    ("peak", "hard", "status"),
    [
        (99.0, 200, Status.OK),
        (100.0, 200, Status.ADVICE),
        (200.0, 200, Status.ACTION),
        (900.0, None, Status.ADVICE),
    ],
)
def test_a_limit_that_was_reached_is_told(peak: float, hard: int | None, status: Status) -> None:
    web = tuned({**LIMITS, "hard_limit": hard})
    finding = judged(*pair(web), concurrency=peak)
    assert finding.status is status
    assert row(finding, "Machine").status is status


@pytest.mark.parametrize(
    ("name", "state", "status"),
    [
        ("servicecheck-00", "critical", Status.ACTION),
        ("servicecheck-00", "warning", Status.ADVICE),
        ("servicecheck-00", "passing", Status.OK),
        ("bg_deployments_compat_1", "critical", Status.UNKNOWN),
    ],
)
def test_a_check_that_fails_is_to_be_acted_on(name: str, state: str, status: Status) -> None:
    failing = CheckStatus(name=name, status=state, output="connection refused")
    one, other = pair()
    finding = judged(one.model_copy(update={"checks": (failing,)}), other)
    assert finding.status is status
    shown = any(r.kind == "health check" for r in finding.resources)
    assert shown is (status in {Status.ACTION, Status.ADVICE})


def test_checks_of_which_nothing_is_said_are_not_taken_for_passing() -> None:
    one, other = pair()
    assert judged(one.model_copy(update={"checks": ()}), other).status is Status.UNKNOWN


def test_a_stopped_machine_fails_no_check() -> None:
    failing = CheckStatus(name="servicecheck-00", status="critical")
    one, other = pair()
    still = one.model_copy(update={"checks": (failing,), "state": "stopped"})
    assert judged(still, other).status is Status.OK


@pytest.mark.parametrize(
    ("strategy", "machines", "status"),
    [
        (None, pair(), Status.OK),
        ("rolling", pair(), Status.OK),
        ("rolling", pair()[:1], Status.ADVICE),
        ("immediate", pair(), Status.ADVICE),
        ("bluegreen", pair(), Status.OK),
        ("bluegreen", pair()[:1], Status.OK),
        ("bluegreen", pair(mounts=({"path": "/data"},)), Status.ACTION),
        ("canary", pair(mounts=({"path": "/data"},)), Status.ACTION),
        ("bluegreen", pair(tuned(LIMITS, ())), Status.ACTION),
    ],
)
def test_a_deploy_leaves_something_running_and_can_be_done(
    strategy: str | None, machines: tuple[Machine, ...], status: Status
) -> None:
    definition = {"deploy": {"strategy": strategy}} if strategy else None
    finding = judged(*machines, of=app(definition=definition))
    assert row(finding, "deploy strategy").status is status


@pytest.mark.parametrize(
    ("responses", "failures", "status"),
    [
        (1000.0, 10.0, Status.OK),
        (1000.0, 11.0, Status.ADVICE),
        (1000.0, 51.0, Status.ACTION),
        (99.0, 99.0, Status.NOT_APPLICABLE),
    ],
)
def test_failures_count_where_there_are_enough_answers(
    responses: float, failures: float, status: Status
) -> None:
    finding = judged(responses=responses, failures=failures)
    assert row(finding, "responses").status is status


def test_times_are_shown_and_judged_only_by_a_limit_of_the_owners() -> None:
    slow: dict[str, Any] = {"app_seconds": 3.0, "edge_seconds": 3.5}
    finding = judged(**slow)
    assert finding.status is Status.OK
    told = {e.label: e.value for e in row(finding, "responses").evidence}
    assert told["Between them"] == "500 ms for routing and waiting"
    limited = judged(limits=Thresholds(slow_response_seconds=2.0), **slow)
    assert row(limited, "responses").status is Status.ADVICE


@pytest.mark.parametrize(
    ("region", "primary", "status"),
    [
        ("ams", None, Status.OK),
        ("ams", "ams", Status.OK),
        ("ord", None, Status.ADVICE),
        ("ams", "fra", Status.ADVICE),
    ],
)
def test_a_database_belongs_where_the_app_is(
    region: str, primary: str | None, status: Status
) -> None:
    env: dict[str, Any] = {"env": {"PRIMARY_REGION": primary}} if primary else {}
    finding = judged(*pair(**env), clusters=(cluster(region),))
    assert row(finding, "database").status is status


def test_clusters_of_others_are_no_concern() -> None:
    finding = judged(clusters=(cluster("ord", attached="other"),))
    assert not any(r.kind == "database" for r in finding.resources)


@pytest.mark.parametrize("hidden", [{"load": UNSEEN}, {"clusters": UNSEEN}])
def test_good_settings_are_unknown_while_the_rest_cannot_be_seen(hidden: dict[str, Any]) -> None:
    finding = judged(**hidden)
    assert finding.status is Status.UNKNOWN
    assert finding.unseen == UNSEEN


def test_what_is_wrong_stays_wrong_without_metrics() -> None:
    assert judged(*pair(tuned(None)), load=UNSEEN).status is Status.ADVICE


def test_limits_nobody_tried_are_left_to_a_person() -> None:
    finding = judged(concurrency=0.0)
    assert finding.status is Status.MANUAL
    assert "untried" in finding.summary


@pytest.mark.parametrize(
    ("machines", "status"),
    [
        ((machine("m1", group="worker"),), Status.MANUAL),
        ((*pair(), machine("m3", group="worker")), Status.OK),
        ((), Status.UNKNOWN),
    ],
)
def test_workers_have_no_limits_to_tune(machines: tuple[Machine, ...], status: Status) -> None:
    if machines:
        assert judged(*machines).status is status
    else:
        seen = measured()
        found = fine_tune_app(app(), (), preferences(), seen, checkout(), ())
        assert found.status is status


def test_what_the_next_deploy_changes_is_told() -> None:
    other = {
        "app": "storefront",
        "http_service": {
            "internal_port": 8080,
            "concurrency": {"type": "requests", "soft_limit": 55},
            "checks": [{"path": "/up"}],
        },
    }
    finding = judged(local=other)
    assert finding.status is Status.ADVICE
    assert "2 Machines of process group app differ from fly.toml" in finding.summary
