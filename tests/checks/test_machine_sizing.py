"""Sizes of Machines: what each rule says, and what its remedy would do."""

from decimal import Decimal
from typing import Any

import pytest

from flytui.checks.performance import machine_sizing
from flytui.checks.sizes import fitting, roomier
from flytui.facts.fact import Unseen
from flytui.facts.metrics import Courses, Measured
from flytui.finding import Finding, Status
from flytui.fly.models import App, Machine
from flytui.remedy import Command, Edit
from flytui.repo import Checkout
from tests.checks.builders import NOW, ago, app, checkout, machine, preferences, service
from tests.checks.machine_builders import (
    SIZES,
    measured,
    out_of_memory,
    performance,
    shared,
    updated,
    with_events,
)

WEB = (service(),)
UNSEEN = Unseen("The token may not read prices.", "Use another token.")


def sized(
    *machines: Machine,
    of: App | None = None,
    here: Checkout | None = None,
    prices: Any = SIZES,
    load: Measured | Unseen | None = None,
) -> Finding:
    """The finding with measurements that give no cause for concern, unless others are given."""
    seen = load or measured(*(m.id for m in machines))
    of, here = of or app(), here or checkout()
    return machine_sizing(of, machines, preferences(), prices, here, seen, Courses(), NOW)


def commands(finding: Finding) -> list[Command]:
    return [r for r in finding.remedies if isinstance(r, Command)]


def test_performance_cpus_with_memory_are_good() -> None:
    finding = sized(
        machine("m1", services=WEB, guest=performance()),
        machine("m2", services=WEB, guest=performance()),
    )
    assert finding.status is Status.OK
    assert finding.summary == "2 Machines have the CPUs and memory their groups need."


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"guest": shared(), "services": WEB}, Status.ADVICE),
        ({"guest": shared()}, Status.OK),
        ({"guest": performance(), "services": WEB}, Status.OK),
        ({"guest": shared(memory=256)}, Status.ADVICE),
        ({"guest": shared(memory=256), "init": {"swap_size_mb": 512}}, Status.OK),
        ({"guest": shared(memory=768)}, Status.OK),
        ({"guest": shared(2, 256), "init": {"swap_size_mb": 512}}, Status.ADVICE),
        ({"guest": shared(1, 4096)}, Status.ADVICE),
        ({"guest": performance(1, 1024)}, Status.ADVICE),
        ({"guest": performance(), "size": "performance-1x"}, Status.ADVICE),
        ({}, Status.UNKNOWN),
    ],
)
def test_each_rule_of_size(settings: dict[str, Any], status: Status) -> None:
    assert sized(machine("m1", **settings)).status is status


def test_a_service_without_http_may_use_shared_cpus() -> None:
    raw = service(protocol="tcp").model_copy(update={"ports": ()})
    assert sized(machine("m1", services=(raw,), guest=shared())).status is Status.OK


def test_swap_is_not_suggested_where_it_would_prevent_suspending() -> None:
    suspending = service(autostop="suspend")
    finding = sized(machine("m1", services=(suspending,), guest=shared(memory=256)))
    assert not any("swap" in e.value for e in finding.evidence)
    assert "shared CPUs" in finding.summary


def test_different_sizes_in_one_group_are_told_with_the_larger_as_remedy() -> None:
    finding = sized(
        machine("m1", guest=shared(1, 1024)),
        machine("m2", guest=shared(2, 1024)),
    )
    assert finding.status is Status.ADVICE
    assert "2 sizes" in finding.summary
    assert commands(finding)[0].argv[3] == "shared-cpu-2x"


@pytest.mark.parametrize("nested", [False, True])
def test_running_out_of_memory_since_the_update_is_to_be_acted_on(nested: bool) -> None:
    killed = with_events(
        machine("m1", guest=shared()),
        out_of_memory(ago(hours=1), nested=nested),
        updated(ago(hours=2)),
    )
    finding = sized(killed)
    assert finding.status is Status.ACTION
    assert commands(finding)[0].argv[-1] == "2048"


def test_running_out_of_memory_before_the_update_is_history() -> None:
    machine_ = with_events(
        machine("m1", guest=shared()), updated(ago(hours=1)), out_of_memory(ago(hours=2))
    )
    assert sized(machine_).status is Status.OK


def test_resizing_names_the_group_keeps_memory_and_never_says_yes() -> None:
    finding = sized(machine("m1", group="web", services=WEB, guest=shared(2, 4096)))
    assert commands(finding)[0].argv == (
        *("fly", "scale", "vm", "performance-1x", "-a", "storefront", "-g", "web"),
        *("--vm-memory", "4096"),
    )


def test_resizing_tells_the_restart_of_an_only_machine() -> None:
    finding = sized(machine("m1", services=WEB, guest=shared()))
    assert "does not work" in commands(finding)[0].dependents[0]


def test_the_price_is_the_difference_for_all_machines() -> None:
    small = shared(1, 256)
    finding = sized(
        machine("m1", services=WEB, guest=small), machine("m2", services=WEB, guest=small)
    )
    assert commands(finding)[0].cost_per_month_usd == Decimal("58.12")


@pytest.mark.parametrize(("memory", "prices"), [(128, SIZES), (256, UNSEEN), (256, ())])
def test_a_price_that_is_not_listed_is_unknown_and_never_zero(memory: int, prices: Any) -> None:
    finding = sized(machine("m1", services=WEB, guest=shared(1, memory)), prices=prices)
    command = commands(finding)[0]
    assert command.cost_per_month_usd is None
    assert command.cost_note


def test_memory_beside_a_size_s_own_is_priced_by_the_gigabyte_and_said_to_be() -> None:
    finding = sized(machine("m1", services=WEB, guest=shared(1, 1280)))
    command = commands(finding)[0]
    assert command.cost_per_month_usd == Decimal("31.00") - Decimal("1.94") - Decimal(5)
    assert "about $5 for each GB" in command.cost_note


def test_unmanaged_machines_are_resized_one_by_one() -> None:
    stray = machine("m1", services=WEB, guest=shared(), metadata={"fly_platform_version": ""})
    finding = sized(stray)
    assert commands(finding)[0].argv[:4] == ("fly", "machine", "update", "m1")
    assert not any(isinstance(r, Edit) for r in finding.remedies)


def test_a_deploy_that_would_change_the_size_is_told() -> None:
    definition = {"app": "storefront", "vm": [{"size": "shared-cpu-1x", "memory": "256mb"}]}
    finding = sized(machine("m1", guest=performance(), services=WEB), of=app(definition=definition))
    assert finding.status is Status.ADVICE
    assert finding.summary == (
        "The next deploy sets process group app from performance-1x with 2048 MB"
        " to shared-cpu-1x with 256 MB."
    )


def test_a_deployed_size_that_agrees_is_no_concern() -> None:
    definition = {"vm": [{"cpu_kind": "performance", "cpus": 1, "memory": "2gb"}]}
    finding = sized(machine("m1", guest=performance(), services=WEB), of=app(definition=definition))
    assert finding.status is Status.OK


def test_temporary_machines_and_their_sizes_do_not_count() -> None:
    finding = sized(
        machine("m1", guest=performance(), services=WEB),
        machine("m2", guest=shared(), group="fly_app_release_command"),
    )
    assert finding.status is Status.OK


def test_nothing_is_green_while_a_machine_changes_state() -> None:
    finding = sized(machine("m1", state="replacing", guest=performance(), services=WEB))
    assert finding.status is Status.UNKNOWN
    assert finding.unseen is not None


def test_nothing_is_green_on_an_unreachable_host() -> None:
    hidden = machine(
        "m1", host_status="unreachable", unreadable=True, guest=performance(), services=WEB
    )
    assert sized(hidden).status is Status.UNKNOWN


def test_each_machine_is_judged_on_its_own_row() -> None:
    finding = sized(
        machine("m1", services=WEB, guest=performance()),
        machine("m2", services=WEB, guest=shared()),
    )
    assert {r.id: r.status for r in finding.resources if r.kind == "Machine"} == {
        "m1": Status.OK,
        "m2": Status.ADVICE,
    }


def test_machines_for_single_jobs_alone_are_left_out() -> None:
    finding = sized(machine("m1", guest=shared(), schedule="daily"))
    assert finding.status is Status.NOT_APPLICABLE


def test_without_machines_there_is_nothing_to_judge() -> None:
    assert sized().status is Status.UNKNOWN


@pytest.mark.parametrize(
    "other",
    [
        app(role="postgres_cluster"),
        app(role="remote-docker-builder"),
        app("fly-builder-quiet-sun-1"),
        app("flyctl-interactive-shells-1"),
    ],
)
def test_apps_with_rules_of_their_own_are_left_out(other: App) -> None:
    finding = sized(machine("m1", guest=shared()), of=other)
    assert finding.status is Status.NOT_APPLICABLE
    assert other.name in finding.summary


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("performance", 1, 256), (1, 2048)),
        (("performance", 1, 3000), (1, 4096)),
        (("performance", 1, 9000), (2, 10240)),
        (("shared", 3, 512), (4, 1024)),
        (("shared", 1, 2049), (2, 2304)),
    ],
)
def test_the_next_size_keeps_cpus_and_memory_within_the_limits(
    wanted: tuple[str, int, int], found: tuple[int, int]
) -> None:
    size = fitting(*wanted)
    assert size is not None
    assert (size.cpus, size.memory_mb) == found


def test_beyond_the_largest_size_there_is_none() -> None:
    assert roomier(shared(8, 16384)) is None
