"""Three pictures of the screen, looked at before they are accepted."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from flytui.checklist import load
from flytui.ui.app import FlytuiApp
from flytui.ui.board import Place
from flytui.ui.screens.main import MainScreen
from tests.ui.driving import NEVER, Noted
from tests.ui.fake_session import NOW, FakeSession, findings, review

EXPOSURE = Place("security", "exposure")


def picture() -> FlytuiApp:
    session = FakeSession(reviews=[review("sso", findings()["sso"])])
    return FlytuiApp(
        lambda: session, session.identity, load(), clock=lambda: NOW, outside=Noted(), delay=NEVER
    )


async def begun(pilot: Pilot[None], *keys: str) -> None:
    """The app with its verdicts in, on the exposure item, after these keys."""
    await pilot.pause()
    app = pilot.app
    assert isinstance(app, FlytuiApp)
    await app._open()
    await pilot.pause()
    assert isinstance(app.screen, MainScreen)
    app.screen.go_to(EXPOSURE)
    await pilot.press(*keys)
    await pilot.pause()


@pytest.mark.parametrize(
    ("size", "keys"),
    [
        pytest.param((120, 36), ("right",), id="main"),
        pytest.param((80, 24), ("f", "2"), id="card"),
        pytest.param((50, 20), ("enter",), id="one-column"),
    ],
)
def test_it_looks_as_it_did(
    snap_compare: Callable[..., bool], size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await begun(pilot, *keys)

    assert snap_compare(picture(), terminal_size=size, run_before=before)
