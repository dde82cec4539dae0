"""Any text in any place of the screen stands there as text, wide and narrow."""

import asyncio

import pytest
import textual.app
import textual.pilot
from hypothesis import strategies as st

from flytui.review import Decision
from tests.fuzz.making import HOSTILE
from tests.fuzz.property import Property
from tests.ui.driving import driving
from tests.ui.fake_session import FakeSession, findings, identity, review
from tests.ui.still import still
from tests.ui.test_hostile import CONTROL, listed, raw, said

SIZES = ((120, 36), (40, 10))
_MARKUP = "[@click=app.quit]here[/]"
_PIECES = (
    "[",
    "]",
    "[/",
    "[b]",
    "[@click=app.quit]",
    "[link=https://x]",
    "$x",
    "{x}",
    "\\",
    "é",
    "漢",
)
_TEXTS = st.lists(st.sampled_from((*_PIECES, *HOSTILE)), min_size=1, max_size=5).map("".join)


async def _shown(text: str, size: tuple[int, int]) -> None:
    kept = review("exposure", said(text), note=text, by=text, decision=Decision.NOT_APPLICABLE)
    session = FakeSession(
        findings(exposure=said(text)),
        identity=identity(app=text or "a"),
        checklist=listed(text),
        reviews=[kept],
        problems=[ValueError(text)],
    )
    async with driving(session, size=size, checklist=listed(text)) as d:
        for resource in (None, 0):
            await d.at("exposure", resource)
            assert not CONTROL.search(raw(d)), repr(text)
            assert not _actions(d.app) & {"app.quit", "quit"}
        await d.press("c")
        assert not CONTROL.search(raw(d)), repr(text)
        assert d.app.return_code is None


def _actions(app: textual.app.App[None]) -> set[str]:
    """What a click on any piece of the screen would do."""
    strips = app.screen._compositor.render_strips()
    metas = (segment.style.meta for strip in strips for segment in strip if segment.style)
    return {str(meta.get("@click")) for meta in metas if meta.get("@click")}


def _screen(given: tuple[str, tuple[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch, still():
        patch.delenv("NO_COLOR", raising=False)
        asyncio.run(_shown(*given))


PROPERTIES = (
    Property(
        "any text on the screen is text",
        st.tuples(_TEXTS | st.just(_MARKUP), st.sampled_from(SIZES)),
        _screen,
        0.2,
    ),
)
