"""Nothing runs that was not shown, and only a new observation makes anything green."""

from collections.abc import Callable

import pytest

from flytui.events import Assessed, Declined, Observed, RunStep
from flytui.finding import Status
from flytui.fly.errors import Unreachable
from flytui.remedy import Command
from flytui.runner import Ended, Output
from flytui.session import Session
from tests.fakes import FakeRunner, Ledger
from tests.worlds import Lamp, session, verdicts


async def carried_out(
    lamp: Lamp,
    runner: FakeRunner,
    ledger: Ledger | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> tuple[list[RunStep], Session]:
    """The steps of switching the lamp off, with something happening between card and yes."""
    opened = session(lamp, runner=runner, ledger=ledger)
    await verdicts(opened)
    plan = opened.plan("exposure", Lamp.switch())
    meanwhile()
    return [step async for step in opened.run(plan)], opened


async def test_a_remedy_that_works_is_seen_to_work() -> None:
    lamp = Lamp(on=True)
    runner = FakeRunner(effect=lamp.put_out)
    steps, opened = await carried_out(lamp, runner)
    last = steps[-1]
    assert isinstance(last, Observed)
    assert (last.before.finding.status, last.after.finding.status) == (Status.ACTION, Status.OK)
    assert last.effect
    assert opened.assessments["exposure"].finding.status is Status.OK
    assert runner.ran == [("fly", "lamp", "off", "-a", "shop")]


async def test_an_exit_code_of_zero_alone_makes_nothing_green() -> None:
    steps, opened = await carried_out(Lamp(on=True), FakeRunner())
    last = steps[-1]
    assert isinstance(last, Observed)
    assert not last.effect
    assert opened.assessments["exposure"].finding.status is Status.ACTION


async def test_an_effect_that_shows_late_is_waited_for() -> None:
    lamp = Lamp(on=True)
    runner = FakeRunner(effect=lambda: lamp.put_out(after_looks=3))
    steps, _ = await carried_out(lamp, runner)
    assert isinstance(steps[-1], Observed)
    assert steps[-1].effect


async def test_a_target_that_vanished_meanwhile_runs_nothing() -> None:
    lamp = Lamp(on=True)
    runner = FakeRunner()
    steps, _ = await carried_out(lamp, runner, meanwhile=lamp.put_out)
    assert [type(step) for step in steps] == [Declined]
    assert isinstance(steps[0], Declined)
    assert "no longer offered: fly lamp off -a shop" in steps[0].differences
    assert not runner.ran


async def test_a_target_that_means_something_else_now_runs_nothing() -> None:
    lamp = Lamp(on=True)
    runner = FakeRunner()
    steps, _ = await carried_out(lamp, runner, meanwhile=lamp.gain_a_dependent)
    assert isinstance(steps[0], Declined)
    assert any("The cellar needs it." in line for line in steps[0].differences)
    assert not runner.ran


async def test_a_target_that_cannot_be_looked_at_runs_nothing() -> None:
    lamp = Lamp(on=True)
    runner = FakeRunner()

    def outage() -> None:
        lamp.error = Unreachable("api.fly.io did not answer.", "Try again.")

    steps, _ = await carried_out(lamp, runner, meanwhile=outage)
    assert isinstance(steps[0], Declined)
    assert "did not answer" in steps[0].reason
    assert not runner.ran


async def test_without_fly_nothing_runs_and_that_is_said() -> None:
    steps, _ = await carried_out(Lamp(on=True), FakeRunner(available=None))
    assert isinstance(steps[0], Declined)
    assert "no fly" in steps[0].reason


async def test_what_cannot_be_recorded_is_not_run() -> None:
    runner = FakeRunner()
    steps, _ = await carried_out(Lamp(on=True), runner, Ledger(full=True))
    assert isinstance(steps[0], Declined)
    assert "history" in steps[0].reason
    assert not runner.ran


async def test_a_failure_is_shown_looked_at_and_recorded() -> None:
    lamp, ledger = Lamp(on=True), Ledger()
    steps, _ = await carried_out(lamp, FakeRunner(code=1), ledger)
    assert Ended(1) in steps
    assert Output("done") in steps
    assert isinstance(steps[-1], Observed)
    assert [e.exit for e in ledger.begun] == [None]
    assert {e.exit for e in ledger.ended} == {1}
    assert ledger.ended[-1].after.startswith("action")
    assert {e.id for e in ledger.ended} == {ledger.begun[0].id}


async def test_a_history_that_fills_up_meanwhile_is_told_and_hides_nothing() -> None:
    lamp = Lamp(on=True)
    steps, _ = await carried_out(lamp, FakeRunner(effect=lamp.put_out), Ledger(filling=True))
    assert isinstance(steps[-1], Observed)
    assert steps[-1].effect
    assert any(isinstance(s, Output) and s.error and "history" in s.line for s in steps)


async def test_items_that_read_the_same_facts_are_looked_at_again() -> None:
    lamp = Lamp(on=True)
    steps, _ = await carried_out(lamp, FakeRunner(effect=lamp.put_out))
    others = [s.assessment.item.id for s in steps if isinstance(s, Assessed)]
    assert others == ["ipv4"]


async def test_leaving_in_the_middle_ends_the_command_and_is_recorded() -> None:
    ledger, runner = Ledger(), FakeRunner()
    opened = session(Lamp(on=True), runner=runner, ledger=ledger)
    await verdicts(opened)
    steps = opened.run(opened.plan("exposure", Lamp.switch()))
    await anext(steps)
    await steps.aclose()
    assert runner.closed
    assert [e.exit for e in ledger.ended] == [None]


@pytest.mark.parametrize("value", ["--yes", ""])
async def test_a_blank_is_filled_before_the_card_is_shown(value: str) -> None:
    opened = session(Lamp(on=True))
    await verdicts(opened)
    with pytest.raises(ValueError, match="Room"):
        opened.plan("exposure", Lamp.move(), {"room": value})


async def test_a_filled_command_runs_with_the_value_in_it() -> None:
    lamp = Lamp(on=True)
    runner = FakeRunner()
    opened = session(lamp, runner=runner)
    await verdicts(opened)
    plan = opened.plan("exposure", Lamp.move(), {"room": "attic"})
    assert [s async for s in opened.run(plan)]
    assert runner.ran == [("fly", "lamp", "move", "attic", "-a", "shop")]
    assert isinstance(plan.offered, Command)
