"""What widgets drew goes with them or with sight of them; what holds a notice, with the notice.

Textual remembers two colours for each cache of drawn lines, and with them the last 1,024 of these
caches, those of widgets that are gone among them: tens of megabytes after an hour of use. A toast
that is taken away early leaves the container around it on its screen, with a task of its own. And
every place of the text that can be selected has a style of its own, of which it keeps 16,384 with
what they are on the terminal. A screen that another one hides keeps every line it drew, each with
seven caches of its own: a megabyte for each app that was opened. A text area that follows the theme
is kept until there is another theme.
"""

from collections.abc import Callable
from functools import lru_cache

from rich.color import ColorSystem
from rich.style import Style as RichStyle
from textual._styles_cache import StylesCache
from textual.await_remove import AwaitRemove
from textual.color import Color
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget, _RenderCache
from textual.widgets import Tree
from textual.widgets._toast import Toast, ToastHolder

STYLES = 1024
"""As many as are on a few screens at once."""


@lru_cache(1024)
def _colours(base: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base + background), Style(background=base)


def _without_the_cache(_: StylesCache, base: Color, background: Color) -> tuple[Style, Style]:
    return _colours(base, background)


def _with_its_holder(toast: Toast) -> AwaitRemove:
    return Widget.remove(toast.parent if isinstance(toast.parent, ToastHolder) else toast)


_ansi: Callable[..., str] = vars(Strip)["render_ansi"].__func__.__wrapped__
"""Textual's own, without its memory."""


@lru_cache(STYLES)
def _few_remembered(style: RichStyle, color_system: ColorSystem) -> str:
    return _ansi(Strip, style, color_system)


def hidden(screen: Screen[None]) -> None:
    """Forget what a screen drew that another one hides; it draws itself again when it is back.

    Nothing is forgotten behind a dialog, as the screen is still seen around it.
    """
    if any(top.is_modal for top in screen.app.screen_stack[-1:]):
        return
    for widget in screen.walk_children(Widget):
        if isinstance(widget, Tree):
            widget._clear_line_cache()  # noqa: SLF001 (there is no other way in)
        for drawn in (widget, *widget._get_virtual_dom()):  # noqa: SLF001 (scrollbars)
            drawn._render_cache = _RenderCache(Size(0, 0), [])  # noqa: SLF001 (as above)
            drawn.refresh()


def unwatched(widget: Widget) -> None:
    """Nothing about the app is told to the widget any more, which is gone."""
    told: dict[str, list[tuple[object, object]]] = getattr(widget.app, "__watchers", {})
    for watchers in told.values():
        watchers[:] = [one for one in watchers if one[0] is not widget]


def let_go() -> None:
    """Remember the colours alone, which are all that the answer rests on, and few styles."""
    Strip.render_ansi = staticmethod(_few_remembered)  # type: ignore[assignment]  # there is no other way in
    Toast.remove = _with_its_holder  # type: ignore[method-assign, assignment]  # there is no other way in
    StylesCache.get_inner_outer = _without_the_cache  # type: ignore[method-assign, assignment]  # there is no other way in
