"""Regions: one is a decision, far requests are a reason, and nothing is ever scaled down."""

import re
from typing import Any

import pytest

from flytui.checks.availability import add_regions
from flytui.checks.distance import entries, kilometres
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import Machine
from flytui.remedy import Command
from tests.checks.builders import app, flycast, ipv6, machine, preferences, service
from tests.checks.machine_builders import REGIONS, SIZES, requests

WEB = (service(),)
UNSEEN = Unseen("Prometheus refused.", "Use an organisation token.")


def judged(*machines: Machine, private: bool | None = None, **more: Any) -> Finding:
    return add_regions(
        more.get("of", app()),
        machines,
        preferences(private=private),
        more.get("regions", REGIONS),
        more.get("traffic", UNSEEN),
        more.get("addresses", (ipv6(),)),
        SIZES,
    )


def web(machine_id: str, region: str, **more: Any) -> Machine:
    return machine(machine_id, region=region, **{"services": WEB, **more})


def adding(finding: Finding) -> Command:
    return next(r for r in finding.remedies if isinstance(r, Command))


def test_one_region_is_advice() -> None:
    finding = judged(web("m1", "ams"), web("m2", "ams"))
    assert finding.status is Status.ADVICE
    assert finding.summary == "Process group app is in 1 region: ams."


def test_two_regions_are_good() -> None:
    finding = judged(web("m1", "ams"), web("m2", "fra"))
    assert finding.status is Status.OK
    assert finding.summary == "Machines that serve requests are in 2 regions."


@pytest.mark.parametrize(
    ("share", "status"), [(5, Status.OK), (10, Status.OK), (20, Status.ADVICE)]
)
def test_many_requests_from_far_away_are_a_reason(share: int, status: Status) -> None:
    traffic = requests(ams=100 - share, syd=share)
    finding = judged(web("m1", "ams"), web("m2", "fra"), traffic=traffic)
    assert finding.status is status


def test_the_far_region_is_suggested_first() -> None:
    finding = judged(web("m1", "ams"), traffic=requests(ams=60, syd=40))
    assert (
        finding.summary == "40% of requests enter more than 3000 km from process group app, at syd."
    )
    assert adding(finding).blanks[0].suggestions == ("syd", "fra")


def test_a_region_that_has_machines_is_refused_as_it_would_be_scaled_down() -> None:
    command = adding(judged(web("m1", "ams"), web("m2", "ams")))
    with pytest.raises(ValueError, match="Region"):
        command.fill({"region": "ams"})
    filled = command.fill({"region": "syd"})
    assert filled.line == "fly scale count app=1 --region syd -a storefront --yes"


def test_a_region_is_three_letters() -> None:
    pattern = adding(judged(web("m1", "ams"))).blanks[0].pattern
    assert re.fullmatch(pattern, "fra")
    assert not re.fullmatch(pattern, "fra,syd")


def test_a_region_that_fly_gives_up_is_told() -> None:
    finding = judged(web("m1", "ams"), web("m2", "old"))
    assert finding.status is Status.ADVICE
    assert "gives up" in finding.summary


@pytest.mark.parametrize("more", [{"traffic": UNSEEN}, {"regions": UNSEEN}])
def test_unseen_traffic_is_mentioned_and_decides_nothing(more: dict[str, Any]) -> None:
    finding = judged(web("m1", "ams"), web("m2", "fra"), **more)
    assert finding.status is Status.OK
    assert any(e.label == "Not seen" and e.moves for e in finding.evidence)


def test_traffic_moves_by_itself() -> None:
    finding = judged(web("m1", "ams"), traffic=requests(ams=1))
    assert all(e.moves for e in finding.evidence if "Requests" in e.label)


def test_workers_need_no_region_near_anybody() -> None:
    assert judged(machine("m1")).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("private", "addresses", "status"),
    [
        (True, (ipv6(),), Status.NOT_APPLICABLE),
        (None, (flycast(),), Status.NOT_APPLICABLE),
        (False, (flycast(),), Status.ADVICE),
        (None, (flycast(), ipv6()), Status.ADVICE),
        (None, (), Status.ADVICE),
        (None, UNSEEN, Status.ADVICE),
    ],
)
def test_private_apps_are_left_out(private: bool | None, addresses: Any, status: Status) -> None:
    assert judged(web("m1", "ams"), private=private, addresses=addresses).status is status


def test_data_with_one_writer_stays_where_it_is() -> None:
    mount = ({"volume": "vol_1", "path": "/data"},)
    assert judged(web("m1", "ams", mounts=mount)).status is Status.NOT_APPLICABLE


def test_a_failed_machine_is_in_no_region() -> None:
    assert judged(web("m1", "ams"), web("m2", "fra", state="failed")).status is Status.ADVICE


def test_two_regions_are_not_green_while_machines_change_state() -> None:
    finding = judged(web("m1", "ams"), web("m2", "fra", state="updating"))
    assert finding.status is Status.UNKNOWN


def test_without_machines_there_is_nothing_to_judge() -> None:
    assert judged().status is Status.UNKNOWN


def test_postgres_keeps_its_own_rules() -> None:
    finding = judged(web("m1", "ams"), of=app(role="postgres_cluster"))
    assert finding.status is Status.NOT_APPLICABLE


def test_amsterdam_and_sydney_are_half_a_world_apart() -> None:
    ams, _, syd, _ = REGIONS
    assert 16_500 < kilometres(ams, syd) < 16_800
    assert kilometres(ams, ams) == 0


def test_regions_of_unknown_place_have_no_distance() -> None:
    (entry,) = entries(requests(xyz=3), REGIONS, ["ams"])
    assert entry.km is None


def test_no_requests_are_no_entries() -> None:
    assert entries(requests(ams=0), REGIONS, ["ams"]) == ()
