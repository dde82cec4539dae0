"""PNG pictures made small: at most 256 colours, and several of them as one that moves.

What Chromium draws is large and in millions of colours; a terminal's text needs few of them.
The same pictures always give the same bytes.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from pathlib import Path

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEPTH = 4
"""Bytes of one pixel: red, green, blue and opacity."""
_MOST = 256
_COMMONEST = 96
"""Colours that are chosen because they are common."""
_FAR = 4 * 255**2 + 1


@dataclass(frozen=True)
class Picture:
    """Pixels row by row, each a number made of its four bytes."""

    width: int
    height: int
    pixels: Sequence[int]


def read(file: Path) -> Picture:
    """The picture of a file with eight bits for each of three or four channels."""
    data = file.read_bytes()
    assert data.startswith(_SIGNATURE), file
    chunks = list(_chunks(data))
    width, height, bits, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    assert bits == 8, bits
    packed = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    raw = _plain(packed, width, height, {6: 4, 2: 3}[kind])
    return Picture(width, height, memoryview(raw).cast("I").tolist())


def still(picture: Picture) -> bytes:
    """The picture as a PNG with a palette."""
    palette, (drawn,) = _indexed([picture])
    return _file(picture, palette, [(b"IDAT", _packed(drawn, picture.width))])


def moving(pictures: Sequence[Picture], hold: Sequence[float]) -> bytes:
    """The pictures as one animated PNG that begins anew; `hold` has each one's seconds."""
    first = pictures[0]
    assert all((p.width, p.height) == (first.width, first.height) for p in pictures)
    palette, drawn = _indexed(pictures)
    chunks = [(b"acTL", struct.pack(">II", len(pictures), 0))]
    number = 0
    for place, (frame, seconds) in enumerate(zip(drawn, hold, strict=True)):
        box = _changed(drawn[place - 1], frame, first) if place else _whole(first)
        left, top, width, height = box
        control = struct.pack(
            ">IIIIIHHBB", number, width, height, left, top, round(seconds * 100), 100, 0, 0
        )
        chunks.append((b"fcTL", control))
        number += 1
        rows = [frame[y * first.width + left :][:width] for y in range(top, top + height)]
        packed = _packed(b"".join(rows), width)
        if place:
            chunks.append((b"fdAT", struct.pack(">I", number) + packed))
            number += 1
        else:
            chunks.append((b"IDAT", packed))
    return _file(first, palette, chunks)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], len(_SIGNATURE)
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def _plain(packed: bytes, width: int, height: int, channels: int) -> bytes:
    """The rows with their filters taken off, four bytes a pixel."""
    size, rows = width * channels, []
    before = bytes(size)
    for y in range(height):
        begin = y * (size + 1)
        row = _unfiltered(packed[begin], packed[begin + 1 : begin + 1 + size], before, channels)
        before = row
        rows.append(row if channels == _DEPTH else _opaque(row))
    return b"".join(rows)


def _opaque(row: bytes) -> bytes:
    whole = bytearray(b"\xff" * (len(row) // 3 * _DEPTH))
    for channel in range(3):
        whole[channel::_DEPTH] = row[channel::3]
    return bytes(whole)


def _unfiltered(kind: int, row: bytes, before: bytes, channels: int) -> bytes:
    low = (255).__and__
    match kind:
        case 0:
            return row
        case 1:
            whole = bytearray(len(row))
            for channel in range(channels):
                whole[channel::channels] = bytes(map(low, accumulate(row[channel::channels])))
            return bytes(whole)
        case 2:
            return bytes(map(low, map(add, row, before)))
        case _:
            return _predicted(kind, row, before, channels)


def _predicted(kind: int, row: bytes, before: bytes, channels: int) -> bytes:
    """Average, or Paeth's choice, of the neighbours left, above and left above."""
    whole = bytearray(len(row))
    for channel in range(channels):
        left = corner = 0
        column = bytearray()
        for delta, above in zip(row[channel::channels], before[channel::channels], strict=True):
            if kind == 3:
                guess = (left + above) // 2
            elif left == corner:
                guess = above
            elif above == corner:
                guess = left
            else:
                guess = _paeth(left, above, corner)
            left, corner = (delta + guess) & 255, above
            column.append(left)
        whole[channel::channels] = column
    return bytes(whole)


def _paeth(left: int, above: int, corner: int) -> int:
    distances = (abs(above - corner), abs(left - corner), abs(left + above - 2 * corner))
    return (left, above, corner)[distances.index(min(distances))]


def _indexed(pictures: Sequence[Picture]) -> tuple[list[int], list[bytes]]:
    """At most 256 colours, and each picture in numbers of them, the nearest where it has more."""
    counted: Counter[int] = Counter()
    for picture in pictures:
        counted.update(picture.pixels)
    nearest, palette = _chosen(sorted(counted, key=lambda colour: (-counted[colour], colour)))
    numbers = {colour: number for number, colour in enumerate(palette)}
    table = {colour: numbers[near] for colour, near in nearest.items()}
    return palette, [bytes(map(table.__getitem__, picture.pixels)) for picture in pictures]


def _chosen(ranked: Sequence[int]) -> tuple[dict[int, int], list[int]]:
    """The nearest chosen colour of each, and the chosen: the commonest, then the farthest off.

    So a hue of few pixels, such as a thin glyph's, is kept as well.
    """
    parts = {colour: tuple(colour.to_bytes(_DEPTH, "little")) for colour in ranked}
    chosen = list(ranked[:_COMMONEST])
    off = {colour: (_FAR, colour) for colour in ranked}
    for colour in chosen:
        _measure(colour, parts, off)
    while len(chosen) < min(_MOST, len(ranked)):
        farthest = max(off, key=lambda colour: (off[colour][0], colour))
        chosen.append(farthest)
        _measure(farthest, parts, off)
    return {colour: near for colour, (_, near) in off.items()}, chosen


def _measure(
    new: int, parts: Mapping[int, tuple[int, ...]], off: dict[int, tuple[int, int]]
) -> None:
    """Take the new colour for those that are nearer to it than to any so far."""
    red, green, blue, opacity = parts[new]
    for colour, (r, g, b, a) in parts.items():
        far = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2 + (a - opacity) ** 2
        if far < off[colour][0]:
            off[colour] = (far, new)


def _whole(picture: Picture) -> tuple[int, int, int, int]:
    return 0, 0, picture.width, picture.height


def _changed(before: bytes, after: bytes, size: Picture) -> tuple[int, int, int, int]:
    """Left, top, width and height of what differs; one pixel where nothing does."""
    wide = size.width
    rows = [y for y in range(size.height) if before[y * wide :][:wide] != after[y * wide :][:wide]]
    if not rows:
        return 0, 0, 1, 1
    columns = [x for x in range(wide) if before[x::wide] != after[x::wide]]
    left, top = columns[0], rows[0]
    return left, top, columns[-1] - left + 1, rows[-1] - top + 1


def _packed(drawn: bytes, width: int) -> bytes:
    rows = (b"\0" + drawn[begin : begin + width] for begin in range(0, len(drawn), width))
    return zlib.compress(b"".join(rows), 9)


def _file(size: Picture, palette: Sequence[int], chunks: Sequence[tuple[bytes, bytes]]) -> bytes:
    colours = [colour.to_bytes(_DEPTH, "little") for colour in palette]
    head = struct.pack(">IIBBBBB", size.width, size.height, 8, 3, 0, 0, 0)
    every = [
        (b"IHDR", head),
        (b"PLTE", b"".join(colour[:3] for colour in colours)),
        (b"tRNS", bytes(colour[3] for colour in colours)),
        *chunks,
        (b"IEND", b""),
    ]
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in every
    )
