"""Told to end, flytui takes down what it began; told twice, it does not stop half-way."""

import os
import signal
from collections.abc import Iterator

import pytest

from flytui import departing

NUMBERS = (signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    former = {number: signal.signal(number, signal.SIG_DFL) for number in NUMBERS}
    yield
    for number, how in former.items():
        signal.signal(number, how)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_block_is_left_and_the_code_tells_the_signal(number: signal.Signals) -> None:
    left = []

    def ended_by() -> None:
        try:
            os.kill(os.getpid(), number)
        finally:
            for again in NUMBERS:
                os.kill(os.getpid(), again)
            left.append("all of it")

    with pytest.raises(SystemExit) as ended, departing.orderly():
        ended_by()
    assert ended.value.code == 128 + number
    assert left == ["all of it"]


def test_afterwards_the_signals_are_as_they_were() -> None:
    with departing.orderly():
        assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL
    assert {signal.getsignal(number) for number in NUMBERS} == {signal.SIG_DFL}


def test_what_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with departing.orderly():
        os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
