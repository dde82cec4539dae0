"""What widgets drew goes with them, and what holds a notice goes with the notice.

Textual remembers two colours for each cache of drawn lines, and with them the last 1,024 of these
caches, those of widgets that are gone among them: tens of megabytes after an hour of use. A toast
that is taken away early leaves the container around it on its screen, with a task of its own.
"""

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.await_remove import AwaitRemove
from textual.color import Color
from textual.style import Style
from textual.widget import Widget
from textual.widgets._toast import Toast, ToastHolder


@lru_cache(1024)
def _colours(base: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base + background), Style(background=base)


def _without_the_cache(_: StylesCache, base: Color, background: Color) -> tuple[Style, Style]:
    return _colours(base, background)


def _with_its_holder(toast: Toast) -> AwaitRemove:
    return Widget.remove(toast.parent if isinstance(toast.parent, ToastHolder) else toast)


def let_go() -> None:
    """Remember the colours alone, which are all that the answer rests on, and keep no holder."""
    Toast.remove = _with_its_holder  # type: ignore[method-assign, assignment]  # there is no other way in
    StylesCache.get_inner_outer = _without_the_cache  # type: ignore[method-assign, assignment]  # there is no other way in
