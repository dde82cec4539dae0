"""Workers whose number should follow their load: who sees to it."""

from typing import Any

import pytest

from flytui.checks.availability import autoscale_by_metric
from flytui.facts.fact import Unseen
from flytui.finding import Finding, Status
from flytui.fly.models import Machine, OrganizationMachines
from flytui.remedy import Command
from tests.checks.builders import app, machine, service
from tests.checks.neighbour_builders import helper, listed, listing

UNSEEN = Unseen("The token may not list the organisation.", "Use another token.")
IMAGE = "flyio/fly-autoscaler:0.3"
SCALER = listing(listed("storefront"), listed("scaler", IMAGE))
TWO = (machine("m1", group="worker"), machine("m2", group="worker"))
WEB = machine("w1", group="web", services=(service(),))
GOOD = {
    "FAS_APP_NAME": "storefront",
    "FAS_PROCESS_GROUP": "worker",
    "FAS_STARTED_MACHINE_COUNT": "min(5, depth)",
}


def judged(
    *machines: Machine,
    organization: OrganizationMachines | Unseen = SCALER,
    scaler: tuple[Machine, ...] | Unseen = (),
) -> Finding:
    return autoscale_by_metric(app(), machines or TWO, organization, scaler)


def scaler(machine_id: str = "s1", state: str = "started", **env: str | None) -> Machine:
    """A good one, with variables changed or, by None, taken away."""
    told = {key: value for key, value in {**GOOD, **env}.items() if value is not None}
    return helper(machine_id, state=state, env=told)


@pytest.mark.parametrize(
    ("machines", "status"),
    [
        ((scaler(),), Status.OK),
        ((scaler(FAS_APP_NAME="store*", FAS_ORG="acme"),), Status.OK),
        ((scaler(FAS_APP_NAME="store*"),), Status.OK),
        ((scaler(FAS_APP_NAME="store*", FAS_ORG="other"),), Status.MANUAL),
        ((scaler(FAS_APP_NAME="other"),), Status.MANUAL),
        ((scaler(FAS_APP_NAME=None),), Status.MANUAL),
        ((scaler(state="stopped"),), Status.ADVICE),
        ((scaler(), scaler("s2")), Status.ADVICE),
        ((scaler(FAS_PROCESS_GROUP=None),), Status.ADVICE),
        ((scaler(FAS_STARTED_MACHINE_COUNT=None),), Status.ADVICE),
        ((scaler(FAS_CREATED_MACHINE_COUNT="depth / 10"),), Status.ADVICE),
        ((scaler(FAS_CREATED_MACHINE_COUNT="min(50, depth)"),), Status.OK),
        (
            (scaler(FAS_CREATED_MACHINE_COUNT="depth", FAS_MAX_CREATED_MACHINE_COUNT="9"),),
            Status.OK,
        ),
        (UNSEEN, Status.UNKNOWN),
    ],
)
def test_an_autoscaler_is_judged_by_what_it_is_told(machines: Any, status: Status) -> None:
    assert judged(scaler=machines).status is status


@pytest.mark.parametrize(
    ("machines", "organization", "status"),
    [
        ((WEB,), UNSEEN, Status.NOT_APPLICABLE),
        ((WEB, *TWO), listing(), Status.MANUAL),
        (TWO, listing(), Status.MANUAL),
        (TWO, UNSEEN, Status.UNKNOWN),
        (TWO, listing(silent_regions=("gru",)), Status.UNKNOWN),
        (TWO[:1], listing(), Status.NOT_APPLICABLE),
        (TWO[:1], UNSEEN, Status.UNKNOWN),
        (TWO[:1], listing(cut_short=True), Status.UNKNOWN),
        ((machine("m1", state="starting", group="worker"),), listing(), Status.NOT_APPLICABLE),
    ],
)
def test_it_is_a_question_for_several_workers(
    machines: Any, organization: Any, status: Status
) -> None:
    assert judged(*machines, organization=organization).status is status


def test_unmanaged_machines_of_several_kinds_are_not_all_looked_after() -> None:
    stray: dict[str, Any] = {"metadata": {"fly_platform_version": ""}}
    mixed = (
        machine("w1", services=(service(),), **stray),
        machine("m1", **stray),
        machine("m2", **stray),
    )
    assert judged(*mixed, organization=listing()).status is Status.MANUAL
    assert judged(mixed[0], organization=listing()).status is Status.NOT_APPLICABLE


def test_no_machines_are_no_answer() -> None:
    assert autoscale_by_metric(app(), (), SCALER, ()).status is Status.UNKNOWN


def test_one_that_is_made_anew_is_known_by_its_variables() -> None:
    rebuilt = listing(listed("storefront-autoscaler", "registry.fly.io/x:deployment-1"))
    assert judged(organization=rebuilt, scaler=(scaler(),)).status is Status.OK
    assert judged(organization=rebuilt, scaler=(helper(),)).status is Status.MANUAL


def test_the_expression_is_judged_and_not_shown() -> None:
    finding = judged(scaler=(scaler(FAS_CREATED_MACHINE_COUNT="secret_expression()"),))
    assert "secret_expression" not in repr(finding)


def test_one_that_stands_still_can_be_started() -> None:
    finding = judged(scaler=(scaler(state="stopped"),))
    (command,) = [r for r in finding.remedies if isinstance(r, Command)]
    assert command.argv == ("fly", "machine", "start", "s1", "-a", "scaler")
    assert "machines" in command.alters
