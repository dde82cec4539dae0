"""Many apps are looked at a few at a time, those wanted most first, and not while paused."""

import asyncio
from contextlib import suppress

from flytui.survey import AT_ONCE, Survey


class Looks:
    """Looks that end when they are told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.survey = Survey(self.look)

    async def look(self, name: str) -> None:
        self.begun.append(name)
        await self.gates.setdefault(name, asyncio.Event()).wait()

    async def settle(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    async def end(self, name: str) -> None:
        self.gates[name].set()
        await self.settle()

    async def __aenter__(self) -> "Looks":
        self.task = asyncio.create_task(self.survey.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task


NAMES = [f"app-{n}" for n in range(AT_ONCE + 3)]


async def test_no_more_than_a_few_are_looked_at_together() -> None:
    async with Looks() as looks:
        looks.survey.add(NAMES)
        await looks.settle()
        assert looks.begun == NAMES[:AT_ONCE]
        await looks.end(NAMES[0])
        assert looks.begun == NAMES[: AT_ONCE + 1]
        assert looks.survey.left == len(NAMES) - 1


async def test_those_in_sight_go_first() -> None:
    async with Looks() as looks:
        looks.survey.add(NAMES)
        await looks.settle()
        looks.survey.prefer([NAMES[-1], "not-waiting"])
        await looks.end(NAMES[0])
        assert looks.begun[-1] == NAMES[-1]


async def test_nothing_begins_while_it_is_paused() -> None:
    async with Looks() as looks:
        looks.survey.pause()
        looks.survey.add(NAMES)
        await looks.settle()
        assert looks.begun == []
        looks.survey.go_on()
        await looks.settle()
        assert looks.begun == NAMES[:AT_ONCE]


async def test_an_app_added_later_is_looked_at_as_well() -> None:
    async with Looks() as looks:
        await looks.settle()
        looks.survey.add(["late"])
        await looks.settle()
        assert looks.begun == ["late"]


async def test_an_app_under_way_is_not_begun_again() -> None:
    async with Looks() as looks:
        looks.survey.add(["one"])
        await looks.settle()
        looks.survey.add(["one"])
        await looks.end("one")
        assert looks.begun == ["one"]


async def test_ending_the_survey_ends_the_looks() -> None:
    async with Looks() as looks:
        looks.survey.add(["one"])
        await looks.settle()
    assert looks.survey.under_way == set()
