"""While Fly.io says nothing, the screen goes on: keys act, and leaving does not wait."""

import asyncio
from pathlib import Path

from flytui.ui.screens.help import HelpScreen
from tests.faults.fault import Fault
from tests.faults.looking import honest, hurried, session
from tests.faults.matrix import faults
from tests.faults.proxy import EVERYTHING, Proxy, running
from tests.ui.driving import driving

URLS = ("FLY_API_BASE_URL", "FLY_FLAPS_BASE_URL", "FLY_UIEX_BASE_URL")


def _named(name: str) -> Fault:
    return next(fault for fault in faults() if fault.name == name)


async def test_keys_act_while_no_answer_comes(tmp_path: Path) -> None:
    proxy = Proxy(honest(), EVERYTHING, _named("silence before the answer").act)
    async with running(proxy):
        urls = dict.fromkeys(URLS, proxy.url)
        opened = session(tmp_path, urls=urls, clocks=hurried())
        async with driving(opening=lambda: opened, begin=False) as d:
            await d.app._open()
            while not proxy.struck:  # noqa: ASYNC110 - the sockets tell nobody when they are used
                await asyncio.sleep(0.001)
            before = d.screen()
            await d.press("down", "down", "down")
            assert d.screen() != before
            await d.press("question_mark")
            d.on(HelpScreen)
            await d.press("escape")
            await d.at("exposure")
            assert opened.assessments.keys() != {item.id for item in opened.checklist}
            async with asyncio.timeout(5):
                await opened.close()


async def test_a_screen_over_a_broken_wire_shows_causes_and_still_reviews(tmp_path: Path) -> None:
    proxy = Proxy(honest(), EVERYTHING, _named("reset in the body").act)
    async with running(proxy):
        urls = dict.fromkeys(URLS, proxy.url)
        opened = session(tmp_path, urls=urls, clocks=hurried())
        async with driving(opening=lambda: opened, begin=False) as d:
            await d.app._open()
            while len(opened.assessments) < len([*opened.checklist]):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.001)
            await d.settle()
            await d.at("exposure")
            assert "gave no answer" in " ".join(d.detail.split())
            assert d.app.return_code is None
            await opened.close()
