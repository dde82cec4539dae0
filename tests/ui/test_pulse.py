"""When what is on the screen is looked at again by itself."""

from datetime import timedelta

import pytest

from flytui.ui.pulse import LONGEST, Pulse
from tests.fakes import NOON


def later(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, 60), (1, 120), (2, 240), (3, 480), (4, LONGEST), (99, LONGEST)]
)
def test_each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(
    failures: int, wait: float
) -> None:
    pulse = Pulse(60.0)
    for _ in range(failures):
        pulse = pulse.looked(NOON, well=False)
    assert pulse.wait == later(wait)


def test_whoever_asked_for_longer_intervals_waits_no_less_after_a_failure() -> None:
    assert Pulse(3600.0).looked(NOON, well=False).wait == later(3600)


def test_one_that_went_well_ends_the_waiting() -> None:
    failed = Pulse(60.0).looked(NOON, well=False).looked(NOON, well=False)
    assert failed.looked(NOON, well=True).wait == later(60)


@pytest.mark.parametrize(
    ("pulse", "due"),
    [
        (Pulse(60.0), False),
        (Pulse(60.0).looked(NOON, well=True), True),
        (Pulse(120.0).looked(NOON, well=True), False),
        (Pulse(60.0).looked(NOON, well=False), False),
        (Pulse(60.0).looked(NOON, well=True).toggled(NOON), False),
        (Pulse(60.0).toggled(NOON).toggled(NOON), True),
        (Pulse(0.0).looked(NOON, well=True), False),
    ],
)
def test_it_is_due_a_while_after_the_last_unless_it_is_off(pulse: Pulse, due: bool) -> None:
    assert pulse.is_due(NOON + later(60)) is due


@pytest.mark.parametrize(
    ("pulse", "words"),
    [
        (Pulse(60.0).looked(NOON, well=True), ""),
        (Pulse(60.0).toggled(NOON), "paused"),
        (Pulse(0.0).toggled(NOON), ""),
        (Pulse(10.0).looked(NOON, well=False), "next try in 20 s"),
        (Pulse(60.0).looked(NOON, well=False), "next try in 2 min"),
    ],
)
def test_the_top_line_says_what_holds_it_up(pulse: Pulse, words: str) -> None:
    assert pulse.words(NOON) == words
