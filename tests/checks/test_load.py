"""What was measured decides sizes as well: throttling, saved time, memory, kills."""

from typing import Any

import pytest

from flytui.checks.performance import machine_sizing
from flytui.facts.fact import Unseen
from flytui.facts.metrics import Courses, Measured
from flytui.finding import Finding, Status
from flytui.fly.models import Machine, Track
from flytui.remedy import Command
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
FAST = performance()
UNSEEN = Unseen("The token may not read metrics.", "Use another token.")


def sized(machine: Machine, load: Measured | Unseen, courses: Courses = Courses()) -> Finding:  # noqa: B008  (frozen)
    return machine_sizing(app(), (machine,), preferences(), SIZES, checkout(), load, courses, NOW)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, Status.OK),
        ({"throttle": 0.4}, Status.ADVICE),
        ({"throttle": 60.0}, Status.ADVICE),
        ({"throttle": 61.0}, Status.ACTION),
        ({"busy": 0.8}, Status.OK),
        ({"busy": 0.81}, Status.ADVICE),
        ({"steal": 0.9}, Status.OK),
        ({"oom": 1.0}, Status.ACTION),
        ({"free_memory": 0.10}, Status.OK),
        ({"free_memory": 0.09}, Status.ADVICE),
        ({"free_memory": 0.049}, Status.ACTION),
        ({"balance": 0.0}, Status.OK),
    ],
)
def test_each_measurement_has_its_limit(values: dict[str, float], status: Status) -> None:
    finding = sized(machine("m1", services=WEB, guest=FAST), measured("m1", **values))
    assert finding.status is status
    assert finding.resources[1].status is status


def test_a_shared_cpu_that_spent_all_it_saved_is_told() -> None:
    finding = sized(machine("m1", guest=shared()), measured("m1", balance=0.9))
    assert "used up the CPU time saved" in finding.summary


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"throttle_week": 0.0, "balance_week": 101.0}, Status.OK),
        ({"throttle_week": 0.0, "balance_week": 100.0}, Status.ADVICE),
        ({"throttle_week": 0.1, "balance_week": 400.0}, Status.ADVICE),
    ],
)
def test_shared_cpus_are_enough_for_web_only_where_the_week_shows_it(
    values: dict[str, float], status: Status
) -> None:
    web = machine("m1", services=WEB, guest=shared())
    assert sized(web, measured("m1", **values)).status is status


@pytest.mark.parametrize("load", [UNSEEN, Measured()])
def test_shared_cpus_are_not_enough_for_web_while_nothing_is_measured(load: Any) -> None:
    assert sized(machine("m1", services=WEB, guest=shared()), load).status is Status.ADVICE


def test_a_good_configuration_without_measurements_is_unknown_with_a_cure() -> None:
    finding = sized(machine("m1", services=WEB, guest=FAST), UNSEEN)
    assert finding.status is Status.UNKNOWN
    assert finding.unseen == UNSEEN


def test_a_machine_that_runs_and_is_not_measured_is_not_called_good() -> None:
    running = machine("m1", guest=FAST)
    assert sized(running, Measured()).status is Status.UNKNOWN
    assert sized(running.model_copy(update={"state": "stopped"}), Measured()).status is Status.OK


def test_a_kill_before_the_last_update_is_only_worth_a_look() -> None:
    changed = with_events(machine("m1", guest=FAST), updated(ago(days=3)))
    finding = sized(changed, measured("m1", oom=1.0))
    assert finding.status is Status.ADVICE
    assert "maybe before the last update" in finding.summary


def test_a_kill_is_told_once() -> None:
    killed = with_events(machine("m1", guest=FAST), out_of_memory())
    finding = sized(killed, measured("m1", oom=1.0))
    told = [finding.summary, *(e.value for e in finding.evidence)]
    assert sum("ran out of memory" in words for words in told) == 1


def test_more_memory_is_offered_where_it_is_short() -> None:
    finding = sized(machine("m1", guest=FAST), measured("m1", free_memory=0.02))
    command = next(r for r in finding.remedies if isinstance(r, Command))
    assert command.argv[-2:] == ("--vm-memory", "4096")


def test_the_course_of_the_day_stands_with_the_machine_and_its_group() -> None:
    labels = {"instance": "m1", "flytui": "memory"}
    courses = Courses((Track(labels=labels, values=(0.25, 0.75, 0.5)),))
    finding = sized(machine("m1", guest=FAST), measured("m1"), courses)
    for row in finding.resources:
        (chart,) = [e for e in row.evidence if e.series]
        assert chart.series == (0.25, 0.75, 0.5)
        assert chart.value.startswith("25% to 75% of memory in use")
        assert chart.moves


def test_a_group_says_which_of_its_machines_was_killed_and_when() -> None:
    killed = with_events(machine("m1", guest=FAST), out_of_memory(ago(hours=2)))
    group = sized(killed, measured("m1")).resources[0]
    told = [e.value for e in group.evidence if e.label == "Out of memory"]
    assert told == [f"Machine m1, killed on {ago(hours=2):%Y-%m-%d} at {ago(hours=2):%H:%M} UTC"]
    counted = sized(machine("m1", guest=FAST), measured("m1", oom=1.0)).resources[0]
    assert [e.value for e in counted.evidence if e.label == "Out of memory"] == [
        "Machine m1, within the last 7 days"
    ]


def test_a_throttled_shared_cpu_is_offered_more_shared_cpus_before_a_performance_one() -> None:
    finding = sized(machine("m1", services=WEB, guest=shared(1, 256)), measured("m1", throttle=8.0))
    sizes = [r.argv[3] for r in finding.remedies if isinstance(r, Command)]
    assert sizes == ["shared-cpu-2x", "performance-1x"]


def test_one_command_with_two_reasons_is_offered_once() -> None:
    finding = sized(
        machine("m1", services=WEB, guest=shared(1, 256)),
        measured("m1", throttle=8.0, busy=0.9, balance=0.5),
    )
    lines = [r.line for r in finding.remedies if isinstance(r, Command)]
    assert len(lines) == len(set(lines)) == 2
