"""What was run can be told and taken back: by the very thing it brought, and not by a guess."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from flytui.audit import Entry
from flytui.events import Declined, Flip, Observed, Plan, RunStep, Waiting
from flytui.finding import Finding, Resource, Status
from flytui.remedy import Command, Inverse
from flytui.runner import Output
from flytui.running import PAUSES
from flytui.session import Session
from flytui.taking_back import why_not
from tests.fakes import NOON, FakeRunner, Ledger
from tests.worlds import Lamp, session, verdicts

BACK = Inverse(
    argv=("fly", "lamp", "on", "-a", "shop"),
    title="Switch the lamp on",
    changes="It burns again.",
    undo="fly lamp off -a shop",
)
NEW = Inverse(
    argv=("fly", "lamp", "remove", "{new}", "-a", "shop"),
    title="Remove lamp {new}",
    changes="Lamp {new} is gone.",
    new="lamp",
    reversible=False,
)


def entry(**changes: object) -> Entry:
    base = Entry(
        id="1",
        at=NOON,
        app="shop",
        organization="acme",
        by="Ana",
        argv=("fly", "lamp", "off", "-a", "shop"),
        before="action: 1 lamp burns.",
        exit=0,
        item="exposure",
        inverse=BACK,
        alters=("lamp",),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # a builder takes any of its fields


class Lamps(Lamp):
    """Several of them, each with a name."""

    names: tuple[str, ...] = ("1", "2")
    command: Command

    def judge(self, lamp: Lamp) -> Finding:
        found = super().judge(lamp)
        lamps = tuple(Resource("lamp", name, Status.ACTION, "It burns.") for name in self.names)
        return replace(found, resources=lamps, remedies=(*found.remedies, self.command))


class Telling(FakeRunner):
    """Says the line it is given."""

    line: str = ""

    async def run(self, *args: object, **given: object):  # type: ignore[no-untyped-def]  # as the fake
        async for step in super().run(*args, **given):  # type: ignore[arg-type]  # as above
            yield Output(self.line) if step == Output("done") else step


async def added(line: str, names: tuple[str, ...], code: int = 0) -> Entry:
    """The record of a command that adds a lamp, after which there are those."""
    lamps = Lamps(on=True)
    lamps.command = replace(Lamp.switch(), argv=("fly", "lamp", "add", "-a", "shop"), inverse=NEW)
    runner = Telling(effect=lambda: setattr(lamps, "names", names), code=code)
    runner.line = line
    ledger = Ledger()
    opened = session(lamps, runner=runner, ledger=ledger)
    await verdicts(opened)
    assert [s async for s in opened.run(opened.plan("exposure", lamps.command))]
    return ledger.ended[-1]


async def test_what_takes_it_back_names_the_one_thing_that_came() -> None:
    kept = await added("Created lamp 77 for you", ("1", "2", "77"))
    assert kept.inverse is not None
    assert kept.inverse.argv == ("fly", "lamp", "remove", "77", "-a", "shop")
    assert kept.changed == ("the lamp 77 was added",)


@pytest.mark.parametrize(
    ("line", "names", "code"),
    [
        ("Created lamps 77 and 78", ("1", "2", "77", "78"), 0),
        ("Created one", ("1", "2", "77"), 0),
        ("Created lamp 77", ("1", "2"), 0),
        ("Created lamp 77, then failed", ("1", "2", "77"), 1),
    ],
    ids=["two came", "fly does not name it", "none is seen", "it failed"],
)
async def test_nothing_is_guessed_where_it_is_not_clear(
    line: str, names: tuple[str, ...], code: int
) -> None:
    kept = await added(line, names, code)
    assert kept.inverse is None


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (entry(), None),
        (entry(exit=None), "Nobody knows how it ended"),
        (entry(exit=1), "It failed"),
        (entry(inverse=None), "no command that undoes this"),
        (entry(inverse=NEW), "no command that undoes this"),
    ],
)
def test_why_something_cannot_be_taken_back_is_told(kept: Entry, words: str | None) -> None:
    told = why_not(kept, (kept,))
    assert told is None if words is None else told is not None and words in told


def test_what_was_taken_back_is_not_taken_back_twice() -> None:
    later = entry(id="2", undoes="1")
    assert why_not(entry(), (entry(), replace(later, exit=1))) is None
    assert why_not(entry(), (entry(), later)) == "It was undone already."


async def opened_on(lamp: Lamp, runner: FakeRunner) -> tuple[Session, Ledger]:
    ledger = Ledger(begun=[entry()], ended=[entry()])
    opened = session(lamp, runner=runner, ledger=ledger)
    await verdicts(opened)
    return opened, ledger


async def taken_back(
    lamp: Lamp, runner: FakeRunner, meanwhile: Callable[[], None] = lambda: None
) -> tuple[list[RunStep], Ledger]:
    opened, ledger = await opened_on(lamp, runner)
    plan = opened.back(entry())
    assert plan is not None
    meanwhile()
    return [step async for step in opened.run(plan)], ledger


async def test_a_run_is_taken_back_like_any_other_command() -> None:
    lamp = Lamp(on=False)
    runner = FakeRunner(effect=lambda: setattr(lamp, "on", True))
    steps, ledger = await taken_back(lamp, runner)
    assert runner.ran == [BACK.argv]
    assert isinstance(steps[-1], Observed)
    assert steps[-1].effect
    assert ledger.ended[-1].undoes == "1"
    assert why_not(entry(), ledger.entries()) == "It was undone already."


async def test_it_is_not_taken_back_when_something_changed_meanwhile() -> None:
    lamp, runner = Lamp(on=False), FakeRunner()
    steps, _ = await taken_back(lamp, runner, lambda: setattr(lamp, "on", True))
    assert isinstance(steps[0], Declined)
    assert not runner.ran


async def test_the_card_shows_what_an_item_knows_of_that_command_today() -> None:
    known = replace(Lamp.switch(), argv=BACK.argv, dependents=("The cellar needs it.",))
    opened, _ = await opened_on(Lamp(on=True, offers=(known,)), FakeRunner())
    plan = opened.back(entry())
    assert isinstance(plan, Plan)
    assert plan.command.dependents == ("The cellar needs it.",)


async def steps_of(lamp: Lamp, runner: FakeRunner) -> list[RunStep]:
    opened = session(lamp, runner=runner)
    await verdicts(opened)
    return [s async for s in opened.run(opened.plan("exposure", Lamp.switch()))]


async def test_waiting_for_an_effect_is_told_as_such() -> None:
    lamp = Lamp(on=True)
    steps = await steps_of(lamp, FakeRunner(effect=lambda: lamp.put_out(after_looks=3)))
    assert [s for s in steps if isinstance(s, Waiting)] == [Waiting(1, 0.5), Waiting(2, 1.0)]


async def test_what_never_shows_is_told_with_how_long_it_was_looked_for() -> None:
    last = (await steps_of(Lamp(on=True), FakeRunner()))[-1]
    assert isinstance(last, Observed)
    assert (last.effect, last.looks, last.waited) == (False, len(PAUSES) + 1, sum(PAUSES))
    assert "no effect was visible yet after 60 s, in 8 looks" in last.moral
    assert sum(PAUSES) >= 60


async def test_a_failure_tells_what_was_done_before_it() -> None:
    lamp = Lamp(on=True)
    done, nothing = (
        (await steps_of(lamp, FakeRunner(effect=lamp.put_out, code=1)))[-1],
        (await steps_of(Lamp(on=True), FakeRunner(code=1)))[-1],
    )
    assert isinstance(done, Observed)
    assert isinstance(nothing, Observed)
    assert (done.complete, done.effect) == (False, True)
    assert "the lamp 0 is gone" in done.changed
    assert (nothing.complete, nothing.effect, nothing.changed) == (False, False, ())


async def test_other_items_that_changed_are_told() -> None:
    lamp = Lamp(on=True)
    opened = session(lamp, runner=FakeRunner(effect=lamp.put_out))
    check = opened.parts.checks["ipv4"]
    dark = replace(
        check,
        decide=lambda seen: Finding(Status.ADVICE if seen.on else Status.OK, "As the lamp is."),
    )
    opened._checks = {**opened._checks, "ipv4": dark}
    await verdicts(opened)
    steps = [s async for s in opened.run(opened.plan("exposure", Lamp.switch()))]
    assert isinstance(steps[-1], Observed)
    title = opened.checklist["ipv4"].title
    assert steps[-1].also == (Flip("ipv4", title, Status.ADVICE, Status.OK, "As the lamp is."),)


async def test_other_items_that_say_something_else_are_told_though_their_status_stays() -> None:
    lamp = Lamp(on=True)
    opened = session(lamp, runner=FakeRunner(effect=lamp.put_out))
    dim = replace(
        opened.parts.checks["ipv4"],
        decide=lambda seen: Finding(Status.ADVICE, "It is lit." if seen.on else "It is dark."),
    )
    opened._checks = {**opened._checks, "ipv4": dim}
    await verdicts(opened)
    steps = [s async for s in opened.run(opened.plan("exposure", Lamp.switch()))]
    assert isinstance(steps[-1], Observed)
    title = opened.checklist["ipv4"].title
    assert [flip.words for flip in steps[-1].also] == [f"{title}: still Advice. It is dark."]
    assert opened.history()[-1].also == (f"{title}: still Advice. It is dark.",)
