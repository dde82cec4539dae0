"""What is told in passing covers no button of a dialog, and not whose app it is about."""

from dataclasses import replace

from textual.widgets._toast import Toast

from flytui.ui.screens.choice import ChoiceScreen
from flytui.ui.screens.history import HistoryScreen
from tests.ui.driving import driving
from tests.ui.fake_session import FakeSession
from tests.ui.test_history import RUN


async def test_what_the_checklist_tells_waits_until_the_dialog_is_closed() -> None:
    async with driving() as d:
        await d.at("exposure")
        await d.press("f")
        d.on(ChoiceScreen)
        d.main.notify("Something came in.", markup=False)
        await d.settle()
        assert d.toasts == []
        await d.press("escape")
        assert d.toasts == ["Something came in."]
        await d.press("question_mark", "escape")
        assert d.toasts == ["Something came in."]


async def test_what_a_dialog_tells_stands_above_its_keys_and_below_its_name() -> None:
    failed = [replace(RUN, exit=1)]
    async with driving(FakeSession(entries=failed), size=(80, 24)) as d:
        await d.press("H", "u")
        screen = d.on(HistoryScreen)
        told = screen.query_one(Toast).region
        assert not told.overlaps(screen.query_one(".keys").region)
        assert not told.overlaps(screen.query_one("TopLine").region)
