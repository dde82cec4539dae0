"""Pictures made small: nothing of few colours is changed, and what moves is whole in each frame."""

import struct
import zlib
from pathlib import Path

import pytest

from tests.stories.png import Picture, moving, read, still

RED, GREEN, CLEAR = (
    int.from_bytes(bytes(colour), "little")
    for colour in ((255, 0, 0, 255), (0, 200, 0, 255), (0, 0, 0, 0))
)


def filtered(kind: int, rows: list[bytes]) -> bytes:
    """The rows as PNG's filter of that kind leaves them, by the definition."""
    packed, before = b"", bytes(len(rows[0]))
    for row in rows:
        packed += bytes([kind])
        for at, value in enumerate(row):
            left = row[at - 4] if at >= 4 else 0
            corner = before[at - 4] if at >= 4 else 0
            up = before[at]
            near = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
            guess = (0, left, up, (left + up) // 2, near)[kind]
            packed += bytes([(value - guess) % 256])
        before = row
    return packed


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.mark.parametrize("kind", range(5))
def test_a_picture_is_read_whatever_its_filter(tmp_path: Path, kind: int) -> None:
    rows = [bytes((7 * x * y + 31 * x + 50 * y) % 256 for x in range(24)) for y in range(5)]
    file = tmp_path / "drawn.png"
    head = struct.pack(">IIBBBBB", 6, 5, 8, 6, 0, 0, 0)
    file.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(filtered(kind, rows)))
        + chunk(b"IEND", b"")
    )
    drawn = read(file)
    assert (drawn.width, drawn.height) == (6, 5)
    assert b"".join(pixel.to_bytes(4, "little") for pixel in drawn.pixels) == b"".join(rows)


def parts(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert data[at + 8 + size :][:4] == struct.pack(">I", zlib.crc32(name + body))
        found.append((name, body))
        at += 12 + size
    return found


def test_few_colours_stay_as_they_are() -> None:
    every = dict(parts(still(Picture(2, 2, [RED, GREEN, CLEAR, RED]))))
    opacity = every[b"tRNS"]
    colours = [every[b"PLTE"][n * 3 :][:3] + opacity[n : n + 1] for n in range(len(opacity))]
    rows = zlib.decompress(every[b"IDAT"])
    seen = [int.from_bytes(colours[n], "little") for n in (*rows[1:3], *rows[4:6])]
    assert seen == [RED, GREEN, CLEAR, RED]


def test_a_frame_holds_what_changed_and_nothing_else() -> None:
    before = Picture(3, 3, [CLEAR] * 9)
    after = Picture(3, 3, [*[CLEAR] * 5, RED, CLEAR, CLEAR, GREEN])
    every = parts(moving([before, after], [1.0, 2.5]))
    assert [name for name, _ in every][3:] == [
        *(b"acTL", b"fcTL", b"IDAT", b"fcTL", b"fdAT", b"IEND"),
    ]
    controls = [struct.unpack(">IIIIIHHBB", body) for name, body in every if name == b"fcTL"]
    assert controls == [(0, 3, 3, 0, 0, 100, 100, 0, 0), (1, 1, 2, 2, 1, 250, 100, 0, 0)]


def test_a_thousand_colours_become_256_and_a_rare_hue_stays() -> None:
    shades = [int.from_bytes(bytes((n, n, n, 255)), "little") for n in range(256)]
    blues = [int.from_bytes(bytes((n, n, 255, 255)), "little") for n in range(200)]
    every = dict(parts(still(Picture(457, 1, [*shades, *blues, RED]))))
    palette = {every[b"PLTE"][n : n + 3] for n in range(0, len(every[b"PLTE"]), 3)}
    assert len(palette) == 256
    assert b"\xff\0\0" in palette
