"""Each fact is fetched once, shared, and its failure is remembered as that failure."""

import asyncio

import pytest

from flytui.facts.fact import Ask, Fact, Unseen
from flytui.fly.errors import Refused, Unreachable
from flytui.store import FactStore
from tests.worlds import store


class Counter:
    """A fact that counts its fetches and waits for permission to end."""

    def __init__(self, *, failing: bool = False) -> None:
        self.fetches = 0
        self.failing = failing
        self.gate = asyncio.Event()
        self.fact: Fact[int] = Fact("counter", "a test", self.fetch)

    async def fetch(self, ask: Ask) -> int:
        self.fetches += 1
        await self.gate.wait()
        if self.failing:
            raise Refused("The token may not count.", "Use another token.")
        return self.fetches


@pytest.fixture
async def facts() -> FactStore:
    return store()


async def test_two_who_ask_share_one_fetch(facts: FactStore) -> None:
    counter = Counter()
    both = asyncio.gather(facts.get(counter.fact), facts.get(counter.fact))
    counter.gate.set()
    assert list(await both) == [1, 1]
    assert counter.fetches == 1


async def test_who_goes_away_does_not_take_the_answer_from_the_others(facts: FactStore) -> None:
    counter = Counter()
    impatient = asyncio.create_task(facts.get(counter.fact))
    patient = asyncio.create_task(facts.get(counter.fact))
    await asyncio.sleep(0)
    impatient.cancel()
    counter.gate.set()
    assert await patient == 1
    assert counter.fetches == 1


async def test_a_failure_stays_that_failure_until_forgotten(facts: FactStore) -> None:
    counter = Counter(failing=True)
    counter.gate.set()
    for _ in range(2):
        seen = await facts.attempt(counter.fact)
        assert seen == Unseen("The token may not count.", "Use another token.")
    assert counter.fetches == 1
    counter.failing = False
    facts.forget({"counter"})
    assert await facts.get(counter.fact) == 2


async def test_a_forgotten_fact_still_answers_those_who_wait(facts: FactStore) -> None:
    counter = Counter()
    waiting = asyncio.create_task(facts.get(counter.fact))
    await asyncio.sleep(0)
    facts.forget()
    counter.gate.set()
    assert await waiting == 1
    assert facts.at("counter") is None


async def test_only_a_fact_that_was_seen_has_a_time(facts: FactStore) -> None:
    counter = Counter(failing=True)
    assert facts.at("counter") is None
    counter.gate.set()
    await facts.attempt(counter.fact)
    assert facts.at("counter") is None
    counter.failing = False
    facts.forget({"counter"})
    await facts.get(counter.fact)
    assert facts.at("counter") == facts.now


async def test_closing_ends_what_is_under_way(facts: FactStore) -> None:
    counter = Counter()
    waiting = asyncio.create_task(facts.attempt(counter.fact))
    await asyncio.sleep(0)
    await facts.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_fact_built_on_a_failed_one_fails_the_same_way(facts: FactStore) -> None:
    async def ground(ask: Ask) -> int:
        raise Unreachable("api.machines.dev did not answer.", "Try again.")

    async def upper(ask: Ask) -> int:
        return 1 + await ask.get(below)

    below: Fact[int] = Fact("below", "a test", ground)
    above: Fact[int] = Fact("above", "a test", upper)
    assert await facts.attempt(above) == Unseen("api.machines.dev did not answer.", "Try again.")
