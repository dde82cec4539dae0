"""An answer's body, whole and within bounds, also where it comes compressed."""

import zlib
from collections.abc import Callable

from flytui.fly.lean import httpx

ACCEPTED = "gzip"
"""A request's `Accept-Encoding`: what is unpacked here."""


async def whole(response: httpx.Response, largest: int) -> bytes | None:
    """The whole body; None when it is larger. Raises httpx.RequestError.

    Unpacked here rather than by httpx, which unpacks all it has received before anybody can say
    that it is too much.
    """
    parts = bytearray()
    unpack = _unpacking(response.headers.get("content-encoding", "").strip().lower())
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise httpx.DecodingError("no asynchronous answer")
    async for packed in response.stream:
        parts += unpack(packed, largest + 1 - len(parts))
        if len(parts) > largest:
            return None
    return bytes(parts)


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes]:
    """From packed bytes to so many plain ones at most."""
    if encoding in {"", "identity"}:
        return lambda packed, _: packed
    if encoding not in {"gzip", "x-gzip"}:
        raise httpx.DecodingError("an encoding that was not asked for")
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)

    def unpack(packed: bytes, most: int) -> bytes:
        try:
            return unpacking.decompress(packed, most)
        except zlib.error as error:
            raise httpx.DecodingError(str(error)) from error

    return unpack
