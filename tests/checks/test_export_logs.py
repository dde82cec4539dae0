"""Logs leave Fly.io: a shipper of the organisation that runs, sends somewhere and takes ours."""

from typing import Any

import pytest

from flytui.checks.monitoring import export_logs
from flytui.checks.sinks import covers, own_senders, sinks
from flytui.facts.fact import Unseen
from flytui.facts.neighbours import SHIPPING, candidates
from flytui.finding import Finding, Status
from flytui.fly.models import Machine, OrganizationMachines, Secret
from flytui.remedy import Command
from tests.checks.builders import app, machine, secret, service
from tests.checks.neighbour_builders import helper, listed, listing

UNSEEN = Unseen("The token may not list the organisation.", "Use another token.")
IMAGE = "ghcr.io/superfly/fly-log-shipper:latest"
SHIPPER = listing(listed("storefront"), listed("acme-logs", IMAGE))
SERVED = machine("s1", checks={"v": {"type": "http"}}, services=(service(),)).model_copy(
    update={"checks": helper().checks}
)
KEYS = (secret("ACCESS_TOKEN"), secret("LOGTAIL_TOKEN"))


def judged(
    *machines: Machine,
    organization: OrganizationMachines | Unseen = SHIPPER,
    secrets: tuple[Secret, ...] | Unseen = KEYS,
    own: tuple[Secret, ...] | Unseen = (),
    unseen: Unseen | None = None,
) -> Finding:
    shippers = unseen or machines or (helper(),)
    return export_logs(app(), organization, shippers, secrets, (machine(),), own)


@pytest.mark.parametrize(
    ("machines", "secrets", "status"),
    [
        ((helper(),), KEYS, Status.OK),
        ((helper(SUBJECT="logs.storefront.>"),), KEYS, Status.OK),
        ((helper(), helper("s2")), KEYS, Status.ADVICE),
        ((helper(QUEUE="q"), helper("s2", QUEUE="q")), KEYS, Status.OK),
        ((helper(state="stopped"),), KEYS, Status.ADVICE),
        ((helper(critical=True),), KEYS, Status.ADVICE),
        ((helper(checks=False),), KEYS, Status.ADVICE),
        ((helper(),), (secret("ACCESS_TOKEN"),), Status.ADVICE),
        ((helper(),), (secret("LOGTAIL_TOKEN"),), Status.ADVICE),
        ((helper(SUBJECT="logs.other.>"),), KEYS, Status.ADVICE),
        ((helper(),), (*KEYS, secret("SUBJECT")), Status.MANUAL),
        ((SERVED,), KEYS, Status.ADVICE),
        ((helper().model_copy(update={"config": None}),), KEYS, Status.UNKNOWN),
    ],
)
def test_a_shipper_is_judged_by_what_it_does(machines: Any, secrets: Any, status: Status) -> None:
    assert judged(*machines, secrets=secrets).status is status


@pytest.mark.parametrize(
    ("organization", "status"),
    [
        (UNSEEN, Status.UNKNOWN),
        (listing(listed("storefront")), Status.MANUAL),
        (listing(listed("storefront"), silent_regions=("gru",)), Status.UNKNOWN),
        (listing(listed("storefront"), cut_short=True), Status.UNKNOWN),
        (listing(listed("acme-logs", IMAGE), silent_regions=("gru",)), Status.OK),
        (listing(listed("pipes", "timberio/vector:0.40")), Status.OK),
    ],
)
def test_absence_means_something_only_in_a_whole_list(organization: Any, status: Status) -> None:
    assert judged(organization=organization).status is status


def test_a_name_alone_makes_no_shipper() -> None:
    finding = judged(organization=listing(listed("log-archive")), secrets=())
    assert finding.status is Status.MANUAL
    assert "may be a log shipper" in finding.summary


@pytest.mark.parametrize("hidden", [{"secrets": UNSEEN}, {"unseen": UNSEEN}])
def test_a_shipper_that_cannot_be_looked_into_is_unknown(hidden: dict[str, Any]) -> None:
    assert judged(**hidden).unseen == UNSEEN


def test_a_check_of_which_nothing_is_said_is_not_taken_for_passing() -> None:
    assert judged(helper().model_copy(update={"checks": ()})).status is Status.UNKNOWN


def test_keys_of_a_log_service_in_the_app_itself_are_pointed_out() -> None:
    nobody = listing(listed("storefront"))
    finding = judged(organization=nobody, own=(secret("AXIOM_TOKEN"),))
    assert any("Axiom" in e.value for e in finding.evidence)


def test_the_made_for_it_comes_before_the_possible_and_the_named() -> None:
    found = candidates(
        (listed("log-archive"), listed("pipes", "timberio/vector:1"), listed("z", IMAGE)), SHIPPING
    )
    assert [one.app for one in found] == ["z", "log-archive", "pipes"]
    assert [one.certain for one in found] == [True, False, False]


@pytest.mark.parametrize(
    ("image", "certain"),
    [
        ("flyio/log-shipper", True),
        ("docker-hub-mirror.fly.io/flyio/log-shipper:v1", True),
        ("ghcr.io/superfly/fly-log-shipper@sha256:00", True),
        ("evil/notflyio/log-shipper-fake:1", False),
    ],
)
def test_the_image_is_recognised_whole(image: str, certain: bool) -> None:
    found = candidates((listed("x", image),), SHIPPING)
    assert bool(found) is certain


@pytest.mark.parametrize(
    ("subject", "covered"),
    [
        (None, True),
        ("logs.>", True),
        (">", True),
        ("logs.storefront.>", True),
        ("logs.storefront.*.*", True),
        ("logs.*.*.*", True),
        ("logs.*.ams.*", False),
        ("logs.storefront", False),
        ("logs.store.>", False),
        ("logs.*.*.*.>", False),
        ("metrics.>", False),
    ],
)
def test_a_subject_takes_all_of_an_app_or_not(subject: str | None, covered: bool) -> None:
    assert covers(subject, "storefront") is covered


def test_aws_needs_its_key_and_common_names_are_no_hint() -> None:
    assert sinks({"AWS_BUCKET"}) == ()
    assert sinks({"AWS_BUCKET", "AWS_ACCESS_KEY_ID"}) == ("AWS S3",)
    assert own_senders({"BUCKET_NAME", "AWS_ACCESS_KEY_ID", "HTTP_URL"}) == ()


def test_no_value_of_a_variable_is_shown_but_a_subject() -> None:
    finding = judged(helper(SUBJECT="sk_live_0000", OTHER="hunter2"))
    shown = repr(finding)
    assert "sk_live_0000" not in shown
    assert "hunter2" not in shown


def test_setting_one_up_begins_with_an_app_in_the_organisation() -> None:
    finding = judged(organization=listing())
    commands = [r for r in finding.remedies if isinstance(r, Command)]
    assert commands[0].argv == ("fly", "apps", "create", "acme-log-shipper", "-o", "acme", "--yes")
    assert any(c.prints_secret for c in commands)


def test_a_missing_key_is_typed_to_standard_input_alone() -> None:
    finding = judged(secrets=(secret("ACCESS_TOKEN"),))
    command = next(r for r in finding.remedies if isinstance(r, Command))
    filled = command.fill({"key": "LOGTAIL_TOKEN", "value": "hunter2"})
    assert filled.argv == ("fly", "secrets", "import", "-a", "acme-logs")
    assert "hunter2" not in repr(filled)
    assert "LOGTAIL_TOKEN" in filled.title


@pytest.mark.parametrize("deployed", [True, False])
def test_log_lines_are_offered_of_an_app_that_may_have_some(deployed: bool) -> None:
    """`fly logs --no-tail` waits for a first line, however long that takes."""
    found = export_logs(app(deployed=deployed), SHIPPER, (helper(),), KEYS, (machine(),), ())
    offered = [r.argv[1] for r in found.remedies if isinstance(r, Command)]
    assert ("logs" in offered) is deployed
