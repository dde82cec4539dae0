"""Autostop and autostart: both on, or a word about what it costs or breaks."""

from typing import Any

import pytest

from flytui.checks.availability import autostop_autostart
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import App, Machine
from flytui.remedy import Command, Edit
from flytui.repo.config import local_config
from tests.checks.builders import app, checkout, machine, service
from tests.checks.machine_builders import performance, shared

UNSEEN = Unseen("Refused.", "Use another token.")


def judged(
    *machines: Machine, of: App | None = None, local: dict[str, Any] | None = None
) -> Finding:
    here = checkout(config=local_config("fly.toml", local)) if local else checkout()
    return autostop_autostart(of or app(), machines, here)


def web(machine_id: str = "m1", *, more: dict[str, Any] | None = None, **settings: Any) -> Machine:
    return machine(machine_id, services=(service(**settings),), **(more or {}))


@pytest.mark.parametrize(
    ("stop", "start", "status"),
    [
        ("stop", True, Status.OK),
        ("suspend", True, Status.OK),
        ("stop", None, Status.OK),
        (True, True, Status.OK),
        ("stop", False, Status.ACTION),
        ("suspend", False, Status.ACTION),
        ("off", True, Status.ADVICE),
        (None, None, Status.ADVICE),
        (False, False, Status.ADVICE),
    ],
)
def test_both_belong_together(stop: Any, start: bool | None, status: Status) -> None:
    finding = judged(
        web("m1", autostop=stop, autostart=start), web("m2", autostop=stop, autostart=start)
    )
    assert finding.status is status


def test_a_good_verdict_counts_the_machines() -> None:
    assert judged(web("m1", autostop="stop"), web("m2", autostop="stop")).summary == (
        "2 Machines with services stop when idle and start on request."
    )


def test_a_machine_never_started_again_is_cured_now_and_for_good() -> None:
    finding = judged(web(autostop="stop", autostart=False))
    assert (
        finding.summary
        == "1 Machine of process group app is stopped when idle and never started again."
    )
    edit, command = finding.remedies
    assert isinstance(edit, Edit)
    assert "auto_start_machines = true" in edit.snippet
    assert isinstance(command, Command)
    assert command.line == "fly machine update m1 -a storefront --autostart --yes"
    assert "next deploy" in command.changes


def test_the_old_switch_against_autostart_counts() -> None:
    stuck = web(autostop="stop", more={"disable_machine_autostart": True})
    assert judged(stuck).status is Status.ACTION


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"guest": shared(1, 1024)}, Status.OK),
        ({"guest": performance(1, 2048)}, Status.OK),
        ({"guest": performance(1, 4096)}, Status.ADVICE),
        ({"guest": shared(1, 256), "init": {"swap_size_mb": 512}}, Status.ADVICE),
    ],
)
def test_suspending_has_its_limits(settings: dict[str, Any], status: Status) -> None:
    finding = judged(web(autostop="suspend", autostart=True, more=settings))
    assert finding.status is status


@pytest.mark.parametrize(
    ("least", "regions", "status"),
    [
        (0, ("ams", "ams"), Status.OK),
        (1, ("ams", "ams"), Status.OK),
        (2, ("ams", "ams"), Status.ADVICE),
        (1, ("fra", "fra"), Status.ADVICE),
        (1, ("ams", "fra"), Status.ADVICE),
    ],
)
def test_the_least_number_counts_in_the_primary_region(
    least: int, regions: tuple[str, str], status: Status
) -> None:
    machines = [
        web(f"m{i}", autostop="stop", min_machines_running=least, more={"region": region})
        for i, region in enumerate(regions)
    ]
    definition = {"primary_region": "ams"}
    assert judged(*machines, of=app(definition=definition)).status is status


def test_services_of_one_group_should_agree() -> None:
    two = (service(autostop="stop"), service(autostop="suspend", internal_port=9000))
    finding = judged(machine("m1", services=two))
    assert finding.status is Status.ADVICE
    assert "2 different autostop settings" in finding.summary


def test_a_machine_speaks_for_itself() -> None:
    finding = judged(web("m1", autostop="off"), web("m2", autostop="stop"))
    rows = {r.id: r.summary for r in finding.resources if r.kind == "Machine"}
    assert rows == {
        "m1": "Machine m1 runs all the time: autostop is off.",
        "m2": "Machine m2 stops when idle and starts on request.",
    }


def test_a_drift_from_the_deployed_fly_toml_is_told() -> None:
    definition = {
        "http_service": {"internal_port": 8080, "auto_stop_machines": False},
    }
    finding = judged(web(autostop="stop"), of=app(definition=definition))
    assert finding.status is Status.ADVICE
    assert "next deploy resets" in finding.summary


def test_a_deployed_fly_toml_that_agrees_is_no_drift() -> None:
    definition = {
        "http_service": {
            "internal_port": 8080,
            "auto_stop_machines": True,
            "auto_start_machines": True,
            "min_machines_running": 0,
        },
    }
    assert judged(web(autostop="stop"), of=app(definition=definition)).status is Status.OK


def test_production_may_keep_one_machine_warm() -> None:
    finding = judged(web(autostop="stop"), of=app("shop-production"))
    assert finding.status is Status.OK
    (edit,) = finding.remedies
    assert isinstance(edit, Edit)
    assert "min_machines_running = 1" in edit.snippet


def test_the_snippet_uses_the_section_that_the_app_uses() -> None:
    definition = {"services": [{"internal_port": 8080, "ports": [{"port": 443}]}]}
    (edit,) = judged(web(autostop="off"), of=app(definition=definition)).remedies[:1]
    assert isinstance(edit, Edit)
    assert edit.snippet.startswith("[[services]]")


def test_without_services_there_is_nothing_to_start_machines_by() -> None:
    assert judged(machine("m1")).status is Status.NOT_APPLICABLE


def test_the_worker_beside_the_web_is_left_out() -> None:
    finding = judged(web(autostop="stop"), machine("m2", group="worker"))
    assert [(r.kind, r.id) for r in finding.resources] == [
        ("process group", "app"),
        ("Machine", "m1"),
    ]
    assert finding.status is Status.OK


def test_without_machines_there_is_nothing_to_judge() -> None:
    assert judged().status is Status.UNKNOWN


def test_services_hidden_by_a_lost_host_are_not_absent() -> None:
    finding = judged(machine("m1", host_status="unreachable", unreadable=True))
    assert finding.status is Status.UNKNOWN


def test_a_machine_of_an_unknown_group_may_have_services() -> None:
    finding = judged(machine("m2"), faceless())
    assert finding.status is Status.UNKNOWN


def faceless() -> Machine:
    hidden = machine("m1", host_status="unreachable")
    return hidden.model_copy(update={"config": None})


def test_nothing_is_green_while_a_machine_changes_state() -> None:
    assert judged(web(autostop="stop", more={"state": "stopping"})).status is Status.UNKNOWN


def test_builders_keep_their_own_rules() -> None:
    finding = judged(web(autostop="off"), of=app(role="remote-docker-builder"))
    assert finding.status is Status.NOT_APPLICABLE


def fly_toml(stop: str, **more: Any) -> dict[str, Any]:
    web_service = {"internal_port": 8080, "auto_stop_machines": stop, "auto_start_machines": True}
    return {"app": "storefront", "http_service": web_service, **more}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"swap_size_mb": 512}, "its 512 MB of swap prevents"),
        ({"vm": [{"size": "performance-1x", "memory": "4gb"}]}, "more than 2048, prevents"),
    ],
)
def test_suspending_that_the_file_itself_prevents_is_told_before_the_deploy(
    more: dict[str, Any], reason: str
) -> None:
    finding = judged(web(autostop="suspend"), local=fly_toml("suspend", **more))
    assert finding.status is Status.ADVICE
    assert reason in finding.summary


def test_suspending_that_works_is_not_doubted() -> None:
    assert judged(web(autostop="suspend"), local=fly_toml("suspend")).status is Status.OK


def test_what_the_checkout_has_ahead_of_the_release_is_told() -> None:
    released = app(definition=fly_toml("stop"))
    finding = judged(web(autostop="stop"), of=released, local=fly_toml("off"))
    assert finding.status is Status.ADVICE
    assert "the next deploy sets process group app to port 8080: autostop off" in finding.summary
    assert judged(web(autostop="stop"), of=released, local=fly_toml("stop")).status is Status.OK
