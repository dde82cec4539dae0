"""Whatever the Machines are like, what is half seen or in motion is never called good."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flytui.checks.availability import add_regions, autostop_autostart, multiple_machines
from flytui.checks.performance import machine_sizing
from flytui.facts.fact import Unseen
from flytui.facts.metrics import Courses
from flytui.finding import Finding, Status
from flytui.fly.models import Machine
from tests.checks.builders import NOW, app, checkout, ipv6, machine, preferences, service
from tests.checks.machine_builders import REGIONS, SIZES, hosts, measured, performance, shared

UNSEEN = Unseen("Refused.", "Use another token.")
STATES = ("created", "started", "stopped", "suspended", "failed", "starting", "replacing")


@st.composite
def some_machines(draw: st.DrawFn) -> tuple[Machine, ...]:
    number = draw(st.integers(0, 5))
    return tuple(draw(a_machine(f"m{i}")) for i in range(number))


@st.composite
def a_machine(draw: st.DrawFn, name: str) -> Machine:
    web = service(
        autostop=draw(st.sampled_from(["off", "stop", "suspend"])),
        autostart=draw(st.sampled_from([None, True, False])),
        min_machines_running=draw(st.integers(0, 3)),
    )
    more: dict[str, Any] = draw(
        st.sampled_from([{}, {"standbys": ("m0",)}, {"schedule": "daily"}, {"auto_destroy": True}])
    )
    made = machine(
        name,
        state=draw(st.sampled_from(STATES)),
        region=draw(st.sampled_from(["ams", "fra", "syd"])),
        group=draw(st.sampled_from(["web", "worker", "fly_app_console"])),
        services=draw(st.sampled_from([(), (web,)])),
        host_status=draw(st.sampled_from(["ok", "ok", "ok", "unknown", "unreachable"])),
        guest=draw(st.sampled_from([None, shared(), performance()])),
        unreadable=draw(st.booleans()),
        **more,
    )
    return made.model_copy(update={"config": None}) if draw(st.booleans()) else made


def verdicts(machines: tuple[Machine, ...]) -> dict[str, Finding]:
    calm = measured(*(m.id for m in machines))
    placed = hosts(**{m.id: f"host-{m.id}" for m in machines})
    return {
        "size": machine_sizing(
            app(), machines, preferences(), SIZES, checkout(), calm, Courses(), NOW
        ),
        "spare": multiple_machines(app(), machines, placed, (), (), SIZES),
        "regions": add_regions(app(), machines, preferences(), REGIONS, UNSEEN, (ipv6(),), SIZES),
        "stop": autostop_autostart(app(), machines, checkout()),
    }


@settings(max_examples=150, deadline=None)
@given(some_machines())
def test_good_rests_on_machines_that_are_seen_and_at_rest(machines: tuple[Machine, ...]) -> None:
    counted = [m for m in machines if m.counts]
    for finding in verdicts(machines).values():
        if finding.status is Status.OK:
            assert counted
            assert not any(m.settling or m.partial for m in counted)
        assert finding.summary.endswith(".")


@settings(max_examples=50, deadline=None)
@given(some_machines())
def test_nothing_is_good_where_hosts_cannot_be_seen(machines: tuple[Machine, ...]) -> None:
    finding = multiple_machines(app(), machines, UNSEEN, UNSEEN, UNSEEN, UNSEEN)
    assert finding.status is not Status.OK
