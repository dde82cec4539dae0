"""Ctrl+C: once it tells how to leave, twice it leaves; nothing typed or running goes unasked."""

import asyncio

import pytest

from flytui.remedy import Command
from flytui.ui.screens.leave import DraftsScreen, LeaveScreen
from flytui.ui.screens.run import RunScreen
from tests.ui.driving import Driven, driving
from tests.ui.fake_session import FakeSession

TOLD = "Press Ctrl+C again, or q, to leave flytui."


def left(d: Driven) -> bool:
    return d.app._exit


@pytest.mark.parametrize("keys", [(), ("f",), ("question_mark",), ("H",), ("p",), ("t",)])
async def test_twice_leaves_from_wherever_one_is(keys: tuple[str, ...]) -> None:
    async with driving() as d:
        await d.at("exposure")
        await d.press(*keys)
        await d.press("ctrl+c")
        assert d.toasts[-1] == TOLD
        assert not left(d)
        await d.press("ctrl+c")
        assert left(d)


async def test_a_second_time_much_later_only_tells_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("flytui.ui.interrupting.monotonic", lambda: now[0])
    async with driving() as d:
        await d.press("ctrl+c")
        now[0] += 60
        await d.press("ctrl+c")
        assert not left(d)


async def test_what_was_typed_is_asked_about_once() -> None:
    async with driving() as d:
        await d.at("sso")
        await d.press("r", *"half a note", "ctrl+c", "ctrl+c")
        d.on(DraftsScreen)
        await d.press("ctrl+c", "ctrl+c")
        assert not left(d)
        assert sum(isinstance(s, DraftsScreen) for s in d.app.screen_stack) == 1


async def test_a_run_under_way_is_asked_about() -> None:
    hold = asyncio.Event()
    async with driving(FakeSession(hold=hold)) as d:
        offered = d.session.found["exposure"].resources[0].remedies[0]
        assert isinstance(offered, Command)
        plan = d.session.plan("exposure", offered)
        d.app.push_screen(RunScreen(d.session, plan, lambda _: None, d.outside))
        await d.settle()
        await d.press("ctrl+c", "ctrl+c")
        d.on(LeaveScreen)
        assert not left(d)
        hold.set()
