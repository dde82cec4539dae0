"""Pictures of the screen as text: the rows of words, and how each cell of them is drawn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.app import App

from flytui.ui.themes import THEMES

_FLAGS = ("bold", "dim", "italic", "underline", "reverse", "strike")
_HEAD = "=== "

Run = tuple[int, str]
"""So many cells, drawn so."""


@dataclass(frozen=True)
class Picture:
    """One screen; `drawn` has a row for each row of words."""

    words: tuple[str, ...]
    drawn: tuple[tuple[Run, ...], ...]


def picture(app: App[None], theme: str) -> Picture:
    """The screen on top by itself, with colours by the names that the theme has for them."""
    names, strips = roles(theme), app.screen._compositor.render_strips()
    words = tuple(strip.text.rstrip() for strip in strips)
    return Picture(words, tuple(tuple(_runs(strip, names)) for strip in strips))


def together(looks: Sequence[Picture]) -> Picture:
    """The same words drawn in several ways, as one picture that tells all of them."""
    rows = []
    for drawn in zip(*(each.drawn for each in looks), strict=True):
        cells = zip(
            *([look for length, look in row for _ in range(length)] for row in drawn), strict=True
        )
        rows.append(tuple((len(list(same)), _all(ways)) for ways, same in groupby(cells)))
    return Picture(looks[0].words, tuple(rows))


def _all(ways: tuple[str, ...]) -> str:
    return ways[0] if len(set(ways)) == 1 else " | ".join(ways)


def roles(theme: str) -> dict[str, str]:
    """The theme's own colours and what they are for."""
    found = THEMES[theme]
    parts = ("background", "surface", "panel", "foreground", "primary", "error")
    colours = {getattr(found, part): part for part in parts}
    return {value: name for name, value in found.variables.items()} | colours


def _runs(strip: Iterable[Segment], names: Mapping[str, str]) -> Iterator[Run]:
    cells = [(segment.cell_length, _look(segment.style, names)) for segment in strip]
    for look, several in groupby(cells, key=lambda cell: cell[1]):
        yield sum(length for length, _ in several), look


def _look(style: Style | None, names: Mapping[str, str]) -> str:
    if style is None:
        return "as the terminal has it"
    flags = [flag for flag in _FLAGS if getattr(style, flag)]
    return " ".join([*flags, _name(style.color, names), "on", _name(style.bgcolor, names)])


def _name(color: Color | None, names: Mapping[str, str]) -> str:
    if color is None or color.is_default:
        return "default"
    if color.type is not ColorType.TRUECOLOR:
        return color.name
    value = color.get_truecolor().hex
    return names.get(value, value)


def write_words(pictures: Mapping[str, Picture]) -> str:
    return "".join(
        f"{_HEAD}{name}\n" + "".join(f"{row}\n" for row in shown.words)
        for name, shown in pictures.items()
    )


def write_drawn(pictures: Mapping[str, Picture]) -> str:
    """Rows that are drawn alike stand together; a letter stands for a look."""
    lines = []
    for name, shown in pictures.items():
        looks = list(dict.fromkeys(look for row in shown.drawn for _, look in row))
        lines.append(_HEAD + name)
        lines += [f"{_letter(n)} {look}" for n, look in enumerate(looks)]
        for row, several in groupby(shown.drawn):
            runs = " ".join(f"{_letter(looks.index(look))}{length}" for length, look in row)
            lines.append(f"{len(list(several))}: {runs}")
    return "".join(f"{line}\n" for line in lines)


def _letter(number: int) -> str:
    return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]


def read(words: str, drawn: str) -> dict[str, Picture]:
    """Pictures as they were written."""
    rows = {name: _drawn(lines) for name, lines in _parts(drawn)}
    return {name: Picture(tuple(lines), rows.get(name, ())) for name, lines in _parts(words)}


def _parts(told: str) -> Iterator[tuple[str, list[str]]]:
    for part in told.split(_HEAD)[1:]:
        name, *lines = part.splitlines()
        yield name, lines


def _drawn(lines: list[str]) -> tuple[tuple[Run, ...], ...]:
    looks = {line[0]: line[2:] for line in lines if not line[0].isdigit()}
    rows = []
    for line in lines:
        if line[0].isdigit():
            several, runs = line.split(": ")
            row = tuple((int(run[1:]), looks[run[0]]) for run in runs.split())
            rows += [row] * int(several)
    return tuple(rows)


def differences(before: Mapping[str, Picture], now: Mapping[str, Picture]) -> Iterator[str]:
    """What a person would see to be different, by screen and row."""
    for name in before.keys() - now.keys():
        yield f"{name}: is not to be seen any more"
    for name, shown in now.items():
        if name not in before:
            yield f"{name}: is new"
        elif before[name] != shown:
            yield f"{name}:\n" + "\n".join(_rows(before[name], shown))


def _rows(before: Picture, now: Picture) -> Iterator[str]:
    for number in range(max(len(before.words), len(now.words))):
        then, words = _row(before.words, number), _row(now.words, number)
        if then != words:
            yield f"  row {number:<2} - {then}\n         + {words}"
        elif number >= len(before.drawn) or before.drawn[number] != now.drawn[number]:
            drawn = before.drawn[number] if number < len(before.drawn) else ()
            yield f"  row {number:<2}   {words}\n         was drawn {drawn}"
            yield f"         is drawn  {now.drawn[number]}"


def _row(words: tuple[str, ...], number: int) -> str:
    return words[number] if number < len(words) else "(nothing)"
