"""An app that another one hides keeps nothing of what it drew, and is back as it was."""

from pathlib import Path

from textual.widget import Widget

from flytui.ui.app import FlytuiApp
from flytui.ui.board import Place
from flytui.ui.screens.apps import AppsScreen
from flytui.ui.screens.main import MainScreen
from flytui.ui.widgets.tree import ChecklistTree
from tests.ui.test_travelling import travelling


def _drawn(screen: MainScreen) -> int:
    """Lines that the screen's widgets keep as they drew them."""
    widgets = screen.walk_children(Widget)
    widgets += [bar for widget in widgets for bar in widget._get_virtual_dom()]
    kept = [len(w._styles_cache._cache) + len(w._render_cache.lines) for w in widgets]
    return sum(kept) + sum(len(tree._line_cache) for tree in screen.query(ChecklistTree))


def _words(app: FlytuiApp) -> set[str]:
    """The rows that do not tell how long ago something was."""
    rows = {strip.text for strip in app.screen._compositor.render_strips()}
    return {row for row in rows if " ago" not in row and "now" not in row}


async def test_what_a_hidden_app_drew_is_let_go_and_drawn_again(tmp_path: Path) -> None:
    async with travelling(tmp_path) as gone:
        first = gone.app.main
        first.go_to(Place("monitoring", "sentry"))
        await gone.pilot.pause()
        before = _words(gone.app)
        assert len(before) > 20
        await gone.pilot.press("a")
        await gone.until(lambda: gone.top(AppsScreen))
        await gone.pilot.pause()
        assert _drawn(first) > 30, "it is still seen around the dialog"
        await gone.pick("acme-edge")
        await gone.on("acme-edge")
        await gone.until(lambda: _drawn(first) == 0)
        await gone.pilot.press("a")
        await gone.pick("storefront")
        await gone.until(lambda: gone.top(MainScreen) and gone.app.main is first)
        await gone.until(lambda: before <= _words(gone.app))
