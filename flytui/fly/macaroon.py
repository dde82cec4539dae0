"""Macaroons read on this side: what they confine and when they end. Nothing here verifies them."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import and_
from typing import Any

PERMISSION = "https://api.fly.io/v1"
"""The location of a macaroon that permits; those of any other location discharge one."""

_ORGANIZATION, _APPS, _VALIDITY, _THIRD_PARTY, _IF_PRESENT = 0, 3, 4, 11, 13
_EVERYTHING, _READ = 31, 1
_ONE_PURPOSE = frozenset({2, 6, 7, 16, 27})
"""Volumes, mutations, Machines, LiteFS clusters, commands: for one task, not for a look around."""
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Macaroon:
    """What the caveats of one macaroon say."""

    location: str
    kid: bytes
    expires: datetime | None
    """The earliest end of all validity windows; None without one."""
    organizations: tuple[int, ...]
    """Numeric ids of the organisations it is confined to."""
    apps: tuple[int, ...]
    """Numeric ids of the apps it is confined to; empty when it is not confined to apps."""
    tickets: tuple[tuple[str, bytes], ...]
    """(location, ticket) of the third parties that have to agree."""
    mask: int = _EVERYTHING
    """What may be done in the organisation: a bit each for read, write, create, delete, control."""
    kinds: frozenset[int] = frozenset()
    """The types of its caveats, those inside a condition among them."""

    @property
    def permission(self) -> bool:
        return self.location == PERMISSION

    @property
    def read_only(self) -> bool:
        return self.mask == _READ

    @property
    def one_purpose(self) -> bool:
        """It is meant for one task, such as SSH, WireGuard or a command, in some app or none."""
        return bool(self.kinds & _ONE_PURPOSE) or (_APPS in self.kinds and not self.apps)


def decode(token: str) -> Macaroon | None:
    """The macaroon behind a token; None when it cannot be read, which says nothing about it."""
    import msgpack  # noqa: PLC0415  (only tokens that are macaroons pay for it)

    try:
        wire = base64.b64decode(token.partition("_")[2])
        nonce, location, caveats, _tail = msgpack.unpackb(wire, strict_map_key=False)
        return _macaroon(nonce, location, caveats)
    except (
        binascii.Error,
        msgpack.UnpackException,
        ValueError,
        TypeError,
        LookupError,
        OverflowError,
        OSError,
        AttributeError,
    ):
        return None


def undischarged(macaroons: Iterable[Macaroon]) -> tuple[str, ...]:
    """Locations of the third parties whose agreement is missing from the bundle."""
    bundle = tuple(macaroons)
    agreed = {m.kid for m in bundle if not m.permission}
    return tuple(
        location
        for macaroon in bundle
        if macaroon.permission
        for location, ticket in macaroon.tickets
        if ticket not in agreed
    )


def _macaroon(nonce: Any, location: Any, caveats: Any) -> Macaroon:
    if not isinstance(location, str) or not isinstance(nonce[0], bytes):
        raise TypeError("not a macaroon")
    flat = tuple(_walk(caveats))
    ends = [body[1] for kind, body in flat if kind == _VALIDITY]
    return Macaroon(
        location=location,
        kid=nonce[0],
        expires=datetime.fromtimestamp(min(ends), UTC) if ends else None,
        organizations=tuple(int(body[0]) for kind, body in flat if kind == _ORGANIZATION),
        apps=tuple(int(app) for kind, body in flat if kind == _APPS for app in body[0]),
        tickets=tuple(
            (str(body[0]), _ticket(body[2])) for kind, body in flat if kind == _THIRD_PARTY
        ),
        mask=reduce(
            and_, (_mask(body) for kind, body in flat if kind == _ORGANIZATION), _EVERYTHING
        ),
        kinds=frozenset(int(kind) for kind, _ in flat),
    )


def _ticket(value: Any) -> bytes:
    """Bytes or a list of them; of a number, Python would make as many zeros."""
    if isinstance(value, int):
        raise TypeError("not a ticket")
    return bytes(value)


def _mask(organization: Any) -> int:
    return int(organization[1]) if len(organization) > 1 else _EVERYTHING


def _walk(caveats: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """The caveats as (type, body), those inside IfPresent among them."""
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    for kind, body in zip(caveats[::2], caveats[1::2], strict=True):
        yield kind, body
        if kind == _IF_PRESENT:
            yield from _walk(body[0], depth + 1)
