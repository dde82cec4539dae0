"""What widgets drew goes with them.

Textual remembers two colours for each cache of drawn lines, and with them the last 1,024 of these
caches, those of widgets that are gone among them: tens of megabytes after an hour of use.
"""

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(1024)
def _colours(base: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base + background), Style(background=base)


def _without_the_cache(_: StylesCache, base: Color, background: Color) -> tuple[Style, Style]:
    return _colours(base, background)


def let_go() -> None:
    """Remember the colours alone, which are all that the answer rests on."""
    StylesCache.get_inner_outer = _without_the_cache  # type: ignore[method-assign, assignment]  # there is no other way in
