"""Every screen at three sizes, dark, light and without colours, is as it was when last read.

After a change that is meant, write them anew with `FLYTUI_GOLDEN=write`, and read the difference.
"""

import os
import time
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from textual.screen import Screen

from flytui.ui import screens
from tests.ui.picture import Picture, differences, picture, read, together, write_drawn, write_words
from tests.ui.tour import touring
from tests.ui.world import World, plain

HERE = Path(__file__).parent / "golden"
SIZES = ((120, 36), (80, 24), (50, 20))


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Times are told in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


async def pictures(world: World, size: tuple[int, int], theme: str) -> dict[str, Picture]:
    seen: dict[str, Picture] = {}
    async with touring(world, size, theme) as tour:

        async def see(name: str) -> None:
            seen[name] = picture(tour.d.app, theme)

        await tour.go(see)
    return seen


async def every_look(
    size: tuple[int, int], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Picture]:
    """Dark, light and without colours; the words are the same."""
    dark = await pictures(plain(folder / "dark"), size, "dark")
    light = await pictures(plain(folder / "light"), size, "light")
    monkeypatch.setenv("NO_COLOR", "1")
    none = await pictures(plain(folder / "none"), size, "dark")
    for name, shown in dark.items():
        assert shown.words == light[name].words == none[name].words, name
    return {name: together([dark[name], light[name], none[name]]) for name in dark}


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_screen_is_as_it_was(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = await every_look(size, tmp_path, monkeypatch)
    name = f"{size[0]}x{size[1]}"
    words, drawn = HERE / f"{name}.txt", HERE / f"{name}.drawn"
    if os.environ.get("FLYTUI_GOLDEN") == "write":
        words.write_text(write_words(now), encoding="utf-8")
        drawn.write_text(write_drawn(now), encoding="utf-8")
    before = read(words.read_text(encoding="utf-8"), drawn.read_text(encoding="utf-8"))
    if told := list(differences(before, now)):
        pytest.fail(f"At {name}:\n" + "\n".join(told), pytrace=False)


def every_screen() -> set[type[Screen[Any]]]:
    """Those that a person can come to; the others are what these are made of."""
    modules = [f"{screens.__name__}.{one.name}" for one in iter_modules(screens.__path__)]
    found = {
        kind
        for module in modules
        for kind in vars(import_module(module)).values()
        if isinstance(kind, type) and issubclass(kind, Screen) and kind.__module__ in modules
    }
    return {kind for kind in found if not any(kind in other.__mro__[1:] for other in found)}


async def test_the_tour_comes_to_every_screen_and_reads_what_was_read_last(tmp_path: Path) -> None:
    """The words alone, at one size; how they are drawn takes three tours."""
    seen: set[type[Screen[Any]]] = set()
    words: dict[str, tuple[str, ...]] = {}
    async with touring(plain(tmp_path), SIZES[1]) as tour:

        async def see(name: str) -> None:
            seen.add(type(tour.d.app.screen))
            words[name] = picture(tour.d.app, "dark").words

        await tour.go(see)
    assert every_screen() - seen == set()
    before = read(*((HERE / f"80x24.{kind}").read_text("utf-8") for kind in ("txt", "drawn")))
    assert words == {name: one.words for name, one in before.items()}
