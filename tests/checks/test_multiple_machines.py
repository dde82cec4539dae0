"""Spare Machines: what each kind of process group needs to survive the loss of a host."""

from decimal import Decimal
from typing import Any

import pytest

from flytui.checks.availability import multiple_machines
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import App, HostIssue, Machine, Placement, Volume
from flytui.remedy import Command
from tests.checks.builders import ago, app, machine, service
from tests.checks.machine_builders import SIZES, hosts, performance, shared, volume

WEB = (service(autostop="stop", autostart=True),)
DEAD_END = (service(autostop="stop", autostart=False),)
UNSEEN = Unseen("GraphQL refused.", "Use a token of the app.")
MOUNT = ({"volume": "vol_1", "path": "/data"},)


def apart(*machines: Machine) -> Placement:
    return hosts(**{m.id: f"host-{m.id}" for m in machines})


def judged(
    *machines: Machine,
    of: App | None = None,
    placement: Placement | Unseen | None = None,
    volumes: tuple[Volume, ...] | Unseen = (),
    issues: tuple[HostIssue, ...] | Unseen = (),
) -> Finding:
    where = apart(*machines) if placement is None else placement
    return multiple_machines(of or app(), machines, where, volumes, issues, SIZES)


def lines(finding: Finding) -> list[str]:
    return [r.line for r in finding.remedies if isinstance(r, Command)]


def web(machine_id: str, **more: Any) -> Machine:
    return machine(machine_id, **{"services": WEB, **more})


def test_two_machines_on_two_hosts_are_good() -> None:
    finding = judged(web("m1"), web("m2", state="stopped"))
    assert finding.status is Status.OK
    assert finding.summary == "1 process group can lose a host and go on."


def test_one_machine_with_services_is_one_too_few() -> None:
    finding = judged(web("m1", group="web", guest=performance()))
    assert finding.status is Status.ACTION
    assert finding.summary.startswith("web has 1 Machine")
    assert lines(finding) == ["fly scale count web=2 -a storefront --yes"]
    command = finding.remedies[0]
    assert isinstance(command, Command)
    assert command.cost_per_month_usd == Decimal("31.00")
    assert command.alters == {"machines", "placement", "volumes"}


def test_a_price_not_listed_stays_unknown() -> None:
    finding = judged(web("m1", guest=shared(3)))
    command = finding.remedies[0]
    assert isinstance(command, Command)
    assert command.cost_per_month_usd is None
    assert "does not tell" in command.cost_note


def test_a_failed_machine_is_none_to_rely_on_but_counts_for_fly_scale() -> None:
    finding = judged(web("m1"), web("m2", state="failed"))
    assert finding.status is Status.ACTION
    assert lines(finding) == ["fly scale count app=3 -a storefront --yes"]


def test_a_machine_on_a_lost_host_is_none_to_rely_on() -> None:
    finding = judged(web("m1"), web("m2", host_status="unreachable"))
    assert finding.status is Status.ACTION


def test_an_app_in_several_regions_names_the_one_to_scale() -> None:
    definition = {"primary_region": "ams", "processes": {"web": "serve", "api": "serve"}}
    finding = judged(
        web("m1", group="web", region="ams"),
        web("m2", group="api", region="ams"),
        web("m3", group="api", region="fra"),
        web("m4", group="api", region="ams"),
        of=app(definition={**definition, "services": [{"processes": ["web", "api"]}]}),
    )
    assert lines(finding)[0] == "fly scale count web=2 --region ams -a storefront --yes"


@pytest.mark.parametrize(
    ("placement", "status"),
    [
        (hosts(m1="a", m2="b"), Status.OK),
        (hosts(m1="a", m2="a"), Status.ADVICE),
        (hosts(False, m1="a", m2="b"), Status.UNKNOWN),
        (hosts(m1="a"), Status.UNKNOWN),
        (UNSEEN, Status.UNKNOWN),
    ],
)
def test_hosts_must_be_seen_and_different(placement: Placement | Unseen, status: Status) -> None:
    finding = judged(web("m1"), web("m2"), placement=placement)
    assert finding.status is status
    assert (finding.unseen is not None) is (status is Status.UNKNOWN)


def test_one_machine_too_few_is_told_without_knowing_hosts() -> None:
    assert judged(web("m1"), placement=UNSEEN).status is Status.ACTION


@pytest.mark.parametrize(
    ("regions", "status"),
    [(("ams", "ams"), Status.OK), (("ams", "fra"), Status.ADVICE), (("fra", "fra"), Status.ADVICE)],
)
def test_two_belong_in_the_primary_region(regions: tuple[str, str], status: Status) -> None:
    finding = judged(
        web("m1", region=regions[0]),
        web("m2", region=regions[1]),
        of=app(definition={"primary_region": "ams"}),
    )
    assert finding.status is status


def test_a_stopped_spare_without_autostart_never_takes_over() -> None:
    finding = judged(web("m1"), web("m2", state="stopped", services=DEAD_END))
    assert finding.status is Status.ACTION
    assert "can never take over" in finding.summary
    assert lines(finding) == ["fly machine update m2 -a storefront --autostart --yes"]


def test_a_superfluous_sleeper_is_only_advice() -> None:
    finding = judged(web("m1"), web("m2"), web("m3", state="stopped", services=DEAD_END))
    assert finding.status is Status.ADVICE


def test_the_old_switch_against_autostart_counts() -> None:
    finding = judged(web("m1"), web("m2", state="stopped", disable_machine_autostart=True))
    assert finding.status is Status.ACTION


def worker(machine_id: str, **more: Any) -> Machine:
    return machine(machine_id, group="worker", **more)


@pytest.mark.parametrize(
    ("machines", "status"),
    [
        ((worker("m1"), worker("m2")), Status.OK),
        ((worker("m1"), worker("m2", state="stopped", standbys=("m1",))), Status.OK),
        ((worker("m1"),), Status.ACTION),
        ((worker("m1", state="stopped"),), Status.ACTION),
        ((worker("m1"), worker("m2", state="stopped", standbys=("gone",))), Status.ADVICE),
        ((worker("m1"), worker("m2", state="stopped")), Status.ADVICE),
        ((worker("m1"), worker("m2", state="starting")), Status.UNKNOWN),
        (
            (worker("m1", state="stopped"), worker("m2", state="stopped", standbys=("m1",))),
            Status.ADVICE,
        ),
        ((worker("m2", state="stopped", standbys=("gone",)),), Status.ACTION),
    ],
)
def test_a_worker_has_a_second_or_a_standby(machines: tuple[Machine, ...], status: Status) -> None:
    assert judged(*machines).status is status


def test_the_row_of_a_group_is_not_green_while_one_of_its_machines_starts() -> None:
    found = judged(worker("m1"), worker("m2", state="starting"))
    (row,) = (r for r in found.resources if r.kind == "process group")
    assert row.status is Status.UNKNOWN


def test_a_lonely_worker_is_given_a_standby_and_not_scaled() -> None:
    finding = judged(worker("m1"))
    assert lines(finding) == ["fly machine clone m1 -a storefront --standby-for=source"]


def test_a_standby_of_a_lost_machine_is_told_to_watch_a_living_one() -> None:
    finding = judged(worker("m1"), worker("m2", state="stopped", standbys=("gone",)))
    assert lines(finding) == ["fly machine update m2 --standby-for m1 -a storefront --yes"]


def test_a_standby_on_the_host_of_what_it_watches_is_lost_with_it() -> None:
    both = (worker("m1"), worker("m2", state="stopped", standbys=("m1",)))
    assert judged(*both, placement=hosts(m1="a", m2="a")).status is Status.ADVICE


def test_machines_with_volumes_of_their_own_may_still_share_a_host() -> None:
    both = (web("m1", mounts=MOUNT), web("m2", mounts=({"volume": "vol_2", "path": "/data"},)))
    volumes = (volume("vol_1", "m1", zone="z1"), volume("vol_2", "m2", zone="z2"))
    assert judged(*both, volumes=volumes).status is Status.OK
    assert judged(*both, volumes=volumes, placement=hosts(m1="a", m2="a")).status is Status.ADVICE


@pytest.mark.parametrize("host_status", ["unreachable", "unknown"])
def test_a_host_that_does_not_answer_is_told_beside_machines_enough(host_status: str) -> None:
    found = judged(web("m1"), web("m2"), web("m3", host_status=host_status))
    assert found.status is Status.ADVICE
    assert "does not answer" in found.summary


def test_a_standby_is_no_second_machine_of_a_service() -> None:
    finding = judged(web("m1"), web("m2", state="stopped", standbys=("m1",)))
    assert finding.status is Status.ACTION


@pytest.mark.parametrize(
    ("volumes", "status"),
    [
        ((volume("v1", "m1", zone="a"), volume("v2", "m2", zone="b")), Status.OK),
        ((volume("v1", "m1", zone="a"), volume("v2", "m2", zone="a")), Status.ADVICE),
        ((volume("v1", "m1", zone=None), volume("v2", "m2", zone=None)), Status.UNKNOWN),
        ((volume("v1", "m1"),), Status.ADVICE),
        (
            (
                volume("v1", "m1", zone="a"),
                volume("v2", "m2", zone="b"),
                volume("v3", None),
            ),
            Status.ADVICE,
        ),
        (
            (volume("v1", "m1", zone="a"), volume("v2", "m2", zone="b", host_status="unreachable")),
            Status.ADVICE,
        ),
        (UNSEEN, Status.UNKNOWN),
    ],
)
def test_data_is_on_two_volumes_in_two_zones(
    volumes: tuple[Volume, ...] | Unseen, status: Status
) -> None:
    machines = (web("m1", mounts=MOUNT), web("m2", mounts=MOUNT))
    assert judged(*machines, volumes=volumes).status is status


def test_a_single_volume_is_never_scaled_by_count() -> None:
    finding = judged(web("m1", mounts=MOUNT), volumes=(volume("v1", "m1"),))
    assert finding.status is Status.ADVICE
    assert lines(finding) == ["fly machine clone m1 -a storefront --from-snapshot last"]
    clone = next(r for r in finding.remedies if isinstance(r, Command))
    assert "$1.50" in clone.cost_note


def test_a_machine_with_several_mounts_is_not_cloned() -> None:
    two = (*MOUNT, {"volume": "vol_2", "path": "/more"})
    finding = judged(web("m1", mounts=two), volumes=(volume("v1", "m1"),))
    assert lines(finding) == []


def test_the_worst_group_decides() -> None:
    finding = judged(web("m1", group="web"), web("m2", group="web"), machine("m3", group="worker"))
    assert finding.status is Status.ACTION
    assert {r.id: r.status for r in finding.resources if r.kind == "process group"} == {
        "worker": Status.ACTION,
        "web": Status.OK,
    }


def test_a_group_that_fly_toml_names_but_nobody_runs_is_missing() -> None:
    definition = {"processes": {"web": "serve", "mail": "send"}, "http_service": {}}
    finding = judged(web("m1", group="web"), web("m2", group="web"), of=app(definition=definition))
    assert finding.status is Status.ACTION
    assert finding.summary == "mail has 0 Machines."


@pytest.mark.parametrize(
    "bystander",
    [
        machine("m3", group="fly_app_release_command"),
        machine("m3", group="fly_app_console"),
        machine("m3", state="destroyed"),
        machine("m3", group="cron", schedule="daily"),
        machine("m3", group="once", auto_destroy=True),
    ],
)
def test_machines_that_are_no_part_of_the_service_are_left_out(bystander: Machine) -> None:
    finding = judged(web("m1"), web("m2"), bystander)
    assert finding.status is Status.OK


def test_a_temporary_machine_is_no_second_one() -> None:
    assert judged(web("m1"), web("m2", group="fly_app_console")).status is Status.ACTION


def test_unmanaged_machines_are_a_group_of_their_own_and_cloned() -> None:
    stray = web("m3", metadata={"fly_platform_version": ""})
    finding = judged(web("m1"), web("m2"), stray)
    assert finding.status is Status.ACTION
    assert lines(finding) == ["fly machine clone m3 -a storefront"]


def test_the_autoscaler_is_meant_to_be_alone() -> None:
    finding = judged(scaler())
    assert finding.status is Status.NOT_APPLICABLE


def scaler() -> Machine:
    plain = machine("m1")
    assert plain.config is not None
    config = plain.config.model_copy(update={"image": "flyio/fly-autoscaler:0.3"})
    return plain.model_copy(update={"config": config})


def test_a_cordoned_machine_is_told() -> None:
    cordoned = web("m2").model_copy(update={"cordoned": True})
    finding = judged(web("m1"), cordoned)
    assert finding.status is Status.ADVICE
    assert lines(finding) == ["fly machine uncordon m2 -a storefront"]


def test_uneven_releases_are_told() -> None:
    assert judged(web("m1", release=7), web("m2", release=6)).status is Status.ADVICE


@pytest.mark.parametrize("resolved", [False, True])
def test_trouble_on_a_host_is_told_while_it_lasts(resolved: bool) -> None:
    issue = HostIssue(
        internal_id="i1",
        message="Disk failure",
        created_at=ago(hours=3),
        resolved_at=ago(hours=1) if resolved else None,
    )
    finding = judged(web("m1"), web("m2"), issues=(issue,))
    assert finding.status is (Status.OK if resolved else Status.ADVICE)


def test_a_deploy_under_way_is_never_green() -> None:
    finding = judged(web("m1"), web("m2", state="starting"))
    assert finding.status is Status.UNKNOWN
    assert finding.summary == "1 Machine is changing state."


def test_a_machine_whose_group_is_hidden_keeps_the_item_from_green() -> None:
    hidden = Machine.model_validate(
        {
            "id": "m3",
            "name": "n",
            "state": "started",
            "region": "ams",
            "config": None,
            "host_status": "unreachable",
            "created_at": ago(days=1),
            "updated_at": ago(days=1),
        }
    )
    finding = judged(web("m1"), web("m2"), hidden)
    assert finding.status is Status.ADVICE
    assert finding.resources[-1].kind == "Machine"


def test_services_that_an_unreachable_host_hides_leave_the_kind_unknown() -> None:
    finding = judged(machine("m1", host_status="unreachable", unreadable=True))
    assert finding.status is Status.UNKNOWN
    assert finding.unseen is not None


def test_an_app_never_deployed_has_no_machines() -> None:
    finding = judged(of=app(released=False, deployed=False))
    assert finding.status is Status.ACTION
    assert "never deployed" in finding.summary


def test_states_do_not_move_the_basis_of_a_review() -> None:
    finding = judged(web("m1"), web("m2"))
    assert all(e.moves for e in finding.evidence if e.value in {"started", "stopped"})
    assert any(e.moves for e in finding.evidence)


def test_each_machine_has_a_row_under_its_group() -> None:
    finding = judged(web("m1"), web("m2").model_copy(update={"cordoned": True}))
    assert [(r.kind, r.id, r.status) for r in finding.resources] == [
        ("process group", "app", Status.ADVICE),
        ("Machine", "m1", Status.OK),
        ("Machine", "m2", Status.ADVICE),
    ]
    assert [r.line for r in finding.resources[2].remedies if isinstance(r, Command)] == [
        "fly machine uncordon m2 -a storefront"
    ]


def test_a_machine_on_an_unknown_host_has_no_green_row() -> None:
    finding = judged(web("m1"), placement=UNSEEN)
    assert finding.resources[1].status is Status.UNKNOWN


def test_running_a_changed_plan_is_noticed() -> None:
    before, after = judged(web("m1")).remedies[0], judged(web("m1", region="fra")).remedies[0]
    stopped = judged(web("m1", state="stopped")).remedies[0]
    assert before != after
    assert before == stopped
