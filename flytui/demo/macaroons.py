"""Macaroons that read like Fly.io's and are worth nothing outside the demo."""

import base64
import hashlib
from datetime import datetime
from typing import Any

import msgpack

_KEY_ID = b"flytui-sim"
_LOCATION = "https://api.fly.io/v1"
_EVERYTHING, _READ = 31, 1

# The types of the caveats used here.
_ORGANIZATION, _APPS, _VALIDITY, _FEATURES, _THIRD_PARTY, _IF_PRESENT = 0, 3, 4, 5, 11, 13
_IDENTITIES = {"Fly.io": 23, "GitHub": 24, "Google": 25}
_SIGN_ON = "https://auth.fly.io"


def unrestricted(octets: bytes = bytes(range(16))) -> str:
    """A token without caveats: everything its owner may."""
    return _token(octets, [])


def organization_token(
    octets: bytes, organization: int, expires_at: datetime, *, read_only: bool = False
) -> str:
    """A token for one organisation; a read-only one carries the restriction a second time."""
    caveats: list[object] = [_ORGANIZATION, [organization, _EVERYTHING]]
    if read_only:
        caveats += [_ORGANIZATION, [organization, 1]]
    return _token(octets, [*caveats, _VALIDITY, [0, int(expires_at.timestamp())]])


def app_token(octets: bytes, organization: int, app: int, expires_at: datetime) -> str:
    """A deploy token: one app, and the features a build needs."""
    allowed = [
        _APPS,
        [{app: _EVERYTHING}],
        _FEATURES,
        [{"builder": _EVERYTHING, "wg": _EVERYTHING}],
    ]
    caveats = [
        *(_ORGANIZATION, [organization, _EVERYTHING]),
        *(_IF_PRESENT, [allowed, 0]),
        *(_VALIDITY, [0, int(expires_at.timestamp())]),
    ]
    return _token(octets, caveats)


def session_token(
    organization: int, expires_at: datetime, sign_on: str | None, seed: bytes = b""
) -> str:
    """What `fly auth login` keeps for an organisation, with the agreement it asks for, if any."""
    nonce = hashlib.sha256(seed + f"session {organization}".encode()).digest()
    caveats: list[object] = [_ORGANIZATION, [organization, _EVERYTHING]]
    window: list[object] = [_VALIDITY, [0, int(expires_at.timestamp())]]
    if sign_on is None:
        return _token(nonce[:16], [*caveats, *window])
    third_party: list[object] = [_THIRD_PARTY, [_SIGN_ON, bytes(32), nonce]]
    permission = _token(nonce[:16], [*caveats, *window, *third_party])
    attested: list[object] = [_IDENTITIES[sign_on], [1]]
    agreement = _write([nonce, nonce[16:], False], _SIGN_ON, [*window, *attested])
    return f"{permission},{agreement}"


def reading_only(token: str) -> str:
    """The same token narrowed to reading: fly does so on its own side, without asking anybody."""
    nonce, location, caveats, _ = _read(token)
    organization = caveats[caveats.index(_ORGANIZATION) + 1][0]
    return _write(nonce, location, [*caveats, _ORGANIZATION, [organization, _READ]])


def narrowed_to_reading(original: str, presented: str) -> bool:
    """Whether one is the other, narrowed to reading and in no other way."""
    try:
        (nonce, location, caveats, _), known = _read(presented), _read(original)
    except (ValueError, msgpack.UnpackException):
        return False
    added = caveats[len(known[2]) :]
    return (
        [nonce, location, caveats[: len(known[2])]] == known[:3]
        and len(added) == 2
        and added[0] == _ORGANIZATION
        and added[1][1:] == [_READ]
    )


def _token(octets: bytes, caveats: list[object]) -> str:
    return _write([_KEY_ID, octets, False], _LOCATION, caveats)


def _write(nonce: list[object], location: str, caveats: list[object]) -> str:
    packed: bytes = msgpack.packb([nonce, location, caveats, bytes(32)])
    return "fm2_" + base64.b64encode(packed).decode()


def _read(token: str) -> list[Any]:
    packed = base64.b64decode(token.removeprefix("fm2_"), validate=True)
    parts: list[Any] = msgpack.unpackb(packed, strict_map_key=False)
    return parts
