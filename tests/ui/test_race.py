"""Between the card and the yes the world may move: then nothing runs, whatever key is held."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.widgets import Input

from flytui.demo.changes import addresses
from flytui.demo.state.apps import App
from flytui.ui.screens.card import QUIET, CardScreen
from flytui.ui.screens.run import RunScreen
from flytui.ui.widgets.page import Page
from tests.simulated import Simulated, simulated
from tests.ui.driving import Driven, driving
from tests.ui.test_fixing import Clock, run

RECORDER = """
import os, sys
if sys.argv[1] != "version":
    open(os.path.join(os.environ["HOME"], "ran"), "a").write(" ".join(sys.argv[1:]))
"""


@pytest.fixture
def world(tmp_path: Path) -> Simulated:
    """The storefront, and a fly that only notes what it was asked to do."""
    fly = tmp_path / "recorder"
    fly.write_text(f"#!{sys.executable} -IS\n{RECORDER}")
    fly.chmod(0o755)
    return simulated("storefront", tmp_path)


def app(world: Simulated) -> App:
    return world.scenario.world.apps[world.scenario.app]


def vanish(world: Simulated) -> None:
    addresses.release(app(world), ip="203.0.113.7")


def gain_another(world: Simulated) -> None:
    """It is not the last public address any more: releasing it means something else."""
    addresses.allocate(world.scenario.world, app(world), "v6")


def stay(world: Simulated) -> None:
    del world


async def until(condition: Callable[[], bool]) -> None:
    """Waits for answers and a process: nothing but the screen tells."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0)


async def shown(d: Driven) -> Clock:
    """The card of releasing the storefront's address, on a clock of its own."""
    await until(lambda: not d.main.board.pending and d.main.board.opened)
    await d.at("exposure", resource=0)
    await d.press("f")
    await until(lambda: isinstance(d.app.screen, CardScreen))
    await d.settle()
    assert "fly ips release 203.0.113.7 -a storefront" in d.screen()
    clock = Clock()
    d.on(CardScreen)._clock = clock
    d.on(CardScreen)._armed_at = QUIET
    return clock


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        (vanish, "no longer offered: fly ips release 203.0.113.7"),
        (gain_another, "changes:"),
        (stay, None),
    ],
)
async def test_what_changed_since_the_card_was_shown_runs_nothing(
    world: Simulated, meanwhile: Callable[[Simulated], None], words: str | None
) -> None:
    async with driving(opening=lambda: world.session(fly=str(world.folder / "recorder"))) as d:
        clock = await shown(d)
        meanwhile(world)
        await run(d, clock)
        screen = d.on(RunScreen)
        if words is None:
            await until((world.folder / "ran").exists)
            return
        await until(lambda: bool(screen.query_one("#outcome", Page).plain) or not screen.running)
        told = screen.query_one("#outcome", Page).plain
        assert "Nothing was run." in told
        assert words in told
    assert not (world.folder / "ran").exists()


async def test_keys_pressed_over_and_over_never_confirm(world: Simulated) -> None:
    async with driving(opening=lambda: world.session(fly=str(world.folder / "recorder"))) as d:
        clock = await shown(d)
        await d.press(*"storefront", *["enter"] * 5)
        for _ in range(30):
            clock.now += 0.03
            await d.press("space", "enter")
        d.on(CardScreen)
    assert not (world.folder / "ran").exists()


async def test_a_name_typed_in_one_burst_arrives_whole_and_in_order(world: Simulated) -> None:
    async with driving(opening=lambda: world.session(fly=str(world.folder / "recorder"))) as d:
        await shown(d)
        for letter in "storefront":
            d.app.post_message(Key(letter, letter))
        await d.settle()
        assert d.on(CardScreen).query_one(Input).value == "storefront"
        await d.press("backspace")
        assert d.on(CardScreen).query_one(Input).value == "storefron"


async def test_a_name_that_is_pasted_arrives_whole(world: Simulated) -> None:
    async with driving(opening=lambda: world.session(fly=str(world.folder / "recorder"))) as d:
        await shown(d)
        d.app.post_message(Paste("storefront\n"))
        await d.settle()
        assert d.on(CardScreen).query_one(Input).value == "storefront"
